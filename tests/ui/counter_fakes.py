"""What presenters of the counter are tested with: an outlet and approvals that remember, and no Qt.

No test lives here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue
from salon_desk.services.till import Actor
from salon_desk.ui.view_values import Alert, Question
from tests.ui.shop_fixture import AMY, GRACE


@dataclass
class Notice:
    """One notice as it was shown."""

    alert: Alert
    title: str
    detail: str
    action: str
    on_action: Callable[[], None] | None


@dataclass
class RememberingOutlet:
    """An `Outlet` that keeps what was said; questions are answered with `answer`, amounts with `amount`."""

    catalogue: Catalogue = field(default_factory=lambda: Catalogue.load("en"))
    answer: bool = True
    amount: Money | None = None
    notices: list[Notice] = field(default_factory=list)
    refusals: list[DomainError] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    amounts_asked: list[str] = field(default_factory=list)

    def render(self) -> None:
        """Nothing is painted."""

    def notify(
        self,
        alert: Alert,
        title: str,
        detail: str = "",
        *,
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        self.notices.append(Notice(alert, title, detail, action, on_action))

    def clear_notice(self) -> None:
        """Nothing is shown anyway."""

    def refuse(self, error: DomainError) -> None:
        self.refusals.append(error)

    def ask(self, question: Question, answered: Callable[[bool], None]) -> None:
        self.questions.append(question)
        answered(self.answer)

    def ask_amount(self, title: str, confirm: str, *, currency: str, given: Callable[[Money], None]) -> None:
        self.amounts_asked.append(title)
        if self.amount is not None:
            given(self.amount)


@dataclass
class ManagerNearby:
    """`Approvals` in which Grace approves everything, if she is there."""

    there: bool = True
    asked: list[Permission] = field(default_factory=list)

    def ask(
        self,
        permission: Permission,
        then: Callable[[Actor], None],
        *,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        self.asked.append(permission)
        if self.there:
            then(replace(AMY, approver=GRACE.staff, approver_role=GRACE.role))
        elif cancelled is not None:
            cancelled()
