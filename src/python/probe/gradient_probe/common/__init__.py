"""What every room uses: names, samples, differences, deadlines and the sandbox."""
