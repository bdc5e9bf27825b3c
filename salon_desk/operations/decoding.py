"""JSON decoders of the frozen structs, each made once and never by two threads at the same time.

msgspec works out what a struct's fields are the first time that it is decoded, and while two threads do that for one struct
the process dies (seen with 0.22; a test holds it). So everything that more than one thread may decode is decoded from here;
a decoder that a module makes while it is imported is safe as well.
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_made: dict[type[Any], msgspec.json.Decoder[Any]] = {}
_making = threading.Lock()


def decoder_of(kind: type[T]) -> msgspec.json.Decoder[T]:
    """The decoder of `kind`; any thread."""
    found = _made.get(kind)
    if found is None:
        with _making:
            found = _made.get(kind)
            if found is None:
                found = _made[kind] = msgspec.json.Decoder(kind)
    return found
