"""Exports without names: what is taken out of a visit before it is given to outsiders."""
