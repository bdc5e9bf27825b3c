"""`head-office serve` in processes of its own, and the workers below it."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from pathlib import Path

from tests.integration.cli.commands import start


class Running:
    """`head-office serve` in a process of its own."""

    def __init__(self, *words: object) -> None:
        self.process = start("head-office", "serve", *words)
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    def end(self, by: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Exit status, the rest of stdout, and the log."""
        self.process.send_signal(by)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err

    def kill(self) -> None:
        """SIGKILL, if it still runs."""
        self.process.kill()
        self.process.communicate()


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """The worker processes below a supervisor."""
    below = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    found = []
    for number in map(int, below):
        with contextlib.suppress(OSError):
            if "spawn_main" in Path(f"/proc/{number}/cmdline").read_text():
                found.append(number)
    return found
