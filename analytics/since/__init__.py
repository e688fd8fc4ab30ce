"""What changed between two publications, each change with the file it rests on. Reads published tables only; draws nothing."""
