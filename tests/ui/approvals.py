"""Approvals for presenter tests: a manager who stands beside, or nobody who would.

No test lives here. The real sheet is in `ui/approval/view.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.domain.access import Permission
from salon_desk.services.sign_in import approve
from salon_desk.services.till import Actor
from salon_desk.ui.session import Session
from tests.ui.back_office import Shop


class ManagerBeside:
    """Grace types her PIN at once; `asked` remembers for what. With `willing` False nobody approves."""

    def __init__(self, shop: Shop, session: Session, *, willing: bool = True) -> None:
        self.asked: list[Permission] = []
        self._shop, self._session, self._willing = shop, session, willing

    def ask(
        self,
        permission: Permission,
        then: Callable[[Actor], None],
        *,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        self.asked.append(permission)
        if self._willing:
            then(approve(self._shop.till, self._session.actor, permission, "grace", "2222"))
        elif cancelled is not None:
            cancelled()
