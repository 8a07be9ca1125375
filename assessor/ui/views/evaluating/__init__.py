"""The parts of the evaluation workspace: the criterion in the middle, its tree and its result."""
