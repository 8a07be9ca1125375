"""Questions put to the person; each dialog has a classmethod `ask`."""
