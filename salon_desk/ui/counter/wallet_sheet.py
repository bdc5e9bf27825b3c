"""The sheet while a guest pays by a wallet: the code that the guest scans stands left, everything else as on a charge's sheet.

What it says is `wallet_face.py`'s. The code is the till's own order, never what the guest's wallet showed.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from salon_desk.i18n import Catalogue
from salon_desk.ui.counter.charge_face import ChargeFace
from salon_desk.ui.counter.charge_sheet import ChargeSheet
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.widgets.code_squares import CodeSquares
from salon_desk.wire.squares import squares

_WIDTH = 820


class WalletSheet(ChargeSheet):
    """Shows a `ChargeFace`, and a code where there is one."""

    def __init__(
        self, face: ChargeFace, words: Catalogue, to_scan: str, parent: QWidget | None = None
    ) -> None:
        code = CodeSquares(words.text("Code for the guest's phone"))
        super().__init__(face, parent, beside=code, width=_WIDTH)
        self.code = code
        self.mark.waiting = Icon.SCAN
        self.show_code(to_scan)

    def show_code(self, to_scan: str) -> None:
        """Another code, or none any more."""
        self.code.set_squares(squares(to_scan) if to_scan else ())
        self.code.setVisible(bool(to_scan))
