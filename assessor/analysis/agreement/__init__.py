"""How far several people who scored the same thing agree, beyond what chance would give.

Everything is exact: figures are fractions until they are printed.
"""

from assessor.analysis.agreement.alpha import interval_alpha, nominal_alpha, ordinal_alpha
from assessor.analysis.agreement.figures import MISSING, Figure, Missing
from assessor.analysis.agreement.kappa import fleiss_kappa, percent_agreement, weighted_kappa
from assessor.analysis.agreement.panel import (
    Agreement,
    InDimension,
    InItem,
    Leaning,
    Pair,
    PanelAgreement,
    agreement_by_dimension,
    agreement_of,
    panel_agreement,
)
from assessor.analysis.agreement.ratings import Rated, ratings

__all__ = [
    "MISSING",
    "Agreement",
    "Figure",
    "InDimension",
    "InItem",
    "Leaning",
    "Missing",
    "Pair",
    "PanelAgreement",
    "Rated",
    "agreement_by_dimension",
    "agreement_of",
    "fleiss_kappa",
    "interval_alpha",
    "nominal_alpha",
    "ordinal_alpha",
    "panel_agreement",
    "percent_agreement",
    "ratings",
    "weighted_kappa",
]
