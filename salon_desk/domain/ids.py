"""Ids as the house uses them: strings, made by a `NewId` that is handed in.

No randomness lives here (the concrete maker is in `bootstrap`); ids never carry order.
"""

from __future__ import annotations

from typing import Protocol


class NewId(Protocol):
    """Makes a fresh id; the product's own makes UUIDv7 strings, tests count upwards."""

    def __call__(self) -> str:
        """A fresh id, never given before."""
        ...
