"""What a board sees: one pack of findings, of which its page, the presentation and the files are drawn. Counts, not names, of
what is not agreed."""
