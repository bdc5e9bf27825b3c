"""Messages as SnapPay signs them: the fields in order of their names, joined, with the key behind them, as MD5.

Which fields there are is in `snappay.py`. Facts: "SnapPay OpenAPI", Security Specifications (developer.snappay.ca/openapi.html), and
how SnapPay's own Java SDK 1.2.0-RC4 signs. The rule to know: a number is signed as it was written, so it is never made a number here.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Final

_UNSIGNED: Final = frozenset({"sign", "sign_type"})
_MORE_ESCAPES: Final = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029"})


class Digits(str):
    """A number as it stood in the message."""

    __slots__ = ()


def read(body: bytes) -> dict[str, Any]:
    """The object that it is, its numbers as `Digits`; empty when it is none."""
    try:
        found = json.loads(body, parse_float=Digits, parse_int=Digits, parse_constant=Digits)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def signature(fields: Mapping[str, Any], key: str) -> str:
    """What stands in the field `sign`: 32 hex digits."""
    joined = "&".join(
        f"{name}={value if isinstance(value, str) else _written(value)}"
        for name, value in sorted(fields.items())
        if name not in _UNSIGNED and value is not None and value != ""
    )
    # the algorithm is the provider's, and the key in it is what nobody else has
    return hashlib.md5(f"{joined}{key}".encode(), usedforsecurity=False).hexdigest()


def is_genuine(fields: Mapping[str, Any], key: str) -> bool:
    """Whether whoever wrote this has the key."""
    told = fields.get("sign")
    return isinstance(told, str) and hmac.compare_digest(told.encode(), signature(fields, key).encode())


def _written(value: Any) -> str:
    """As compact JSON, what is null left out of objects."""
    match value:
        case Digits():
            return str(value)
        case dict():
            inside = (f"{_written(name)}:{_written(one)}" for name, one in value.items() if one is not None)
            return f"{{{','.join(inside)}}}"
        case list():
            return f"[{','.join(_written(one) for one in value)}]"
        case _:
            return json.dumps(value, ensure_ascii=False).translate(_MORE_ESCAPES)
