"""Who may see and do what: accounts, roles, scope (deny by default), sign-ins, audit. Knows no page and no analytics."""
