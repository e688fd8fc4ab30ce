"""What readers are told of how figures are made, read from the code that makes them."""
