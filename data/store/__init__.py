"""The store: one SQLite file (or PostgreSQL) of facts read from published files, and the publications made from them.

Takes and gives frames named after its tables. It knows no analytics type, no file format and no Scope.
"""
