"""The page as a real browser shows it: a person taps the button, and the code on the screen is one that the till takes.

Chromium, where it is installed (`installer/test.sh` does so for root on Debian); elsewhere skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest
from PIL import Image

from salon_desk.wire import bridge
from tests.integration.head_office.page_codes import read_picture
from tests.integration.head_office.phone import Phone, issue
from tests.integration.head_office.serving import HeadOffice

PICTURES = Path(__file__).parents[3] / "artefacts" / "pictures"
_NAMES = (os.environ.get("SALON_DESK_BROWSER", ""), "chromium", "chromium-browser", "google-chrome", "chrome")
BROWSER = next((found for name in _NAMES if name and (found := shutil.which(name))), None)
_WITHIN_S = 60

pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed"),
    pytest.mark.parametrize("place", ["sqlite"], indirect=True),
]


def photograph(address: str, name: str, profile: Path, language: str) -> Path:
    """What a telephone of 412 by 915 points shows at an address."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    saved = PICTURES / f"{name}-{language}.png"
    assert BROWSER is not None
    words = [
        BROWSER,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--no-first-run",
        f"--user-data-dir={profile}",
        f"--accept-lang={language}",
        "--window-size=412,915",
        "--force-device-scale-factor=2",
        "--virtual-time-budget=5000",
        f"--screenshot={saved}",
        address,
    ]
    subprocess.run(words, check=True, timeout=_WITHIN_S, capture_output=True)
    return saved


def test_a_tap_shows_a_code_that_the_till_takes(served: HeadOffice, tmp_path: Path) -> None:
    issue(served)
    phone, profile = Phone(served), tmp_path / "profile"
    link = phone.link()
    photograph(link, "bridge-ask", profile, "zh-CN")
    button = tmp_path / "tapped.html"
    form = f'<form method="post" action="{escape(link)}"></form>'
    button.write_text(f"{form}<script>document.forms[0].submit()</script>", "utf-8")
    with Image.open(photograph(button.as_uri(), "bridge-sent", profile, "en")) as shown:
        code = read_picture(shown.convert("L"))
    office = served.context.identity
    (slip,) = bridge.read_answer(bridge.named(code), office.node, phone.keys, office.public_key)
    assert slip.to_node == phone.device.node
