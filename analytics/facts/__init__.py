"""Published rows made comparable: lineage, releases, intake, circumstances. Decides nothing about a school."""
