"""The members screen's behaviour: searching, one member's page, and the form that adds or changes a member.

No Qt here. What is typed stays in the form's fields until it is saved; chips, the scanned card and refusals are state.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.services import members
from salon_desk.services.errors import PhoneTaken, UnknownCard
from salon_desk.services.members import NewMember
from salon_desk.services.tickets import MemberFigures
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.members import reading
from salon_desk.ui.screens.members.reading import MemberFound, MemberOpened
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
class TypedMember:
    """What stands in the form's fields."""

    name: str = ""
    latin_name: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MemberForm:
    """The form besides its fields. `member` is None for a new one; `start` is what its fields begin with."""

    command: str
    start: TypedMember
    member: Member | None = None
    language: str = "zh_CN"
    allergies: tuple[str, ...] = ()
    card_code: str = ""
    refusal: DomainError | None = None
    saving: bool = False


@dataclass(frozen=True, slots=True)
class MembersState:
    """What the screen shows: the list, the page of one member, or the form over both."""

    fragment: str = ""
    found: tuple[MemberFound, ...] | None = None
    opened: MemberOpened | None = None
    form: MemberForm | None = None


class MembersPresenter:
    """`refuse` shows a refusal that no field of the form explains; `saved` tells of a member that was added."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals, ways: MemberWays
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self.ways = approvals, ways
        self.changed: Callable[[], None] = _nobody
        self.refuse: Callable[[DomainError], None] = _ignore
        self.saved: Callable[[Member], None] = _ignore
        self._then: Callable[[str], None] | None = None
        self._wanted = ""
        self.state = MembersState()

    def begin(self) -> None:
        """The screen comes to the front: read again what may have changed."""
        self.search(self.state.fragment)
        if self._wanted:
            member = self._wanted
            self._tasks.run(
                lambda: reading.open_page(self._till, member), lambda opened: self._set(opened=opened)
            )

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
            lambda opened: self._set(opened=opened, form=None),
            self.refuse,
        )

    def scanned(self, code: str) -> None:
        """A card or code was read: into the form if it stands, else whose it is."""
        form = self.state.form
        if form is not None:
            if form.member is None:
                self._set_form(card_code=code, refusal=None)
            return

        def found(member: str | None) -> None:
            if member is None:
                self.refuse(UnknownCard(code))
            else:
                self.open(member)

        self._tasks.run(lambda: reading.member_of_code(self._till, code), found)

    def add(self, language: str, then: Callable[[str], None] | None = None) -> None:
        """Begin a new member with what was searched for: digits are a telephone, all else a name.

        `then` gets the new member's id instead of the page being shown: back to the ticket that wanted a member.
        """
        self._then = then
        typed = self.state.fragment
        is_phone = any(c.isdigit() for c in typed) and not any(c.isalpha() for c in typed)
        start = TypedMember(phone=typed) if is_phone else TypedMember(name=typed)
        self._set(form=MemberForm(self._session.new_command(), start, language=language))

    def edit(self) -> None:
        """Change the member whose page stands."""
        if self.state.opened is None:
            return
        member = self.state.opened.page.figures.member
        start = TypedMember(member.name, member.latin_name, member.phone, member.note)
        self._set(
            form=MemberForm(
                self._session.new_command(),
                start,
                member=member,
                language=member.language,
                allergies=member.allergies,
            )
        )

    def cancel(self) -> None:
        """Leave the form without saving."""
        self._set(form=None)

    def choose_language(self, language: str) -> None:
        """What the member is written to in."""
        self._set_form(language=language)

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
            lambda actor: _record(self._till, actor, form, typed),
            done=self._recorded,
            failed=self._failed,
        )

    def open_taken(self) -> None:
        """Go to whoever has the telephone already."""
        refusal = self.state.form.refusal if self.state.form else None
        if isinstance(refusal, PhoneTaken):
            self.open(refusal.member)

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


def _record(till: Till, actor: Actor, form: MemberForm, typed: TypedMember) -> MemberFigures:
    """Add the member, or record what was changed; database worker."""
    if form.member is None:
        new = NewMember(
            name=typed.name,
            latin_name=typed.latin_name,
            phone=typed.phone,
            language=form.language,
            allergies=form.allergies,
            note=typed.note,
            card_code=form.card_code,
        )
        return members.add(till, form.command, actor, new)
    changed = replace(
        form.member,
        name=typed.name,
        latin_name=typed.latin_name,
        phone=typed.phone,
        language=form.language,
        note=typed.note,
    )
    figures = members.edit(till, form.command, actor, changed)
    for substance in form.allergies:
        if substance not in form.member.allergies:
            command = f"{form.command}:{substance}"
            figures = members.note_allergy(till, command, actor, form.member.member_id, substance)
    return figures


def _nobody() -> None:
    """Nobody looks yet."""


def _ignore(_told: object) -> None:
    """Nobody listens yet."""
