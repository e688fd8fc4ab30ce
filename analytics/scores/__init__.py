"""Numbers with their uncertainty: expectation, noise, shrinkage, the scores of each domain, tiers."""
