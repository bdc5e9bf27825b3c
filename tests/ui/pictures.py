"""A picture of a window for a person to look at; quickly written, for nobody keeps it long."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

QUICK = 80
"""Of Qt's qualities of a PNG: the least compression that is one. All of them are without loss."""


def take(widget: QWidget, path: Path) -> None:
    """Write what a widget shows now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    assert widget.grab().save(str(path), "PNG", QUICK)
