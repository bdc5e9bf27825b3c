"""Everything of one person in one file, for whoever asks for it (RULES 22): profile, consents, assets with statements, visits.

Erasing is `erasing.py`'s. Nothing is recorded here; it is the owner who hands it out.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import msgspec
from msgspec import structs

from salon_desk.documents.layout import COLUMNS_80_MM, as_text
from salon_desk.documents.person_file import PersonFile, Said, Visited, person_sheet
from salon_desk.documents.report_sheet import sheet_document
from salon_desk.documents.statement import StatementReport
from salon_desk.domain.access import Permission
from salon_desk.domain.clock import instant_text
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.services import owned
from salon_desk.services.errors import UnknownMember
from salon_desk.services.report_files import ReportFormat
from salon_desk.services.till import Actor, Till
from salon_desk.storage import erasing
from salon_desk.storage.engine import Transaction
from salon_desk.storage.queries import consents, family, members, merges, persons
from salon_desk.storage.queries.holders import names_of_store
from salon_desk.storage.queries.owned import assets_of


@dataclass
class ExportNotWritten(DomainError):
    """The file could not be written where it was to lie."""

    folder: str
    reason: str


FORMATS = (ReportFormat.JSON, ReportFormat.PDF, ReportFormat.TEXT)


def person(till: Till, actor: Actor, member: str, language: str) -> PersonFile:
    """What is kept of a person, under every id. Database worker. Raises UnknownMember, PermissionNeeded."""
    actor.require(Permission.PRIVACY)
    with till.read() as transaction:
        found = members.member(transaction, member, till.business_day(transaction))
        if found is None:
            raise UnknownMember(member)
        ids = merges.group(transaction, member)
        profile = {
            name: value for name, value in asdict(found).items() if name not in ("member_id", "referred_by")
        }
        return PersonFile(
            shop=owned.standing(till, transaction, found).names,
            as_of=till.now(),
            ids=ids,
            profile=profile,
            relatives=tuple(one.relation.value for one in family.relatives(transaction, member)),
            consents=_consents(transaction, member),
            owned=tuple(
                _statement(owned.report(till, transaction, member, one.assets[0], language))
                for one in assets_of(transaction, member)
            ),
            visits=tuple(
                _visit(transaction, row, lines)
                for id_ in ids
                for row, lines in persons.all_documents(transaction, id_)
            ),
            bookings=tuple(row.starts_at for id_ in ids for row in persons.all_bookings(transaction, id_)),
            described=tuple(_entry(one) for id_ in ids for one in erasing.naming(transaction, id_)),
        )


def person_bytes(found: PersonFile, form: ReportFormat, language: str) -> bytes:
    """The file in one of FORMATS: JSON for machines, PDF or text for people. Any thread."""
    say = Catalogue.load(language)
    match form:
        case ReportFormat.PDF:
            from salon_desk.services.report_pdf import pdf_file

            return pdf_file(person_sheet(found, say), say)
        case ReportFormat.TEXT:
            return as_text(sheet_document(person_sheet(found, say), say), COLUMNS_80_MM).encode()
        case _:
            return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"


def _statement(report: StatementReport) -> StatementReport:
    """Without who stood at the till."""
    lines = tuple(structs.replace(line, person=Names("")) for line in report.lines)
    return structs.replace(report, lines=lines)


def _consents(transaction: Transaction, member: str) -> tuple[Said, ...]:
    return tuple(
        Said(
            given=one.given,
            channel=one.channel.value,
            purpose=one.purpose.value,
            words=one.text,
            place=one.place,
            at=one.at,
        )
        for one in consents.said_by(transaction, member)
    )


def _visit(transaction: Transaction, row: Any, lines: Any) -> Visited:
    return Visited(
        kind=row.kind,
        receipt=row.receipt,
        store=names_of_store(transaction, row.store),
        day=row.business_day,
        total=Money(row.total_cents + row.funded_cents, row.currency),
        lines=tuple(
            (
                Names(line.name_en, line.name_zh_cn, line.name_zh_tw),
                line.quantity,
                Money(line.net_cents, row.currency),
            )
            for line in lines
        ),
    )


def _entry(one: Envelope) -> dict[str, Any]:
    """An entry as it was recorded; who wrote it is somebody else's data."""
    said = msgspec.json.decode(one.body or b"{}")
    said.pop("other", None)  # whose relative
    said.pop("members", None)  # who else has this address
    return {"kind": one.header.kind, "at": instant_text(instant_of(one.header.at)), "said": said}
