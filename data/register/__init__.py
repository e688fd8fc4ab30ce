"""What people enter: each register is one row of `registers.csv`; one table, history, permission and file path serve all.

Every read and write demands a scope and refuses what it does not reach. Knows no page and no published figure.
"""
