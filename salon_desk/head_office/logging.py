"""The server's log: one JSON object a line on stderr, without personal data.

A request is its method, the template of its path, status, milliseconds and the device's node: never a query string, a
body or an address. Whoever does not read the log loses lines; the server never waits for them.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import sys
import threading
from datetime import UTC, datetime

MOST_WAITING = 10_000
"""Lines; what comes beyond them is counted and told when there is room again."""
SECONDS_AT_END = 1.0

_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


class JsonLines(logging.Formatter):
    """A record as one line of JSON, with whatever fields were given to it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line break in it."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
            "event": record.getMessage(),
        }
        told |= {name: value for name, value in vars(record).items() if name not in _PLAIN}
        if record.exc_info:
            told["trouble"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


class Unhurried(logging.Handler):
    """Hands lines to a thread that writes them; one that is stuck because nobody reads holds nobody up."""

    def __init__(self, descriptor: int, most: int = MOST_WAITING) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self._descriptor = descriptor
        self._lines: queue.Queue[str | None] = queue.Queue(most)
        self._lost = 0
        self._thread = threading.Thread(target=self._write, name="log", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        """Any thread."""
        try:
            line = self.format(record)
            if self._lost:
                line = (
                    f'{line}\n{{"level": "WARNING", "event": "log lines were lost", "lines": {self._lost}}}'
                )
            self._lines.put_nowait(line)
            self._lost = 0
        except queue.Full:
            self._lost += 1
        except Exception:
            self.handleError(record)

    def close(self) -> None:
        """Give the last lines a moment to be read."""
        with contextlib.suppress(queue.Full):
            self._lines.put_nowait(None)
        self._thread.join(SECONDS_AT_END)
        super().close()

    def _write(self) -> None:
        while (line := self._lines.get()) is not None:
            data = f"{line}\n".encode("utf-8", "backslashreplace")
            try:
                while data:
                    data = data[os.write(self._descriptor, data) :]
            except OSError:
                return


def log_as_json(level: int = logging.INFO) -> logging.Handler:
    """Everything that this process logs goes to stderr as JSON from now on. The caller closes the handler at the end."""
    handler = Unhurried(sys.stderr.fileno())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("salon_desk").setLevel(level)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    return handler
