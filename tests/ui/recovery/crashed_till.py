"""A till that is started again after a run that did not end well, for the tests of the recovery screen.

No test lives here. The crash is the real one: jobs stay as they were, nothing was finished, and the service says what
it finds.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.domain.access import Permission
from salon_desk.services import recovery
from salon_desk.services.recovery import Recovery
from salon_desk.services.sign_in import approve
from salon_desk.services.till import Actor
from salon_desk.storage import print_jobs
from tests.ui.back_office import CASHIER, Shop


def start_after_crash(shop: Shop, *, sending: int = 0) -> Recovery:
    """Start as after a power cut; so many papers (drawer first) had begun to be sent."""
    recovery.finish(shop.till)
    recovery.start(shop.till)
    for _ in range(sending):
        print_jobs.claim(shop.till.store)
    found = recovery.start(shop.till)
    assert found is not None
    return found


class ManagerBeside:
    """Approvals by a manager who stands beside and types her PIN at once."""

    def __init__(self, shop: Shop) -> None:
        self.asked: list[Permission] = []
        self._shop = shop

    def ask(
        self,
        permission: Permission,
        then: Callable[[Actor], None],
        *,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        self.asked.append(permission)
        then(approve(self._shop.till, CASHIER, permission, "grace", "2222"))
