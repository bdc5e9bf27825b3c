"""Which addresses may be spoken to: one rule for the till that asks, the form that is typed and the server that serves."""

from __future__ import annotations

import pytest

from salon_desk.wire.address import is_safe, is_this_machine


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("localhost.evil.example", False),
        ("10.0.0.1", False),
        ("x", False),
        ("", False),
    ],
)
def test_this_machine_is_known_by_its_very_name(host: str, here: bool) -> None:
    assert is_this_machine(host) is here


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://head.example", True),
        ("http://127.0.0.1:8000", True),
        ("http://localhost", True),
        ("http://[::1]:80", True),
        ("http://head.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("http://localhost.evil.example", False),
        ("http://10.0.0.1", False),
        ("file:///etc/passwd", False),
        ("http://[broken", False),
        ("", False),
    ],
)
def test_a_token_never_leaves_the_machine_in_the_clear(url: str, safe: bool) -> None:
    assert is_safe(url) is safe
