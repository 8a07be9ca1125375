"""The screens: which there are, how they are reached, and what each is given.

A screen's module is imported when it is first opened. One whose module is not there is not offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, Protocol, cast

from PySide6.QtWidgets import QWidget

from assessor.ui.bridge import Bridge
from assessor.ui.preferences import Preferences
from assessor.ui.tasks import Tasks
from assessor.ui.theme import Theme
from assessor.ui.visit_bridge import VisitBridge
from assessor.ui.words import Words

Group = Literal["home", "visit"]


class Go(Protocol):
    """Opens a screen; `where` says what to show there."""

    def __call__(self, screen_id: str, **where: str) -> None:
        """Open a screen; an id that is not offered is ignored."""


@dataclass(frozen=True)
class Context:
    """Everything a screen is built from. A changed language or look comes as another context.

    `settings.value` are the person's settings, `settings.change(...)` changes them. `visit` is
    `None` where no visit is open. `open_visit` and `close_visit` return at once.
    """

    bridge: Bridge
    tasks: Tasks
    words: Words
    theme: Theme
    settings: Preferences
    visit: VisitBridge | None
    go: Go
    open_visit: Callable[[Path], None]
    close_visit: Callable[[], None]


class Page(QWidget):
    """What a screen shows. A page takes part in more of the window by overriding these methods."""

    def show_place(self, **where: str) -> None:
        """Show what `go` asked for, such as `criterion="c-44"`."""

    def place(self) -> Mapping[str, str]:
        """Say what is shown, so that it can be shown again after everything was built anew."""
        return {}

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Return what this page does for actions of `assessor.ui.actions`, by their id."""
        return {}

    def leave(self) -> None:
        """Hand in what was typed but not yet posted: the page is about to be hidden or to go."""


class Screen(Protocol):
    """One entry of the navigation."""

    @property
    def id(self) -> str:
        """The name `go` knows it by."""

    @property
    def text_key(self) -> str:
        """The catalogue's key of its title."""

    @property
    def icon(self) -> str:
        """The name of its icon."""

    def build(self, context: Context) -> Page:
        """Make the page."""


@dataclass(frozen=True)
class LazyScreen:
    """A screen in a module that is imported when it is first opened."""

    id: str
    group: Group
    icon: str
    module: str
    factory: str = "build"

    @property
    def text_key(self) -> str:
        """The catalogue's key of its title."""
        return f"ui.screen_{self.id}"

    @property
    def offered(self) -> bool:
        """Whether its module is there."""
        return find_spec(self.module) is not None

    def build(self, context: Context) -> Page:
        """Import the module and make the page."""
        factory = getattr(import_module(self.module), self.factory)
        return cast(Callable[[Context], Page], factory)(context)


def _views(name: str) -> str:
    return f"assessor.ui.views.{name}"


SCREENS: tuple[LazyScreen, ...] = (
    LazyScreen("start", "home", "home", _views("start")),
    LazyScreen("rubrics", "home", "rubric", _views("rubrics")),
    LazyScreen("calibrate", "home", "ruler", _views("calibrate")),
    LazyScreen("bureau", "home", "bureau", _views("bureau.page")),
    LazyScreen("settings", "home", "gear", _views("settings_view")),
    LazyScreen("overview", "visit", "factory", _views("overview")),
    LazyScreen("evaluation", "visit", "checklist", _views("evaluation")),
    LazyScreen("walk", "visit", "walk", _views("walk_plan")),
    LazyScreen("evidence", "visit", "image", _views("evidence")),
    LazyScreen("ledger", "visit", "table", _views("ledger")),
    LazyScreen("findings", "visit", "finding", _views("findings")),
    LazyScreen("review", "visit", "review", _views("review")),
    LazyScreen("compare", "visit", "scale", _views("compare")),
    LazyScreen("panel", "visit", "people", _views("panel")),
    LazyScreen("sign_off", "visit", "signature", _views("sign_off")),
    LazyScreen("report", "visit", "report", _views("report")),
)
"""All screens in the order they are offered. Those of a visit need an open one."""


def offered(group: Group, screens: tuple[LazyScreen, ...] = SCREENS) -> tuple[LazyScreen, ...]:
    """Return the screens of a group whose modules are there."""
    return tuple(screen for screen in screens if screen.group == group and screen.offered)
