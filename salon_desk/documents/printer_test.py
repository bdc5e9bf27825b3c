"""What a printer prints when somebody tries it: both scripts, sizes, aligned amounts, a QR code and a barcode.

No fact of the shop but its name stands here. Whoever reads it sees at a glance what a receipt will look like.
"""

from __future__ import annotations

from salon_desk.documents.layout import (
    Align,
    Banner,
    BarcodeRow,
    Document,
    QrRow,
    Rule,
    TextRow,
    amount_row,
)
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue


def printer_test(shop: Names, say: Catalogue) -> Document:
    """The test page; pure."""
    return Document(
        "test",
        say.language,
        (
            TextRow(shop.in_language(say.language), bold=True, size=2, align=Align.CENTRE),
            TextRow(say.text("Printer test"), align=Align.CENTRE),
            Rule(),
            amount_row("凝胶美甲 Gel Manicure", "$45.00"),
            amount_row("护手霜 Hand Cream", "$1,118.00"),
            Rule(double=True),
            amount_row(say.text("Total"), "$1,163.00", bold=True, size=2),
            Banner(say.text("COPY")),
            QrRow("SD:TEST"),
            BarcodeRow("TEST-000001"),
        ),
    )
