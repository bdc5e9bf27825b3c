"""What the devices screen says in a language: printer, queue, drawer, reader, and the newest papers as rows.

No Qt here. A scan is shown by its tail only, a payment card by nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from salon_desk.i18n import N_, Catalogue
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.device_status import (
    DeviceStatus,
    LastScan,
    PrinterCondition,
    QueueCounts,
    ReaderCondition,
    ScanResult,
)
from salon_desk.ui.document_words import amount_of, kind_name
from salon_desk.ui.screens.devices import printer_words
from salon_desk.ui.screens.devices.presenter import DevicesState
from salon_desk.ui.screens.devices.reading import Paper, PrintRoom
from salon_desk.ui.shop_time import written
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import ListRow

DRAWER_REASONS: Final = (
    N_("Drawer test"),
    N_("Change money"),
    N_("Count the drawer"),
    N_("Opened by mistake"),
)
_PROBLEMS: Final = {
    "interrupted": N_(
        "The last paper stopped in the middle. Look at it; a copy can be printed on the right."
    ),
    "unprintable": N_("One paper could not be drawn. The sale is kept; please report this to support."),
    "document": N_("One paper could not be drawn. The sale is kept; please report this to support."),
    "drawer_too_late": N_("The drawer could not be reached in time and stays shut."),
    "drawer_blocked": N_("The drawer does not open while the printer is out of paper or open. Use the key."),
    "busy": N_("The printer took no more papers. Try again."),
}


@dataclass(frozen=True, slots=True)
class PrinterModel:
    """The printer's card, ready to read. `tone` goes with `condition`, never alone."""

    name: str
    condition: str
    tone: Tone
    what_to_do: str
    queue: str
    problem: str
    can_retry: bool
    can_test: bool


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """The reader's card, ready to read."""

    condition: str
    tone: Tone
    scan: str
    scan_tone: Tone
    test: str


def printer_model(state: DevicesState, words: Catalogue) -> PrinterModel:
    """The printer in a language."""
    status = state.status
    queue = state.room.queue if state.room else QueueCounts()
    said, tone = printer_words.condition(status, words)
    failed = any(one.job.state is JobState.FAILED for one in state.room.papers) if state.room else False
    return PrinterModel(
        name=printer_words.name(status, words),
        condition=said,
        tone=tone,
        what_to_do=printer_words.what_to_do(status, words),
        queue=_queue(queue, words),
        problem=_problem(queue, words),
        can_retry=not state.working and (failed or queue.waiting > 0),
        can_test=not state.working and status.printer is not PrinterCondition.NONE,
    )


def reader_model(state: DevicesState, words: Catalogue) -> ReaderModel:
    """The reader in a language."""
    said, tone = _reader(state.status, words)
    scan, scan_tone = _scan(state, words)
    testing = state.testing_from is not None
    return ReaderModel(
        condition=said,
        tone=tone,
        scan=scan,
        scan_tone=scan_tone,
        test=words.text("End the test") if testing else words.text("Test the reader"),
    )


def paper_rows(room: PrintRoom, words: Catalogue) -> tuple[ListRow, ...]:
    """The newest papers as rows."""
    return tuple(_row(one, room.time_zone, words) for one in room.papers)


def _queue(queue: QueueCounts, words: Catalogue) -> str:
    if not queue.waiting:
        return words.text("Nothing waits to be printed.")
    return words.plural(
        "{n} paper is not printed yet. None is lost.",
        "{n} papers are not printed yet. None is lost.",
        queue.waiting,
    )


def _problem(queue: QueueCounts, words: Catalogue) -> str:
    return words.text(_PROBLEMS[queue.problem]) if queue.problem in _PROBLEMS else ""


def _reader(status: DeviceStatus, words: Catalogue) -> tuple[str, Tone]:
    match status.reader:
        case ReaderCondition.READY:
            return words.text("Connected: {name}", name=status.reader_name), Tone.GOOD
        case ReaderCondition.OFFLINE:
            return (
                words.text("Not connected: check the cable of the reader ({name}).", name=status.reader_name),
                Tone.DANGER,
            )
        case ReaderCondition.KEYBOARD:
            return words.text("It types like a keyboard. Whether it is there shows at a scan."), Tone.PLAIN
        case _:
            assert_never(status.reader)


def _scan(state: DevicesState, words: Catalogue) -> tuple[str, Tone]:
    last = state.status.last_scan
    waiting = state.testing_from is not None and (last.number if last else 0) <= state.testing_from
    if waiting:
        return words.text("Scan any card or product now."), Tone.AMBER
    if last is None:
        return words.text("Nothing was scanned since the till started."), Tone.PLAIN
    return _scanned(last, words)


def _scanned(last: LastScan, words: Catalogue) -> tuple[str, Tone]:
    tail = masked(last.shown)
    match last.result:
        case ScanResult.BARCODE:
            return words.text("Last scan: barcode {tail}", tail=tail), Tone.GOOD
        case ScanResult.MAGNETIC:
            return words.text("Last scan: magnetic card {tail}", tail=tail), Tone.GOOD
        case ScanResult.MEMBER_CODE:
            return words.text("Last scan: member code {tail}", tail=tail), Tone.GOOD
        case ScanResult.PAYMENT_CARD:
            return (
                words.text("Last scan: a payment card. It was refused and not kept; use the card machine."),
                Tone.AMBER,
            )
        case ScanResult.UNREADABLE:
            return words.text("Last scan: not readable. Wipe the code and scan again."), Tone.DANGER
        case _:
            assert_never(last.result)


def _row(paper: Paper, time_zone: str, words: Catalogue) -> ListRow:
    state, tone = _state(paper, words)
    document = paper.document
    if document is None:
        return ListRow(paper.job.job_id, _title(paper, words), figure=state, tone=tone)
    when = written(document.sold_at, time_zone, words)
    kind = kind_name(document.kind, words)
    detail = words.text(
        "{kind} {amount} · {time}", kind=kind, amount=words.money(amount_of(document)), time=when
    )
    copy = words.text("copy") if paper.job.copy else ""
    return ListRow(paper.job.job_id, _title(paper, words), detail, state, copy, tone=tone)


def _title(paper: Paper, words: Catalogue) -> str:
    match paper.job.kind:
        case "receipt" if paper.document is not None:
            return words.text("Receipt {receipt}", receipt=paper.document.receipt)
        case "z" if paper.z_number:
            return words.text("Z report {n}", n=paper.z_number)
        case "x":
            return words.text("X report")
        case "signed":
            return words.text("Shop's copy")
        case "proof":
            return words.text("Unproven debits")
        case "test":
            return words.text("Test page")
        case "drawer":
            return words.text("Drawer")
        case _:
            return words.text("Report")


def _state(paper: Paper, words: Catalogue) -> tuple[str, Tone]:
    drawer = paper.job.kind == "drawer"
    match paper.job.state:
        case JobState.QUEUED:
            return words.text("waits"), Tone.AMBER
        case JobState.SENDING:
            return words.text("at the printer"), Tone.AMBER
        case JobState.PRINTED:
            return words.text("opened") if drawer else words.text("printed"), Tone.GOOD
        case JobState.FAILED:
            return words.text("failed"), Tone.DANGER
        case JobState.SKIPPED:
            return words.text("stayed shut") if drawer else words.text("not printed"), Tone.PLAIN
        case _:
            assert_never(paper.job.state)
