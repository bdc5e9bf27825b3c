"""`head-office exceptions`: what only a person can put right, with what it cost.

What they are stands in `head_office/exceptions.py`. The answer is 0 also when there are some: nothing is broken.
"""

from __future__ import annotations

import argparse
from typing import Final

from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.head_office.parts import Parts, answer, columns, part, place
from salon_desk.domain.money import Money
from salon_desk.head_office.exceptions import Exceptional, What, for_a_person
from salon_desk.i18n import N_, Catalogue
from salon_desk.settings import language_of

_HEADS = (N_("Store"), "", N_("Amount"), N_("Why"))
_WHY: Final[dict[What, str]] = {
    What.GIVEN_TWICE: N_("This receipt was given back twice"),
    What.LIST_TWICE: N_("This list was taken over twice: take it back at one of these tills"),
    What.SHARED_CODE: N_("Two cards carry this code: give one of them a new one"),
}


def add(parts: Parts) -> None:
    """Add the part."""
    part(
        parts, "exceptions", run_exceptions, "what only a person can put right, such as a refund given twice"
    )


def run_exceptions(arguments: argparse.Namespace) -> int:
    """Show them."""
    words = Catalogue.load(language_of())
    with office_at(place(arguments)) as office, office.database.read() as transaction:
        found = for_a_person(transaction)
    lines = [words.text("Nothing waits for a person.")]
    if found:
        heads = [words.text(head) if head else "" for head in _HEADS]
        lines = columns([heads, *(_row(one, words) for one in found)])
    return answer(arguments, {"exceptions": [one.told() for one in found]}, lines)


def _row(one: Exceptional, words: Catalogue) -> list[str]:
    amount = words.money(Money(one.cents, one.currency)) if one.cents and one.currency else ""
    return [one.store, one.about, amount, words.text(_WHY[one.what])]
