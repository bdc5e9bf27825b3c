"""Reports without a window: which day, which Z, what a blind counter sees, what a manager's approval is good for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.documents.day_report import DayReport
from salon_desk.documents.shift_report import ShiftReport
from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError, ShiftNotOpen
from salon_desk.i18n import Catalogue
from salon_desk.services import printing
from salon_desk.services.report_errors import ReportMissing
from salon_desk.services.sign_in import approve
from salon_desk.services.till import Actor
from salon_desk.ui.screens.reports.presenter import ReportsPresenter
from salon_desk.ui.screens.reports.reading import ReportKind
from salon_desk.ui.screens.reports.view_model import report_model, z_rows
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.back_office import CASHIER, Shop, session_of
from tests.ui.reports.a_day import close_shift, trade

EN = Catalogue.load("en")


class ManagerBeside:
    """Approvals by a manager who types her PIN at once, or who says no."""

    def __init__(self, shop: Shop, *, says_no: bool = False) -> None:
        self.asked: list[Permission] = []
        self.says_no = says_no
        self._shop = shop

    def ask(
        self,
        permission: Permission,
        then: Callable[[Actor], None],
        *,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        self.asked.append(permission)
        if not self.says_no:
            then(approve(self._shop.till, CASHIER, permission, "grace", "2222"))
        elif cancelled is not None:
            cancelled()


def _presenter(
    shop: Shop, staff: str = "grace", *, says_no: bool = False
) -> tuple[ReportsPresenter, ManagerBeside, list[DomainError]]:
    beside, refused = ManagerBeside(shop, says_no=says_no), list[DomainError]()
    presenter = ReportsPresenter(shop.till, ImmediateTasks(), session_of(shop, staff), approvals=beside)
    presenter.refuse = refused.append
    presenter.begin()
    return presenter, beside, refused


def _shift_report(presenter: ReportsPresenter) -> ShiftReport:
    assert presenter.state.read is not None
    assert isinstance(presenter.state.read.report, ShiftReport)
    return presenter.state.read.report


def _day_report(presenter: ReportsPresenter) -> DayReport:
    assert presenter.state.read is not None
    assert isinstance(presenter.state.read.report, DayReport)
    return presenter.state.read.report


def test_a_manager_sees_the_shift_with_what_should_be_in_the_drawer(shop: Shop) -> None:
    trade(shop)
    presenter, beside, _refused = _presenter(shop)
    assert _shift_report(presenter).expected is not None
    assert beside.asked == []


def test_a_cashier_asks_once_a_visit_and_never_sees_the_expected_cash(shop: Shop) -> None:
    trade(shop)
    presenter, beside, _refused = _presenter(shop, "amy")
    assert _shift_report(presenter).expected is None
    presenter.show(ReportKind.DAY)
    assert _day_report(presenter).breakdown.cash == ()
    assert beside.asked == [Permission.REPORTS]
    presenter.end()
    assert presenter.state.read is None
    presenter.begin()
    assert beside.asked == [Permission.REPORTS] * 2


def test_when_nobody_approves_the_screen_is_locked_and_can_ask_again(shop: Shop) -> None:
    presenter, beside, refused = _presenter(shop, "amy", says_no=True)
    assert (presenter.state.locked, presenter.state.read, refused) == (True, None, [])
    beside.says_no = False
    presenter.begin()
    assert not presenter.state.locked
    assert presenter.state.read is not None


def test_a_blind_cashier_prints_no_x_without_a_second_approval(shop: Shop) -> None:
    presenter, beside, _refused = _presenter(shop, "amy")
    presenter.print("en")
    assert beside.asked == [Permission.REPORTS, Permission.VIEW_EXPECTED_CASH]
    beside.says_no = True
    before = len(printing.recent(shop.till, 100))
    presenter.print("en")
    assert len(printing.recent(shop.till, 100)) == before
    assert not presenter.state.printing


def test_without_a_shift_there_is_no_x_and_it_is_said(closed_shop: Shop) -> None:
    presenter, _beside, refused = _presenter(closed_shop)
    assert presenter.state.read is not None
    assert isinstance(presenter.state.read.refusal, ShiftNotOpen)
    assert refused == []
    model = report_model(presenter.state, EN)
    assert model is not None
    assert "No shift is open" in model.empty_title
    assert not presenter.can_print


def test_without_a_z_it_is_said_that_closing_makes_one(new_shop: Shop, shop: Shop) -> None:
    presenter, _beside, _refused = _presenter(shop)
    presenter.show(ReportKind.Z)
    assert presenter.state.read is not None
    if not presenter.state.read.shifts:
        assert isinstance(presenter.state.read.refusal, ReportMissing)


def test_the_days_go_back_and_forth_but_not_into_the_future(shop: Shop) -> None:
    trade(shop)
    presenter, _beside, _refused = _presenter(shop)
    presenter.show(ReportKind.DAY)
    today = _day_report(presenter).first_day
    assert not presenter.can_step(1)
    presenter.step(-1)
    assert _day_report(presenter).first_day < today
    presenter.step(1)
    assert _day_report(presenter).first_day == today
    presenter.step(-1)
    presenter.step(-1)
    presenter.newest()
    assert _day_report(presenter).first_day == today


def test_the_zs_are_listed_newest_first_and_stepped_through(shop: Shop) -> None:
    trade(shop)
    close_shift(shop)
    shop.open_shift()
    close_shift(shop, short=500)
    presenter, _beside, _refused = _presenter(shop)
    presenter.show(ReportKind.Z)
    assert presenter.state.read is not None
    numbers = [one.z_number for one in presenter.state.read.shifts]
    assert numbers == sorted(numbers, reverse=True)
    assert _shift_report(presenter).z_number == numbers[0]
    assert not presenter.can_step(1)
    presenter.step(-1)
    assert _shift_report(presenter).z_number == numbers[1]
    presenter.choose_z(presenter.state.read.shifts[0].close_op)
    assert _shift_report(presenter).z_number == numbers[0]
    assert z_rows(presenter.state.read, EN)[0].title == f"Z report {numbers[0]}"


def test_a_copy_of_a_z_is_queued_and_says_copy(shop: Shop) -> None:
    trade(shop)
    close_shift(shop)
    presenter, _beside, _refused = _presenter(shop)
    told: list[str] = []
    presenter.printed = lambda: told.append("printed")
    presenter.show(ReportKind.Z)
    presenter.print("zh_CN")
    newest = printing.recent(shop.till, 1)[0]
    assert (newest.kind, newest.copy, newest.language) == ("z", True, "zh_CN")
    assert told == ["printed"]


@pytest.mark.parametrize("kind", ReportKind)
def test_every_section_of_every_report_is_a_table_of_written_cells(shop: Shop, kind: ReportKind) -> None:
    trade(shop)
    close_shift(shop)
    shop.open_shift()
    trade(shop)
    presenter, _beside, _refused = _presenter(shop)
    presenter.show(kind)
    model = report_model(presenter.state, EN)
    assert model is not None
    assert model.sections
    for row in model.sections:
        presenter.choose_section(int(row.key))
        shown = report_model(presenter.state, EN)
        assert shown is not None
        assert shown.table is not None
        assert shown.table.title == row.title
        assert {len(cells) for cells in shown.table.rows} == {len(shown.table.columns)}


def test_the_longest_bar_is_the_largest_figure(shop: Shop) -> None:
    trade(shop)
    presenter, _beside, _refused = _presenter(shop)
    model = report_model(presenter.state, EN)
    assert model is not None
    at = next(int(row.key) for row in model.sections if row.title == "By category")
    presenter.choose_section(at)
    shown = report_model(presenter.state, EN)
    assert shown is not None
    assert shown.table is not None
    assert max(shown.table.shares) == 1.0
    assert len(shown.table.shares) == len(shown.table.rows)
