"""What the cards screen reads of series (次卡), each in one snapshot, on the database worker.

Nothing is recorded here (`services/series.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.member import Member
from salon_desk.services import search, series
from salon_desk.services.series import SeriesView
from salon_desk.services.till import Till
from salon_desk.storage.queries import members
from salon_desk.storage.queries import series as stored
from salon_desk.storage.queries.shop import Shop
from salon_desk.storage.queries.statement import Movement, statement

KEY = "series/"
"""What the key of a series' row begins with."""
_MOST_FOUND = 40
_MOST_MOVEMENTS = 200


@dataclass(frozen=True, slots=True)
class SeriesFound:
    """A series in the list, with whose it is."""

    view: SeriesView
    member: Member | None

    @property
    def key(self) -> str:
        """Its row."""
        return KEY + self.view.series.series


@dataclass(frozen=True, slots=True)
class SeriesOpened:
    """A series' page: every movement of its visits, newest first, and who else may use it."""

    found: SeriesFound
    movements: tuple[Movement, ...]
    sharers: tuple[Member, ...]
    shop: Shop


def find(till: Till, fragment: str) -> tuple[SeriesFound, ...]:
    """The series of whoever the fragment finds that have something left; without one none."""
    if not fragment.strip():
        return ()
    people = [hit.member for hit in search.search(till, fragment, _MOST_FOUND) if hit.member]
    return tuple(
        SeriesFound(view, one)
        for one in people
        for view in series.of_member(till, one.member_id)
        if view.left
    )


def open_series(till: Till, key: str) -> SeriesOpened:
    """A series' page by the key of its row. Raises UnknownSeries."""
    with till.read() as transaction:
        found = series.known(transaction, key.removeprefix(KEY))
        view = series.viewed(till, transaction, found)
        assets = stored.assets_of(transaction, found.series)
        allowed = (members.member(transaction, one) for one in stored.sharers(transaction, found.series))
        return SeriesOpened(
            SeriesFound(view, members.member(transaction, found.owner)),
            statement(transaction, assets, _MOST_MOVEMENTS).movements,
            tuple(one for one in allowed if one is not None),
            till.shop(transaction),
        )
