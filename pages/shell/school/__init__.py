"""The page of one school, block by block: what is read for it, each block of it, and the same on paper."""
