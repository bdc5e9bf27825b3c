"""The behaviour of the screen of the accounts: one channel at a time is set, tried out, or used no more. No Qt.

Writing needs a permission that a manager can lend. A till that has a head office sends nothing and shows no form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.services import channel_accounts, channel_settings
from salon_desk.services.channel_settings import ChannelSettings, MailSecurity
from salon_desk.services.sender import is_root
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.message_accounts.form import SMS, account_of, secrets_of, typed_of, wanted
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

_BLANK: Final = ChannelSettings()


class AccountTrial(Protocol):
    """Asks a provider whether an account works; bootstrap fulfils it on the thread that sends."""

    def __call__(
        self, channel: str, answered: Callable[[str], None], failed: Callable[[DomainError], None], /
    ) -> None:
        """`answered` gets the provider's own word for what is in the way, empty for nothing. UI thread; returns at once."""
        ...


@dataclass(frozen=True, slots=True)
class _Read:
    settings: ChannelSettings
    sends: bool


@dataclass(frozen=True, slots=True)
class AccountsState:
    """What the screen shows. `sends` is None until it was read, False where head office sends for this till.

    `trouble`: what the provider said to the last trial of this channel, None when there was none.
    """

    sends: bool | None = None
    settings: ChannelSettings = _BLANK
    channel: str = SMS
    security: str = MailSecurity.STARTTLS.value
    refusal: DomainError | None = None
    trouble: str | None = None
    working: bool = False
    trying: bool = False

    @property
    def is_set(self) -> bool:
        """Whether the channel that shows has an account."""
        return account_of(self.settings, self.channel) is not None


class MessageAccountsPresenter:
    """`opened` puts the words of `typed` into the fields; `saved` tells that something was written."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals, trial: AccountTrial
    ) -> None:
        self._till, self._tasks, self._session, self._approvals = till, tasks, session, approvals
        self._trial = trial
        self.changed: Callable[[], None] = _nobody
        self.opened: Callable[[], None] = _nobody
        self.saved: Callable[[], None] = _nobody
        self.state = AccountsState()

    @property
    def typed(self) -> dict[str, str]:
        """The words that stand for what is set."""
        return typed_of(self.state.settings)

    def begin(self) -> None:
        """The screen comes to the front."""
        self._tasks.run(self._look, self._read, self._refused)

    def tap(self, group: str, key: str) -> None:
        """A choice of the form."""
        if group == "channel":
            self._set(channel=key, refusal=None, trouble=None)
        else:
            self._set(security=key, refusal=None, trouble=None)

    def typing(self) -> None:
        """Something is typed: what was refused or found before is over."""
        if self.state.refusal is not None or self.state.trouble is not None:
            self._set(refusal=None, trouble=None)

    def save(self, typed: Mapping[str, str]) -> None:
        """Keep the account that the form says, with the secrets that were typed."""
        state = self.state
        try:
            account = wanted(state.settings, state.channel, typed, state.security)
        except DomainError as error:
            self._set(refusal=error)
            return
        given = secrets_of(state.channel, typed)
        self._write(lambda: channel_accounts.keep(self._till.store, account, given))

    def forget(self) -> None:
        """Use the channel that shows no more."""
        channel = self.state.channel
        self._write(lambda: channel_accounts.forget(self._till.store, channel))

    def test(self) -> None:
        """Ask the provider whether the account that is kept works."""
        if self.state.trying or not self.state.is_set:
            return
        self._set(trying=True, refusal=None, trouble=None)
        channel = self.state.channel

        def answered(trouble: str) -> None:
            self._set(trying=False, trouble=trouble if self.state.channel == channel else None)

        self._trial(channel, answered, lambda error: self._set(trying=False, refusal=error))

    def _write(self, work: Callable[[], None]) -> None:
        if self.state.working or not self.state.sends:
            return

        def allowed(actor: Actor) -> None:
            actor.require(Permission.SETTINGS)
            work()

        def done(_none: None) -> None:
            self._set(working=False)
            self.saved()
            self.begin()

        self._set(working=True, refusal=None, trouble=None)
        run_approved(
            self._tasks, self._approvals, self._session.actor, allowed, done=done, failed=self._refused
        )

    def _look(self) -> _Read:
        with self._till.read() as transaction:
            return _Read(channel_settings.read(transaction), is_root(transaction))

    def _read(self, read: _Read) -> None:
        mail = read.settings.mail
        security = mail.security.value if mail is not None else self.state.security
        self._set(settings=read.settings, sends=read.sends, security=security)
        self.opened()

    def _refused(self, error: DomainError | None) -> None:
        self._set(working=False, refusal=error)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""
