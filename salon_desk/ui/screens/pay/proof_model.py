"""What the sheet says that asks who spends, ready to read. No Qt.

The guest looks at it: it says what is taken and never what is left.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.new_pin import new_pin_title
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.pay.state import Proving, Way


@dataclass(frozen=True, slots=True)
class WayFace:
    """One way to prove it; one that cannot be taken says why."""

    key: str
    title: str
    detail: str
    enabled: bool
    chosen: bool


@dataclass(frozen=True, slots=True)
class ProofModel:
    """The sheet. `page`: what stands on its right: "pin", "no_pin", "signature" or "manager"."""

    title: str
    who: str
    what: str
    amount: str
    hint: str
    ways: tuple[WayFace, ...]
    page: str
    page_title: str
    page_hint: str
    action: str
    refusal: str


def proof_model(proving: Proving, words: Catalogue) -> ProofModel:
    """The sheet in a language."""
    holder = proving.holder
    what = (
        words.text("from card {tail}", tail=masked(holder.tail))
        if holder.tail
        else words.text("Series visits")
    )
    page, title, hint, action = _page(proving, words)
    return ProofModel(
        title=words.text("Who is spending?"),
        who=holder.member.called(words.language) if holder.member is not None else "",
        what=what,
        amount=words.money(holder.debit.amount),
        hint=words.text("The card was not read. Read it now, or let the guest prove it here."),
        ways=_ways(proving, words),
        page=page,
        page_title=title,
        page_hint=hint,
        action=action,
        refusal=error_text(proving.refusal, words) if proving.refusal is not None else "",
    )


def _ways(proving: Proving, words: Catalogue) -> tuple[WayFace, ...]:
    owned = bool(proving.holder.debit.owner)
    pin = words.text("the guest types it")
    if not owned:
        pin = words.text("this card belongs to no member")
    elif not proving.holder.has_pin:
        pin = words.text("none is set yet")
    faces = (
        (Way.PIN, words.text("PIN"), pin, owned),
        (Way.SIGNATURE, words.text("Signature"), words.text("on this screen"), True),
        (Way.MANAGER, words.text("Manager"), words.text("vouches for the guest"), True),
        (Way.CODE, words.text("Code by text message"), *_by_code(proving, words)),
    )
    return tuple(
        WayFace(way.value, title, detail, enabled, way is proving.way)
        for way, title, detail, enabled in faces
    )


def _by_code(proving: Proving, words: Catalogue) -> tuple[str, bool]:
    """Where a code would go, or why none can."""
    member = proving.holder.member
    if member is None:
        return words.text("this card belongs to no member"), False
    if not member.phone:
        return words.text("no telephone number is known"), False
    if proving.offline:
        return words.text("not while the line is down"), False
    return words.text("to the number ending {tail}", tail=member.phone[-4:]), True


def _page(proving: Proving, words: Catalogue) -> tuple[str, str, str, str]:
    """Which page, its title, its hint and its button."""
    match proving.way:
        case Way.PIN if proving.setting:
            return "pin", new_pin_title(words, again=proving.again), "", ""
        case Way.PIN if proving.holder.has_pin:
            return "pin", words.text("Please type your PIN"), "", ""
        case Way.PIN:
            return (
                "no_pin",
                words.text("No PIN yet"),
                words.text("A manager says that it is the member, then the guest chooses one."),
                words.text("Set a PIN"),
            )
        case Way.SIGNATURE:
            return "signature", words.text("Please sign here"), "", words.text("I have signed")
        case Way.CODE if proving.code is not None and proving.code.digits:
            title = words.text(
                "Type the code that was sent to the number ending {tail}", tail=proving.code.tail
            )
            return "pin", title, "", ""
        case Way.CODE:
            return (
                "code",
                words.text("A code by text message"),
                words.text("The guest reads it on the telephone and types it here. It holds for 10 minutes."),
                words.text("Send a code"),
            )
        case Way.MANAGER:
            return (
                "manager",
                words.text("A manager vouches"),
                words.text("The sale keeps who it was, and the list of unproven debits shows it."),
                words.text("Ask a manager"),
            )
