"""Pure questions asked of a rubric and an assessment."""
