"""ESC/POS bytes as commands, however they are cut into reads. Syntax only.

What a command does lives in `printer`. The one rule to know: a real-time command (DLE) is seen only
where a command may begin, never inside the data of a picture.
"""

from __future__ import annotations

from dataclasses import dataclass

_PARAMETERS: dict[bytes, int] = {
    b"\x10\x04": 1,  # DLE EOT n: status at once
    b"\x10\x05": 1,  # DLE ENQ n
    b"\x10\x14": 3,  # DLE DC4 1 m t: drawer at once
    b"\x1b@": 0,
    b"\x1b!": 1,
    b"\x1bE": 1,
    b"\x1bG": 1,
    b"\x1b-": 1,
    b"\x1bM": 1,
    b"\x1ba": 1,
    b"\x1b{": 1,
    b"\x1bt": 1,
    b"\x1bR": 1,
    b"\x1b2": 0,
    b"\x1b3": 1,
    b"\x1bJ": 1,
    b"\x1bd": 1,
    b"\x1bp": 3,
    b"\x1bi": 0,
    b"\x1bm": 0,
    b"\x1b ": 1,
    b"\x1b$": 2,
    b"\x1dL": 2,
    b"\x1dW": 2,
    b"\x1dP": 2,
    b"\x1db": 1,
    b"\x1dB": 1,
    b"\x1d!": 1,
    b"\x1dV": 1,
    b"\x1da": 1,
    b"\x1dr": 1,
    b"\x1dv0": 5,
    b"\x1c.": 0,
    b"\x1c&": 0,
}
_LEADS = frozenset(prefix[0] for prefix in _PARAMETERS)
_CUTS_WITH_FEED = (65, 66, 97, 98, 103, 104)
_TEXT_FROM = 0x20


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name as written in the manual's bytes (b"" for text), parameters, data."""

    name: bytes
    parameters: bytes = b""
    data: bytes = b""

    @property
    def real_time(self) -> bool:
        """Whether it is obeyed at once, before what waits."""
        return self.name.startswith(b"\x10")


class CommandStream:
    """Keeps the beginning of a command until the rest has come."""

    def __init__(self) -> None:
        self._waiting = b""

    def feed(self, data: bytes) -> list[Command]:
        """The commands that are complete with these bytes; text may come in several runs."""
        stream = self._waiting + data
        commands: list[Command] = []
        at = 0
        while at < len(stream):
            found = _command(stream, at)
            if found is None:
                break
            command, at = found
            if command is not None:
                commands.append(command)
        self._waiting = stream[at:]
        return commands

    def forget(self) -> None:
        """The line was cut: what was begun will not be ended."""
        self._waiting = b""


def _command(stream: bytes, at: int) -> tuple[Command | None, int] | None:
    """The command at this place and where the next begins; None while bytes are missing."""
    first = stream[at]
    if first >= _TEXT_FROM:
        end = at
        while end < len(stream) and stream[end] >= _TEXT_FROM:
            end += 1
        return Command(b"", b"", stream[at:end]), end
    if first not in _LEADS:
        return (Command(b"\n") if first == 0x0A else None), at + 1
    for length in (3, 2):
        name = stream[at : at + length]
        if name in _PARAMETERS:
            return _with_data(name, stream, at + len(name))
    if len(stream) - at < 3:
        return None
    return None, at + 2  # unknown: skipped, as a printer does


def _with_data(name: bytes, stream: bytes, at: int) -> tuple[Command, int] | None:
    end = at + _PARAMETERS[name]
    if len(stream) < end:
        return None
    parameters = stream[at:end]
    size = 0
    if name == b"\x1dv0":
        size = int.from_bytes(parameters[1:3], "little") * int.from_bytes(parameters[3:5], "little")
    elif name == b"\x1dV" and parameters[0] in _CUTS_WITH_FEED:
        size = 1
    if len(stream) < end + size:
        return None
    return Command(name, parameters, stream[end : end + size]), end + size
