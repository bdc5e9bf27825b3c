"""A telephone carries a till's want to head office and its moves back: once, for that till, and nothing for anybody else."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from urllib.parse import quote

import pytest
import requests
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from salon_desk import secrets
from salon_desk.domain.money import Money
from salon_desk.head_office import bridging, enrolment, lost_tills, restored
from salon_desk.head_office.bridge_page import preferred
from salon_desk.head_office.limits import CodeTries
from salon_desk.head_office.refusals import Refusal
from salon_desk.operations.move import ValueReceived, ValueSent, Why
from salon_desk.operations.operation import Cause, PurseChange
from salon_desk.operations.payment import Funding
from salon_desk.services.carry_over import carried_over
from salon_desk.storage import journal, wants
from salon_desk.storage.journal import Command
from salon_desk.storage.office import Office
from salon_desk.wire import bridge
from salon_desk.wire.bridge import CodeForeign
from salon_desk.wire.messages import WantAnswer, WantAsk
from tests.integration.head_office.page_codes import codes_on
from tests.integration.head_office.phone import ASSETS, CARD, Phone, issue
from tests.integration.head_office.serving import Device, HeadOffice, said

on_sqlite = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


@pytest.fixture
def phone(served: HeadOffice) -> Phone:
    return Phone(served)


def test_bonus_and_paid_value_come_in_one_slip_and_one_code(served: HeadOffice, phone: Phone) -> None:
    issue(served)
    (slip,) = phone.read(phone.tap(phone.link()))
    assert (slip.to_node, slip.to_epoch) == (phone.device.node, phone.device.epoch)
    assert slip.from_node == served.context.identity.node
    assert {part.asset: part.units for part in slip.parts} == {ASSETS.bonus: 700, ASSETS.paid: 1_000}


@on_sqlite
def test_looking_changes_nothing_and_tapping_again_sends_nothing_again(
    served: HeadOffice, phone: Phone
) -> None:
    issue(served)
    link, before = phone.link(), served.position()
    assert "<form" in phone.open(link).text
    assert phone.session.head(link, timeout=20).status_code == 200
    assert served.position() == before
    first = phone.read(phone.tap(link))
    assert served.position() == before + 1
    assert phone.read(phone.tap(link)) == phone.read(phone.open(link)) == first
    assert served.position() == before + 1


def test_what_another_store_must_send_first_comes_in_the_same_code(
    served: HeadOffice, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bonus lies here, paid value at a till that answers its recall: two moves, one code, and one answer to a want."""
    monkeypatch.setattr(bridging, "PATIENCE", 20.0)
    other = _bonus_here_and_paid_at_another(served)
    want = phone.want()
    with ThreadPoolExecutor(1) as threads:
        tapped = threads.submit(phone.tap, phone.link(want))
        _answer_recall(served, other)
        response = tapped.result(30)
    assert len(codes_on(response.text)) == 1
    slips = phone.read(response)
    assert [part.asset for slip in slips for part in slip.parts] == [ASSETS.bonus, ASSETS.paid]
    ask = WantAsk(want_id=want.want_id, parts=list(want.parts), epoch=want.epoch)
    answer = said(phone.device.post("/v1/want", ask), WantAnswer)
    assert [answer.slip, *answer.more] == slips


def test_a_link_opened_by_eight_telephones_at_once_moves_value_once(served: HeadOffice, phone: Phone) -> None:
    issue(served)
    link, before = phone.link(), served.position()
    with ThreadPoolExecutor(8) as threads:
        pages = list(threads.map(lambda _n: requests.post(link, timeout=30), range(8)))
    assert {page.status_code for page in pages} == {200}
    assert len({codes_on(page.text)[0] for page in pages}) == 1
    assert served.position() == before + 1


@on_sqlite
def test_what_has_arrived_is_not_shown_again(served: HeadOffice, phone: Phone) -> None:
    issue(served)
    link = phone.link()
    (slip,) = phone.read(phone.tap(link))
    arrived = ValueReceived(
        move=slip.move,
        from_node=slip.from_node,
        from_epoch=slip.from_epoch,
        purse_changes=tuple(PurseChange(part.asset, part.units, Cause.RECEIVE) for part in slip.parts),
    )
    phone.device.recorded(1, arrived)
    before = served.position()
    page = phone.tap(link)
    assert codes_on(page.text) == []
    assert "arrived at the till already" in page.text
    assert served.position() == before


