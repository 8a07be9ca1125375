"""A rubric as a workbook that people can read and fill in, and back without loss.

Nothing here names a field of the format: sheets and columns follow from the published schema, so a
new field travels as soon as the models have it.
"""
