"""What the cards screen says of a series, in a language: its row, and its page with every movement of its visits. No Qt.

Visits and minutes are counted; money stands where the customer asks what is left of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.member import Member, phone_tail
from salon_desk.domain.series import Unit
from salon_desk.i18n import Catalogue
from salon_desk.services.series import PartLeft
from salon_desk.storage.queries.statement import Movement
from salon_desk.ui.counter.promotion_words import day_text
from salon_desk.ui.document_words import kind_name
from salon_desk.ui.screens.cards.reading_series import SeriesFound, SeriesOpened
from salon_desk.ui.screens.cards.sharing import SharingForm, Wish
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Balance, ListRow


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """A series' page, ready to read."""

    title: str
    owner: str
    frozen: str
    balance: Balance
    purses: tuple[tuple[str, str], ...]
    rows: tuple[ListRow, ...]


def series_row(one: SeriesFound, words: Catalogue) -> ListRow:
    """A series as a row of the list."""
    name = one.member.called(words.language) if one.member is not None else ""
    frozen = one.view.series.frozen
    return ListRow(
        key=one.key,
        title=name or one.view.series.names.in_language(words.language),
        detail=one.view.series.names.in_language(words.language),
        figure=counted(one.view.here, minutes=_in_minutes(one.view.parts), words=words),
        figure_detail=words.text("frozen") if frozen else "",
        initial=name[:1].upper(),
        tone=Tone.DANGER if frozen else Tone.PLAIN,
    )


def series_words(opened: SeriesOpened, words: Catalogue) -> SeriesWords:
    """A series' page in a language."""
    view = opened.found.view
    series, minutes = view.series, _in_minutes(view.parts)
    purses = [
        (words.text("Paid for"), words.money(series.price)),
        (words.text("Paid for and not used"), words.money(view.unused)),
    ]
    if opened.sharers:
        names = " · ".join(one.called(words.language) for one in opened.sharers)
        purses.append((words.text("May use it too"), names))
    return SeriesWords(
        title=series.names.in_language(words.language),
        owner=opened.found.member.called(words.language) if opened.found.member is not None else "",
        frozen=words.text("Frozen: {reason}. It pays nothing.", reason=series.frozen_reason)
        if series.frozen
        else "",
        balance=Balance(
            counted(view.left, minutes=minutes, words=words),
            counted(0 if series.frozen else view.here, minutes=minutes, words=words),
            counted(view.left - view.here, minutes=minutes, words=words),
        ),
        purses=tuple(purses),
        rows=tuple(_movement(one, minutes, words) for one in opened.movements),
    )


def people_rows(form: SharingForm, words: Catalogue) -> tuple[ListRow, ...]:
    """Who may use it already, then who was found; the owner is none of them."""
    opened, allowed = form.opened, tuple[Member, ...]()
    if isinstance(opened, SeriesOpened):
        owner = opened.found.view.series.owner
        allowed = opened.sharers if form.wish is Wish.SHARE else ()
    else:
        owner = opened.found.card.member
    known = {owner, *(one.member_id for one in allowed)}
    rows = [_person(one, words.text("may use it; a tap takes that back"), words) for one in allowed]
    for one in form.found:
        if one.member_id not in known:
            tail = words.text("phone ending {tail}", tail=phone_tail(one.phone)) if one.phone else ""
            rows.append(_person(one, tail, words))
    return tuple(rows)


def _person(one: Member, detail: str, words: Catalogue) -> ListRow:
    name = one.called(words.language)
    return ListRow(one.member_id, name, detail, initial=name[:1].upper())


def counted(number: int, *, minutes: bool, words: Catalogue) -> str:
    """So many visits, or minutes."""
    if minutes:
        return words.plural("{n} minute", "{n} minutes", number)
    return words.plural("{n} visit", "{n} visits", number)


def _in_minutes(parts: tuple[PartLeft, ...]) -> bool:
    return any(one.part.unit is Unit.MINUTE for one in parts)


def _movement(moved: Movement, minutes: bool, words: Catalogue) -> ListRow:
    after = counted(moved.after, minutes=minutes, words=words)
    change = words.number(abs(moved.change))
    return ListRow(
        key=moved.document or moved.op_id,
        title=kind_name(moved.kind, words),
        detail=words.text(
            "{day} · {receipt}", day=day_text(moved.business_day, words), receipt=moved.receipt
        ),
        figure=f"+{change}" if moved.change > 0 else f"\N{MINUS SIGN}{change}",
        figure_detail=words.text("left: {count}", count=after),
        tone=Tone.GOOD if moved.change > 0 else Tone.PLAIN,
    )
