"""A telephone in the cashier's pocket, for the tests of the counter: it makes links and reads codes as the test says.

No test lives here. The real bridge is tried in `tests/integration/phone`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from salon_desk.domain.errors import DomainError
from salon_desk.ui.phone_bridge import Came, Need, PhoneLink
from salon_desk.wire.squares import squares

CODE = "SDBRIDGEAAAA"
"""What the reader reads from the telephone."""
URL = f"https://office.example.com/b/{'AEIQAANCAMSUWJLTOGCVQJGHRTDPJRT57JSJSNCQ' * 7}{'WOJ3FEWFZAHTOME4' * 2}"


@dataclass
class FakePhone:
    """Fulfils `ui.phone_bridge.PhoneBridge`: `brings` is what happens when its code is read."""

    down: bool = True
    asked: list[tuple[Need, ...]] = field(default_factory=list)
    refuses: DomainError | None = None
    brings: Callable[[], Came | DomainError] = tuple

    def offered(self) -> bool:
        return self.down

    def ask(self, needs: Sequence[Need], answered: Callable[[PhoneLink | DomainError], None]) -> None:
        self.asked.append(tuple(needs))
        answered(self.refuses or PhoneLink(URL, squares(URL)))

    def read(self, code: str, answered: Callable[[Came | DomainError], None]) -> None:
        assert code == CODE
        answered(self.brings())
