"""`head-office serve` in processes of its own, and the workers below it."""

from __future__ import annotations

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
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                words = (folder / "cmdline").read_text()
            except (OSError, IndexError):
                continue
            if parent == process.pid and "spawn_main" in words:
                found.append(int(folder.name))
    return found
