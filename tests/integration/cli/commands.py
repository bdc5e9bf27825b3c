"""Commands run as people run them: in a process of their own, with what they said apart by stream."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass

PYTHON = (sys.executable, "-m", "salon_desk")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str


def command(*words: object, environment: dict[str, str] | None = None) -> Ended:
    """Run a command to its end."""
    done = subprocess.run(
        [*PYTHON, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=english() | (environment or {}),
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def start(*words: object) -> subprocess.Popen[str]:
    """Start a command that does not end by itself."""
    return subprocess.Popen(
        [*PYTHON, *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=english(),
    )


def english() -> dict[str, str]:
    """This environment in English, without a display of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return kept | {"LC_ALL": "C.UTF-8"}
