"""Forms and tables of what people enter: registers, accounts and roles."""
