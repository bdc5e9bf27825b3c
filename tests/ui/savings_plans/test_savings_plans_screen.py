"""The screen of savings plans: one is added, changed from a day on, ended; what is wrong is said; the pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.errors import DomainError
from salon_desk.services import savings, savings_plans
from salon_desk.services.report_errors import BadDay
from salon_desk.services.savings_errors import SavingsPlanInvalid
from salon_desk.services.savings_plans import WrittenPlan
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.screens.savings_plans.form import typed_of
from salon_desk.ui.screens.savings_plans.presenter import SavingsPlansPresenter
from salon_desk.ui.screens.savings_plans.view import SavingsPlansScreen
from tests.ui.back_office import CASHIER, SIZES, Desk, Shop, session_of, too_small, unnamed


def stand(desk: Desk, shop: Shop, who: str = "grace") -> SavingsPlansScreen:
    """The screen with somebody signed in."""
    session = session_of(shop, who)
    presenter = SavingsPlansPresenter(
        shop.till, desk.tasks, session, approvals=ApprovalDesk(desk.window, shop.till, session)
    )
    screen = desk.stand("plans", lambda host: SavingsPlansScreen(host, presenter, back_to=lambda: None))
    assert isinstance(screen, SavingsPlansScreen)
    return screen


def fill(screen: SavingsPlansScreen, **words: str) -> None:
    for name, text in words.items():
        screen.rows.fields[name].set_text(text)


def pill(desk: Desk, screen: SavingsPlansScreen, group: str, key: str) -> None:
    one = screen.rows.pills[group].pill(key)
    assert one is not None
    one.click()  # it may stand a flick further down
    desk.settle()


def named(shop: Shop, name: str) -> WrittenPlan:
    return next(one for one in savings_plans.written(shop.till).plans if one.plan.names.en == name)


def new_plan(desk: Desk, screen: SavingsPlansScreen) -> None:
    """A thousand for a hundred and a coupon."""
    desk.say("A new savings plan")
    fill(
        screen, name="Spring", name_zh="春季", target="1000", bonus="100", to_day="2026-12-31", terms="Once."
    )
    pill(desk, screen, "coupon", "coupon-20")
    desk.say("Save")


def test_a_plan_is_added_joined_changed_from_a_day_on_and_ended(office: Desk, shop: Shop) -> None:
    screen = stand(office, shop)
    new_plan(office, screen)
    one = named(shop, "Spring")
    assert (one.plan.target.cents, one.plan.bonus.cents, one.plan.coupon) == (100000, 10000, "coupon-20")
    assert typed_of(one).to_day == "2026-12-31" == screen.rows.texts["to_day"]
    card = shop.card_of("单雪")
    savings.join(shop.till, shop.command(), CASHIER, card, one.plan.plan_id)
    fill(screen, target="1500", starts="2026-12-01")
    office.say("Save")
    one = named(shop, "Spring")
    assert (one.plan.target.cents, one.planned, one.joined) == (100000, ("2026-12-01",), 1)
    assert one.plan.plan_id in {plan.plan_id for plan in savings.plans(shop.till)}
    pill(office, screen, "coupon", "none")
    pill(office, screen, "active", "ended")
    office.say("Save")
    assert one.plan.plan_id not in {plan.plan_id for plan in savings.plans(shop.till)}
    (kept,) = savings.of_card(shop.till, card)
    assert (kept.progress.target.cents, kept.coupon) == (100000, "coupon-20")


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"name": ""}, SavingsPlanInvalid("", "names")),
        ({"target": ""}, SavingsPlanInvalid("", "target")),
        ({"target": "a lot"}, SavingsPlanInvalid("", "target")),
        ({"bonus": ""}, SavingsPlanInvalid("", "bonus")),
        ({"from_day": "2027-01-01"}, SavingsPlanInvalid("", "dates")),
        ({"from_day": "tomorrow"}, BadDay("tomorrow")),
        ({"starts": "soon"}, BadDay("soon")),
    ],
    ids=lambda one: str(one),
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    closed_shop: Shop, office: Desk, words: dict[str, str], refusal: DomainError
) -> None:
    screen = stand(office, closed_shop)
    before = savings_plans.written(closed_shop.till)
    office.say("A new savings plan")
    good = {"name": "Spring", "target": "1000", "bonus": "100", "to_day": "2026-12-31"}
    fill(screen, **{**good, **words})
    office.say("Save")
    assert screen.presenter.state.refusal == refusal
    fill(screen, name="Summer")
    assert screen.presenter.state.refusal is None  # typing takes it back
    assert savings_plans.written(closed_shop.till) == before


def test_a_cashier_needs_a_manager_to_write_a_plan(office: Desk, shop: Shop) -> None:
    screen = stand(office, shop, "amy")
    new_plan(office, screen)
    assert isinstance(office.window.sheets.top, ApprovalSheet)
    assert "Spring" not in [one.plan.names.en for one in savings_plans.written(shop.till).plans]


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_the_screen_fits_in_every_size(
    make_desk_of: Callable[..., Desk], closed_shop: Shop, code: str
) -> None:
    desk = make_desk_of(code, SIZES[0])
    screen = stand(desk, closed_shop)
    desk.picture("savings-plans-0-list", *SIZES)
    for size in SIZES:
        desk.window.resize(*size)
        screen.presenter.choose(savings_plans.written(closed_shop.till).plans[0].plan.plan_id)
        desk.picture("savings-plans-1-form")
        assert too_small(screen) == [] == unnamed(screen)
