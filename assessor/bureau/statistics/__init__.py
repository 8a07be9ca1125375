"""Figures over the register: pure functions from its rows to frozen tables.

Every figure carries the numbers of the visits behind it (`VisitRow.number`), so that whoever shows
it can lead to them. Nothing here rounds; whoever words a figure does.
"""
