"""Who is like whom: similar schools and kinds of school, by circumstances only."""
