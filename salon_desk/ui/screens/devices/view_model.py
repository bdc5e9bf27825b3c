"""What the devices screen says in a language: the list of devices, the page of the one in front, the newest papers.

No Qt here; the form of another device is in `choosing_model.py`. A scan is shown by its tail only, a payment card by nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, assert_never

from salon_desk.i18n import N_, Catalogue
from salon_desk.services.device_settings import Role
from salon_desk.services.device_state import Condition
from salon_desk.storage.print_jobs import JobState
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.device_status import (
    DrawerCondition,
    LastScan,
    PaperWidth,
    QueueCounts,
    ScanResult,
    TrialState,
)
from salon_desk.ui.inspection_words import inspection_warning
from salon_desk.ui.screens.devices import state_words
from salon_desk.ui.screens.devices.presenter import DevicesState, Place
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Chip, ListRow

DRAWER_REASONS: Final = (
    N_("Drawer test"),
    N_("Change money"),
    N_("Count the drawer"),
    N_("Opened by mistake"),
)
_READERS: Final = (Role.READER, Role.NFC)
_PROBLEMS: Final = {
    "interrupted": N_(
        "The last paper stopped in the middle. Look at it; a copy can be printed under Papers."
    ),
    "unprintable": N_("One paper could not be drawn. The sale is kept; please report this to support."),
    "document": N_("One paper could not be drawn. The sale is kept; please report this to support."),
    "drawer_too_late": N_("The drawer could not be reached in time and stays shut."),
    "drawer_blocked": N_("The drawer does not open while the printer is out of paper or open. Use the key."),
    "busy": N_("The printer took no more papers. Try again."),
}
_TESTS: Final = {
    Place.PRINTER: N_("Print a test page"),
    Place.LABELS: N_("Print a test label"),
    Place.DRAWER: N_("Open the drawer"),
    Place.READER: N_("Test the reader"),
    Place.NFC: N_("Test the reader"),
    Place.DISPLAY: N_("Show a test line"),
    Place.TERMINAL: N_("Greet the terminal"),
}
_TRIALS: Final = {
    Role.LABELS: {
        TrialState.RUNNING: N_("A test label is on its way."),
        TrialState.PASSED: N_("A test label was sent. Look at it."),
        TrialState.FAILED: N_("The test label could not be sent."),
    },
    Role.DISPLAY: {
        TrialState.RUNNING: N_("A test line is on its way."),
        TrialState.PASSED: N_("A test line was sent. Look at the display."),
        TrialState.FAILED: N_("The test line could not be sent."),
    },
    Role.TERMINAL: {
        TrialState.RUNNING: N_("The terminal is greeted."),
        TrialState.PASSED: N_("The terminal answered."),
        TrialState.FAILED: N_("The terminal did not answer."),
    },
}
_DRAWERS: Final = {
    DrawerCondition.UNKNOWN: (N_("It hangs on the printer"), Tone.PLAIN),
    DrawerCondition.SHUT: (N_("The drawer is shut"), Tone.GOOD),
    DrawerCondition.OPEN: (N_("The drawer is open"), Tone.AMBER),
    DrawerCondition.LEFT_OPEN: (N_("It was left open"), Tone.DANGER),
}


@dataclass(frozen=True, slots=True)
class PageModel:
    """The page of what is in front, ready to read. `tone` goes with `condition`, never alone; empty words stand nowhere."""

    title: str
    condition: str
    tone: Tone
    what_to_do: str
    called: str = ""
    told: str = ""
    told_tone: Tone = Tone.PLAIN
    problem: str = ""
    counts: str = ""
    test: str = ""
    can_test: bool = False
    retry: str = ""
    can_retry: bool = False
    change: str = ""
    none: str = ""
    more: str = ""
    choices: tuple[Chip, ...] = ()
    choice: str = ""


def place_rows(state: DevicesState, words: Catalogue) -> tuple[ListRow, ...]:
    """The devices as rows, each with how it is."""
    return tuple(_row(place, state, words) for place in Place)


def page_model(state: DevicesState, words: Catalogue) -> PageModel:
    """The page of what is in front, but the papers'."""
    role = state.place.role
    if role is None:
        return _drawer_page(state, words)
    status = state.status.of(role)
    said, tone = state_words.condition(role, status, words)
    told, told_tone = _told(role, state, words)
    queue = state.room.queue if state.room else QueueCounts()
    printer = role is Role.PRINTER
    guests = role is Role.GUEST_SCREEN
    return PageModel(
        title=words.text(state_words.TITLES[role]),
        condition=said,
        tone=tone,
        what_to_do=state_words.what_to_do(role, status, words),
        called=state_words.called(role, status, words),
        told=_queue(queue, words) if printer else told,
        told_tone=told_tone,
        problem=_problem(queue, words) if printer else _inspection(role, state, words),
        counts=state_words.counts(status, words),
        test="" if guests else _test(role, state, words),
        can_test=not state.working and (role is Role.READER or status.state.condition is not Condition.NONE),
        retry=words.text("Print what waits") if printer else "",
        can_retry=can_retry(state),
        change="" if guests else _change(state, role, words),
        none=words.text("Use none") if status.chosen.url and not guests else "",
        more=_more(role, words) if status.chosen.url else "",
        choices=_choices(role, words),
        choice=(status.chosen.url or "screen:") if guests else state.status.paper.value,
    )


