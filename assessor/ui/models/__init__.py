"""Qt models over data that knows no Qt."""
