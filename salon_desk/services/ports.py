"""What services need from devices, as Protocols; `bootstrap` hands in the real ones.

No device lives here. Only frozen data crosses: a job and its document go out, an outcome comes back through
`printing.PrintDesk.outcome`, hopped to the database worker by whoever hands the port in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from salon_desk.documents.layout import Document


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes to the printer: a document, or None to open the drawer only. `copy`: it must say COPY."""

    job_id: str
    document: Document | None
    copy: bool


class ReceiptPrinter(Protocol):
    """The receipt printer with the drawer behind it."""

    def submit(self, paper: Paper) -> bool:
        """Take a paper; False when too many wait. Never blocks. Any thread."""
        ...
