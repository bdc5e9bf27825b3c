"""The devices screen's behaviour: what was heard last, tests, the print queue, and choosing a device for a role.

No Qt and no port here. The drawer is tested by a recorded no-sale, with reason and approval: it never opens unsaid.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from salon_desk.documents.layout import Way
from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.services import printing, shifts
from salon_desk.services.device_settings import NO_DEVICE, ChosenDevice, Role
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.device_status import DeviceDesk, DeviceStatus, PaperWidth, real_name
from salon_desk.ui.screens.devices.drivers import usual_driver
from salon_desk.ui.screens.devices.reading import Paper, PrintRoom, print_room
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

_PORT = re.compile(r"COM\d+|/dev/\S+", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d{1,5})?", re.ASCII)


class Place(StrEnum):
    """What stands in the list: the roles by their own values, and what is about them."""

    PRINTER = Role.PRINTER.value
    PAPERS = "papers"
    DRAWER = "drawer"
    READER = Role.READER.value
    TERMINAL = Role.TERMINAL.value
    DISPLAY = Role.DISPLAY.value
    GUEST_SCREEN = Role.GUEST_SCREEN.value
    LABELS = Role.LABELS.value
    NFC = Role.NFC.value

    @property
    def role(self) -> Role | None:
        """The role of a device; None for papers and drawer."""
        return None if self in (Place.PAPERS, Place.DRAWER) else Role(self.value)


@dataclass(frozen=True, slots=True)
class SelfTest:
    """What a person says of the printer's self-test page; `none_fits`: nothing of it was right enough."""

    paper: PaperWidth
    right: frozenset[Way] = frozenset()
    none_fits: bool = False


@dataclass(frozen=True, slots=True)
class DevicesState:
    """What the screen shows. `testing_from` is the number of the scan before a reader's test; None: no test runs.

    `start`: what the form of another device begins with, None while none is chosen; `driver`: what is on in it.
    """

    status: DeviceStatus
    place: Place = Place.PRINTER
    room: PrintRoom | None = None
    chosen: str = ""
    testing_from: int | None = None
    start: ChosenDevice | None = None
    driver: str = ""
    self_test: SelfTest | None = None
    refusal: DomainError | None = None
    working: bool = False

    @property
    def paper(self) -> Paper | None:
        """The paper that is chosen in the list."""
        papers = self.room.papers if self.room else ()
        return next((one for one in papers if one.job.job_id == self.chosen), None)


