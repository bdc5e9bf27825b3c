"""A text as the squares of a QR code: rows of dark and light, without a quiet zone, painted by whoever shows it.

No picture and no paper lives here (a printed code is `devices/codes.py`). Level M; the writer of codes is loaded on first use.
"""

from __future__ import annotations

from functools import lru_cache

QUIET = 4
"""Light squares that must stand around it on every side (ISO/IEC 18004)."""

Squares = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=16)
def squares(text: str) -> Squares:
    """The smallest code that holds the text. Raises ValueError when none does."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.exceptions import DataOverflowError

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, box_size=1)
    code.add_data(text)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise ValueError("too long for a code") from error
    return tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())


def version(made: Squares) -> int:
    """Which of the forty sizes it is."""
    return (len(made) - 17) // 4
