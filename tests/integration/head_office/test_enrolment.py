"""Who is let in: one code, one device; a stolen code opens nothing without the owner."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count

import msgspec
import psycopg
import pytest

from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import enrolment, overview
from salon_desk.head_office.limits import MOST_OF_A_STRANGER, TRIES_OF_ADDRESS, CodeTries
from salon_desk.head_office.refusals import Refusal
from salon_desk.operations.description import TillDescribed
from salon_desk.operations.registry import decode
from salon_desk.storage.place import Place
from salon_desk.storage.queries.shop import shop
from salon_desk.wire import codec
from salon_desk.wire.messages import CodeAnswer, CodeAsk, Me, Refused
from tests.integration.head_office.serving import Device, HeadOffice, refused, said


def test_the_same_code_with_the_same_key_gives_the_same_answer_again(served: HeadOffice) -> None:
    device = Device(served.url)
    code = served.code()
    first = device.enroll(code)
    assert first.confirmed
    assert (first.node, first.store) == (device.node, "S1")
    position = served.position()
    for spelt in (code, code.replace("-", ""), code.lower(), f" {code} "):
        assert device.enroll(spelt) == first
    assert served.position() == position


def test_a_used_code_is_refused_to_another_key_and_to_another_node(served: HeadOffice) -> None:
    code = served.code()
    device = Device(served.url)
    device.enroll(code)
    other_key = Device(served.url, node=device.node)
    other_node = Device(served.url, public_key=device.public_key)
    for thief in (other_key, other_node):
        assert refused(thief.post("/v1/enroll", thief.ask(code)), 403).error == "code-used"


def test_a_node_that_is_enrolled_is_refused_with_a_further_code(served: HeadOffice) -> None:
    device = served.device()
    again = Device(served.url, node=device.node)
    assert refused(again.post("/v1/enroll", again.ask(served.code())), 403).error == "not-yours"
    assert device.call("GET", "/v1/me").status_code == 200


def test_nobody_enrols_as_head_office_itself(served: HeadOffice) -> None:
    thief = Device(served.url, node=served.context.identity.node)
    assert refused(thief.post("/v1/enroll", thief.ask(served.code())), 403).error == "not-yours"


def test_a_code_lapses_after_a_day(served: HeadOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolment, "LAPSES_AFTER", timedelta(seconds=-1))
    device = Device(served.url)
    assert refused(device.post("/v1/enroll", device.ask(served.code())), 403).error == "code-lapsed"


def test_wrong_codes_are_limited_by_address(served: HeadOffice) -> None:
    device = Device(served.url)
    for _ in range(10):
        assert refused(device.post("/v1/enroll", device.ask("00000-00000")), 403).error == "code-unknown"
    limited = device.post("/v1/enroll", device.ask(served.code()))
    assert refused(limited, 429).error == "too-many"
    assert 1 <= int(limited.headers["retry-after"]) <= 61


def test_of_a_burst_no_more_codes_are_looked_at_than_may_be_wrong(
    served: HeadOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them have passed the first look before any code is looked at."""
    burst, asked, all_there = 40, count(1), threading.Event()
    tries = served.context.code_tries
    check = tries.check

    def counted(address: str) -> None:
        check(address)
        if next(asked) == burst:
            all_there.set()

    monkeypatch.setattr(tries, "check", counted)
    served.context.access.later(lambda _office: all_there.wait(30))

    def guess(number: int) -> str:
        device = Device(served.url)
        answer = device.post("/v1/enroll", device.ask(f"00000-{number:05}"))
        return codec.decode(answer.content, Refused).error

    with ThreadPoolExecutor(burst) as pool:
        told = Counter(pool.map(guess, range(burst)))
    assert told == {"code-unknown": TRIES_OF_ADDRESS, "too-many": burst - TRIES_OF_ADDRESS}


def test_a_try_that_was_right_after_all_does_not_count() -> None:
    tries = CodeTries(lambda: 0.0, of_address=1, of_all=1)
    for _time in range(3):
        tries.check("a")
        tries.wrong("a")
        tries.right("a")
    tries.right("a")
    tries.wrong("a")
    with pytest.raises(Refusal):
        tries.check("b")


def test_a_till_has_only_so_many_codes_that_open_the_door(
    served: HeadOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrolment, "MOST_OPEN", 2)
    of_the_owner = served.code()
    till, neighbour = served.device("S1"), served.device("S1")
    others = said(neighbour.post("/v1/codes", CodeAsk(till_name="x")), CodeAnswer).code
    made = [said(till.post("/v1/codes", CodeAsk(till_name=str(n))), CodeAnswer).code for n in range(3)]
    first = Device(served.url)
    assert refused(first.post("/v1/enroll", first.ask(made[0])), 403).error == "code-unknown"
    for code in (made[1], made[2], others, of_the_owner):
        Device(served.url).enroll(code)
    used = said(till.post("/v1/codes", CodeAsk(till_name="3")), CodeAnswer).code
    Device(served.url).enroll(used)  # those that were used take no place


