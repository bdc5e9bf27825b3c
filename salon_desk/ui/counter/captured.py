"""A captured charge as a tender of a plan, and as a row that says so. No Qt.

It is fixed: so much was taken, and it settles exactly that. Only the terminal undoes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from salon_desk.domain.charge import Means
from salon_desk.domain.money import total
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.ui.charging import ChargeNow
from salon_desk.ui.counter.charge_words import called
from salon_desk.ui.counter.tender_faces import PlanRow
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Chip

CHARGE = "charge/"
"""The key of its row, before the reference."""


def captured_tender(charge: ChargeNow) -> PlannedTender:
    """The tender that names the charge."""
    terminal = charge.ask.means is Means.TERMINAL
    return PlannedTender(
        TenderKind.EXTERNAL_CARD if terminal else TenderKind.WALLET,
        charge.taken,
        tender_id="" if terminal else charge.ask.means.value,
        last_four=charge.last_four,
        charge=charge.reference,
    )


def taken_chip(charges: Sequence[ChargeNow], words: Catalogue) -> Chip:
    """Whether anything was taken yet: what was captured is true before the sale is."""
    if not charges:
        return Chip(words.text("nothing taken yet"))
    taken = total((one.taken for one in charges), charges[0].taken.currency)
    return Chip(words.text("{amount} taken", amount=words.money(taken)), Tone.GOOD)


def captured_row(charge: ChargeNow, words: Catalogue) -> PlanRow:
    """Its row: a tick, and what voids it."""
    name = called(charge, words)
    remove = words.text("Void {tender} on the terminal", tender=name)
    if charge.ask.means is not Means.TERMINAL:
        remove = words.text("Give {tender} back", tender=name)
    return PlanRow(
        f"{CHARGE}{charge.reference}",
        name,
        words.money(charge.taken),
        Chip(words.text("taken"), Tone.GOOD),
        detail=words.text("tip {amount}", amount=words.money(charge.tip)) if charge.tip else "",
        remove=remove,
        taken=True,
    )
