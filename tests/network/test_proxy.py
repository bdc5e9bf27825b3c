"""The proxy itself: it passes on what it should, commits each fault, and can be cut and mended."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from tests.network.proxy import Fault, FaultProxy, Line

BODY = b"x" * 4_000


class _Real(ThreadingHTTPServer):
    """Answers with what it was sent, and notes it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Echo)
        self.bodies: list[bytes] = []
        self.arrived = threading.Condition()

    def wait_for(self, number: int) -> None:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.bodies) >= number, 10)


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Real

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) == length:
            with self.server.arrived:
                self.server.bodies.append(body)
                self.server.arrived.notify_all()
            self.send_response(200)
            self.send_header("Content-Length", str(length))
            self.send_header("X-Told", self.headers.get("X-Asked", ""))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        """Quiet."""


@pytest.fixture
def real() -> Iterator[_Real]:
    """A server that is well."""
    with _Real() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_line_that_is_up_changes_nothing(real: _Real) -> None:
    with FaultProxy(real.server_address[:2], seed=1, probability=1.0) as proxy, requests.Session() as session:
        for _ in range(5):
            answer = _post(session, proxy)
            assert (answer.content, answer.headers["X-Told"]) == (BODY, "this")
        assert (proxy.counts["requests"], proxy.faults_done) == (5, 0)


@pytest.mark.parametrize("fault", [Fault.REQUEST_LOST, Fault.REQUEST_CUT])
def test_what_is_lost_on_its_way_there_never_arrives(real: _Real, fault: Fault) -> None:
    with _bad(real, fault) as proxy, requests.Session() as session:
        with pytest.raises(requests.RequestException):
            _post(session, proxy)
        proxy.turn(Line.UP)
        _post(session, proxy)
        assert real.bodies == [BODY]


@pytest.mark.parametrize("fault", [Fault.ANSWER_LOST, Fault.ANSWER_CUT])
def test_what_is_lost_on_its_way_back_has_arrived(real: _Real, fault: Fault) -> None:
    with _bad(real, fault) as proxy, requests.Session() as session:
        with pytest.raises(requests.RequestException):
            _post(session, proxy)
        assert real.bodies == [BODY]
        assert proxy.counts[fault] == 1


@pytest.mark.parametrize("fault", [Fault.TWICE, Fault.AGAIN_LATER])
def test_what_is_doubled_arrives_twice_and_is_answered_once(real: _Real, fault: Fault) -> None:
    with _bad(real, fault) as proxy, requests.Session() as session:
        assert _post(session, proxy).content == BODY
        real.wait_for(2)
        assert real.bodies == [BODY, BODY]


def test_a_busy_line_says_so_without_asking(real: _Real) -> None:
    with _bad(real, Fault.BUSY) as proxy, requests.Session() as session:
        assert _post(session, proxy).status_code == 503
        assert real.bodies == []


def test_what_is_delayed_arrives(real: _Real) -> None:
    with _bad(real, Fault.DELAYED) as proxy, requests.Session() as session:
        assert _post(session, proxy).content == BODY
        assert proxy.counts[Fault.DELAYED] == 1


def test_a_line_that_is_cut_answers_nobody_until_it_is_mended(real: _Real) -> None:
    with FaultProxy(real.server_address[:2], seed=1) as proxy, requests.Session() as session:
        _post(session, proxy)
        proxy.turn(Line.DOWN)
        with pytest.raises(requests.RequestException):
            _post(session, proxy)
        proxy.turn(Line.UP)
        assert _post(session, proxy).content == BODY


def test_a_quarter_of_many_requests_meets_a_fault_and_the_same_seed_draws_the_same(real: _Real) -> None:
    told = []
    for _ in range(2):
        quick = (Fault.REQUEST_LOST, Fault.ANSWER_LOST, Fault.BUSY)
        with FaultProxy(
            real.server_address[:2], seed=7, probability=0.25, faults=quick, line=Line.FAULTY
        ) as proxy:
            for _ in range(200):
                with requests.Session() as session, contextlib.suppress(requests.RequestException):
                    _post(session, proxy)
            told.append(dict(proxy.counts))
    assert told[0] == told[1]
    assert 30 <= sum(told[0][fault] for fault in quick) <= 70


def _bad(real: _Real, fault: Fault) -> FaultProxy:
    return FaultProxy(real.server_address[:2], seed=1, probability=1.0, faults=(fault,), line=Line.FAULTY)


def _post(session: requests.Session, proxy: FaultProxy) -> requests.Response:
    session.trust_env = False
    return session.post(f"{proxy.url}/v1/x", data=BODY, headers={"X-Asked": "this"}, timeout=10)
