"""The frame around every view: which pages there are, who is looking, what is chosen, and the only caches."""
