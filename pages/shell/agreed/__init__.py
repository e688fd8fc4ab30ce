"""Agreed support for whoever looks: agreements, the ledger of days, services; and the acts that schools and partnerships do."""
