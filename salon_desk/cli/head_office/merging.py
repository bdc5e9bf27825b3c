"""`head-office merges`: members whom a till takes for one person, and the owner's answer.

What is decided without asking stands in `head_office/merging.py`. Nothing is lost by either answer: a merge can be undone.
"""

from __future__ import annotations

import argparse
from typing import Any

from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.head_office.parts import Parts, answer, columns, part, place
from salon_desk.domain.member import Member, phone_tail
from salon_desk.head_office import merging
from salon_desk.head_office.merging import Waiting
from salon_desk.i18n import N_, Catalogue
from salon_desk.settings import language_of

_HEADS = (N_("Question"), N_("Member"), N_("Other member"), "")


def add(parts: Parts) -> None:
    """Add the part."""
    made = part(parts, "merges", run_merges, "members whom a till takes for one person: accept or refuse")
    which = made.add_mutually_exclusive_group()
    which.add_argument("--accept", default="", metavar="QUESTION", help="they are one person (or two)")
    which.add_argument("--refuse", default="", metavar="QUESTION", help="leave them as they are")


def run_merges(arguments: argparse.Namespace) -> int:
    """Answer a question, or show what waits. Raises DomainError for the caller's words."""
    words = Catalogue.load(language_of())
    with office_at(place(arguments)) as office:
        if arguments.accept:
            merging.accept(office, arguments.accept)
        elif arguments.refuse:
            merging.refuse(office, arguments.refuse)
        with office.database.read() as transaction:
            found = merging.waiting(transaction)
    lines = [words.text("Nothing waits for a person.")]
    if found:
        heads = [words.text(head) if head else "" for head in _HEADS]
        lines = columns([heads, *(_row(one, words) for one in found)])
    return answer(arguments, {"merges": [_told(one) for one in found]}, lines)


def _row(one: Waiting, words: Catalogue) -> list[str]:
    kind = words.text("take apart") if one.proposal.apart else words.text("merge")
    return [one.proposal.proposal, _called(one.member, words), _called(one.duplicate, words), kind]


def _called(member: Member | None, words: Catalogue) -> str:
    if member is None:
        return "?"
    tail = words.text("phone ending {tail}", tail=phone_tail(member.phone)) if member.phone else ""
    return " ".join(part for part in (member.called(words.language), tail) if part)


def _told(one: Waiting) -> dict[str, Any]:
    asked = one.proposal
    return {
        "proposal": asked.proposal,
        "member": asked.member,
        "duplicate": asked.duplicate,
        "apart": asked.apart,
        "node": asked.node,
        "actor": asked.actor,
    }