class DevicesPresenter:
    """`refuse` shows a refusal, `tell` that something was done, `filled` puts an address into the form."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, *, desk: DeviceDesk, approvals: Approvals
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._desk, self._approvals = desk, approvals
        self.changed: Callable[[], None] = _nobody
        self.refuse: Callable[[DomainError], None] = _ignore
        self.tell: Callable[[str], None] = _ignore
        self.filled: Callable[[str], None] = _ignore
        self.state = DevicesState(desk.status())
        desk.listen(self._heard)

    def begin(self) -> None:
        """The screen comes to the front."""
        self._set(status=self._desk.status(), testing_from=None, start=None, self_test=None, refusal=None)
        self.refresh()

    def leave(self) -> None:
        """The screen goes: nothing is looked for any more."""
        self._desk.stop_finding()

    def refresh(self) -> None:
        """Read the queue again; asked for now and then while the screen stands."""
        terminal = real_name(self.state.status.of(Role.TERMINAL).chosen)
        self._tasks.run(
            lambda: print_room(self._till, self._desk, terminal), self._read, self.refuse, replaces="devices"
        )

    def show(self, place: str) -> None:
        """Another device's page."""
        if self.state.start is not None:
            self._desk.stop_finding()
        self._set(place=Place(place), start=None, self_test=None, refusal=None, testing_from=None)

    # --- papers

    def choose(self, job: str) -> None:
        """Choose a paper in the list."""
        self._set(chosen="" if job == self.state.chosen else job)

    def reprint(self, language: str) -> None:
        """Queue a copy of the paper that is chosen, in the language it had, else in `language`."""
        paper = self.state.paper
        if paper is None or not paper.can_be_copied:
            return
        op_id, spoken = paper.job.op_id, paper.job.language or language
        self._act(lambda actor: printing.reprint(self._till, actor, op_id, spoken), "copy")

    def retry(self) -> None:
        """Put what failed back into the queue."""
        self._act(lambda _actor: self._desk.retry(), "retry")

    # --- tests

    def test(self, language: str) -> None:
        """The one-tap test of what is in front, but the drawer's, which needs a reason."""
        role = self.state.place.role
        if role is Role.PRINTER:
            self._act(lambda _actor: self._desk.print_test(language), "test")
        elif role in (Role.READER, Role.NFC):
            self._test_reader()
        elif role is not None:
            self._desk.try_out(role, language)

    def open_drawer(self, reason: str) -> None:
        """Open the drawer as a no-sale: recorded, with its reason."""
        command = self._session.new_command()
        self._act(lambda actor: shifts.no_sale(self._till, command, actor, reason=reason), "drawer")

    def _test_reader(self) -> None:
        """Wait for a scan, or stop waiting."""
        if self.state.testing_from is not None:
            self._set(testing_from=None)
            return
        last = self.state.status.last_scan
        self._set(testing_from=last.number if last else 0)

    # --- the printer's self-test

    def begin_self_test(self, language: str) -> None:
        """Print the page by which the printer shows what it can, and ask what came."""
        self._set(self_test=SelfTest(self.state.status.paper))
        self._act(lambda _actor: self._desk.print_self_test(language), "")

    def looks_right(self, way: Way) -> None:
        """A line of it looks as it should, or does not after all."""
        if self.state.self_test is not None:
            right = self.state.self_test.right ^ {way}
            self._set(self_test=replace(self.state.self_test, right=right, none_fits=False))

    def paper_is(self, paper: PaperWidth) -> None:
        """How wide the roll in it is."""
        if self.state.self_test is not None:
            self._set(self_test=replace(self.state.self_test, paper=paper))

    def leave_self_test(self) -> None:
        """Speak to the printer as before."""
        self._set(self_test=None)

    def use_what_fits(self) -> None:
        """Speak to the printer as its page says, from now on."""
        asked = self.state.self_test
        if asked is None:
            return
        profile = self._desk.profile_of(asked.right, asked.paper)
        if profile is None:
            self._set(self_test=replace(asked, none_fits=True))
            return
        self._use(replace(self.state.status.of(Role.PRINTER).chosen, driver=profile), "fits")

    # --- choosing

    def use_paper(self, paper: PaperWidth) -> None:
        """Print on this width; who may not change devices asks a manager."""
        if paper is self.state.status.paper:
            return

        def use(actor: Actor) -> None:
            actor.require(Permission.DEVICES)
            self._desk.use_paper(paper)

        self._act(use, "paper")

    def change(self) -> None:
        """Choose another device for the role in front: its form opens, and what is plugged in is looked for."""
        role = self.state.place.role
        if role is None:
            return
        chosen = self.state.status.of(role).chosen
        self._set(start=chosen, driver=chosen.driver or usual_driver(role), refusal=None)
        self.find(network=False)

    def keep(self) -> None:
        """Leave the form; the device of before stays."""
        self._desk.stop_finding()
        self._set(start=None, refusal=None)

    def find(self, *, network: bool) -> None:
        """Look for devices, or stop looking."""
        if self.state.status.search.running:
            self._desk.stop_finding()
        else:
            self._desk.find(network=network)

    def pick(self, url: str) -> None:
        """Something that was found goes into the form."""
        self._set(refusal=None)
        self.filled(url)

    def use_driver(self, driver: str) -> None:
        """Speak to it like this."""
        self._set(driver=driver, refusal=None)

    def typing(self) -> None:
        """A field changes: what was refused is over."""
        if self.state.refusal is not None:
            self._set(refusal=None)

    def save(self, address: str, name: str) -> None:
        """Use what stands in the form."""
        self._use(ChosenDevice(spelled_out(address), self.state.driver, name.strip()), "chosen")

    def use_url(self, url: str) -> None:
        """Use this for the role in front, by one tap."""
        self._use(ChosenDevice(url), "chosen")

    def use_none(self) -> None:
        """No device for the role in front."""
        self._use(NO_DEVICE, "none")

    def _use(self, device: ChosenDevice, done: str) -> None:
        role = self.state.place.role
        if role is None:
            return

        def use(actor: Actor) -> None:
            actor.require(Permission.DEVICES)
            self._desk.use(role, device)

        self._desk.stop_finding()
        self._act(use, done, closes=True)

    # ---

    def _act(self, work: Callable[[Actor], object], done: str, *, closes: bool = False) -> None:
        """`done`: what is told afterwards, empty for nothing."""
        if self.state.working:
            return
        self._set(working=True)

        def over(_result: object) -> None:
            self._set(working=False)
            if closes:
                self._set(start=None, self_test=None, refusal=None)
            if done:
                self.tell(done)
            self.refresh()

        run_approved(
            self._tasks, self._approvals, self._session.actor, work, done=over, failed=self._not_done
        )

    def _not_done(self, error: DomainError | None) -> None:
        self._set(working=False)
        if error is not None and self.state.start is not None:
            self._set(refusal=error)
        elif error is not None:
            self.refuse(error)

    def _heard(self) -> None:
        self._set(status=self._desk.status())
        if self.state.room is not None:
            self.refresh()

    def _read(self, room: PrintRoom) -> None:
        if room != self.state.room:
            self._set(room=room)

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def spelled_out(address: str) -> str:
    """An address as people write it, with what it is in front: an address of the network, a port of this computer."""
    typed = address.strip()
    if _PORT.fullmatch(typed):
        return f"serial:{typed}"
    return f"tcp://{typed}" if _HOST.fullmatch(typed) else typed


def _nobody() -> None:
    """Nobody looks yet."""


def _ignore(_told: object) -> None:
    """Nobody listens yet."""
