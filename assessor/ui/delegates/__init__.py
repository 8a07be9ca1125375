"""How rows of lists and trees are drawn."""
