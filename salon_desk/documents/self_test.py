"""The page by which a printer shows what it can: numbered lines in every way of telling, to be looked at by a person.

Which profile follows from the answers is in `devices/self_test.py`. The one rule to know: the head is bare ASCII, which
every printer prints, and each line says in its own way what it is.
"""

from __future__ import annotations

from typing import Final

from salon_desk.documents.layout import Document, Row, SampleRow, Space, TextRow, Way

KIND: Final = "self_test"
SAMPLES: Final = (
    SampleRow(1, Way.DRAWN, "剪发 Haircut 李娜 $45.00"),
    SampleRow(2, Way.GB18030, "剪发 Haircut 李娜 $45.00"),
    SampleRow(3, Way.CP437, "Haircut José Nuñez $45.00"),
    SampleRow(4, Way.CP858, "Haircut José Nuñez €45.00"),
    SampleRow(5, Way.CP1252, "Haircut José Nuñez €45.00"),
)
"""The lines as they look where the printer knows the way; the screen shows them beside the questions."""


def self_test_page(language: str) -> Document:
    """The page; pure. `language` is only noted: nothing on it is translated, because nothing else may be readable."""
    rows: list[Row] = [TextRow("PRINTER SELF-TEST", native=True, bold=True), Space(2)]
    for sample in SAMPLES:
        rows += [sample, Space(2)]
    return Document(KIND, language, (*rows, TextRow("0123456789" * 5, native=True)))
