"""The members screen with taps and keys; its pictures; the language switch keeps what is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.member import Relation
from salon_desk.operations.description import MemberDescribed
from salon_desk.services import consents, family, members, merging
from salon_desk.services.allergies import acknowledge
from salon_desk.services.consents import Asked
from salon_desk.services.describe import describe
from salon_desk.services.members import NewMember
from salon_desk.ui.approval.view import ApprovalDesk
from salon_desk.ui.screens.members.presenter import MembersPresenter, MemberWays
from salon_desk.ui.screens.members.sheets import ChooseMemberSheet, ConsentSheet
from salon_desk.ui.screens.members.view import MembersScreen
from salon_desk.ui.widgets.kinetic import ScrollColumn
from salon_desk.ui.widgets.kinetic_list import KineticList
from tests.ui.back_office import CASHIER, MANAGER, SIZES, Desk, Shop, external, session_of, too_small, unnamed


def _stand(desk: Desk, shop: Shop, told: list[str] | None = None, *, who: str = "amy") -> MembersScreen:
    told = told if told is not None else []

    def way(name: str) -> Callable[[str], None]:
        return lambda key: told.append(f"{name} {key}")

    ways = MemberWays(way("ticket"), way("top-up"), way("issue"), way("card"), way("document"))
    session = session_of(shop, who)
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


def _tap_band_row(desk: Desk, screen: MembersScreen, row: int) -> None:
    rows = screen.page.rows
    desk.tap(rows.viewport(), rows.visualRect(rows.model().index(row, 0)).center())


def _leave_sheet(desk: Desk) -> None:
    sheet = desk.window.sheets.top
    assert sheet is not None
    sheet.dismiss()
    desk.settle()


def _row_texts(rows: KineticList) -> list[str]:
    model = rows.model()
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def _opened(desk: Desk, screen: MembersScreen) -> None:
    screen.scanned("8600000137")
    desk.settle()


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
    _tap_band_row(office, screen, 0)
    assert screen.statement.isVisible()
    office.say("Open the card")
    office.say("Back to the member")
    assert told == [f"ticket {member}", f"top-up {card}", f"issue {member}", f"card {card}"]
    office.say("Edit")
    assert screen.form.isVisible()
    assert screen.form.name.text == "张晓梅"


def test_a_statement_says_every_movement_and_is_printed(office: Desk, shop: Shop) -> None:
    told: list[str] = []
    screen = _stand(office, shop, told)
    _opened(office, screen)
    _tap_band_row(office, screen, 0)
    rows = screen.statement.rows
    assert _row_texts(rows)[-1] in ("Carried over", "Top-up")
    office.say("Print")
    assert "being printed" in office.window.notice.text


def test_a_consent_is_asked_with_its_text_and_stopped_again(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    _opened(office, screen)
    office.tap(screen.page.bands.pill("messages"))
    _tap_band_row(office, screen, 1)
    sheet = office.window.sheets.top
    assert isinstance(sheet, ConsentSheet)
    assert "STOP" in sheet.shown.text() or "退订" in sheet.shown.text()
    office.say("The member agrees")
    rows = screen.page.rows.model()
    assert "Agreed" in rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    _tap_band_row(office, screen, 1)
    office.say("No more of these")
    assert "Stopped" in rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_relative_is_searched_for_added_and_taken_back(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop)
    _opened(office, screen)
    office.tap(screen.page.bands.pill("family"))
    office.say("Add a relative")
    sheet = office.window.sheets.top
    assert isinstance(sheet, ChooseMemberSheet)
    sheet.search.field.setText("高圆")
    office.settle()
    office.tap(sheet.relations.pill("sibling"))
    office.tap(sheet.list.viewport(), sheet.list.visualRect(sheet.list.model().index(0, 0)).center())
    assert _row_texts(screen.page.rows) == ["Yuan Gao"]
    _tap_band_row(office, screen, 0)
    office.say("Not a relative after all")
    assert _row_texts(screen.page.rows) == []
    office.say("Add a relative")
    sheet = office.window.sheets.top
    assert isinstance(sheet, ChooseMemberSheet)
    office.tap(sheet.relations.pill("brought-by"))
    office.tap(sheet.list.viewport(), sheet.list.visualRect(sheet.list.model().index(0, 0)).center())
    (brought,) = _row_texts(screen.page.rows)
    _tap_band_row(office, screen, 0)
    office.say("Open the member's page")
    assert screen._presenter.opened is not None
    assert screen._presenter.opened.page.figures.member.called("en") == brought


def test_the_same_person_is_merged_by_a_manager_and_taken_apart(office: Desk, shop: Shop) -> None:
    screen = _stand(office, shop, who="grace")
    _opened(office, screen)
    office.tap(screen.page.bands.pill("about"))
    office.say("Same person as…")
    sheet = office.window.sheets.top
    assert isinstance(sheet, ChooseMemberSheet)
    sheet.search.field.setText("高圆")
    office.settle()
    office.tap(sheet.list.viewport(), sheet.list.visualRect(sheet.list.model().index(0, 0)).center())
    assert _row_texts(screen.page.rows)[-1] == "Yuan Gao"
    _tap_band_row(office, screen, screen.page.rows.model().rowCount() - 1)
    office.say("Take apart")
    assert "Yuan Gao" not in _row_texts(screen.page.rows)


def test_who_may_be_on_the_list_twice_is_merged_with_one_tap(office: Desk, shop: Shop) -> None:
    both = [(MemberDescribed, shop.member(name), {"phone": "+17185550123"}) for name in ("高圆", "单雪")]
    describe(shop.till, shop.command(), None, both)
    screen = _stand(office, shop, who="grace")
    office.say("On the list twice?")
    rows = screen.twice.rows
    office.tap(rows.viewport(), rows.visualRect(rows.model().index(0, 0)).center())
    office.say("Merge")
    assert _row_texts(rows) == []


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


def _fill(shop: Shop, member: str) -> None:
    """All that can be known of somebody."""
    before = members.page(shop.till, member).figures.member
    changed = replace(
        before,
        email="may.zhang@example.com",
        wechat="mayzhang88",
        tags=("VIP", "新娘"),
        consultant="grace",
        preferred_technician="lily",
        colours="裸粉、酒红",
        pressure="重",
        preferences="龙井茶，靠窗，不聊天",
        referred_by=shop.member("高圆"),
    )
    members.edit(shop.till, shop.command(), MANAGER, changed)
    asked = Asked(Channel.SMS, Purpose.MARKETING, text="…", language="zh_CN")
    consents.give(shop.till, shop.command(), CASHIER, member, asked)
    stopped = [(Channel.EMAIL, Purpose.MARKETING)]
    consents.withdraw(shop.till, shop.command(), CASHIER, member, of=stopped, said="不要")
    for name, relation in (("高圆", Relation.SIBLING), ("欧阳倩", Relation.PARENT)):
        family.link(shop.till, shop.command(), CASHIER, member, other=shop.member(name), relation=relation)
    twice = members.add(shop.till, shop.command(), CASHIER, NewMember("张小梅")).member.member_id
    merging.merge(shop.till, shop.command(), MANAGER, member, duplicate=twice)
    acknowledge(shop.till, shop.command(), CASHIER, "t1", member=member, substances=("丙烯酸 Acrylic",))
    both = [(MemberDescribed, shop.member(name), {"phone": "+17185550123"}) for name in ("吕薇", "单雪")]
    describe(shop.till, shop.command(), None, both)


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures(make_desk_of: Callable[..., Desk], shop: Shop, code: str) -> None:
    desk = make_desk_of(code, *SIZES)
    may = shop.member("张晓梅")
    shop.sell("凝胶美甲", "经典修脚", member=may, tip=1500, tenders=(external(),))
    shop.sell("护手霜", member=may)
    screen = _stand(desk, shop)
    desk.picture("members")
    screen.scanned("8600000137")
    desk.picture("members-page")
    _fill(shop, may)
    screen._presenter.open(may)
    for band in ("history", "about", "messages", "family"):
        desk.tap(screen.page.bands.pill(band))
        desk.picture(f"members-{band}")
    desk.tap(screen.page.band_act)
    desk.picture("members-relative")
    _leave_sheet(desk)
    for row, name in ((0, "members-related"), (2, "members-referral")):
        _tap_band_row(desk, screen, row)
        desk.picture(name)
        _leave_sheet(desk)
    desk.tap(screen.page.bands.pill("messages"))
    _tap_band_row(desk, screen, 1)
    desk.picture("members-consent")
    _leave_sheet(desk)
    desk.tap(screen.page.bands.pill("owned"))
    _tap_band_row(desk, screen, 0)
    desk.picture("members-statement")
    desk.tap(screen.doubles)
    desk.picture("members-twice")
    desk.tap(screen.twice.leave)
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
    desk.window.dock.hide()
    bar = screen.form.findChildren(ScrollColumn)[0].verticalScrollBar()
    bar.setValue(bar.maximum())
    desk.picture("members-likings")


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_pictures_of_a_shop_without_members(
    make_desk_of: Callable[..., Desk], new_shop: Shop, shop: Shop, code: str
) -> None:
    desk = make_desk_of(code, *SIZES)
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
