"""The window stands early: it, its theme and its widgets import nothing slow before that is needed."""

from __future__ import annotations

import subprocess
import sys

_SLOW = {
    "pypinyin",
    "PIL",
    "sqlalchemy",
    "escpos",
    "requests",
    "openpyxl",
    "babel",
    "alembic",
    "fpdf",
    "qrcode",
}
_IMPORT_ALL = """
import importlib, pkgutil, sys
import salon_desk.ui.app, salon_desk.ui.background, salon_desk.ui.main_window
import salon_desk.ui.theme, salon_desk.ui.widgets
for room in (salon_desk.ui.theme, salon_desk.ui.widgets):
    for module in pkgutil.iter_modules(room.__path__, room.__name__ + "."):
        importlib.import_module(module.name)
print(" ".join(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_no_slow_library_is_imported_with_the_screens_foundation() -> None:
    said = subprocess.run([sys.executable, "-c", _IMPORT_ALL], capture_output=True, text=True, check=True)
    assert _SLOW & set(said.stdout.split()) == set()


def test_presenters_can_import_values_and_tasks_without_qt() -> None:
    code = (
        "import sys, salon_desk.ui.tasks, salon_desk.ui.view_values, salon_desk.ui.digit_entry, "
        "salon_desk.ui.error_text, salon_desk.ui.theme.tokens; "
        "assert not any(name.startswith('PySide6') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
