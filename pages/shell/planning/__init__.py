"""Where support could go: what a plan must keep to, what a link says of it, what is written when people decide."""