@on_sqlite
def test_another_till_cannot_read_the_answer_and_finds_that_it_is_not_its_own(
    served: HeadOffice, phone: Phone
) -> None:
    issue(served)
    (code,) = codes_on(phone.tap(phone.link()).text)
    thief, office = Phone(served), served.context.identity
    assert bridge.named(code).node == phone.device.node
    with pytest.raises(CodeForeign):
        bridge.read_answer(bridge.named(code), office.node, thief.keys, office.public_key)


@on_sqlite
def test_a_link_that_its_till_did_not_sign_is_refused_and_leaves_nothing(
    served: HeadOffice, phone: Phone
) -> None:
    issue(served)
    stranger, office, before = secrets.node_keys("stranger"), served.context.identity, served.position()
    want = phone.want()
    forged = bridge.link(served.url, office.node, office.public_key, stranger, want)
    unknown = bridge.link(
        served.url, office.node, office.public_key, phone.keys, replace(want, node="nobody")
    )
    elsewhere = bridge.link(served.url, "another-office", office.public_key, phone.keys, want)
    cut = phone.link(want)[:-20]
    for link in (forged, unknown, elsewhere, cut):
        for response in (phone.open(link), phone.tap(link)):
            assert response.status_code == 404
            assert response.text == phone.open(cut).text, "a stranger learns nothing from which it was"
    assert served.position() == before
    assert _wants_kept(served) == 0


@on_sqlite
@pytest.mark.parametrize(
    ("hindrance", "status", "told"),
    [
        ("unconfirmed", 403, "not confirmed"),
        ("retiring", 403, "being closed"),
        ("locked out", 403, "locked this till out"),
        ("old epoch", 409, "started anew"),
        ("yesterday", 410, "another day"),
        ("tomorrow", 410, "another day"),
        ("restored", 503, "sends no value"),
    ],
)
def test_what_stands_in_the_way_is_said_plainly_and_moves_nothing(
    served: HeadOffice, hindrance: str, status: int, told: str
) -> None:
    issue(served)
    phone = Phone(served, confirmed=hindrance != "unconfirmed")
    want, node = phone.want(), phone.device.node
    if hindrance == "retiring":
        served.context.access.run(lambda office: enrolment.retire(office, node))
    if hindrance == "locked out":
        served.context.access.run(lambda office: lost_tills.lock_out(office, node))
    if hindrance == "restored":
        served.context.access.run(lambda office: restored.note(office, node, "feed", theirs=9, ours=1))
    days = {"yesterday": -1, "tomorrow": 1}.get(hindrance, 0)
    want = replace(want, at=want.at + int(timedelta(days=days).total_seconds()))
    want = replace(want, epoch="before") if hindrance == "old epoch" else want
    before = served.position()
    page = phone.tap(phone.link(want))
    assert (page.status_code, told in page.text) == (status, True)
    assert served.position() == before


@on_sqlite
def test_nothing_in_reach_is_said_and_the_same_link_finds_it_later(served: HeadOffice, phone: Phone) -> None:
    link = phone.link()
    assert "Nothing can be sent right now" in phone.tap(link).text
    issue(served)
    assert phone.read(phone.tap(link)) != []


@on_sqlite
def test_who_tries_many_wrong_links_has_to_wait(
    served: HeadOffice, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.context.phone_tries, "_most", (3, 100))
    statuses = [phone.open(f"{served.url}/b/AAAA").status_code for _ in range(5)]
    assert statuses == [404, 404, 404, 429, 429]


