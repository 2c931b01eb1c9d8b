"""What stands in the person's file: read, loaded, watched, and its functions and script taken apart."""
