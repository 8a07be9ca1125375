"""Pages made ready beside the window, so that the first visit to one does not hold it up."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from assessor.i18n import domain, domains
from assessor.ui.navigation import LazyScreen

SELDOM = ("compare", "panel")
"""Screens that bring libraries along and are not opened in most visits."""


def get_ready(screens: Iterable[LazyScreen]) -> None:
    """Import the modules of screens and read all words: half of what first opening a page takes.

    Makes no widget, so that any thread may do it.
    """
    for screen in screens:
        if screen.id not in SELDOM:
            import_module(screen.module)
    for name in domains():
        domain(name)
