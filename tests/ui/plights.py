"""How tills stand after whatever befell them, one of each, for the tests and pictures of the screens that say it.

No test lives here. The amounts are of a shop; how they come about is tried in `tests/integration/epochs` and `.../window`.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain.money import Money
from salon_desk.operations.node import WhyAnew
from salon_desk.services.old_epochs import Back, Case, Facts, OldEpoch
from salon_desk.services.plight import Plight

_SINCE = "2026-11-22T14:02:00.000Z"


def old(
    back: Back, cents: int = 184_250, *, cards: int = 23, why: WhyAnew = WhyAnew.ANCHOR_MISSING
) -> OldEpoch:
    """An epoch that was left, with so much on so many cards."""
    value = (Money(cents, "USD"),) if cents else ()
    return OldEpoch("before", why.value, _SINCE, back, True, value, cards, 0 if cards else 3)


def stood(case: Case, *epochs: OldEpoch, missing: int = 0, **given: object) -> Plight:
    """A till of a chain in this case."""
    return Plight(facts=Facts(case, missing, epochs), linked=True, **given)  # type: ignore[arg-type]


WHOLE: Final = stood(Case.WHOLE)
CATCHING_UP: Final = stood(Case.CATCHING_UP, missing=7, lying=(Money(96_400, "USD"),))
NOT_WAITED: Final = stood(Case.COMING_BACK, old(Back.RECORDS), anew=WhyAnew.NOT_WAITED.value)
COMING_BACK: Final = stood(Case.COMING_BACK, old(Back.HEAD_OFFICE), anew=WhyAnew.UNCHAINED.value)
SET_ASIDE: Final = stood(Case.SET_ASIDE, old(Back.NOBODY), anew=WhyAnew.ANCHOR_MISSING.value)
OVERTAKEN: Final = stood(
    Case.SET_ASIDE,
    old(Back.NOBODY, 4_500, cards=1),
    old(Back.OTHER_OFFICE, 12_000, cards=2),
    old(Back.RECORDS, 0, cards=0),
    anew=WhyAnew.PARENT_KNOWS_MORE.value,
)
COPIED: Final = stood(Case.COPIED, old(Back.NOBODY), anew=WhyAnew.FOLDER_COPIED.value)
ALONE: Final = Plight(facts=Facts(Case.SET_ASIDE, 0, (old(Back.NOBODY),)), anew=WhyAnew.ANCHOR_DAMAGED.value)
RETIRING: Final = stood(Case.WHOLE, closing=True, shift_open=True, lying=(Money(96_400, "USD"),))
BACK_FROM_THE_DEAD: Final = stood(Case.WHOLE, closing=True, lost=True, lying=(Money(96_400, "USD"),))
CLOSED: Final = stood(Case.CLOSED, closing=True, lost=True)
OFFICE_RESTORED: Final = stood(Case.WHOLE, office_anew=_SINCE)

ALL: Final = {
    "catching-up": CATCHING_UP,
    "not-waited": NOT_WAITED,
    "coming-back": COMING_BACK,
    "set-aside": SET_ASIDE,
    "overtaken": OVERTAKEN,
    "copied": COPIED,
    "alone": ALONE,
    "retiring": RETIRING,
    "back-from-the-dead": BACK_FROM_THE_DEAD,
    "closed": CLOSED,
    "office-restored": OFFICE_RESTORED,
}
