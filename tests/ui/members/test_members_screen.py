"""The members screen with taps and keys; its pictures; the language switch keeps what is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest

from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.screens.members.presenter import MembersPresenter, MemberWays
from salon_desk.ui.screens.members.view import MembersScreen
from tests.ui.back_office import SIZES, Desk, Shop, external, session_of, too_small, unnamed


def _stand(desk: Desk, shop: Shop, told: list[str] | None = None) -> MembersScreen:
    told = told if told is not None else []

    def way(name: str) -> Callable[[str], None]:
        return lambda key: told.append(f"{name} {key}")

    ways = MemberWays(way("ticket"), way("top-up"), way("issue"), way("card"), way("document"))
    session = session_of(shop, "amy")
    presenter = MembersPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        ways=ways,
    )
    screen = desk.stand("members", lambda host: MembersScreen(host, presenter))
    assert isinstance(screen, MembersScreen)
    return screen


def _tap_row(desk: Desk, screen: MembersScreen, row: int) -> None:
    place = screen.list.visualRect(screen.list.model().index(row, 0)).center()
    desk.tap(screen.list.viewport(), place)


def test_typing_finds_and_a_tap_opens(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    QTest.keyClicks(screen.search.field, "zxm")
    office.settle()
    _tap_row(office, screen, 0)
    assert screen.page.isVisible()
    assert "丙烯酸" in screen.page.allergy.text


def test_the_page_leads_to_a_ticket_a_top_up_a_card_and_the_form(office: Desk, shop: Shop) -> None:
    told: list[str] = []
    screen = _stand(office, shop, told)
    screen.scanned("8600000137")
    office.settle()
    member, card = shop.member("张晓梅"), shop.card_of("张晓梅")
    for name in ("Open a ticket", "Top up", "Give a card"):
        office.say(name)
    office.tap(
        screen.page.cards.viewport(),
        screen.page.cards.visualRect(screen.page.cards.model().index(0, 0)).center(),
    )
    assert told == [f"ticket {member}", f"top-up {card}", f"issue {member}", f"card {card}"]
    office.say("Edit")
    assert screen.form.isVisible()
    assert screen.form.name.text == "张晓梅"


def test_quick_add_with_taps_keys_and_a_scan(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.tap(screen.add)
    QTest.keyClicks(screen.form.name.field, "Ann Lee")
    QTest.keyClicks(screen.form.phone.field, "7185550177")
    office.tap(screen.form.languages.pill("en"))
    office.tap(screen.form.allergies.pill("乳胶 Latex"))
    screen.scanned("9900002222")
    office.tap(screen.form.save)
    assert screen.page.isVisible()
    assert "Latex" in screen.page.allergy.text
    assert "Ann Lee" in office.window.notice.text


def test_the_language_switch_keeps_what_is_typed(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.tap(screen.add)
    QTest.keyClicks(screen.form.name.field, "Ann")
    office.tap(screen.form.allergies.pill("坚果 Nuts"))
    office.window.language.use("zh_CN")
    office.settle()
    assert screen.form.name.text == "Ann"
    pill = screen.form.allergies.pill("坚果 Nuts")
    assert pill is not None
    assert pill.chosen


def test_a_form_that_was_asked_for_from_elsewhere_opens_the_keyboard(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.window.dock.automatic = True
    office.window.go("checkout")
    screen._presenter.search("Ann")
    screen._presenter.add("en")
    office.window.go("members")
    office.settle()
    assert office.window.dock.isVisible()
    assert screen.form.name.text == "Ann"


def test_a_duplicate_telephone_offers_to_open_that_member(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    office.tap(screen.add)
    QTest.keyClicks(screen.form.name.field, "May")
    QTest.keyClicks(screen.form.phone.field, "7185550137")
    office.tap(screen.form.save)
    office.tap(screen.form.taken)
    assert screen.page.isVisible()


def test_everything_that_can_be_tapped_is_as_large_as_a_finger(
    make_desk_of: Callable[..., Desk], shop: Shop
) -> None:
    desk = make_desk_of("en", (1024, 768))
    screen = _stand(desk, shop)
    screen.scanned("8600000137")
    desk.settle()
    assert too_small(screen) == []
    assert unnamed(screen) == []
    desk.say("Edit")
    assert too_small(screen) == []
    assert unnamed(screen) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, code: str, size: tuple[int, int]) -> None:
    desk = make_desk_of(code, size)
    may = shop.member("张晓梅")
    shop.sell("凝胶美甲", "经典修脚", member=may, tip=1500, tenders=(external(),))
    shop.sell("护手霜", member=may)
    screen = _stand(desk, shop)
    desk.picture("members")
    screen.scanned("8600000137")
    desk.picture("members-page")
    screen.search.field.setText("77777")
    desk.picture("members-nobody")
    desk.tap(screen.nobody.action)
    screen.form.name.set_text("韩梅梅")
    screen.form.phone.set_text("7185550137")
    desk.tap(screen.form.allergies.pill("乳胶 Latex"))
    screen.scanned("9900001111")
    desk.picture("members-add")
    desk.tap(screen.form.save)
    desk.picture("members-taken")
    desk.window.open_keyboard(screen.form.name.field)
    desk.picture("members-keyboard")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_of_a_shop_without_members(
    make_desk_of: Callable[..., Desk], new_shop: Shop, shop: Shop, code: str
) -> None:
    desk = make_desk_of(code, (1366, 768))
    session = session_of(shop, "amy")
    presenter = MembersPresenter(
        new_shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, new_shop.till, session),
        ways=MemberWays(print, print, print, print, print),
    )
    desk.stand("members", lambda host: MembersScreen(host, presenter))
    desk.picture("members-empty")
