"""The members screen's behaviour: searching, one member's page with its bands, and the form that adds or changes a member.

No Qt here. What is typed stays in the form's fields until it is saved; chips, the scanned card and refusals are state. What is
said of consents, family and merges goes through `ties.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from salon_desk.documents.statement import StatementReport
from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.services import from_receipt, merging, owned
from salon_desk.services.errors import PhoneTaken, UnknownCard
from salon_desk.services.from_receipt import FromReceipt
from salon_desk.services.merging import MaybeOne
from salon_desk.services.tickets import MemberFigures
from salon_desk.services.till import Till
from salon_desk.storage.queries.owned import OwnedKind
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.members import reading
from salon_desk.ui.screens.members.bands import Band
from salon_desk.ui.screens.members.form import MemberForm, TypedMember, form_of, record
from salon_desk.ui.screens.members.pin import PinSetting
from salon_desk.ui.screens.members.privacy import Privacy
from salon_desk.ui.screens.members.reading import MemberFound, MemberOpened
from salon_desk.ui.screens.members.ties import Ties
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks


@dataclass(frozen=True, slots=True)
class MemberWays:
    """Where this screen leads; bootstrap hands in the ways, by the ids of member, card and document."""

    open_ticket: Callable[[str], None]
    top_up: Callable[[str], None]
    issue_card: Callable[[str], None]
    show_card: Callable[[str], None]
    show_document: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class StatementShown:
    """A statement, the first purse of what it is about, and the id of the card if it is one. `document`: whose movement is marked."""

    report: StatementReport
    asset: str
    card: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class MembersState:
    """What the screen shows: the list, the page of one member, or the form over both.

    In place of the page stand the statement of something owned, or those who may be on the list `twice`.
    """

    fragment: str = ""
    found: tuple[MemberFound, ...] | None = None
    opened: MemberOpened | None = None
    form: MemberForm | None = None
    band: Band = Band.OWNED
    statement: StatementShown | None = None
    twice: tuple[MaybeOne, ...] | None = None


class MembersPresenter:
    """`refuse` shows a refusal that no field of the form explains; `saved` tells of a member that was added, `printed` of a
    paper that waits. `language` is the reader's.
    """

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals, ways: MemberWays
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self.ways = approvals, ways
        self.changed: Callable[[], None] = _nobody
        self.refuse: Callable[[DomainError], None] = _ignore
        self.saved: Callable[[Member], None] = _ignore
        self.printed: Callable[[], None] = _nobody
        self.language: Callable[[], str] = lambda: "en"
        self.ties = Ties(till, tasks, session, approvals=approvals, screen=self)
        self.privacy = Privacy(till, tasks, session, approvals=approvals, screen=self)
        self.pin = PinSetting(till, tasks, session, approvals=approvals, screen=self)
        self._then: Callable[[str], None] | None = None
        self._wanted = ""
        self.state = MembersState()

    def begin(self) -> None:
        """The screen comes to the front: read again what may have changed."""
        self.search(self.state.fragment)
        self.read_again()

    def search(self, fragment: str) -> None:
        """Answer while typing."""
        self._set(fragment=fragment)
        self._tasks.run(
            lambda: reading.find(self._till, fragment),
            lambda found: self._set(found=found),
            replaces="members",
        )

    def open(self, member: str) -> None:
        """Show one member's page."""
        self._wanted = member
        self._tasks.run(
            lambda: reading.open_page(self._till, member),
            self._opened,
            self.refuse,
        )

    def show_band(self, band: Band) -> None:
        """Another band of the page."""
        self._set(band=band)

    def show_statement(self, asset: str) -> None:
        """The statement of something that the member owns, named by its first purse."""
        opened = self.state.opened
        if opened is None:
            return
        member = opened.page.figures.member.member_id
        named = next((one.named for one in opened.known.owned if one.named.assets[0] == asset), None)
        card = named.id if named is not None and named.kind is OwnedKind.CARD else ""
        language = self.language()
        self._tasks.run(
            lambda: owned.read(self._till, member, asset, language),
            lambda report: self._set(statement=StatementShown(report, asset, card)),
            self.refuse,
        )

    def leave_statement(self) -> None:
        """Back to the member's page."""
        self._set(statement=None)

    def print_statement(self) -> None:
        """The statement on paper, in the member's own language."""
        opened, shown = self.state.opened, self.state.statement
        if opened is None or shown is None:
            return
        member = opened.page.figures.member
        self._tasks.run(
            lambda: owned.print_statement(self._till, member.member_id, shown.asset, member.language),
            lambda _job: self.printed(),
            self.refuse,
        )

    def show_twice(self) -> None:
        """Who may be on the list twice."""
        self._tasks.run(
            lambda: merging.maybe_one(self._till),
            lambda found: self._set(twice=found, statement=None),
            self.refuse,
        )

    def leave_twice(self) -> None:
        """Back to the member's page."""
        self._set(twice=None)

    @property
    def opened(self) -> MemberOpened | None:
        """The member whose page stands."""
        return self.state.opened

    def read_again(self) -> None:
        """Something about the member whose page stands, or about who is whom, has changed."""
        if self.state.twice is not None:
            self.show_twice()
        if self._wanted:
            member = self._wanted
            self._tasks.run(
                lambda: reading.open_page(self._till, member), lambda opened: self._set(opened=opened)
            )

    def forget(self) -> None:
        """The member whose page stood is there no more."""
        self._wanted = ""
        self._set(opened=None, statement=None, band=Band.OWNED)
        self.search("")

    def scanned(self, code: str) -> None:
        """A card or code was read: into the form if it stands, else whose it is."""
        form = self.state.form
        if form is not None:
            if form.member is None:
                self._set_form(card_code=code, refusal=None)
            return
        if from_receipt.is_receipt(code):
            self._receipt_read(code)
            return

        def found(member: str | None) -> None:
            if member is None:
                self.refuse(UnknownCard(code))
            else:
                self.open(member)

        self._tasks.run(lambda: reading.member_of_code(self._till, code), found)

    def _receipt_read(self, code: str) -> None:
        """A receipt's code opens the statement of what it moved, at that movement; a walk-in's the receipt itself."""
        language = self.language()

        def read() -> tuple[FromReceipt, MemberOpened | None, StatementShown | None]:
            found = from_receipt.look_up(self._till, code)
            opened = reading.open_page(self._till, found.member) if found.member else None
            if opened is None or not found.asset:
                return found, opened, None
            report = owned.read(self._till, found.member, found.asset, language)
            return found, opened, StatementShown(report, found.asset, found.card, found.document)

        def done(result: tuple[FromReceipt, MemberOpened | None, StatementShown | None]) -> None:
            found, opened, shown = result
            if opened is None:
                self.ways.show_document(found.document)
                return
            self._wanted = found.member
            self._opened(opened)
            self._set(statement=shown)

        self._tasks.run(read, done, self.refuse)

    def add(self, language: str, then: Callable[[str], None] | None = None) -> None:
        """Begin a new member with what was searched for: digits are a telephone, all else a name.

        `then` gets the new member's id instead of the page being shown: back to the ticket that wanted a member.
        """
        self._then = then
        typed = self.state.fragment
        is_phone = any(c.isdigit() for c in typed) and not any(c.isalpha() for c in typed)
        start = TypedMember(phone=typed) if is_phone else TypedMember(name=typed)
        self._begin_form(MemberForm(self._session.new_command(), start, language=language))

    def edit(self) -> None:
        """Change the member whose page stands."""
        if self.state.opened is None:
            return
        member = self.state.opened.page.figures.member
        self._begin_form(form_of(self._session.new_command(), member))

    def cancel(self) -> None:
        """Leave the form without saving."""
        self._set(form=None)

    def choose_language(self, language: str) -> None:
        """What the member is written to in."""
        self._set_form(language=language)

    def choose_technician(self, staff: str) -> None:
        """Who serves the member as a rule; a second tap takes it back."""
        form = self.state.form
        self._set_form(technician="" if form and form.technician == staff else staff)

    def choose_consultant(self, staff: str) -> None:
        """Who looks after the member; a second tap takes it back."""
        form = self.state.form
        self._set_form(consultant="" if form and form.consultant == staff else staff)

    def toggle_allergy(self, substance: str) -> None:
        """Put an allergy on the form or take it off; one that is noted already stays."""
        form, wanted = self.state.form, substance.strip()
        if form is None or not wanted or (form.member and wanted in form.member.allergies):
            return
        without = tuple(one for one in form.allergies if one != wanted)
        self._set_form(allergies=without if len(without) < len(form.allergies) else (*form.allergies, wanted))

    def no_card(self) -> None:
        """Take the scanned card off the form."""
        self._set_form(card_code="")

    def typing(self) -> None:
        """A field changes: what was said about it is over."""
        if self.state.form is not None and self.state.form.refusal is not None:
            self._set_form(refusal=None)

    def save(self, typed: TypedMember) -> None:
        """Record the form."""
        form = self.state.form
        if form is None or form.saving:
            return
        self._set_form(saving=True, refusal=None)
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: record(self._till, actor, form, typed),
            done=self._recorded,
            failed=self._failed,
        )

    def open_taken(self) -> None:
        """Go to whoever has the telephone already."""
        refusal = self.state.form.refusal if self.state.form else None
        if isinstance(refusal, PhoneTaken):
            self.open(refusal.member)

    def _opened(self, opened: MemberOpened) -> None:
        before = self.state.opened
        same = before is not None and _id_of(before) == _id_of(opened)
        band = self.state.band if same else Band.OWNED
        self._set(opened=opened, form=None, band=band, statement=None, twice=None)

    def _begin_form(self, form: MemberForm) -> None:
        self._set(form=form)
        self._tasks.run(lambda: reading.people(self._till), lambda people: self._set_form(people=people))

    def _recorded(self, figures: MemberFigures) -> None:
        new = self.state.form is not None and self.state.form.member is None
        then, self._then = self._then, None
        self._set(form=None)
        self.open(figures.member.member_id)
        self.search("" if new else self.state.fragment)
        if new:
            self.saved(figures.member)
        if new and then is not None:
            then(figures.member.member_id)

    def _failed(self, error: DomainError | None) -> None:
        self._set_form(saving=False, refusal=error)

    def _set_form(self, **changes: object) -> None:
        if self.state.form is not None:
            self._set(form=replace(self.state.form, **changes))  # type: ignore[arg-type]

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def _id_of(opened: MemberOpened) -> str:
    return opened.page.figures.member.member_id


def _nobody() -> None:
    """Nobody looks yet."""


def _ignore(_told: object) -> None:
    """Nobody listens yet."""
