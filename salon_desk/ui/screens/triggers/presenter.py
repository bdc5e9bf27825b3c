"""The behaviour of the screen of what is sent by itself: a trigger is chosen, changed, written down. No Qt here.

Writing needs a permission that a manager can lend.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from salon_desk.domain.built_in_templates import BuiltIn
from salon_desk.domain.errors import DomainError
from salon_desk.domain.message_gate import Caps
from salon_desk.domain.trigger import Settings
from salon_desk.services import channel_settings, message_templates, triggers
from salon_desk.services.channel_settings import ChannelSettings
from salon_desk.services.message_templates import Listed
from salon_desk.services.till import Till
from salon_desk.storage import parent
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.triggers.form import TypedTrigger, tapped, typed_of, wanted
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

_BLANK: Final = TypedTrigger()


@dataclass(frozen=True, slots=True)
class TriggersView:
    """What was read. `accounts` None: head office sends, and what is set up there is not known here."""

    settings: tuple[Settings, ...]
    texts: tuple[Listed, ...]
    caps: Caps
    accounts: ChannelSettings | None


@dataclass(frozen=True, slots=True)
class TriggersState:
    """What the screen shows. `chosen`: the form that is open, as it is tapped; `typed`: what stands in its fields."""

    view: TriggersView | None = None
    chosen: Settings | None = None
    start: TypedTrigger = _BLANK
    typed: TypedTrigger = _BLANK
    refusal: DomainError | None = None
    saving: bool = False


class TriggersPresenter:
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
        self.state = TriggersState()

    def begin(self) -> None:
        """The screen comes to the front."""
        self._tasks.run(self._look, self._read, self._refused)

    def choose(self, trigger: str) -> None:
        """Open the form of a trigger."""
        found = self.state.view.settings if self.state.view else ()
        one = next((one for one in found if one.trigger == trigger), None)
        if one is not None:
            start = typed_of(one)
            self._set(chosen=one, start=start, typed=start, refusal=None)
            self.opened()

    def tap(self, group: str, key: str) -> None:
        """A choice of the form."""
        if self.state.chosen is not None:
            self._set(chosen=tapped(self.state.chosen, group, key), refusal=None)

    def typing(self, typed: TypedTrigger) -> None:
        """Something is typed: what was refused before is over."""
        if typed != self.state.typed:
            self._set(typed=typed, refusal=None)

    def save(self) -> None:
        """Use the trigger like this from now on."""
        chosen = self.state.chosen
        if chosen is None or self.state.saving:
            return
        try:
            settings = wanted(chosen, self.state.typed)
        except DomainError as error:
            self._set(refusal=error)
            return
        command = self._session.new_command()
        self._set(saving=True, refusal=None)
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: triggers.set_trigger(self._till, command, actor, settings),
            done=lambda _none: self._kept(settings.trigger.value),
            failed=self._refused,
        )

    def _look(self) -> TriggersView:
        """Database worker."""
        texts = message_templates.listed(self._till, self._built_in())
        with self._till.read() as transaction:
            caps = self._till.shop(transaction).caps
            away = parent.read(transaction) is not None
            accounts = None if away else channel_settings.read(transaction)
        return TriggersView(tuple(triggers.shown(self._till)), texts, caps, accounts)

    def _read(self, view: TriggersView) -> None:
        self._set(view=view)

    def _kept(self, trigger: str) -> None:
        self._set(saving=False)
        self.saved()

        def read(view: TriggersView) -> None:
            self._read(view)
            self.choose(trigger)

        self._tasks.run(self._look, read, self._refused)

    def _refused(self, error: DomainError | None) -> None:
        self._set(saving=False, refusal=error)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""
