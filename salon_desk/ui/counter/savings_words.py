"""How savings (储蓄卡) stand, in a language: what for, how far, what comes then.

No Qt here, and no sum: what counts is said by `storage/queries/savings.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from salon_desk.domain.savings import SavingsPlan
from salon_desk.i18n import Catalogue
from salon_desk.storage.queries.savings import Savings
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.view_values import ListRow


@dataclass(frozen=True, slots=True)
class SavingsShown:
    """A name, a sentence, and how much of the bar is full, in thousandths."""

    name: str
    said: str
    permille: int


def savings_shown(found: Sequence[Savings], words: Catalogue) -> SavingsShown | None:
    """What the next deposit counts towards, else what was reached last; None where a card never saved."""
    if not found:
        return None
    one = next((each for each in found if each.open), found[-1])
    progress = one.progress
    if one.open:
        said = words.text(
            "{saved} of {target}, then {bonus} bonus",
            saved=words.money(progress.deposited),
            target=words.money(progress.target),
            bonus=words.money(one.bonus),
        )
        return SavingsShown(one.names.in_language(words.language), said, progress.permille)
    if not one.granted:
        said = words.text("over, no bonus is given any more")
        return SavingsShown(one.names.in_language(words.language), said, progress.permille)
    said = words.text(
        "{target} reached, {bonus} bonus given",
        target=words.money(progress.target),
        bonus=words.money(one.bonus),
    )
    return SavingsShown(one.names.in_language(words.language), said, 1000)


def card_note(tail: str, found: Sequence[Savings], words: Catalogue) -> str:
    """A card that is topped up, and how far it is with what it saves for."""
    one = next((each for each in found if each.open), None)
    if one is None:
        return words.text("Card {tail}", tail=masked(tail))
    return words.text(
        "Card {tail} saves: {saved} of {target}, then {bonus} bonus",
        tail=masked(tail),
        saved=words.money(one.progress.deposited),
        target=words.money(one.progress.target),
        bonus=words.money(one.bonus),
    )


def plan_rows(plans: Sequence[SavingsPlan], words: Catalogue) -> tuple[ListRow, ...]:
    """The plans that a card can join."""
    return tuple(
        ListRow(
            one.plan_id,
            one.names.in_language(words.language),
            words.text("{bonus} bonus", bonus=words.money(one.bonus)),
            figure=words.money(one.target),
        )
        for one in plans
    )
