"""Charts of the bureau. Each figure in them can be pointed at, reached by keys and asked for."""
