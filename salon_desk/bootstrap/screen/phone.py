"""The bridge of a telephone as the counter sees it (`ui/phone_bridge.py`), on top of a running till.

No screen and no format lives here. Everything is done on the database worker, the device's key included, which is read when
somebody wants it and not before; answers come on the UI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from salon_desk import secrets
from salon_desk.bootstrap.screen.link_desk import TillLink
from salon_desk.bootstrap.till import RunningTill
from salon_desk.domain.errors import DomainError
from salon_desk.services import bridge
from salon_desk.services.bridge import Need as Wanted
from salon_desk.services.link_status import LinkState
from salon_desk.ui.phone_bridge import Came, Need, PhoneLink
from salon_desk.wire.squares import squares

T = TypeVar("T")


class TillPhone:
    """Fulfils `ui.phone_bridge.PhoneBridge`. UI thread."""

    def __init__(self, running: RunningTill, link: TillLink) -> None:
        self._running, self._link = running, link

    def offered(self) -> bool:
        """See `PhoneBridge`."""
        status = self._link.now().status
        return status.state is LinkState.OFFLINE or status.root_cut

    def ask(self, needs: Sequence[Need], answered: Callable[[PhoneLink | DomainError], None]) -> None:
        """See `PhoneBridge`."""
        ahead = self._link.now().status.clock_offset or 0
        wanted = [Wanted(card, amount) for card, amount in needs]

        def made() -> PhoneLink:
            till = self._running.till
            url = bridge.link(till, secrets.node_keys(till.store.node), wanted, ahead=ahead)
            return PhoneLink(url, squares(url))

        self._work(made, answered)

    def read(self, code: str, answered: Callable[[Came | DomainError], None]) -> None:
        """See `PhoneBridge`. Whatever screen is in front: who looks at stored value is told to look again."""

        def received() -> Came:
            till = self._running.till
            return bridge.receive(till, secrets.node_keys(till.store.node), code)

        def told(answer: Came | DomainError) -> None:
            answered(answer)
            if not isinstance(answer, DomainError):
                self._link.value.changed()

        self._work(received, told)

    def _work(self, work: Callable[[], T], answered: Callable[[T | DomainError], None]) -> None:
        self._link.when_done(self._running.worker.submit(work), answered, answered)
