"""Who stands in the log of a visit beside what a command did."""

from __future__ import annotations


def author() -> str:
    """Return the name chosen in the settings, else the login name."""
    from assessor.settings import load_settings, settings_path
    from assessor.workspace.clock import named_or_account

    return named_or_account(load_settings(settings_path()).settings.author)
