"""What services and screens need from devices and from the network, as Protocols; `bootstrap` hands in the real ones.

No device and no connection lives here. Only frozen data crosses: a job and its document go out, an outcome comes back
through `printing.PrintDesk.outcome`, hopped to the database worker by whoever hands the port in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from salon_desk.documents.layout import Document
from salon_desk.domain.charge import Answer, BatchFailed, BatchTotals, Charge, TerminalState
from salon_desk.services.link_status import Enrolled, LinkStatus
from salon_desk.wire.messages import CodeAnswer, Holding, Part


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


@dataclass(frozen=True, slots=True)
class WantOutcome:
    """What became of a want. Whatever was sent is in this till's purses already.

    `reached`: head office answered within the deadline. `arrived`: a move came. `rest`: where the remainder lies.
    `asked_elsewhere`: another till was asked, whose units come by the feed when it can.
    """

    reached: bool
    arrived: bool = False
    rest: tuple[Holding, ...] = ()
    asked_elsewhere: bool = False


class HeadOfficeLink(Protocol):
    """The link to head office. Nothing here blocks; futures end on a thread of the link's, so a screen hops."""

    def status(self) -> LinkStatus:
        """How it stands. Any thread."""
        ...

    def on_change(self, listener: Callable[[LinkStatus], None]) -> Callable[[], None]:
        """Be told of every change, on whatever thread it happens; what is returned ends that. Any thread."""
        ...

    def enroll(self, url: str, code: str, *, certificate: str = "", proxy: str = "") -> Future[Enrolled]:
        """Join a head office with a one-time code; a code that was used here already changes nothing. Any thread.

        `certificate`: a file of certificates to trust instead of the system's; `proxy`: a URL. The future may raise
        EnrolmentRefused, HeadOfficeOutOfReach, KeysUnreachable.
        """
        ...

    def want(self, parts: Sequence[Part], reason: str = "now") -> Future[WantOutcome]:
        """Ask for units, first named first wanted; answered within 400 ms whatever happens. Any thread."""
        ...

    def make_code(self, till_name: str) -> Future[CodeAnswer]:
        """A one-time code for a further till of this store, whose device must be confirmed. Any thread.

        The future may raise CodeRefused, HeadOfficeOutOfReach.
        """
        ...

    def wait_until_synced(self, seconds: int) -> bool:
        """Block until nothing is pending either way, or until the time is over. Never on the UI thread or the worker."""
        ...

    def retry(self) -> Future[int]:
        """Connect again at once and try again what was set aside; how many operations of it landed. Any thread."""
        ...


class PaymentTerminal(Protocol):
    """What takes money by card or by a wallet's code. Nothing here blocks; futures end on a thread of its own, so a screen hops.

    What is asked has been written down before (`card_payments.py`). Nothing is ever sent a second time by itself.
    """

    def state(self) -> TerminalState:
        """How it was heard last. Any thread."""
        ...

    def charge(self, charge: Charge) -> Future[Answer]:
        """Ask once for a sale, a return or a void; `Unknown` when no answer came. Any thread."""
        ...

    def look_up(self, charge: Charge) -> Future[Answer]:
        """What became of a charge, asked by its reference; moves no money. Any thread."""
        ...

    def cancel(self) -> None:
        """Tell the terminal to give up what it waits for; the charge's own answer still decides. Any thread."""
        ...

    def close_batch(self) -> Future[BatchTotals | BatchFailed]:
        """Close the batch and give its totals. Any thread."""
        ...


@runtime_checkable
class ShowsCode(Protocol):
    """A `PaymentTerminal` that can have the guest scan a code of its own."""

    def to_scan(self, reference: str) -> str:
        """What the guest scans for a charge that is under way; empty for nothing. Any thread."""
        ...

    def on_code(self, listener: Callable[[str, str], None]) -> Callable[[], None]:
        """Be told a charge's reference and its code, an empty one when it is over, on whatever thread; what is returned ends that."""
        ...
