"""The screen of promotions: a rule is written in a form, tried on last month's sales, switched on for a day; the pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.domain.coupon import Giving
from salon_desk.domain.names import Names
from salon_desk.domain.promotion import Birthday, Promotion, PromotionInvalid
from salon_desk.domain.ticket import Bearer, DiscountScope
from salon_desk.i18n import Catalogue
from salon_desk.services.promotion_desk import Written, written
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.screens.promotions import presenter as presenters
from salon_desk.ui.screens.promotions.form import ChosenRule, TypedRule, chosen_of, typed_of, written_of
from salon_desk.ui.screens.promotions.presenter import PromotionsPresenter
from salon_desk.ui.screens.promotions.view import PromotionsScreen
from salon_desk.ui.screens.promotions.view_model import promotions_model
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed

NAMES = Names("Tuesday", "周二")


def stand(desk: Desk, shop: Shop, who: str = "grace") -> PromotionsScreen:
    """The screen with somebody signed in."""
    session = session_of(shop, who)
    presenter = PromotionsPresenter(
        shop.till, desk.tasks, session, approvals=ApprovalDesk(desk.window, shop.till, session)
    )
    screen = desk.stand("promotions", lambda host: PromotionsScreen(host, presenter, back_to=lambda: None))
    assert isinstance(screen, PromotionsScreen)
    return screen


def fill(screen: PromotionsScreen, **words: str) -> None:
    for name, text in words.items():
        screen.form.fields[name].set_text(text)


def pill(desk: Desk, screen: PromotionsScreen, group: str, key: str) -> None:
    one = screen.form.pills[group].pill(key)
    assert one is not None
    one.click()  # it may stand a flick further down
    desk.settle()


def named(shop: Shop, name: str) -> Written:
    return next(one for one in written(shop.till) if one.rule.names.en == name)


def test_a_rule_is_written_in_the_form_and_comes_back_as_it_was(office: Desk, shop: Shop) -> None:
    screen = stand(office, shop)
    office.say("A new promotion")
    fill(
        screen,
        name="Tuesday",
        name_zh="周二",
        worth="12",
        tiers="银卡，金卡",
        month_days="8, 18",
        group="day",
    )
    for group, key in (("scope", "all"), ("birthday", "month"), ("weekdays", "2"), ("flags", "members_only")):
        pill(office, screen, group, key)
    pill(office, screen, "categories", "nails")
    office.say("Save")
    one = named(shop, "Tuesday")
    assert one.active
    assert (one.rule.percent, one.rule.scope, one.rule.categories, one.rule.exclusive) == (
        "12",
        DiscountScope.ALL,
        ("nails",),
        "day",
    )
    asked = one.rule.conditions
    assert (asked.tiers, asked.month_days, asked.weekdays) == (("银卡", "金卡"), (8, 18), (2,))
    assert (asked.birthday, asked.members_only) == (Birthday.MONTH, True)
    assert screen.form.typed == typed_of(one)
    pill(office, screen, "flags", "active")
    office.say("Save")
    assert not named(shop, "Tuesday").active


def test_a_coupon_that_gives_itself_is_written_in_the_form(office: Desk, shop: Shop) -> None:
    screen = stand(office, shop)
    office.say("A new promotion")
    fill(screen, name="Member day", worth="10", month_days="8, 18")
    pill(office, screen, "gives", "member_day")
    office.say("Save")
    one = named(shop, "Member day")
    assert (one.rule.gives, one.rule.conditions.needs_coupon) == (Giving.MEMBER_DAY, True)
    fill(screen, month_days="")
    office.say("Save")
    assert isinstance(screen.presenter.state.refusal, PromotionInvalid)
    pill(office, screen, "gives", "hand")
    office.say("Save")
    assert named(shop, "Member day").rule.gives is Giving.HAND


def test_a_rule_that_is_there_is_changed_from_a_day_on(office: Desk, shop: Shop) -> None:
    screen = stand(office, shop)
    screen.presenter.choose("birthday-10")
    assert screen.form.typed.worth == "10.00"
    fill(screen, worth="15.00", starts="2026-12-01")
    office.say("Save")
    one = named(shop, "Birthday $10")
    assert one.rule.amount is not None
    assert (one.rule.amount.cents, one.planned) == (1000, ("2026-12-01",))
    rows = promotions_model(screen.presenter.state, Catalogue.load("en")).rows
    assert "On, changes Tue, Dec 1, 2026" in [row.detail for row in rows]


def test_what_is_wrong_is_said_and_nothing_is_written(office: Desk, shop: Shop) -> None:
    screen = stand(office, shop)
    office.say("A new promotion")
    before = written(shop.till)
    for words in ({"name": "x", "worth": "a lot"}, {"name": "x", "worth": "200"}, {"name": "", "worth": "5"}):
        fill(screen, **words)
        office.say("Save")
        assert screen.presenter.state.refusal is not None
        office.say("Try it on last month")
        assert screen.presenter.state.refusal is not None
    for field in ("least", "quorum", "most", "valid_days", "month_days", "points"):
        fill(screen, name="x", worth="5", **{field: "many"})
        assert screen.presenter.state.refusal is None  # typing takes it back
        office.say("Save")
        assert screen.presenter.state.refusal is not None
        fill(screen, **{field: "1" if field == "most" else ""})
    assert written(shop.till) == before


def test_a_rule_is_tried_on_last_months_sales_and_the_trial_can_be_stopped(
    office: Desk, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presenters, "AT_ONCE", 2)
    for _time in range(3):
        shop.sell("凝胶美甲", member=shop.member("单雪"))
    shop.sell("凝胶美甲")
    screen = stand(office, shop)
    office.say("A new promotion")
    fill(screen, name="Members", worth="10")
    pill(office, screen, "flags", "members_only")
    office.say("Try it on last month")
    model = promotions_model(screen.presenter.state, Catalogue.load("en"))
    assert model.form is not None
    assert (
        model.form.told == "Sales in the last 30 days: 4. It would have touched 3 tickets, and cost $13.50."
    )
    assert "Members" not in [one.rule.names.en for one in written(shop.till)]
    fill(screen, worth="20")
    assert screen.presenter.state.trying is None
    screen.presenter.stop()


def test_a_cashier_needs_a_manager_to_write(office: Desk, shop: Shop) -> None:
    screen = stand(office, shop, who="amy")
    office.say("A new promotion")
    fill(screen, name="Sly", worth="90")
    office.say("Save")
    assert isinstance(office.window.sheets.top, ApprovalSheet)
    assert "Sly" not in [one.rule.names.en for one in written(shop.till)]


def test_everything_that_can_be_said_goes_through_the_form_unchanged() -> None:
    rule = Promotion(
        "r", NAMES, bearer=Bearer.SPLIT, percent="12.5", items=("gel",), order=3, alone=True, block=0
    )
    one = Written(rule, active=False, valid_days=30, terms=Names("Text", "文字"))
    assert written_of(one, typed_of(one), chosen_of(one), "USD") == one
    chosen = ChosenRule().tapped("kind", "amount").tapped("bearer", "split").tapped("birthday", "any")
    typed = TypedRule(name="n", worth="$5", least="20", points="100", most="")
    made = written_of(None, typed, chosen, "USD").rule
    assert made.amount is not None
    assert (made.amount.cents, made.block, made.most, made.bearer) == (500, 100, 0, Bearer.SPLIT)


@pytest.mark.parametrize("code", ["zh_CN", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_pictures_of_the_promotions(
    make_desk_of: Callable[..., Desk], shop: Shop, code: str, size: tuple[int, int]
) -> None:
    shop.sell("凝胶美甲", member=shop.member("单雪"))
    desk = make_desk_of(code, size)
    screen = stand(desk, shop)
    desk.picture("promotions-list")
    screen.presenter.choose("member-day")
    desk.settle()
    desk.tap(screen.form.attempt)
    desk.picture("promotions-form")
    assert too_small(desk.window) == []
    assert unnamed(desk.window) == []