def _row(place: Place, state: DevicesState, words: Catalogue) -> ListRow:
    role = place.role
    if place is Place.PAPERS:
        waiting = state.room.queue.waiting if state.room else 0
        detail = words.text("Copies of receipts, and what waits to be printed")
        return ListRow(place.value, words.text("Papers"), detail, words.number(waiting) if waiting else "")
    if role is None:
        said, tone = _DRAWERS[state.status.drawer]
        return ListRow(place.value, words.text("Cash drawer"), words.text(said), _mark(tone), tone=tone)
    said, tone = state_words.condition(role, state.status.of(role), words)
    mark = "!" if _inspection(role, state, words) else _mark(tone)
    tone = Tone.DANGER if mark else tone
    return ListRow(place.value, words.text(state_words.TITLES[role]), said, mark, tone=tone)


def _mark(tone: Tone) -> str:
    """What in the list draws the eye to a device that needs somebody; its words stand beside it."""
    return "!" if tone is Tone.DANGER else ""


def _drawer_page(state: DevicesState, words: Catalogue) -> PageModel:
    said, tone = _DRAWERS[state.status.drawer]
    left_open = state.status.drawer is DrawerCondition.LEFT_OPEN
    return PageModel(
        title=words.text("Cash drawer"),
        condition=words.text(said),
        tone=tone,
        what_to_do=words.text("Shut the drawer.")
        if left_open
        else words.text(
            "It opens by itself for cash. Each opening without a sale is recorded with its reason."
        ),
        test=words.text(_TESTS[Place.DRAWER]),
        can_test=not state.working,
    )


def _test(role: Role, state: DevicesState, words: Catalogue) -> str:
    if role in _READERS and state.testing_from is not None:
        return words.text("End the test")
    return words.text(_TESTS[Place(role.value)])


def _more(role: Role, words: Catalogue) -> str:
    if role is Role.PRINTER:
        return words.text("It prints wrongly")
    return words.text("Monthly look at the terminal") if role is Role.TERMINAL else ""


def _inspection(role: Role, state: DevicesState, words: Catalogue) -> str:
    """Why somebody must look at the terminal itself."""
    standing = state.room.inspected if state.room else None
    return inspection_warning(standing, words) if role is Role.TERMINAL and standing else ""


def _change(state: DevicesState, role: Role, words: Catalogue) -> str:
    chosen = state.status.of(role).chosen.url
    return words.text("Choose another") if chosen else words.text("Set one up")


def _choices(role: Role, words: Catalogue) -> tuple[Chip, ...]:
    """What is chosen by one tap on the page itself: the printer's roll, the guests' screen."""
    if role is Role.PRINTER:
        return (
            Chip(words.text("Roll of 80 mm"), key=PaperWidth.MM_80.value),
            Chip(words.text("Roll of 58 mm"), key=PaperWidth.MM_58.value),
        )
    if role is Role.GUEST_SCREEN:
        return (
            Chip(words.text("By itself"), key="screen:"),
            Chip(words.text("In a window"), key="screen:window"),
            Chip(words.text("Off"), key="screen:off"),
        )
    return ()


def can_retry(state: DevicesState) -> bool:
    """Whether something failed or waits in the print queue."""
    if state.room is None or state.working:
        return False
    failed = any(one.job.state is JobState.FAILED for one in state.room.papers)
    return failed or state.room.queue.waiting > 0


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


def _told(role: Role, state: DevicesState, words: Catalogue) -> tuple[str, Tone]:
    """What the last scan or the last test was."""
    if role in _READERS:
        return _scan(role, state, words)
    trial = state.status.trials.get(role)
    if trial is None or role not in _TRIALS:
        return "", Tone.PLAIN
    tone = {TrialState.RUNNING: Tone.AMBER, TrialState.PASSED: Tone.GOOD, TrialState.FAILED: Tone.DANGER}
    return words.text(_TRIALS[role][trial]), tone[trial]


def _scan(role: Role, state: DevicesState, words: Catalogue) -> tuple[str, Tone]:
    last = state.status.last_scan
    waiting = state.testing_from is not None and (last.number if last else 0) <= state.testing_from
    if waiting and role is Role.NFC:
        return words.text("Lay any card on the reader now."), Tone.AMBER
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
        case ScanResult.NFC:
            return words.text("Last scan: NFC card {tail}", tail=tail), Tone.GOOD
        case ScanResult.PAYMENT_CARD:
            return (
                words.text("Last scan: a payment card. It was refused and not kept; use the card machine."),
                Tone.AMBER,
            )
        case ScanResult.UNREADABLE:
            return words.text("Last scan: not readable. Wipe the code and scan again."), Tone.DANGER
        case _:
            assert_never(last.result)
