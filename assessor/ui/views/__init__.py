"""The screens, one per file; each is built from a `Context` and loaded when it is opened."""
