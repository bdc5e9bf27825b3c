"""Which profile fits a printer, by what a person saw on its self-test page.

The page is in `documents/self_test.py`. Pure. The one rule to know: what can be drawn is drawn, unless the line is slow;
a printer that shows Chinese in no way fits no profile, because receipts have names on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.devices.url import DeviceUrl, SerialUrl
from salon_desk.documents.layout import Way

_PAGES: Final = (Way.CP858, Way.CP1252, Way.CP437)
"""Best first: the first two have the euro sign besides."""


@dataclass(frozen=True, slots=True)
class SelfTestAnswers:
    """What a person saw: the ways whose lines looked right, the width of the roll (80 or 58), and whether the line is slow."""

    right: frozenset[Way]
    paper_mm: int = 80
    slow: bool = False


def is_slow(url: DeviceUrl) -> bool:
    """Whether a drawn receipt takes seconds on this line: 68 kB are 6 s at 115,200 baud (PITFALLS 19)."""
    return isinstance(url, SerialUrl)


def profile_by_answers(answers: SelfTestAnswers) -> str | None:
    """The name of the profile that fits; None where none does, and the printer cannot serve here. Pure."""
    right, end = answers.right, f"{answers.paper_mm}mm"
    drawn, chinese = Way.DRAWN in right, Way.GB18030 in right
    page = next((page for page in _PAGES if page in right), None)
    if drawn and not answers.slow:
        return f"generic-{end}"
    if chinese:
        return f"gb18030-{end}" if drawn else f"gb18030-plain-{end}"
    if drawn:
        return f"text-{page.value}-{end}" if page else f"generic-{end}"
    return None
