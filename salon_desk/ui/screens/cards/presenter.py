"""The cards screen's behaviour: looking a card up, its page, freezing it, giving a new one to a member.

No Qt here. A scan opens the card; while a card is being given out, it is the new card's code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.services import cards, lapses, series
from salon_desk.services.cards import CardView
from salon_desk.services.errors import UnknownCard
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.link_desk import NO_LINE, ValueLine
from salon_desk.ui.screens.cards import reading, reading_series
from salon_desk.ui.screens.cards.payouts import PayoutDesk, PayoutForm
from salon_desk.ui.screens.cards.reading import CardFound, CardOpened
from salon_desk.ui.screens.cards.reading_series import SeriesFound, SeriesOpened
from salon_desk.ui.screens.cards.saving import SavingDesk, SavingForm
from salon_desk.ui.screens.cards.sharing import SharingDesk, SharingForm
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class CardWays:
    """Where this screen leads; bootstrap hands in the ways, by the ids of card, member and document."""

    top_up: Callable[[str], None]
    sell_gift: Callable[[], None]
    sell_series: Callable[[str], None]
    show_member: Callable[[str], None]
    show_document: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class IssueForm:
    """A card being given out: to whom, and the code that was scanned or typed; `replaces`: the card that it stands for."""

    command: str
    member: Member | None = None
    found: tuple[Member, ...] = ()
    code: str = ""
    refusal: DomainError | None = None
    saving: bool = False
    replaces: str = ""
    reason: str = ""

    @property
    def ready(self) -> bool:
        """Whether all is there: a new card needs its member, another code of a gift card has none."""
        return (self.member is not None or bool(self.replaces)) and bool(self.code) and not self.saving


@dataclass(frozen=True, slots=True)
class CardsState:
    """What the screen shows. `unknown`: a code that was scanned and that no card has."""

    fragment: str = ""
    found: tuple[CardFound | SeriesFound, ...] | None = None
    opened: CardOpened | SeriesOpened | None = None
    issue: IssueForm | None = None
    unknown: str = ""
    changing: bool = False
    payout: PayoutForm | None = None
    sharing: SharingForm | None = None
    saving: SavingForm | None = None

    @property
    def cards(self) -> tuple[CardFound, ...]:
        """The cards among what was found."""
        return tuple(one for one in self.found or () if isinstance(one, CardFound))

    @property
    def card(self) -> CardOpened | None:
        """The card whose page stands open, if it is one."""
        return self.opened if isinstance(self.opened, CardOpened) else None


class CardsPresenter:
    """`refuse` shows a refusal that the screen itself does not explain."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        approvals: Approvals,
        ways: CardWays,
        line: ValueLine = NO_LINE,
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self.ways = approvals, ways
        self.changed: Callable[[], None] = _nobody
        self.refuse: Callable[[DomainError], None] = _ignore
        self._wanted = ""
        self.state = CardsState()
        self.payouts = PayoutDesk(till, tasks, session, approvals, self)
        self.sharing = SharingDesk(till, tasks, session, approvals, self)
        self.saving = SavingDesk(till, tasks, session, approvals, self)
        self._line = line

    def begin(self) -> None:
        """The screen comes to the front: read again what may have changed."""
        self.search(self.state.fragment)
        if self._wanted:
            key = self._wanted
            self._tasks.run(lambda: self._read(key), lambda opened: self._set(opened=opened), self.refuse)

    def search(self, fragment: str) -> None:
        """Answer while typing."""
        self._set(fragment=fragment)
        self._tasks.run(
            lambda: (*reading.find(self._till, fragment), *reading_series.find(self._till, fragment)),
            lambda found: self._set(found=found),
            replaces="cards",
        )

    def open(self, key: str) -> None:
        """Show the page of a card, or of a series by the key of its row."""
        self._wanted = key
        self._tasks.run(lambda: self._read(key), self._opened, self.refuse)

    def reopen(self) -> None:
        """Read again what stands open, and the list beside it."""
        self.open(self._wanted)
        self.search(self.state.fragment)

    def show_payout(self, form: PayoutForm | None) -> None:
        """How paying something out stands."""
        self._set(payout=form)

    def show_sharing(self, form: SharingForm | None) -> None:
        """How giving a series on, or sharing it, stands."""
        self._set(sharing=form)

    def show_saving(self, form: SavingForm | None) -> None:
        """How choosing a plan stands."""
        self._set(saving=form)

    def _read(self, key: str) -> CardOpened | SeriesOpened:
        """Database worker."""
        if key.startswith(reading_series.KEY):
            return reading_series.open_series(self._till, key)
        return reading.open_card(self._till, key)

    def scanned(self, code: str) -> None:
        """A card was read, or its code typed to the end."""
        if self.state.issue is not None:
            self.type_code(code)
            return
        self._tasks.run(lambda: reading.open_code(self._till, code), self._opened, self._not_opened)

    def issue_to(self, member: str) -> None:
        """Begin to give a card to this member."""
        self.begin_issue()
        self._tasks.run(
            lambda: reading.member_of(self._till, member), lambda one: self._set_issue(member=one)
        )

    def begin_issue(self, code: str = "") -> None:
        """Begin to give a card out; `code` when it was scanned before."""
        self._set(issue=IssueForm(self._session.new_command(), code=code), unknown="")

    def cancel_issue(self) -> None:
        """Give no card out."""
        self._set(issue=None)

    def find_member(self, fragment: str) -> None:
        """Who gets the card, answered while typing."""
        self._tasks.run(
            lambda: reading.find_members(self._till, fragment),
            lambda found: self._set_issue(found=found),
            replaces="cards.member",
        )

    def choose_member(self, member_id: str) -> None:
        """This one gets the card; empty to choose again."""
        issue = self.state.issue
        if issue is not None and issue.replaces:
            return
        found = issue.found if issue else ()
        self._set_issue(member=next((one for one in found if one.member_id == member_id), None))

    def type_code(self, code: str) -> None:
        """The new card's code."""
        self._set_issue(code=code.strip(), refusal=None)

    def issue(self) -> None:
        """Give the card out."""
        form = self.state.issue
        if form is None or not form.ready:
            return
        self._set_issue(saving=True)
        self._run(
            lambda actor: self._given_out(form, actor),
            self._issued,
            self._not_issued,
        )

    def begin_recode(self, reason: str) -> None:
        """Begin to give the card that stands another code."""
        opened = self.state.card
        if opened is None:
            return
        form = IssueForm(self._session.new_command(), opened.found.member)
        self._set(issue=replace(form, replaces=opened.found.card.card, reason=reason), unknown="")

    def freeze(self, reason: str) -> None:
        """Let the card or series that stands pay nothing any more."""
        self._change(
            lambda command, card, actor: cards.freeze(self._till, command, actor, card, reason=reason),
            lambda command, one, actor: series.freeze(self._till, command, actor, one, reason=reason),
        )

    def unfreeze(self) -> None:
        """Let the card or series that stands pay again."""
        self._change(
            lambda command, card, actor: cards.unfreeze(self._till, command, actor, card),
            lambda command, one, actor: series.unfreeze(self._till, command, actor, one),
        )

    def lapse(self) -> None:
        """Take off what has lapsed of the card that stands."""
        self._change(lambda command, card, actor: lapses.lapse(self._till, command, actor, card), None)

    def restore(self, reason: str) -> None:
        """Give back to the card that stands what lapsed of it."""
        self._change(
            lambda command, card, actor: lapses.restore(self._till, command, actor, card, reason=reason), None
        )

    def _given_out(self, form: IssueForm, actor: Actor) -> CardView:
        """Database worker."""
        if form.replaces:
            return cards.recode(
                self._till, form.command, actor, form.replaces, code=form.code, reason=form.reason
            )
        member = form.member.member_id if form.member else ""
        return cards.issue(self._till, form.command, actor, member=member, code=form.code)

    def _change(
        self,
        of_card: Callable[[str, str, Actor], object],
        of_series: Callable[[str, str, Actor], object] | None,
    ) -> None:
        opened = self.state.opened
        if opened is None or self.state.changing:
            return
        command = self._session.new_command()
        work, name = (
            (of_card, opened.found.card.card)
            if isinstance(opened, CardOpened)
            else (of_series, opened.found.view.series.series)
        )
        if work is None:
            return
        self._set(changing=True)
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: work(command, name, actor),
            done=lambda _view: self.reopen(),
            failed=self._not_changed,
        )

    def _run(
        self,
        work: Callable[[Actor], CardView],
        done: Callable[[CardView], None],
        failed: Callable[[DomainError | None], None],
    ) -> None:
        run_approved(self._tasks, self._approvals, self._session.actor, work, done=done, failed=failed)

    def _opened(self, opened: CardOpened | SeriesOpened) -> None:
        self._wanted = opened.found.key
        self._set(opened=opened, issue=None, unknown="", changing=False)
        if isinstance(opened, SeriesOpened):
            self.sharing.follow(opened)
        elif opened.wanted:
            self._line.want_parts(opened.wanted)

    def _not_opened(self, error: DomainError) -> None:
        if isinstance(error, UnknownCard):
            self._wanted = ""
            self._set(unknown=error.code, opened=None)
        else:
            self.refuse(error)

    def _issued(self, view: CardView) -> None:
        self.open(view.card.card)
        self.search(self.state.fragment)

    def _not_issued(self, error: DomainError | None) -> None:
        self._set_issue(saving=False, refusal=error)

    def _not_changed(self, error: DomainError | None) -> None:
        self._set(changing=False)
        if error is not None:
            self.refuse(error)

    def _set_issue(self, **changes: object) -> None:
        if self.state.issue is not None:
            self._set(issue=replace(self.state.issue, **changes))  # type: ignore[arg-type]

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""


def _ignore(_told: object) -> None:
    """Nobody listens yet."""
