"""The link screen's behaviour: joining a chain, what was heard last, what was set aside, a code, going on without records.

No Qt and no network here. While nobody works at this till anybody may join it to a chain; afterwards it takes
somebody who may change devices. There is no way to unlink: a till that leaves is closed at head office.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.services import link as link_service
from salon_desk.services import recovery
from salon_desk.services.link import LinkView
from salon_desk.services.link_status import LinkState as Link
from salon_desk.services.plight import UNTOUCHED, Plight
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.link_desk import EnrolAsk, LinkDesk, LinkNow, NewCode
from salon_desk.ui.screens.link import reading, typed
from salon_desk.ui.screens.link.reading import Room, require_nobody
from salon_desk.ui.screens.link.typed import Amiss
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks
from salon_desk.wire import one_time_code


@dataclass(frozen=True, slots=True)
class Form:
    """What is typed to join. `code` holds its characters without the dash."""

    address: str = ""
    code: str = ""
    certificate: str = ""
    proxy: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class LinkState:
    """What the screen shows.

    `amiss`: what is wrong with the form by itself; `refusal`: why head office did not take this till in. `again`: the
    form stands although the till was taken in once. `asking`, `coding`, `retrying`: head office is asked.
    """

    now: LinkNow
    form: Form = Form()
    amiss: Amiss | None = None
    refusal: DomainError | None = None
    room: Room | None = None
    again: bool = False
    asking: bool = False
    coding: bool = False
    deciding: bool = False
    retrying: bool = False
    new_code: NewCode | None = None

    @property
    def plight(self) -> Plight:
        """How the till stands by itself."""
        return self.room.plight if self.room is not None else UNTOUCHED

    @property
    def joining(self) -> bool:
        """Whether the form stands: the till is alone, or head office refuses it and a new code was wanted."""
        state = self.now.status.state
        return state is Link.NOT_LINKED or (state is Link.REFUSED and self.again)


class LinkPresenter:
    """`refuse` shows a refusal; `tell` says how many of the entries that were set aside have landed."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        link: LinkDesk,
        approvals: Approvals,
        read: Callable[[Till, int], LinkView] = link_service.view,
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._link, self._approvals, self._read = link, approvals, read
        self.changed: Callable[[], None] = _nobody
        self.refuse: Callable[[DomainError], None] = _ignore
        self.tell: Callable[[int], None] = _ignore
        self.state = LinkState(link.now())
        link.listen(self._heard)

    def begin(self) -> None:
        """The screen comes to the front."""
        self._set(now=self._link.now(), new_code=None, again=False)
        self._read_room()

    def type(
        self, *, address: str | None = None, certificate: str | None = None, proxy: str | None = None
    ) -> None:
        """One of the lines of the form is being typed."""
        form = self.state.form
        form = replace(
            form,
            address=form.address if address is None else address,
            certificate=form.certificate if certificate is None else certificate,
            proxy=form.proxy if proxy is None else proxy,
        )
        if form != self.state.form:
            self._set(form=form, amiss=None, refusal=None)

    def press(self, characters: str) -> None:
        """Characters of the code, from a key, a keyboard or a scanner; what no code has is passed over."""
        self._write_code((self.state.form.code + one_time_code.plain(characters))[: one_time_code.LENGTH])

    def erase(self) -> None:
        """Take the last character of the code away."""
        self._write_code(self.state.form.code[:-1])

    def scanned(self, code: str) -> None:
        """A reader gave a code: where the form stands, it is the enrolment code if it has its shape."""
        characters = one_time_code.plain(code)
        if self.state.joining and len(characters) == one_time_code.LENGTH:
            self._write_code(characters)

    def show_more(self) -> None:
        """Show or fold the rarely needed lines of the form: certificate and proxy."""
        self._set(form=replace(self.state.form, more=not self.state.form.more))

    def join_again(self) -> None:
        """Head office does not know this device any more: the form, for a new code."""
        self._set(again=True)

    def enrol(self) -> None:
        """Ask head office to take this till in."""
        form = self.state.form
        if self.state.asking or not self.state.joining:
            return
        ask = EnrolAsk(typed.address(form.address), form.code, form.certificate.strip(), form.proxy.strip())
        wrong = typed.amiss(ask)
        if wrong is not None:
            self._set(amiss=wrong)
            return
        self._set(asking=True, refusal=None)
        self._allowed(lambda: self._link.enrol(ask, self._enrolled), self._not_asked)

    def retry(self) -> None:
        """Connect now instead of waiting, and try again what was set aside."""
        if self.state.retrying:
            return
        self._set(retrying=True)
        self._link.retry(self._retried)

    def make_code(self, till_name: str) -> None:
        """Ask for a code with which a further till of this store joins."""
        if self.state.coding or not till_name.strip():
            return
        self._set(coding=True, new_code=None)
        name, refused = till_name.strip(), self._not_coded
        self._allowed(lambda: self._link.make_code(name, self._coded, refused), refused)

    def go_on_without(self) -> None:
        """Not wait for the till's own records: a manager's to decide, who was told what it costs."""
        if self.state.deciding or self._session.person is None:
            return
        self._set(deciding=True)
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: recovery.go_on_without(self._till, actor),
            done=lambda _gone_on: self._decided(None),
            failed=self._decided,
        )

    def put_code_away(self) -> None:
        """The code was written down."""
        self._set(new_code=None)

    def _write_code(self, code: str) -> None:
        if code != self.state.form.code:
            self._set(form=replace(self.state.form, code=code), amiss=None, refusal=None)

    def _allowed(self, act: Callable[[], None], refused: Callable[[DomainError | None], None]) -> None:
        """Do it if nobody works here yet, else as somebody who may change devices or is approved."""
        if self._session.person is None:
            self._tasks.run(lambda: require_nobody(self._till), lambda _none: act(), refused)
            return

        def check(actor: Actor) -> None:
            actor.require(Permission.DEVICES)

        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            check,
            done=lambda _none: act(),
            failed=refused,
        )

    def _enrolled(self, refusal: DomainError | None) -> None:
        form = self.state.form if refusal is not None else Form(address=self.state.form.address)
        again = self.state.again and refusal is not None
        self._set(asking=False, refusal=refusal, form=form, again=again, now=self._link.now())
        if refusal is None:
            self._read_room()

    def _not_asked(self, error: DomainError | None) -> None:
        self._set(asking=False)
        if error is not None:
            self.refuse(error)

    def _retried(self, landed: int) -> None:
        before = self.state.now.status.set_aside
        self._set(retrying=False, now=self._link.now())
        if before:
            self.tell(landed)
            self._read_room()

    def _decided(self, error: DomainError | None) -> None:
        self._set(deciding=False)
        if error is not None:
            self.refuse(error)
        self._read_room()

    def _coded(self, code: NewCode) -> None:
        self._set(coding=False, new_code=code)

    def _not_coded(self, error: DomainError | None) -> None:
        self._set(coding=False)
        if error is not None:
            self.refuse(error)

    def _heard(self) -> None:
        before, now = self.state.now.status, self._link.now()
        self._set(now=now)
        told = (now.status.set_aside, now.status.state, now.status.reason)
        moved = told != (before.set_aside, before.state, before.reason) or self.state.plight != UNTOUCHED
        room = self.state.room
        if room is not None and (moved or not room.time_zone or not room.staffed):
            self._read_room()

    def _read_room(self) -> None:
        self._tasks.run(
            lambda: reading.room(self._till, self._read), self._took_room, self.refuse, replaces="link"
        )

    def _took_room(self, read: Room) -> None:
        if read != self.state.room:
            self._set(room=read)

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""


def _ignore(_told: object) -> None:
    """Nobody listens yet."""
