"""What the link screen does; without Qt, on a real till and with a link that the test answers for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from salon_desk.domain.access import Permission
from salon_desk.domain.errors import DomainError, PermissionNeeded
from salon_desk.i18n import Catalogue
from salon_desk.services.link_status import (
    CodeRefused,
    EnrolmentRefused,
    HeadOfficeOutOfReach,
    LinkReason,
    LinkState,
)
from salon_desk.ui.error_text import error_text
from salon_desk.ui.link_desk import EnrolAsk, NewCode
from salon_desk.ui.screens.link.presenter import LinkPresenter
from salon_desk.ui.screens.link.typed import Amiss, address, amiss
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.back_office import Shop, session_of
from tests.ui.counter_fakes import ManagerNearby
from tests.ui.link.fake_link import ASIDE, OFFLINE, ONLINE, UNCONFIRMED, FakeLink

URL = "https://office.lotus.example"


@dataclass
class Counter:
    """A presenter with everything around it."""

    shop: Shop
    staff: str = ""
    link: FakeLink = field(default_factory=FakeLink)
    approver: ManagerNearby = field(default_factory=ManagerNearby)
    refused: list[DomainError] = field(default_factory=list)
    told: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.presenter = LinkPresenter(
            self.shop.till,
            ImmediateTasks(),
            session_of(self.shop, self.staff),
            link=self.link,
            approvals=self.approver,
            read=self.link.read,
        )
        self.presenter.refuse = self.refused.append
        self.presenter.tell = self.told.append
        self.presenter.begin()

    def ask(self, code: str = "K7M2Q-9XD4T") -> None:
        self.presenter.type(address="office.lotus.example")
        self.presenter.press(code)
        self.presenter.enrol()


@pytest.fixture
def empty(new_shop: Shop) -> Counter:
    return Counter(new_shop)


def test_a_till_that_nobody_works_at_is_joined_by_whoever_stands_there(empty: Counter) -> None:
    empty.ask()
    assert empty.link.asked == [EnrolAsk(URL, "K7M2Q9XD4T")]
    assert empty.presenter.state.asking
    empty.link.answer(None, UNCONFIRMED)
    state = empty.presenter.state
    assert not state.asking
    assert not state.joining
    assert state.form.code == ""
    assert state.room is not None
    assert state.room.link.fingerprint


def test_joining_a_till_that_people_work_at_takes_one_of_them(shop: Shop) -> None:
    nobody = Counter(shop)
    nobody.ask()
    assert nobody.link.asked == []
    assert isinstance(nobody.refused[0], PermissionNeeded)
    assert not nobody.presenter.state.asking


def test_a_cashier_joins_only_with_a_managers_approval(shop: Shop) -> None:
    cashier = Counter(shop, "amy", approver=ManagerNearby(there=False))
    cashier.ask()
    assert cashier.approver.asked == [Permission.DEVICES]
    assert cashier.link.asked == []
    manager = Counter(shop, "grace")
    manager.ask()
    assert len(manager.link.asked) == 1


@pytest.mark.parametrize(
    "refusal",
    [EnrolmentRefused("code-lapsed"), HeadOfficeOutOfReach(LinkReason.CERTIFICATE.value)],
    ids=lambda refusal: refusal.reason,
)
def test_a_refusal_keeps_what_was_typed_and_goes_with_the_next_key(
    empty: Counter, refusal: DomainError
) -> None:
    empty.ask()
    empty.link.answer(refusal)
    assert empty.presenter.state.refusal == refusal
    assert empty.presenter.state.form.code == "K7M2Q9XD4T"
    empty.presenter.erase()
    assert empty.presenter.state.refusal is None
    assert empty.presenter.state.form.code == "K7M2Q9XD4"


def test_what_is_plainly_wrong_asks_nobody(empty: Counter) -> None:
    empty.ask("K7M2Q")
    assert empty.presenter.state.amiss is Amiss.CODE_INCOMPLETE
    assert empty.link.asked == []


def test_a_second_tap_while_head_office_is_asked_asks_once(empty: Counter) -> None:
    empty.ask()
    empty.presenter.enrol()
    assert len(empty.link.asked) == 1


def test_a_scanned_code_fills_the_form_and_other_scans_do_not(empty: Counter) -> None:
    empty.presenter.scanned("8600000137-LONGER")
    assert empty.presenter.state.form.code == ""
    empty.presenter.scanned("k7m2q-9xd4t")
    assert empty.presenter.state.form.code == "K7M2Q9XD4T"


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("office.lotus.example/", "https://office.lotus.example"),
        ("office.lotus.example:8443", "https://office.lotus.example:8443"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("localhost:8000", "http://localhost:8000"),
        ("http://192.168.1.5", "http://192.168.1.5"),
        ("", ""),
    ],
)
def test_an_address_gets_the_scheme_that_people_leave_out(typed: str, whole: str) -> None:
    assert address(typed) == whole


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("", Amiss.ADDRESS_MISSING),
        ("https://", Amiss.ADDRESS_WRONG),
        ("ftp://office.example", Amiss.ADDRESS_WRONG),
        ("https://office.example:port", Amiss.ADDRESS_WRONG),
        ("https://of fice.example", Amiss.ADDRESS_WRONG),
        ("http://office.example", Amiss.ADDRESS_PLAIN),
        ("http://[::1]:80", None),
        ("https://office.example", None),
    ],
)
def test_only_a_secured_address_or_this_machine_is_asked(typed: str, wrong: Amiss | None) -> None:
    assert amiss(EnrolAsk(typed, "K7M2Q9XD4T")) is wrong


def test_what_changes_on_the_line_is_shown_and_what_is_set_aside_is_read_again(shop: Shop) -> None:
    counter = Counter(shop, "grace")
    counter.link.become(OFFLINE)
    assert counter.presenter.state.now == OFFLINE
    counter.link.become(ONLINE, ASIDE)
    state = counter.presenter.state
    assert state.room is not None
    assert [one.op_id for one in state.room.link.aside] == ["op-1", "op-2", "op-3"]


def test_trying_again_says_how_many_landed_and_shows_the_rest(shop: Shop) -> None:
    counter = Counter(shop, "grace")
    counter.link.become(ONLINE, ASIDE)
    counter.presenter.retry()
    assert counter.presenter.state.retrying
    counter.link.land(2, ASIDE[2:])
    state = counter.presenter.state
    assert counter.told == [2]
    assert not state.retrying
    assert state.room is not None
    assert len(state.room.link.aside) == 1


def test_trying_to_connect_with_nothing_set_aside_says_nothing(shop: Shop) -> None:
    counter = Counter(shop, "grace")
    counter.link.become(OFFLINE)
    counter.presenter.retry()
    counter.link.land(0)
    assert counter.told == []


def test_a_code_for_a_further_till_stands_until_it_is_put_away(shop: Shop) -> None:
    counter = Counter(shop, "grace")
    counter.link.become(ONLINE)
    counter.presenter.make_code("  ")
    counter.presenter.make_code("Counter 3")
    assert counter.link.codes == ["Counter 3"]
    made = NewCode("K7M2Q-9XD4T", "2026-11-23T20:00:00.000Z")
    counter.link.hand_out(made)
    assert counter.presenter.state.new_code == made
    counter.presenter.put_code_away()
    assert counter.presenter.state.new_code is None


@pytest.mark.parametrize(
    "refusal",
    [
        CodeRefused("malformed", "x" * 61),
        CodeRefused("unauthorized", "Counter 3"),
        HeadOfficeOutOfReach(LinkReason.TIMEOUT.value),
    ],
    ids=str,
)
def test_a_code_that_head_office_did_not_give_is_said_with_its_reason(
    shop: Shop, refusal: DomainError
) -> None:
    counter = Counter(shop, "grace")
    counter.link.become(ONLINE)
    counter.presenter.make_code("Counter 3")
    counter.link.hand_out_none(refusal)
    assert counter.refused == [refusal]
    assert not counter.presenter.state.coding


def test_a_name_that_no_till_can_have_is_not_told_as_a_network_that_is_down() -> None:
    said = error_text(CodeRefused("malformed", "x" * 61), Catalogue.load("en"))
    assert said == f"""A till's name is 1 to 60 characters, not "{"x" * 61}"."""


def test_a_linked_till_offers_the_form_only_when_head_office_refuses_it(shop: Shop) -> None:
    counter = Counter(shop, "grace")
    counter.link.become(ONLINE)
    counter.presenter.join_again()
    assert not counter.presenter.state.joining
    counter.link.become(replace(ONLINE, status=replace(ONLINE.status, state=LinkState.REFUSED)))
    assert counter.presenter.state.joining
    counter.presenter.begin()
    assert not counter.presenter.state.joining
