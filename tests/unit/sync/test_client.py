"""Asking the parent ends in an answer, a refusal or no answer, and never in an exception."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.services.link_status import LinkReason
from salon_desk.sync.client import Address, Client
from salon_desk.sync.outcome import Answer, Denied, Unreachable
from salon_desk.wire import codec
from salon_desk.wire.messages import (
    EnrollAsk,
    FeedAnswer,
    JournalAnswer,
    JournalPush,
    Me,
    Refused,
    WantAsk,
)
from tests.unit.sync.certificates import self_signed
from tests.unit.sync.serving import Asked, HangUp, Reply, Serving, message, serving

ME = Me(node="n1", store="S1", confirmed=True, fingerprint="f" * 16)


@pytest.fixture
def parent() -> Iterator[Serving]:
    with serving(lambda _asked: message(ME)) as made:
        yield made


@pytest.fixture
def client(parent: Serving) -> Iterator[Client]:
    made = Client(Address(parent.url, token="secret"))
    yield made
    made.close()


def test_an_answer_comes_with_the_time_it_took(client: Client) -> None:
    outcome = client.me()
    assert isinstance(outcome, Answer)
    assert outcome.message == ME
    assert outcome.seconds > 0


def test_the_token_goes_in_a_header_and_nowhere_else(client: Client, parent: Serving) -> None:
    client.me()
    client.push(JournalPush(node="n1", epoch="e", from_seq=1, ops=[]))
    for asked in parent.asked:
        assert asked.headers["authorization"] == "Bearer secret"
        assert "secret" not in asked.path
        assert b"secret" not in asked.raw


def test_a_device_without_a_token_sends_none(parent: Serving) -> None:
    client = Client(Address(parent.url))
    client.me()
    client.close()
    assert "authorization" not in parent.asked[0].headers


def test_a_large_message_travels_packed_and_a_small_one_plain(client: Client, parent: Serving) -> None:
    client.push(JournalPush(node="n" * 5000, epoch="e", from_seq=1, ops=[]))
    client.push(JournalPush(node="n", epoch="e", from_seq=1, ops=[]))
    large, small = parent.asked
    assert large.headers["content-encoding"] == "gzip"
    assert len(large.raw) < 500
    assert codec.decode(large.body, JournalPush).node == "n" * 5000
    assert "content-encoding" not in small.headers


def test_a_packed_answer_is_unpacked(client: Client, parent: Serving) -> None:
    parent.answering = lambda _asked: message(ME, packed=True)
    assert isinstance(client.me(), Answer)
    assert parent.asked[0].headers["accept-encoding"] == "gzip"


def test_an_answer_in_chunks_is_read_to_its_end(client: Client, parent: Serving) -> None:
    body = codec.encode(ME)
    chunked = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (5, body[:5], len(body) - 5, body[5:])
    parent.answering = lambda _asked: Reply(200, chunked, {"Transfer-Encoding": "chunked"})
    assert isinstance(client.me(), Answer)


def test_the_feed_is_asked_with_its_cursor(client: Client, parent: Serving) -> None:
    said = FeedAnswer(cursor="p:e:7", position=7, last=9, ops=[], now="2026-11-20T15:00:00.000Z")
    parent.answering = lambda _asked: message(said)
    outcome = client.feed("p:e:3", 12, 100, 0.0)
    assert isinstance(outcome, Answer)
    assert outcome.message == said
    assert parent.asked[0].path == "/v1/feed?cursor=p%3Ae%3A3&acknowledged=12&limit=100&wait=0"


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, "unauthorized"),
        (403, "unconfirmed"),
        (409, "fork"),
        (413, "too-large"),
        (422, "damaged"),
        (429, "too-many"),
    ],
)
def test_a_refusal_says_why(client: Client, parent: Serving, status: int, error: str) -> None:
    parent.answering = lambda _asked: message(Refused(error=error, wanted_seq=4), status, Retry_After="3")
    assert client.me() == Denied(Refused(error=error, wanted_seq=4), status, 3.0)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_in_trouble_is_no_answer_and_says_when_to_come_back(
    client: Client, parent: Serving, status: int
) -> None:
    parent.answering = lambda _asked: Reply(status, b"<html>", {"Retry-After": "17"})
    assert client.me() == Unreachable(LinkReason.BUSY, 17.0)


@pytest.mark.parametrize("later", ["Wed, 21 Oct 2026 07:28:00 GMT", "-5", "soon", "9" * 30, ""])
def test_a_retry_after_that_is_no_number_of_seconds_is_passed_over(
    client: Client, parent: Serving, later: str
) -> None:
    parent.answering = lambda _asked: Reply(503, b"", {"Retry-After": later})
    assert client.me() == Unreachable(LinkReason.BUSY)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"<html>sign in to the hotel</html>"),
        Reply(200, b""),
        Reply(200, b"\xff\xfe"),
        Reply(200, b'{"node": 1}'),
        Reply(302, b"", {"Location": "http://127.0.0.1:1/portal"}),
        Reply(404, b"not found"),
        Reply(403, b"<html>forbidden</html>"),
        Reply(200, b"no gzip at all", {"Content-Encoding": "gzip"}),
        Reply(200, codec.pack(codec.encode(ME))[:-9], {"Content-Encoding": "gzip"}),
    ],
)
def test_whoever_answers_something_else_is_no_head_office(
    client: Client, parent: Serving, reply: Reply
) -> None:
    parent.answering = lambda _asked: reply
    assert client.me() == Unreachable(LinkReason.NOT_HEAD_OFFICE)


def test_a_redirect_is_not_followed(client: Client, parent: Serving) -> None:
    parent.answering = lambda _asked: Reply(307, b"", {"Location": f"{parent.url}/elsewhere"})
    client.me()
    assert len(parent.asked) == 1


def test_an_answer_that_unpacks_to_more_than_agreed_is_not_unpacked(client: Client, parent: Serving) -> None:
    bomb = codec.pack(b" " * (codec.MOST_BYTES + 10))
    parent.answering = lambda _asked: Reply(200, bomb, {"Content-Encoding": "gzip"})
    assert client.me() == Unreachable(LinkReason.NOT_HEAD_OFFICE)


@pytest.mark.parametrize("declared", [True, False])
def test_an_answer_larger_than_agreed_is_not_read(client: Client, parent: Serving, declared: bool) -> None:
    data = b" " * (codec.MOST_BYTES + 10)
    chunk = b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)
    parent.answering = lambda _asked: (
        Reply(200, data) if declared else Reply(200, chunk, {"Transfer-Encoding": "chunked"})
    )
    assert client.me() == Unreachable(LinkReason.NOT_HEAD_OFFICE)


@pytest.mark.parametrize("cut", [0, 1, 20])
def test_an_answer_that_breaks_off_is_none(client: Client, parent: Serving, cut: int) -> None:
    parent.answering = lambda _asked: Reply(200, codec.encode(ME), cut=cut)
    assert client.me() == Unreachable(LinkReason.NO_CONNECTION)


def test_a_line_that_is_closed_without_an_answer_is_no_connection(client: Client, parent: Serving) -> None:
    def hang_up(_asked: Asked) -> Reply:
        raise HangUp

    parent.answering = hang_up
    assert client.me() == Unreachable(LinkReason.NO_CONNECTION)
    parent.answering = lambda _asked: message(ME)
    assert isinstance(client.me(), Answer)


def test_nobody_listens_at_the_port() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert Client(Address(url)).me() == Unreachable(LinkReason.NO_CONNECTION)


@pytest.mark.parametrize(
    "url", ["http://", "", "nonsense", "http://[::1", "ftp://127.0.0.1", "http://127.0.0.1:99999"]
)
def test_an_address_that_is_none_is_no_connection(url: str) -> None:
    assert isinstance(Client(Address(url)).me(), Unreachable)


def test_a_name_that_nobody_knows_is_said_to_be_unknown() -> None:
    assert Client(Address("http://no-such-name.invalid")).me() == Unreachable(LinkReason.NAME_UNKNOWN)


def test_a_want_is_given_up_after_its_time_although_the_parent_is_silent(parent: Serving) -> None:
    def say_nothing(_asked: Asked) -> Reply:
        parent.over.wait()
        return Reply()

    parent.answering = say_nothing
    client = Client(Address(parent.url))
    assert client.want(WantAsk(want_id="w", parts=[]), 0.05) == Unreachable(LinkReason.TIMEOUT)


def test_a_body_that_drips_is_given_up_when_its_time_is_over(parent: Serving) -> None:
    ticks = iter(range(0, 100_000, 100))
    client = Client(Address(parent.url), monotonic=lambda: float(next(ticks)))
    assert client.me() == Unreachable(LinkReason.TIMEOUT)


def _interrupted(client: Client, parent: Serving, *, for_good: bool) -> Unreachable:
    """A long poll, cut off by another thread as soon as it has reached the parent."""
    begun = threading.Event()

    def hold(_asked: Asked) -> Reply:
        begun.set()
        parent.over.wait()
        return Reply()

    def cut() -> None:
        begun.wait()
        client.interrupt(for_good=for_good)

    parent.answering = hold
    cutting = threading.Thread(target=cut)
    cutting.start()
    outcome = client.feed("", 0, 1, 25.0)
    cutting.join()
    assert isinstance(outcome, Unreachable)
    return outcome


def test_another_thread_ends_a_long_poll(client: Client, parent: Serving) -> None:
    assert _interrupted(client, parent, for_good=False).reason is LinkReason.INTERRUPTED
    parent.answering = lambda _asked: message(ME)
    assert isinstance(client.me(), Answer)


def test_what_was_ended_for_good_asks_nothing_more(client: Client, parent: Serving) -> None:
    assert _interrupted(client, parent, for_good=True).reason is LinkReason.INTERRUPTED
    before = len(parent.asked)
    assert client.me() == Unreachable(LinkReason.INTERRUPTED)
    assert len(parent.asked) == before


def test_a_request_that_was_announced_can_be_ended_before_it_begins(client: Client, parent: Serving) -> None:
    client.prepare()
    client.interrupt()
    assert client.me() == Unreachable(LinkReason.INTERRUPTED)
    assert isinstance(client.me(), Answer)
    assert len(parent.asked) == 1


def test_an_interrupt_between_two_requests_ends_neither(client: Client) -> None:
    assert isinstance(client.me(), Answer)
    client.interrupt()
    assert isinstance(client.me(), Answer)


def test_proxies_and_certificates_of_the_environment_are_not_looked_at(
    parent: Serving, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("no_proxy", "")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "none"))
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    client = Client(Address(parent.url))
    assert isinstance(client.me(), Answer)
    client.close()
    assert "authorization" not in parent.asked[0].headers


def test_a_proxy_that_was_named_is_used(parent: Serving) -> None:
    client = Client(Address("http://head-office.invalid", proxy=parent.url))
    assert isinstance(client.me(), Answer)
    client.close()
    assert parent.asked[0].path == "http://head-office.invalid/v1/me"


def test_a_proxy_that_is_not_there_is_named_as_the_trouble() -> None:
    client = Client(Address("https://head-office.invalid", proxy="http://127.0.0.1:1"))
    assert client.me() == Unreachable(LinkReason.PROXY)


def test_a_proxy_that_asks_who_we_are_is_named_as_the_trouble(client: Client, parent: Serving) -> None:
    parent.answering = lambda _asked: Reply(407, b"")
    assert client.me() == Unreachable(LinkReason.PROXY)


def test_a_certificate_that_was_given_is_trusted_and_an_unknown_one_is_not(tmp_path: Path) -> None:
    certificate, other = self_signed(tmp_path / "a.pem"), self_signed(tmp_path / "b.pem")
    with serving(lambda _asked: message(ME), certificate) as parent:
        trusted = Client(Address(parent.url, certificate=str(certificate)))
        assert isinstance(trusted.me(), Answer)
        trusted.close()
        for doubtful in ("", str(other), str(tmp_path / "missing.pem")):
            client = Client(Address(parent.url, certificate=doubtful))
            assert client.me() == Unreachable(LinkReason.CERTIFICATE)
            client.close()


def test_a_long_poll_over_tls_ends_at_once_too(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path / "a.pem")
    with serving(lambda _asked: message(ME), certificate) as parent:
        client = Client(Address(parent.url, certificate=str(certificate)))
        assert _interrupted(client, parent, for_good=True).reason is LinkReason.INTERRUPTED
        client.close()


def test_every_call_goes_where_the_protocol_says(client: Client, parent: Serving) -> None:
    client.enroll(EnrollAsk(code="c", public_key="k", device_name="d", node="n", epoch="e"))
    parent.answering = lambda _asked: message(JournalAnswer(applied_seq=1, durable_seq=1))
    client.push(JournalPush(node="n", epoch="e", from_seq=1, ops=[]))
    client.want(WantAsk(want_id="w", parts=[]), 5.0)
    assert [(asked.method, asked.path) for asked in parent.asked] == [
        ("POST", "/v1/enroll"),
        ("POST", "/v1/journal"),
        ("POST", "/v1/want"),
    ]
