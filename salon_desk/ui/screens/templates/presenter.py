"""The behaviour of the screen of the texts: one is chosen or begun, typed, looked at and tried on a member at once, saved. No Qt.

Writing needs a permission that a manager can lend.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from salon_desk.domain.built_in_templates import BuiltIn
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.errors import DomainError
from salon_desk.domain.message_template import Fault, Template, lint
from salon_desk.i18n import Catalogue
from salon_desk.services import message_templates, search, template_trial
from salon_desk.services.message_templates import Listed
from salon_desk.services.search import Found
from salon_desk.services.template_trial import Trial
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.templates.form import NEW_TEXT, WAYS, TypedText, typed_of, with_way, written
from salon_desk.ui.screens.templates.placeholder_words import stand_ins
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

NEW: Final = "new"
_BLANK: Final = TypedText()


@dataclass(frozen=True, slots=True)
class TemplatesState:
    """What the screen shows. `key`: the text whose form is open, NEW for one that is begun, empty for none.

    `ways`: whether the page of the ways shows instead of that of the language. `draft`: as it is typed; `member`: on whom it is tried, empty for whoever was served last; `found`: who was searched for.
    """

    texts: tuple[Listed, ...] | None = None
    key: str = ""
    language: str = "en"
    ways: bool = False
    draft: Template = NEW_TEXT
    start: TypedText = _BLANK
    faults: tuple[Fault, ...] = ()
    member: str = ""
    query: str = ""
    found: tuple[Found, ...] = ()
    trial: Trial | None = None
    refusal: DomainError | None = None
    saving: bool = False

    @property
    def page(self) -> str:
        """Which page of the form shows."""
        return WAYS if self.ways else self.language

    @property
    def listed(self) -> Listed | None:
        """The text as it stands whose form is open."""
        return next((one for one in self.texts or () if one.template.key == self.key), None)


class TemplatesPresenter:
    """`changed` paints, `opened` puts `state.start` into the fields, `saved` says that it was written down."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        approvals: Approvals,
        built_in: Callable[[], BuiltIn],
    ) -> None:
        self._till, self._tasks, self._session, self._approvals = till, tasks, session, approvals
        self._built_in = built_in
        self.changed: Callable[[], None] = _nobody
        self.opened: Callable[[], None] = _nobody
        self.saved: Callable[[], None] = _nobody
        self.state = TemplatesState()

    def begin(self, language: str) -> None:
        """The screen comes to the front, in the reader's language."""
        if not self.state.key:
            self._set(language=language)
        self._tasks.run(self._look, lambda texts: self._set(texts=texts), self._refused)
        self._try()

    def choose(self, key: str) -> None:
        """Open the form of a text, or NEW's."""
        self._set(key=key, refusal=None, ways=False)
        one = self.state.listed
        self._draft(one.template if one is not None else NEW_TEXT)
        self._open()

    def turn(self, page: str) -> None:
        """Show another page of the form, a language or WAYS; what was typed stays."""
        self._set(ways=page == WAYS, language=self.state.language if page == WAYS else page)
        self._open()

    def way(self, way: Channel) -> None:
        """It goes out by this way last of all, or no more."""
        self._draft(with_way(self.state.draft, way))
        self._try()

    def use_as(self, purpose: Purpose) -> None:
        """A reminder or an offer: the owner's own choice for a text of their own."""
        self._draft(replace(self.state.draft, purpose=purpose))
        self._try()

    def typing(self, typed: TypedText) -> None:
        """Something is typed: it is looked at and tried at once."""
        draft = written(self.state.draft, typed, self.state.page)
        if draft != self.state.draft:
            self._draft(draft)
            self._try()

    def search(self, text: str) -> None:
        """On whom to try it, being typed."""
        query = text.strip()
        self._set(query=query, found=self.state.found if query else ())

        def found(some: tuple[Found, ...]) -> None:
            if query == self.state.query:
                self._set(found=tuple(one for one in some if one.member is not None))

        if query:
            self._tasks.run(
                lambda: search.search(self._till, query), found, self._refused, replaces="templates-search"
            )

    def try_on(self, member: str) -> None:
        """One of those who were found."""
        self._set(member=member, query="", found=())
        self._try()

    def save(self) -> None:
        """Keep the text as it is typed."""
        draft, command = self.state.draft, self._session.new_command()
        self._write(lambda actor: message_templates.save(self._till, command, actor, self._built_in(), draft))

    def put_back(self) -> None:
        """Let a text of the program say what it came with."""
        key, command = self.state.key, self._session.new_command()

        def work(actor: Actor) -> str:
            message_templates.put_back(self._till, command, actor, self._built_in(), key)
            return key

        self._write(work)

    def end(self) -> None:
        """End a text of the owner's own."""
        key, command = self.state.key, self._session.new_command()

        def work(actor: Actor) -> str:
            message_templates.end(self._till, command, actor, self._built_in(), key)
            return ""

        self._write(work)

    def _write(self, work: Callable[[Actor], str]) -> None:
        if self.state.saving:
            return

        def done(key: str) -> None:
            self._set(saving=False)
            self.saved()

            def read(texts: tuple[Listed, ...]) -> None:
                self._set(texts=texts)
                self.choose(key)

            self._tasks.run(self._look, read, self._refused)

        self._set(saving=True, refusal=None)
        run_approved(self._tasks, self._approvals, self._session.actor, work, done=done, failed=self._refused)

    def _look(self) -> tuple[Listed, ...]:
        """Database worker."""
        return message_templates.listed(self._till, self._built_in())

    def _draft(self, draft: Template) -> None:
        self._set(draft=draft, faults=lint(draft), refusal=None)

    def _open(self) -> None:
        self._set(start=typed_of(self.state.draft, self.state.page))
        self.opened()
        self._try()

    def _try(self) -> None:
        """Ask what a member would read now."""
        state = self.state
        if not state.key:
            return

        def work() -> Trial | None:
            return template_trial.try_on(
                self._till,
                self._built_in(),
                state.draft,
                state.language,
                member=state.member,
                stand_ins=stand_ins(Catalogue.load(state.language)),
            )

        self._tasks.run(work, lambda trial: self._set(trial=trial), self._refused, replaces="templates-trial")

    def _refused(self, error: DomainError | None) -> None:
        self._set(saving=False, refusal=error)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""
