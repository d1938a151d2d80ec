"""`make bench`: what things cost, as CPU time and as a ratio to a baseline of the same run."""
