"""What a model of printer can do: paper, cutter, drawer, whether it answers; read from TOML.

No bytes are made here (see `escpos`). The profiles lie in `resources/printers`; the one rule to
know: a printer nobody knows is `generic-80mm` or `generic-58mm`, which every ESC/POS printer obeys.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum

import msgspec
from msgspec import Struct

from salon_desk.devices.errors import UnknownPrinterProfile
from salon_desk.documents.layout import Way
from salon_desk.settings import resource_folder

NATIVE_CELL_DOTS = 12
"""Width of a character of font A in dots, and of one cell of plain text on paper."""


class PrintMode(StrEnum):
    """How text becomes bytes. Raster is the portable way; text is for slow lines such as RS-232.

    TEXT is one code page, GB18030 the code of Chinese models; what a code has not is drawn, where the printer draws.
    """

    RASTER = "raster"
    TEXT = "text"
    GB18030 = "gb18030"


class Cutter(StrEnum):
    """What stands at the end of the paper's way."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class Answers(StrEnum):
    """Whether the printer answers status queries. `MAYBE`: it is asked, and believed once it has."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


class PrinterProfile(Struct, frozen=True, forbid_unknown_fields=True):
    """One model of printer. `width_dots` is what it prints across, `dpi` both ways; `draws`: it prints dots at all.

    `label_rows`: dots down one label, 0 for a roll without end; `gap_rows` to the next one.
    """

    name: str
    title: str
    paper_mm: int
    width_dots: int
    dpi: int = 203
    mode: PrintMode = PrintMode.RASTER
    code_page: Way = Way.CP437
    draws: bool = True
    cutter: Cutter = Cutter.PARTIAL
    feed_lines: int = 6
    answers: Answers = Answers.MAYBE
    confirms: bool = True
    label_rows: int = 0
    gap_rows: int = 0
    drawer_pin: int = 2
    kicks_when_blocked: bool = False

    @property
    def columns(self) -> int:
        """Cells of plain text across the paper."""
        return self.width_dots // NATIVE_CELL_DOTS


def profile_names() -> tuple[str, ...]:
    """The names of the profiles that come with the product."""
    found = (entry.name for entry in resource_folder("printers").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def load_profile(name: str) -> PrinterProfile:
    """A profile by name; UnknownPrinterProfile if none comes with the product."""
    if name not in profile_names():
        raise UnknownPrinterProfile(name)
    return parse_profile((resource_folder("printers") / f"{name}.toml").read_text("utf-8"), name)


def parse_profile(text: str, name: str) -> PrinterProfile:
    """A profile from TOML; msgspec.ValidationError or tomllib.TOMLDecodeError if it is damaged."""
    return msgspec.convert({"name": name, **tomllib.loads(text)}, PrinterProfile)
