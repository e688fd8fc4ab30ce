"""Tests. A package by name, so that no library that installs a package of its own called `tests` is read in its place."""
