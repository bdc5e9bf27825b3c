"""A text tried on a real member while it is written: what that person would read now, and for what there is no value.

What stands for a placeholder is `message_values.py`'s, what a text may say `domain/message_template.py`'s. Nothing is recorded or sent. The
one rule: a value that this member has not got is never made up; its stand-in is shown, and named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from salon_desk.domain.built_in_templates import BuiltIn
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.consent import Channel
from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import LANGUAGES, Member
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_template import Placeholder, PlaceholderMissing, Template, placeholders
from salon_desk.services.message_templates import Preview, preview
from salon_desk.services.message_values import Writing, values
from salon_desk.services.till import Till
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import members, sales
from salon_desk.storage.queries.merges import canonical
from salon_desk.storage.queries.messages import Message
from salon_desk.storage.queries.stores import StorePlace

_NEWEST = 50


@dataclass(frozen=True, slots=True)
class Trial:
    """What a member would read. `stood_in`: the placeholders for which this person has no value now, in their order."""

    member: Member
    preview: Preview
    stood_in: tuple[str, ...] = ()


def try_on(
    till: Till,
    built_in: BuiltIn,
    wanted: Template,
    language: str,
    *,
    member: str = "",
    stand_ins: Mapping[str, str],
) -> Trial | None:
    """Try a text on a member, or with an empty id on whoever was served last at this till; None for nobody.

    `stand_ins`: by placeholder, what is shown where there is no value. Database worker, reads only.
    """
    with till.read() as transaction:
        day = till.business_day(transaction)
        known = canonical(transaction, member or _served_last(till, transaction))
        found = members.member(transaction, known, day)
        if found is None:
            return None
        shop = till.shop(transaction)
        place = StorePlace(shop.store, shop.names, shop.time_zone, shop.currency, shop.jurisdiction)
        message = _about_everything(transaction, wanted, found.member_id, place.store)
        now = parse_instant(till.now())
        writing = Writing(transaction, message, found, place, Channel.SMS, now, language)
        filled = dict(values(writing, _names(wanted)))
    if Placeholder.STOP in filled:
        filled[Placeholder.STOP] = built_in.ways_out[Channel.SMS].in_language(language)
    if Placeholder.OFFER in filled:
        filled[Placeholder.OFFER] = stand_ins[Placeholder.OFFER]
    return _shown(found, wanted, language, filled, stand_ins)


def _shown(
    member: Member, wanted: Template, language: str, filled: dict[str, str], stand_ins: Mapping[str, str]
) -> Trial:
    """Fill, and let stand-ins stand for what is missing."""
    stood_in: list[str] = []
    shown = preview(wanted, language, filled)
    while isinstance(shown.problem, PlaceholderMissing):
        name = shown.problem.placeholder
        stood_in.append(name)
        filled[name] = stand_ins[name]
        shown = preview(wanted, language, filled)
    return Trial(member, shown, tuple(stood_in))


def _served_last(till: Till, transaction: Transaction) -> str:
    newest = sales.recent(transaction, till.store.node, _NEWEST)
    return next((one.member for one in newest if one.member), "")


def _names(wanted: Template) -> Iterable[str]:
    """Every placeholder of its texts; of one that is broken none, because nothing is shown of it."""
    found: dict[str, None] = {}
    for language in LANGUAGES:
        try:
            found |= dict.fromkeys(placeholders(getattr(wanted.texts, language)))
        except DomainError:
            continue
    return found


def _about_everything(transaction: Transaction, wanted: Template, member: str, store: str) -> Message:
    """A message that is never recorded: about the member's last sale, the next booking, whatever lapses first."""
    past = sales.of_member(transaction, member, _NEWEST)
    last = next((one.op_id for one in past if one.kind == "sale" and not one.voided_by), "")
    return Message(
        message="",
        member=member,
        trigger=Trigger.CAMPAIGN,
        subject=last,
        purpose=wanted.purpose,
        template=wanted.key,
        store=store,
    )
