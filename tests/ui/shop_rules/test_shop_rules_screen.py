"""The screen of the shop's rules: what is typed and tapped holds, from a day on if wanted; what is wrong is said; the pictures."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from salon_desk.i18n import Catalogue
from salon_desk.services import receipt_logo, shop_rules
from salon_desk.services.shop_rule_errors import LogoUnreadable, ShopRuleInvalid
from salon_desk.services.shop_rules import ShopRules
from salon_desk.storage.queries.shop import PointsRate
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.screens.shop_rules.form import ChosenRules, chosen_of, typed_of, wanted
from salon_desk.ui.screens.shop_rules.presenter import ShopRulesPresenter
from salon_desk.ui.screens.shop_rules.view import ShopRulesScreen
from salon_desk.ui.screens.shop_rules.view_model import rules_model
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed


def stand(desk: Desk, shop: Shop, who: str = "grace") -> ShopRulesScreen:
    """The screen with somebody signed in."""
    session = session_of(shop, who)
    presenter = ShopRulesPresenter(
        shop.till, desk.tasks, session, approvals=ApprovalDesk(desk.window, shop.till, session)
    )
    screen = desk.stand("shop_rules", lambda host: ShopRulesScreen(host, presenter, back_to=lambda: None))
    assert isinstance(screen, ShopRulesScreen)
    return screen


def fill(screen: ShopRulesScreen, **words: str) -> None:
    for name, text in words.items():
        screen.rows.fields[name].set_text(text)


def pill(desk: Desk, screen: ShopRulesScreen, group: str, key: str) -> None:
    one = screen.rows.pills[group].pill(key)
    assert one is not None
    one.click()  # it may stand a flick further down
    desk.settle()


def rules(shop: Shop) -> ShopRules:
    return shop_rules.standing(shop.till).rules


def test_what_is_typed_and_tapped_holds_and_stands_there_again(office: Desk, shop: Shop) -> None:
    screen = stand(office, shop)
    assert not screen.rows.fields["convert_at"].isVisible()
    pill(office, screen, "into", "bonus")
    fill(screen, limit="$75", lent="20", rate="0.5", convert_at="500", bonus="5")
    fill(screen, offers="6", offers_a_day="2", sms_price="$0.0079")
    fill(screen, footer_en="Bye!", footer_zh="再见！", policy_en="No returns.", policy_zh="")
    for group, key in (("family", "no"), ("tips", "yes"), ("rounding", "nearest_five")):
        pill(office, screen, group, key)
    office.say("Save")
    found = rules(shop)
    assert (found.unproven_limit.cents, found.points) == (7500, PointsRate("0.5", 500, "", 500))
    assert (found.overdraft_limit.cents, found.sms_price) == (2000, "0.0079")
    assert (found.caps.most, found.caps.most_a_day) == (6, 2)
    assert (found.family_spends, found.cash_tips_stay, found.cash_rounding) == (False, True, "nearest_five")
    assert screen.rows.texts == {
        "limit": "75.00",
        "lent": "20.00",
        "rate": "0.5",
        "convert_at": "500",
        "bonus": "5.00",
        "offers": "6",
        "offers_a_day": "2",
        "sms_price": "0.0079",
        "footer_en": "Bye!",
        "footer_zh": "再见！",
        "policy_en": "No returns.",
        "policy_zh": "",
        "starts": "",
    }
    assert (found.footer.en, found.footer.zh_CN, found.return_policy.en) == ("Bye!", "再见！", "No returns.")
    pill(office, screen, "into", "coupon/coupon-20")
    pill(office, screen, "rounding", "law")
    office.say("Save")
    assert (rules(shop).points.coupon, rules(shop).cash_rounding) == ("coupon-20", "")
    pill(office, screen, "into", "nothing")
    fill(screen, limit="")
    office.say("Save")
    assert (rules(shop).points.convert_at, rules(shop).unproven_limit.cents) == (0, 0)


def test_a_picture_becomes_the_logo_of_every_receipt_and_goes_again(
    office: Desk, shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receipt_logo, "usual_places", lambda: (tmp_path,))
    Image.new("RGB", (900, 300), "black").save(tmp_path / "lily.png")
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    screen = stand(office, shop)
    pill(office, screen, "logo", f"picture/{tmp_path / 'broken.jpg'}")
    office.say("Save")
    assert screen.presenter.state.refusal == LogoUnreadable("broken.jpg")
    pill(office, screen, "logo", f"picture/{tmp_path / 'lily.png'}")
    office.say("Save")
    with Image.open(io.BytesIO(receipt_logo.png_of(rules(shop).logo))) as kept:
        assert (kept.size, kept.mode) == ((384, 128), "1")
    with shop.till.read() as transaction:
        place = shop.till.shop(transaction)
    assert place.receipt_logo == rules(shop).logo
    assert screen.presenter.state.chosen.logo == "kept"
    pill(office, screen, "logo", "none")
    office.say("Save")
    assert rules(shop).logo == ""


def test_a_change_for_a_day_is_said_and_taken_back_and_what_is_typed_meanwhile_stays(
    office: Desk, shop: Shop
) -> None:
    screen = stand(office, shop)
    before = rules(shop)
    fill(screen, limit="12", starts="2026-12-01")
    office.say("Save")
    assert rules(shop) == before
    model = rules_model(screen.presenter.state, Catalogue.load("en"))
    assert model.planned == "Changes on Tue, Dec 1, 2026: Ask for a proof above"
    fill(screen, rate="3")
    screen.presenter.begin()
    office.say("Take this change back")
    assert screen.rows.texts["rate"] == "3"
    assert not screen.take_back.isVisible()
    office.say("Save")
    assert rules(shop).points.rate == "3"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"limit": "a lot"}, "limit"),
        ({"lent": "little"}, "lent"),
        ({"sms_price": "cheap"}, "sms_price"),
        ({"rate": "many"}, "rate"),
        ({"convert_at": "x"}, "convert_at"),
        ({"convert_at": ""}, "convert_at"),
        ({"bonus": "x"}, "bonus"),
        ({"bonus": "5", "offers": "many"}, "offers"),
        ({"bonus": "5", "offers_a_day": "101"}, "offers_a_day"),
        ({}, "bonus"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    office: Desk, shop: Shop, words: dict[str, str], field: str
) -> None:
    screen = stand(office, shop)
    before = rules(shop)
    pill(office, screen, "into", "bonus")
    fill(screen, **{"convert_at": "500", **words})
    office.say("Save")
    assert screen.presenter.state.refusal == ShopRuleInvalid(field)
    fill(screen, rate="2")
    assert screen.presenter.state.refusal is None  # typing takes it back
    assert rules(shop) == before


def test_a_cashier_needs_a_manager_to_write(office: Desk, shop: Shop) -> None:
    screen = stand(office, shop, who="amy")
    fill(screen, limit="12")
    office.say("Save")
    assert isinstance(office.window.sheets.top, ApprovalSheet)
    assert rules(shop).unproven_limit.cents != 1200


def test_a_coupon_that_is_not_given_any_more_still_stands_there(office: Desk, shop: Shop) -> None:
    gone = ChosenRules(into="coupon/gone")
    state = stand(office, shop).presenter.state
    chips = (
        rules_model(state.__class__(standing=state.standing, chosen=gone), Catalogue.load("en"))
        .groups["into"]
        .chips
    )
    assert (chips[-1].key, chips[-1].text) == ("coupon/gone", "A coupon that is not given any more")
    before = rules(shop)
    assert wanted(before, typed_of(before), chosen_of(before)) == before


@pytest.mark.parametrize("code", ["zh_CN", "en"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_pictures_of_the_rules(
    make_desk_of: Callable[..., Desk], shop: Shop, code: str, size: tuple[int, int]
) -> None:
    desk = make_desk_of(code, size)
    screen = stand(desk, shop)
    desk.picture("shop-rules")
    fill(screen, limit="12", starts="2026-12-01")
    desk.tap(screen.save)
    pill(desk, screen, "into", "bonus")
    desk.tap(screen.save)
    desk.picture("shop-rules-planned")
    assert too_small(desk.window) == []
    assert unnamed(desk.window) == []
