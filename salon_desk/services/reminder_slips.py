"""A reminder printed for a member who stands at the counter: the very text that a message would have, on the receipt printer.

It is a paper and no message: handed over by a person it needs no consent, no hour of the day and no channel, and is not recorded. The one
rule: a print job names member and template alone and is written when it is printed, so that no row keeps what a person was told.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from salon_desk.documents.layout import Document
from salon_desk.documents.reminder_slip import reminder_slip
from salon_desk.domain.built_in_templates import BuiltIn, parse_templates
from salon_desk.domain.clock import parse_instant
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_template import Template
from salon_desk.i18n import Catalogue
from salon_desk.services.errors import UnknownMember
from salon_desk.services.message_templates import template as find
from salon_desk.services.message_values import Writing
from salon_desk.services.message_writing import Letter, NoLetter, letter_of
from salon_desk.services.reminder_slip_errors import NothingToRemindOf
from salon_desk.services.till import Till
from salon_desk.settings import resource_folder
from salon_desk.storage import print_jobs
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import members
from salon_desk.storage.queries.merges import canonical
from salon_desk.storage.queries.messages import Message
from salon_desk.storage.queries.stores import StorePlace

PRINTED: Final = "reminder"
AFTER_SALE: Final = "after_sale"
_MARK: Final = "|"


def print_slip(till: Till, member: str, *, template: str = AFTER_SALE, about: str = "") -> str:
    """Queue the slip; gives the job's id. `about`: the sale, booking or day that it is about. Database worker.

    Raises UnknownMember, NothingToRemindOf.
    """
    with till.read() as transaction:
        said(till, transaction, member, template, about)
    detail = _MARK.join((member, template, about))
    return print_jobs.queue_report(till.store, PRINTED, "", detail)


def printed(till: Till, transaction: Transaction, detail: str, *, copy: bool = False) -> Document:
    """What a queued slip says as it is printed. Raises as `print_slip`."""
    member, template, about = detail.split(_MARK, 2)
    letter = said(till, transaction, member, template, about)
    names = till.shop(transaction).names
    return reminder_slip(names, letter.text, Catalogue.load(letter.language), copy=copy)


def said(till: Till, transaction: Transaction, member: str, template: str, about: str = "") -> Letter:
    """What the slip says now, in the member's language; for whoever shows it before. Raises as `print_slip`."""
    found = members.member(transaction, canonical(transaction, member), till.business_day(transaction))
    if found is None:
        raise UnknownMember(member)
    wanted = find(transaction, _built_in(), template)
    if wanted is None:
        raise NothingToRemindOf(template, "")
    shop = till.shop(transaction)
    place = StorePlace(shop.store, shop.names, shop.time_zone, shop.currency, shop.jurisdiction)
    now = parse_instant(till.now())
    message = _unsent(wanted, found.member_id, about, shop.store)
    letter = letter_of(wanted, Writing(transaction, message, found, place, Channel.SMS, now), {})
    if isinstance(letter, NoLetter):
        raise NothingToRemindOf(template, letter.detail)
    return letter


def _unsent(wanted: Template, member: str, about: str, store: str) -> Message:
    """A message that is never recorded, for the letter to be written of."""
    return Message(
        message="",
        member=member,
        trigger=wanted.trigger or Trigger.AFTER_SALE,
        subject=about,
        purpose=wanted.purpose,
        template=wanted.key,
        store=store,
    )


@cache
def _built_in() -> BuiltIn:
    """The templates that came with the program, read at the first slip."""
    folder = resource_folder("messages")
    return parse_templates({one.name: one.read_text("utf-8") for one in folder.glob("*.toml")})
