"""A new PIN is typed twice, on the sheet that asks who spends and on a member's page. No Qt.

Who may set it is the service's business. The first entry is kept here until the second, and no longer.
"""

from __future__ import annotations

from salon_desk.i18n import Catalogue
from salon_desk.services.proof_errors import PinsDiffer


class NewPin:
    """Two entries of a PIN that have to be alike."""

    def __init__(self) -> None:
        self._first = ""

    def entered(self, pin: str) -> str:
        """Take an entry: the PIN when it is the second and like the first, empty after the first. Raises PinsDiffer."""
        first, self._first = self._first, ""
        if not first:
            self._first = pin
            return ""
        if pin != first:
            raise PinsDiffer
        return pin

    def forget(self) -> None:
        """Begin with the first entry again."""
        self._first = ""


def new_pin_title(words: Catalogue, *, again: bool) -> str:
    """What stands over the pad; `again`: the second entry is awaited."""
    if again:
        return words.text("Type the new PIN once more")
    return words.text("Choose a PIN of four to eight digits")
