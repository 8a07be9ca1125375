"""The bureau: workbooks from strangers taken in, kept in a register, counted and published."""