@pytest.mark.parametrize(
    "wrong",
    [
        {"public_key": "12"},
        {"public_key": "G" * 64},
        {"node": ""},
        {"node": "n" * 101},
        {"epoch": "e\0"},
        {"device_name": "d\u202e"},
        {"code": "c" * 41},
    ],
    ids=str,
)
def test_what_no_device_can_be_called_is_refused(served: HeadOffice, wrong: dict[str, str]) -> None:
    device = Device(served.url)
    ask = msgspec.structs.replace(device.ask(served.code()), **wrong)
    assert refused(device.post("/v1/enroll", ask), 422).error == "malformed"


@pytest.mark.parametrize("packed", [False, True])
def test_a_stranger_may_not_send_much(served: HeadOffice, packed: bool) -> None:
    body = b" " * (MOST_OF_A_STRANGER + 1)
    headers = {"content-encoding": "gzip"} if packed else {}
    answer = Device(served.url).post("/v1/enroll", codec.pack(body) if packed else body, headers=headers)
    assert refused(answer, 413).error == "too-large"


def test_an_enrolled_device_is_described_as_a_till_of_its_store(served: HeadOffice) -> None:
    first, second, other = served.device("S1"), served.device("S1"), served.device("S2")
    with office_at(served.place) as office, office.database.read() as transaction:
        places = [shop(transaction, one.node) for one in (first, second, other)]
    assert [(one.store, one.till_code) for one in places if one] == [
        ("S1", "S1-1"),
        ("S1", "S1-2"),
        ("S2", "S2-1"),
    ]
    described = [
        decode(one.header.kind, 1, one.body)
        for one in first.all_pages()
        if one.header.kind == TillDescribed.KIND
    ]
    assert len(described) == 3


def test_a_new_store_sells_on_the_terms_of_the_first(served: HeadOffice) -> None:
    device = served.device("NEW-1")
    with office_at(served.place) as office, office.database.read() as transaction:
        place = shop(transaction, device.node)
    assert place is not None
    assert (place.jurisdiction, place.currency, place.time_zone) == ("US-NY-NYC", "USD", "America/New_York")


def test_a_device_by_a_tills_own_code_waits_for_the_owner(served: HeadOffice) -> None:
    till = served.device("S2")
    answer = said(till.post("/v1/codes", CodeAsk(till_name="2")), CodeAnswer)
    device = Device(served.url)
    enrolled = device.enroll(answer.code)
    assert (enrolled.store, enrolled.confirmed) == ("S2", False)
    assert said(device.call("GET", "/v1/me"), Me).fingerprint == enrolled.fingerprint
    position = served.position()
    for method, path in (
        ("POST", "/v1/journal"),
        ("GET", "/v1/feed"),
        ("POST", "/v1/want"),
        ("POST", "/v1/heads"),
        ("GET", "/v1/own"),
        ("POST", "/v1/codes"),
    ):
        assert refused(device.call(method, path, data=b"{}"), 403).error == "unconfirmed"
    assert served.position() == position
    with office_at(served.place) as office:
        found = overview.by_fingerprint(office, enrolled.fingerprint.upper())
        assert found is not None
        assert enrolment.confirm(office, found.node)
        assert not enrolment.confirm(office, found.node)
    assert said(device.call("GET", "/v1/me"), Me).confirmed
    device.recorded(2)
    assert any(one.header.kind == TillDescribed.KIND for one in device.all_pages())


def test_who_has_no_token_learns_nothing(served: HeadOffice) -> None:
    device = served.device()
    for token in ("", "x", device.token[:-1], device.token.upper(), "f" * 64, "é", "x" * 5000):
        stranger = Device(served.url)
        headers = {"authorization": f"Bearer {token}".encode()} if token else {}
        for path in ("/v1/me", "/v1/feed", "/v1/own"):
            response = stranger.call("GET", path, headers=headers)
            assert refused(response, 401).error == "unauthorized"


def _kept(place: Place) -> bytes:
    """Everything that a head office has written down."""
    if place.folder is not None:
        return b"".join(one.read_bytes() for one in place.folder.iterdir())
    with psycopg.connect(place.url) as server:
        named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        tables = [str(name) for (name,) in server.execute(named).fetchall()]
        rows = [server.execute(f'SELECT t::text FROM "{name}" AS t'.encode()).fetchall() for name in tables]
    return repr(rows).encode()


def test_a_token_is_kept_as_its_hash_alone(served: HeadOffice) -> None:
    device = Device(served.url)
    code = served.code()
    token = device.enroll(code).token
    kept = _kept(served.place)
    assert device.node.encode() in kept
    for secret in (token, code, code.replace("-", "")):
        assert secret.encode() not in kept
        assert secret.encode().hex().encode() not in kept
