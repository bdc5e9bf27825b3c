"""The series that could pay a line, as tiles: what is left of each, and which one pays. No Qt.

One of which too little lies here stays readable and says where the rest is.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain.series import Unit
from salon_desk.i18n import Catalogue
from salon_desk.services.visits import Fitting
from salon_desk.ui.counter.tender_faces import TenderTile


def visit_tiles(fitting: Sequence[Fitting], used: str, words: Catalogue) -> tuple[TenderTile, ...]:
    """A tile for each series; `used` is the one that pays the line."""
    return tuple(
        TenderTile(
            one.view.series.series,
            one.view.series.names.in_language(words.language),
            _detail(one, words),
            chosen=one.view.series.series == used,
        )
        for one in fitting
    )


def _detail(one: Fitting, words: Catalogue) -> str:
    part = one.view.series.part(one.part)
    minutes = part is not None and part.unit is Unit.MINUTE
    if one.here < one.needed:
        return words.text(
            "{left} left, none of it here: it is asked for", left=_counted(one.left, minutes, words)
        )
    return words.text(
        "{left} left, takes {needed}", left=_counted(one.left, minutes, words), needed=one.needed
    )


def _counted(number: int, minutes: bool, words: Catalogue) -> str:
    if minutes:
        return words.plural("{n} minute", "{n} minutes", number)
    return words.plural("{n} visit", "{n} visits", number)
