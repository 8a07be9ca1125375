"""The fill-in workbook: which rows it asks, how they are drawn, and how its cells are read."""
