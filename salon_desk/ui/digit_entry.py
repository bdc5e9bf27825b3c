"""What digits typed on a pad come to: money through the cents, or a count. A value, no Qt.

No widget lives here. Typing 4 8 3 9 makes $0.04, $0.48, $4.83, $48.39, as on every till.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from salon_desk.domain.money import Money


@dataclass(frozen=True, slots=True)
class DigitEntry:
    """Digits typed so far, at most `most` of them. Every change is a new value."""

    digits: str = ""
    most: int = 7

    def press(self, keys: str) -> DigitEntry:
        """Add "7" or "00"; a key that would go over the limit does nothing."""
        typed = (self.digits + keys).lstrip("0")
        return self if len(typed) > self.most else replace(self, digits=typed)

    def erase(self) -> DigitEntry:
        """Take the last digit away."""
        return replace(self, digits=self.digits[:-1])

    def clear(self) -> DigitEntry:
        """Start again."""
        return replace(self, digits="")

    @property
    def number(self) -> int:
        """The digits as a count; 0 for none."""
        return int(self.digits or "0")

    def money(self, currency: str) -> Money:
        """The digits as cents."""
        return Money(self.number, currency)

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.digits
