"""One script per page: guard, choose, read, compute, draw. Views never import one another."""
