"""The check-up: does this machine carry everything the program promises, and if not, what to do."""
