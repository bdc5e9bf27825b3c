"""What screens may ask of the link to head office: frozen values, and Protocols that bootstrap fulfils.

No network lives here (`services/ports.py`, `sync`). What is asked returns at once and is answered on the UI thread;
what the database knows of the link is read through `services/link.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.domain.names import Names
from salon_desk.services.link_status import LinkReason, LinkState, LinkStatus
from salon_desk.wire.messages import Part

_ALONE: Final = LinkStatus()
_LASTING: Final = frozenset(
    (
        LinkReason.CERTIFICATE,
        LinkReason.PROXY,
        LinkReason.NOT_HEAD_OFFICE,
        LinkReason.NOT_SECURED,
        LinkReason.KEYS_UNREACHABLE,
    )
)
"""Reasons for being offline that waiting does not mend."""
_WORTH_A_BAR: Final = 500
"""Entries that are still to come from which on their taking in lasts longer than a look."""


@dataclass(frozen=True, slots=True)
class LinkNow:
    """The link's own status; `offline_since`: an instant, empty while the line is up or nobody knows."""

    status: LinkStatus = _ALONE
    offline_since: str = ""

    @property
    def needs_somebody(self) -> bool:
        """Whether something waits for a person: it does not go away by itself."""
        lasting = self.status.state in (LinkState.REFUSED, LinkState.ATTENTION)
        return lasting or self.status.reason in _LASTING or self.status.set_aside > 0

    @property
    def copying(self) -> bool:
        """Whether so much of the chain is still to come that it is worth a bar."""
        return self.status.target - self.status.position >= _WORTH_A_BAR


@dataclass(frozen=True, slots=True)
class EnrolAsk:
    """What is typed to join a chain. `certificate`: a file; `proxy`: an address; both usually empty."""

    address: str
    code: str
    certificate: str = ""
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class NewCode:
    """A one-time code for a further till, and the instant from which it is void."""

    code: str
    lapses_at: str


class LinkDesk(Protocol):
    """The link as the window sees it."""

    def now(self) -> LinkNow:
        """The last that was heard. UI thread; never waits."""
        ...

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener` on the UI thread after each change of `now`."""
        ...

    def enrol(self, ask: EnrolAsk, answered: Callable[[DomainError | None], None]) -> None:
        """Ask to join; `answered` with the refusal, or None when this device was taken in. UI thread."""
        ...

    def retry(self, answered: Callable[[int], None]) -> None:
        """Connect now, and try again what was set aside; `answered` with how many landed. UI thread."""
        ...

    def make_code(
        self, till_name: str, made: Callable[[NewCode], None], refused: Callable[[DomainError], None]
    ) -> None:
        """Ask for a code for a further till; `refused` with why there is none. UI thread."""
        ...


@dataclass(frozen=True, slots=True)
class Reach:
    """From when on value elsewhere cannot be fetched, as told at the instant `at`.

    `line_since`: this till's own line is down since then; `stores`: those of which nobody has heard since then.
    """

    at: str = ""
    line_since: str = ""
    stores: tuple[tuple[Names, str], ...] = ()

    def since(self, store: Names) -> str:
        """From when on a store is out of reach; empty when it is not, as far as is known."""
        return self.line_since or dict(self.stores).get(store, "")


class ValueLine(Protocol):
    """How the counter asks for value of a card that lies at another store."""

    def want(self, cards: Sequence[str]) -> None:
        """Ask for what these cards have elsewhere, in the background. UI thread; never waits, nothing when offline."""
        ...

    def want_parts(self, parts: tuple[Part, ...]) -> None:
        """Ask for exactly these units, such as the visits of a series. UI thread; never waits, nothing when offline."""
        ...

    def reach(self) -> Reach:
        """What is out of reach now. UI thread; never waits."""
        ...

    def listen(self, changed: Callable[[], None]) -> None:
        """Call `changed` on the UI thread after value came to this till, however it came, or the reach changed."""
        ...


class NoValueLine:
    """The line of a till that belongs to no chain: nothing lies elsewhere, nothing is asked for."""

    def want(self, cards: Sequence[str]) -> None:
        """See `ValueLine`."""

    def want_parts(self, parts: tuple[Part, ...]) -> None:
        """See `ValueLine`."""

    def reach(self) -> Reach:
        """See `ValueLine`."""
        return Reach()

    def listen(self, changed: Callable[[], None]) -> None:
        """See `ValueLine`."""


NO_LINE: Final = NoValueLine()
