"""The link screen with taps and keys, and the words that stand on it and in the top bar."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtTest import QTest

from salon_desk.i18n import Catalogue
from salon_desk.operations.registry import KINDS
from salon_desk.services.link_status import HeadOfficeOutOfReach, LinkReason, LinkState, LinkStatus
from salon_desk.ui.link_desk import LinkNow, NewCode
from salon_desk.ui.link_words import office_pill
from salon_desk.ui.screens.link.kind_words import kind_words
from salon_desk.ui.theme.tokens import Tone
from tests.ui.back_office import Desk, Shop
from tests.ui.link.fake_link import ASIDE, COPYING, OFFLINE, ONLINE, UNCONFIRMED
from tests.ui.link.standing import stand, status

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
ENGLISH = Catalogue.load("en")


def test_a_code_is_tapped_in_and_sent(office: Desk, new_shop: Shop) -> None:
    at = stand(office, new_shop, "", first=True)
    at.screen.enrol.address.set_text("office.lotus.example")
    assert not at.screen.enrol.go.isEnabled()
    for key in "K7M2Q9XD4Z":
        office.tap(at.screen.enrol.pad.keys[key])
    office.tap(at.screen.enrol.pad.erase)
    assert at.screen.enrol.cells.code == "K7M2Q9XD4"
    office.tap(at.screen.enrol.pad.keys["T"])
    office.tap(at.screen.enrol.go)
    assert [one.code for one in at.link.asked] == ["K7M2Q9XD4T"]
    assert not at.screen.enrol.go.isEnabled()


def test_a_keyboard_types_into_the_cells_and_enter_sends(office: Desk, new_shop: Shop) -> None:
    at = stand(office, new_shop, "", first=True)
    at.screen.enrol.address.set_text("office.lotus.example")
    at.screen.enrol.cells.setFocus()
    QTest.keyClicks(at.screen.enrol.cells, "k7m2q-9xd4tt\b")
    QTest.keyClicks(at.screen.enrol.cells, "t\r")
    assert [one.code for one in at.link.asked] == ["K7M2Q9XD4T"]


def test_a_certificate_that_is_not_trusted_unfolds_the_line_for_its_file(
    office: Desk, new_shop: Shop
) -> None:
    at = stand(office, new_shop, "", first=True)
    at.screen.enrol.address.set_text("office.lotus.example")
    at.presenter.press("K7M2Q9XD4T")
    assert not at.screen.enrol.certificate.isVisible()
    office.tap(at.screen.enrol.go)
    at.link.answer(HeadOfficeOutOfReach(LinkReason.CERTIFICATE.value))
    assert at.screen.enrol.certificate.isVisible()
    assert at.screen.enrol.address.field.accessibleDescription()


def test_the_wait_for_the_owner_turns_into_the_state_by_itself(office: Desk, new_shop: Shop) -> None:
    at = stand(office, new_shop, "", first=True)
    at.link.become(UNCONFIRMED)
    assert at.screen.confirm.isVisible()
    assert "3f9a 01bc 77d2 e410" in at.screen.confirm.fingerprint.accessibleName()
    at.link.become(COPYING)
    assert at.screen.state.progress.isVisible()
    assert at.screen.state.progress.numbers.text() == "74,310 of 205,118"
    at.link.become(ONLINE)
    assert not at.screen.state.progress.isVisible()


def test_leaving_while_the_chain_arrives_keeps_it_going(office: Desk, shop: Shop) -> None:
    at = stand(office, shop, "grace")
    at.link.become(COPYING)
    office.window.top_bar.back.emit()
    assert office.window.current == "checkout"
    at.link.become(status(COPYING, position=150_000))
    office.window.go("link")
    assert at.screen.state.progress.bar.value() == 1000 * 150_000 // 205_118


def test_nothing_on_the_screen_unlinks(office: Desk, shop: Shop) -> None:
    at = stand(office, shop, "grace")
    at.link.become(ONLINE)
    offered = {
        one.accessibleName() for one in at.screen.findChildren(type(at.screen.aside.retry)) if one.isVisible()
    }
    assert offered == {"Make a code"}


def test_a_clock_is_told_from_half_a_minute_on(office: Desk, shop: Shop) -> None:
    at = stand(office, shop, "grace")
    at.link.become(status(ONLINE, clock_offset=30))
    assert not at.screen.state.clock.isVisible()
    at.link.become(status(ONLINE, clock_offset=31))
    assert at.screen.state.clock.isVisible()


def test_what_is_set_aside_is_tried_again_with_a_tap(office: Desk, shop: Shop) -> None:
    at = stand(office, shop, "grace")
    at.link.become(ONLINE, ASIDE)
    assert [one.title.text() for one in at.screen.aside.cards] == [
        "Entry of a newer kind",
        "Value received from another till",
        "Sale",
    ]
    office.tap(at.screen.aside.retry)
    at.link.land(3)
    assert not any(one.isVisible() for one in at.screen.aside.cards)
    assert "3 entries" in office.window.notice.text


def test_a_further_tills_code_is_asked_for_by_name_and_shown_large(office: Desk, shop: Shop) -> None:
    at = stand(office, shop, "grace")
    at.link.become(ONLINE)
    office.tap(at.screen.state.codes.act)
    sheet = at.code_sheet
    assert not sheet.go.isEnabled()
    sheet.name.set_text("Counter 3")
    office.tap(sheet.go)
    at.link.hand_out(NewCode("K7M2Q9XD4T", "2026-11-23T20:00:00.000Z"))
    assert sheet.code.text() == "K7M2Q-9XD4T"
    office.tap(sheet.cancel)
    assert at.presenter.state.new_code is None


def test_the_language_switch_keeps_what_is_typed(office: Desk, new_shop: Shop) -> None:
    at = stand(office, new_shop, "", first=True)
    at.screen.enrol.address.set_text("office.lotus.example")
    at.presenter.press("K7M2Q")
    office.window.language.use("zh_CN")
    assert at.screen.enrol.address.text == "office.lotus.example"
    assert at.screen.enrol.cells.code == "K7M2Q"


@pytest.mark.parametrize(
    ("now", "said", "tone"),
    [
        (LinkNow(), "Single shop", Tone.GOOD),
        (UNCONFIRMED, "Head office: to be confirmed", Tone.AMBER),
        (ONLINE, "Head office", Tone.GOOD),
        (COPYING, "Head office: 36% taken in", Tone.BLUE),
        (OFFLINE, "Head office offline since 14:12, 12 wait", Tone.AMBER),
        (status(OFFLINE, pending_root=0), "Head office offline since 14:12", Tone.AMBER),
        (status(ONLINE, set_aside=1), "Head office: please look", Tone.DANGER),
        (status(OFFLINE, reason=LinkReason.CERTIFICATE), "Head office: please look", Tone.DANGER),
        (LinkNow(LinkStatus(LinkState.CONNECTING)), "Head office", Tone.PLAIN),
    ],
)
def test_the_mark_is_calm_offline_and_red_only_where_a_person_is_needed(
    now: LinkNow, said: str, tone: Tone
) -> None:
    pill = office_pill(now, "America/New_York", NOW, ENGLISH)
    assert (pill.text, pill.tone) == (said, tone)


def test_a_till_without_a_shop_is_not_called_a_single_shop() -> None:
    assert office_pill(LinkNow(), "", NOW, ENGLISH).text == "No shop yet"


def test_the_way_to_sign_in_stands_there_as_soon_as_somebody_can(office: Desk, shop: Shop) -> None:
    at = stand(office, shop, "", first=True)
    at.link.become(ONLINE)
    office.tap(at.screen.state.go_on)
    assert office.window.current == "checkout"


def test_offline_since_another_day_names_the_day() -> None:
    later = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    pill = office_pill(OFFLINE, "America/New_York", later, ENGLISH)
    assert "Nov 22" in pill.text


def test_every_kind_that_this_program_knows_has_a_name() -> None:
    assert [kind for kind in KINDS if kind_words(kind, ENGLISH) == "Entry of a newer kind"] == []
