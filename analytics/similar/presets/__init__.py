"""Ways of choosing similar schools that others have published, each with its vintage, beside our own."""
