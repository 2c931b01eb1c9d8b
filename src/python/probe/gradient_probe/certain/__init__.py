"""What can be told without a network that runs: mistakes by reading, names that nothing makes, calls that stop."""
