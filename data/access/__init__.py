"""Accounts, roles and Scope will live here: who may see and do what, deny by default, with an audit. Nothing yet.

Private rows are reached through this package and `data.register` only, which will demand a scope.
"""