@on_sqlite
def test_a_link_that_is_tapped_again_and_again_is_put_off_and_the_till_is_not(
    served: HeadOffice, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(served)
    monkeypatch.setattr(served.context.phone_taps, "_most", (2, 100))
    link = phone.link()
    assert [phone.tap(link).status_code for _ in range(4)] == [200, 200, 429, 429]
    assert codes_on(phone.open(link).text) != []
    assert phone.device.call("GET", "/v1/me").status_code == 200


@on_sqlite
def test_the_link_and_the_code_tell_nobody_whose_value_it_is(served: HeadOffice, phone: Phone) -> None:
    """Neither a card's id nor an amount, and no two links of a card have more in common than the till."""
    issue(served)
    known = {bytes.fromhex(CARD.replace("-", "")), b"USD", b"paid", b"bonus"}
    links = [phone.link(phone.want(want_id=f"want-{n}")).rpartition("/")[2] for n in range(2)]
    codes = [*links, *codes_on(phone.tap(phone.link()).text)]
    raw = [named.sealed + named.signature for named in map(bridge.named, codes)]
    assert not [word for word in known for data in raw if word in data]
    pieces = [{data[at : at + 4] for at in range(len(data) - 4)} for data in raw]
    assert not pieces[0] & pieces[1]


@on_sqlite
def test_the_page_needs_nothing_and_runs_nothing(served: HeadOffice, phone: Phone) -> None:
    issue(served)
    page = phone.tap(phone.link())
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert page.headers["cache-control"] == "no-store"
    assert not re.findall(r"<script|<link|<img|src=|url\(|https?://(?!www\.w3\.org)", page.text)
    assert CARD not in page.text
    assert len(page.content) < 40_000


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh_CN"),
        ("zh-HK", "zh_TW"),
        ("fr-CA, en;q=0.5", "en"),
        ("", "en"),
        ("*", "en"),
        ("\N{SNOWMAN}," * 500, "en"),
    ],
)
def test_the_page_begins_in_the_language_of_the_telephone(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


@on_sqlite
def test_whatever_is_opened_the_server_does_not_stumble(
    served: HeadOffice, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(served.context.phone_tries, "_most", (10_000, 10_000))
    whole, before = phone.link().rpartition("/")[2], served.position()

    @settings(max_examples=60, deadline=None, phases=[Phase.generate])
    @given(
        at=st.integers(0, 300),
        out=st.integers(0, 3),
        put=st.text(max_size=3),
        other=st.none() | st.text(max_size=40) | st.sampled_from([whole * 3, "A" * 20_000, ".."]),
        body=st.binary(max_size=50),
    )
    def opened(at: int, out: int, put: str, other: str | None, body: bytes) -> None:
        changed = whole[:at] + put + whole[at + out :]
        url = f"{served.url}/b/{quote(changed if other is None else other, safe='')}"
        for method in ("GET", "POST"):
            answer = phone.session.request(method, url, data=body, timeout=20)
            assert answer.status_code in (200, 404, 405)

    opened()
    assert served.position() == before


def test_tries_are_counted_by_address_and_in_all() -> None:
    tries = CodeTries(lambda: 0.0, of_address=2, of_all=3)
    for address in ("a", "a", "b"):
        tries.check(address)
        tries.wrong(address)
    with pytest.raises(Refusal):
        tries.check("c")


def _bonus_here_and_paid_at_another(served: HeadOffice) -> Device:
    bonus, paid = (
        carried_over(
            Funding(card=CARD, paid=Money(cents[0], "USD"), bonus=Money(cents[1], "USD")), reason="test"
        )
        for cents in ((0, 700), (5_000, 0))
    )
    served.context.access.run(
        lambda office: journal.record(office, Command("issue", actor="", business_day=""), lambda _tx: bonus)
    )
    other = served.device("S2")
    other.recorded(1, paid)
    other.all_pages()
    return other


def _answer_recall(served: HeadOffice, other: Device) -> None:
    (recall,) = other.page(wait=15).recalls
    identity = served.context.identity
    move = ValueSent(
        move="move-1",
        to_node=identity.node,
        to_epoch=identity.epoch,
        purse_changes=(PurseChange(ASSETS.paid, -1_000, Cause.SEND),),
        why=Why.RECALL,
        recall=recall.recall,
    )
    other.recorded(1, move)


def _wants_kept(served: HeadOffice) -> int:
    def read(office: Office) -> int:
        with office.database.read() as transaction:
            return len(wants.open_wants(transaction))

    return served.context.access.run(read)
