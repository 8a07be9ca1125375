"""Taking in workbooks from strangers: every file gets a verdict, with its reason and cell."""
