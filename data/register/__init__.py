"""What people enter will live here (needs, offers, agreements, objectives): one row of registers.csv each, one generic
table, history, permission and CSV/XLSX path. Nothing yet: until then offers come as a small CSV through the intake.
"""
