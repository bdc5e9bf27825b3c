"""Providers that end with the test, and what they would not have taken is a failure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.channels.twilio_server import TwilioServer


@pytest.fixture
def twilio_server() -> Iterator[TwilioServer]:
    server = TwilioServer()
    yield server
    server.close()
    assert server.problems == []
