"""What everything that deals with evidence on a screen needs."""

from __future__ import annotations

from dataclasses import dataclass

from assessor.ui.navigation import Context
from assessor.ui.views.evidence_desk.picture_store import PictureStore
from assessor.ui.visit_bridge import VisitBridge


@dataclass(frozen=True)
class Desk:
    """The context, the open visit and its pictures."""

    context: Context
    visit: VisitBridge
    store: PictureStore
