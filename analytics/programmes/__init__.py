"""Did it help? Programmes set beside schools without support, by a design that is kept before results are there (METHODS 11)."""
