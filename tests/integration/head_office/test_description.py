"""What the server says of itself is true: its OpenAPI document, its health, its metrics, its log."""

from __future__ import annotations

import json
import logging
import os
import re
import threading

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from salon_desk.head_office import openapi
from salon_desk.head_office.access import Access, DatabaseTrouble
from salon_desk.head_office.app import ROUTES
from salon_desk.head_office.logging import JsonLines, Unhurried
from salon_desk.wire import messages
from tests.integration.head_office.serving import Device, HeadOffice, refused

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def test_every_route_is_described_and_nothing_else() -> None:
    assert set(openapi.ENDPOINTS) == set(ROUTES)


def test_the_messages_of_the_description_are_those_on_the_wire() -> None:
    _, components = msgspec.json.schema_components(
        [messages.JournalPush, messages.FeedAnswer], ref_template="#/components/schemas/{name}"
    )
    assert openapi.document()["components"]["schemas"].items() >= components.items()


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("route", sorted(ROUTES), ids=" ".join)
def test_the_server_keeps_to_its_own_description(served: HeadOffice, route: tuple[str, str]) -> None:
    """As one who has a token and as one who has none; what was recorded stands as it was, but for codes of the device."""
    device = served.device()
    device.recorded(2)
    schema = schemathesis.openapi.from_url(f"{served.url}/openapi.json")
    method, path = route
    operation = schema[path][method]
    position = served.position()

    @settings(
        max_examples=40,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), token=st.sampled_from([device.token, "nobody"]))
    def keeps_to_it(case: schemathesis.Case, token: str) -> None:
        (case.query or {}).pop("wait", None)
        case.headers = {**(case.headers or {}), "authorization": f"Bearer {token}"}
        case.call_and_validate(checks=_CHECKS, timeout=20)

    keeps_to_it()
    assert served.position() == position


def test_health_is_the_position_of_the_journal(served: HeadOffice) -> None:
    answer = Device(served.url).call("GET", "/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "position": served.position()})


def test_a_database_in_trouble_is_503_and_nothing_is_lost(
    served: HeadOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = served.device()
    ops = device.chain.record(2)

    async def trouble(*_arguments: object) -> object:
        raise DatabaseTrouble("disk-full")

    with monkeypatch.context() as broken:
        broken.setattr(Access, "read", trouble)
        for method, path in (("GET", "/health"), ("GET", "/v1/feed"), ("POST", "/v1/journal")):
            answer = device.call(method, path)
            assert refused(answer, 503).error == "unavailable"
            assert int(answer.headers["retry-after"]) > 0
    assert device.push(ops).status_code == 200


def test_a_bug_is_told_to_nobody_but_the_log(
    served: HeadOffice, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def bug(*_arguments: object) -> object:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Access, "read", bug)
    answer = Device(served.url).call("GET", "/health")
    assert (answer.status_code, answer.json()["error"]) == (500, "failed")
    assert "secret" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_metrics_count_requests_and_name_nobody(served: HeadOffice) -> None:
    device = served.device()
    device.recorded(3)
    told = device.call("GET", "/metrics").text
    assert 'salon_desk_requests_total{method="POST",route="/v1/journal",status="200"} 1' in told
    assert "salon_desk_operations_recorded_total 3" in told
    assert f"salon_desk_journal_position {served.position()}" in told
    assert 'salon_desk_children{confirmed="true"} 1' in told
    assert device.node not in told
    for line in told.splitlines():
        assert re.fullmatch(r'# TYPE \w+ (counter|gauge)|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? [0-9.]+', line)


@pytest.mark.parametrize("header", ["forwarded", "x-forwarded-for"])
def test_metrics_are_for_this_machine_and_not_for_whom_its_proxy_serves(
    served: HeadOffice, header: str
) -> None:
    answer = Device(served.url).call("GET", "/metrics", headers={header: "203.0.113.9"})
    assert (answer.status_code, answer.json()["error"]) == (403, "not-yours")


def test_the_log_has_route_status_and_node_and_no_query(
    served: HeadOffice, caplog: pytest.LogCaptureFixture
) -> None:
    device = served.device()
    caplog.clear()
    with caplog.at_level(logging.INFO, "salon_desk"):
        device.call("GET", "/v1/own", params={"epoch": "of-mine"})
        device.call("GET", "/v1/nothing/of-mine")
    (record,) = [one for one in caplog.records if one.message == "request"]
    line = json.loads(JsonLines().format(record))
    assert (line["method"], line["route"], line["status"], line["node"]) == (
        "GET",
        "/v1/own",
        200,
        device.node,
    )
    assert line["ms"] >= 0
    assert "of-mine" not in caplog.text + json.dumps(line)


def test_a_log_that_nobody_reads_holds_nobody_up() -> None:
    there, here = os.pipe()
    log = Unhurried(here, most=10)
    record = logging.makeLogRecord({"msg": "x" * 100_000, "levelname": "INFO"})
    for _ in range(50):
        log.emit(record)
    with open(there, "rb") as reading:
        told = threading.Thread(target=lambda: lines.append(reading.readline()))
        lines: list[bytes] = []
        told.start()
        told.join(20)
        assert json.loads(lines[0])["event"] == "x" * 100_000
    log.close()
    os.close(here)


def test_what_there_is_not_is_refused_in_the_same_words(served: HeadOffice) -> None:
    device = served.device()
    assert refused(device.call("GET", "/v1/nothing"), 404).error == "unknown"
    assert refused(device.call("DELETE", "/v1/feed"), 405).error == "unknown"
