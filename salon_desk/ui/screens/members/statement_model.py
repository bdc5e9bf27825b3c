"""What the statement page says of one thing that a member owns, in a language: rows newest first, the balance after each.

No Qt and no reading here (`services/owned.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from salon_desk.documents.statement import StatementLine, StatementReport, happened
from salon_desk.i18n import MINUS, Catalogue
from salon_desk.ui.counter.tender_words import on_screen
from salon_desk.ui.screens.members.bands import DOT, worth
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import ListRow


@dataclass(frozen=True, slots=True)
class StatementModel:
    """A statement, ready to read. `card`: it is a stored-value card's; `marked`: the place of a row that was looked for, or -1."""

    title: str
    owner: str
    balance: str
    label: str
    rows: tuple[ListRow, ...]
    card: str
    marked: int = -1


def statement_model(
    report: StatementReport, card: str, words: Catalogue, document: str = ""
) -> StatementModel:
    """A statement in a language, newest first; the movement of `document` is marked."""
    rows = [_row(line, at, report.currency, words) for at, line in enumerate(report.lines)]
    if report.before:
        before = ListRow(
            "before", words.text("Balance before"), figure=worth(report.before, report.currency, words)
        )
        rows.insert(0, before)
    rows.reverse()
    places = (at for at, row in enumerate(rows) if document and row.key.endswith(f"/{document}"))
    return StatementModel(
        title=on_screen(report.title),
        owner=report.owner,
        balance=worth(report.after, report.currency, words),
        label=words.text("Every movement, newest first") if rows else words.text("Nothing moved on it yet."),
        rows=tuple(rows),
        card=card,
        marked=next(places, -1),
    )


def _row(line: StatementLine, at: int, currency: str, words: Catalogue) -> ListRow:
    where, who = (names.in_language(words.language) for names in (line.store, line.person))
    day = words.day(date.fromisoformat(line.day)) if line.day else ""
    change = worth(abs(line.change), currency, words)
    return ListRow(
        key=f"{at}/{line.document}",
        title=happened(line.kind, line.change, words),
        detail=DOT.join(part for part in (day, line.receipt, where, who) if part),
        figure=f"+{change}" if line.change >= 0 else f"{MINUS}{change}",
        figure_detail=worth(line.after, currency, words),
        tone=Tone.GOOD if line.change >= 0 else Tone.PLAIN,
    )
