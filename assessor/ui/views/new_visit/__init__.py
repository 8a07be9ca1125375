"""Planning a new visit in four quiet steps: rubric and aim, gates, enterprise, visit and file."""
