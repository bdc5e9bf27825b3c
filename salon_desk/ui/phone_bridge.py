"""What the counter may ask of a telephone while the shop's line is down: a Protocol that bootstrap fulfils, and its values.

No network and no key lives here (`services/bridge.py`). What is asked returns at once and is answered on the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.services.bridge_errors import PhoneCodeDamaged, PhoneCodeForeign
from salon_desk.wire.squares import Squares

Need = tuple[str, Money]
"""A card, and how much more it should be able to pay here."""
Came = tuple[Money, ...]
"""Stored value that has arrived, by currency."""


@dataclass(frozen=True, slots=True)
class PhoneLink:
    """A link for any telephone, and the squares that it is shown as."""

    url: str
    squares: Squares


class PhoneBridge(Protocol):
    """How the counter reaches head office through a telephone. UI thread; nothing waits."""

    def offered(self) -> bool:
        """Whether it is worth offering: this till belongs to a chain, and its line is down."""
        ...

    def ask(self, needs: Sequence[Need], answered: Callable[[PhoneLink | DomainError], None]) -> None:
        """Make a link that asks for what is missing here; `answered` with it, or with the refusal."""
        ...

    def read(self, code: str, answered: Callable[[Came | DomainError], None]) -> None:
        """Record the arrival of what a code brings; `answered` with what is new here, or with the refusal."""
        ...


class NoPhoneBridge:
    """The bridge of a till that belongs to no chain."""

    def offered(self) -> bool:
        """See `PhoneBridge`."""
        return False

    def ask(self, needs: Sequence[Need], answered: Callable[[PhoneLink | DomainError], None]) -> None:
        """See `PhoneBridge`; it is never offered."""

    def read(self, code: str, answered: Callable[[Came | DomainError], None]) -> None:
        """See `PhoneBridge`: whatever it is, no head office of this till's made it."""
        answered(PhoneCodeForeign() if code else PhoneCodeDamaged())


NO_PHONE: Final = NoPhoneBridge()
