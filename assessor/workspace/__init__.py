"""The use cases, one file per family: the one door for command line and window."""
