"""The one family every screen is written in, loaded from its package (OFL, has all Chinese).

No size lives here (`tokens.Type`). The family has one weight; Qt emboldens it for 700, and all its
figures have one width, so columns of money line up without a font feature.
"""

from __future__ import annotations

import logging
from functools import cache
from importlib.resources import as_file, files

from PySide6.QtGui import QFont, QFontDatabase

from salon_desk.ui.theme.tokens import Type

_PACKAGE = "pylopdf_fonts_zh_cn"
_FILE = "NotoSansSC-Regular.otf"
_FALLBACK = "Noto Sans CJK SC"

_log = logging.getLogger(__name__)


@cache
def family() -> str:
    """Load the bundled font once and return its family; a fallback name, logged, if it is missing."""
    try:
        with as_file(files(_PACKAGE) / _FILE) as path:
            number = QFontDatabase.addApplicationFont(str(path))
    except ModuleNotFoundError:
        number = -1
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        _log.error("the bundled font %s could not be loaded", _FILE)
        return _FALLBACK
    return families[0]


def font(size: int = Type.BODY, *, bold: bool = False, stretch: int = 100) -> QFont:
    """The family at `size` pixels, `stretch` percent wide; a cached copy, so do not change it."""
    return _font(family(), size, bold, stretch)


@cache
def _font(name: str, size: int, bold: bool, stretch: int) -> QFont:
    result = QFont(name)
    result.setPixelSize(size)
    result.setStretch(stretch)
    result.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return result
