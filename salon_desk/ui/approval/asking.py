"""How a presenter asks for approval, and runs one act that may need it; no Qt and no sheet.

Presenters know this Protocol only; `view.ApprovalDesk` fulfils it. The act runs as whoever is signed in first, and
once more with the lent actor if that is refused for want of a permission.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError, PermissionNeeded
from salon_desk.services.till import Actor
from salon_desk.ui.tasks import Tasks

T = TypeVar("T")


class Approvals(Protocol):
    """Asks a manager to lend a permission for one act."""

    def ask(
        self,
        permission: Permission,
        then: Callable[[Actor], None],
        *,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """Lay the sheet; `then` gets the signed-in actor with the approver beside. UI thread only.

        Whoever may do it anyway is not asked.
        """
        ...


class NobodyApproves:
    """Approvals of a screen that has none: whoever is signed in may do it, or it is not done."""

    def ask(
        self,
        permission: Permission,  # noqa: ARG002 (nobody is asked for any)
        then: Callable[[Actor], None],  # noqa: ARG002 (nothing follows)
        *,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        """See `Approvals`."""
        if cancelled is not None:
            cancelled()


NOBODY_APPROVES: Final = NobodyApproves()


def run_approved(
    tasks: Tasks,
    approvals: Approvals,
    actor: Actor,
    work: Callable[[Actor], T],
    *,
    done: Callable[[T], None],
    failed: Callable[[DomainError | None], None],
) -> None:
    """Run `work` with `actor` on the database worker; where a permission is missing, ask, and run it once more.

    `failed` gets a refusal to be shown, or None when nobody approved: then nothing is to be said. A command id made
    outside `work` serves both runs, because a refused one recorded nothing.
    """

    def refused(error: DomainError) -> None:
        if not isinstance(error, PermissionNeeded):
            failed(error)
            return
        approvals.ask(
            Permission(error.permission),
            lambda lent: tasks.run(lambda: work(lent), done, failed),
            cancelled=lambda: failed(None),
        )

    tasks.run(lambda: work(actor), done, refused)
