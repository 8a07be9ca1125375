"""A second, deliberately slow and plain scoring of the shipped rubrics, straight from the facts."""
