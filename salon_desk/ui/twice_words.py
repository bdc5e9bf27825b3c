"""One list of the old system that two tills took over: said in a language, wherever a person may put it right.

No Qt here, and no sum: what is owed twice is said by `storage/queries/imports_twice.py`.
"""

from __future__ import annotations

from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue
from salon_desk.storage.queries.imports_twice import Twice


def title(one: Twice, words: Catalogue) -> str:
    """What happened."""
    return words.text("The list “{file}” was taken over twice", file=one.signed.file)


def detail(one: Twice, words: Catalogue) -> str:
    """Where, how much, and what to do."""
    tills, rows = " · ".join(one.tills), words.number(one.beyond.members)
    if not one.cents:
        return words.text(
            "{tills} had not heard of each other: {n} rows of it are owed twice. Take it back at one of these tills, under "
            "Settings, Coming from the old system; its members stay.",
            tills=tills,
            n=rows,
        )
    return words.text(
        "{tills} had not heard of each other: {n} rows of it are owed twice, {amount} too much. Take it back at one of these "
        "tills, under Settings, Coming from the old system; its members stay.",
        tills=tills,
        n=rows,
        amount=words.money(Money(one.cents, one.currency)),
    )


def short(one: Twice, words: Catalogue) -> str:
    """In the row of a list."""
    if not one.cents:
        return words.text("taken over twice")
    return words.text(
        "taken over twice, {amount} too much", amount=words.money(Money(one.cents, one.currency))
    )
