"""What a board reads of its schools together and no other page works out: counts and averages, never a school's name.

Sums what is published or scored elsewhere; scores nothing anew and sets no partnership beside another.
"""
