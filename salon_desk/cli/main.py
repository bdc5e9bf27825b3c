"""The frame of all commands: which there are, how they end, and what a refusal looks like.

No command's own work lives here. Only the module of the command that was asked for is imported; what is not in this
version is refused before anything is parsed.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

from salon_desk import __version__
from salon_desk.cli.errors import NotInThisVersion, UsageRefused
from salon_desk.domain.errors import DomainError

COMMANDS: Final = {
    "run": "the touch screen",
    "day": "a scripted trading day through the same services and devices, without a screen",
    "journal": "the recorded operations, one a line",
    "verify": "rebuild every projection from the journal and compare",
    "report": "X, Z, daily and liability reports",
    "label": "labels for shelf and product",
    "export": "the ledger for an accountant",
    "import": "members and what is owed to them, from the old system",
    "member": "everything of one person as a file, or erased everywhere",
    "messages": "what was sent, to whom and why, and what came of it",
    "channels": "by which accounts messages are sent, and whether they work",
    "wallets": "by which account WeChat Pay and Alipay are taken, and whether it works",
    "emulate": "a device on a pseudo-terminal, for trying things without hardware",
    "head-office": "the server of a chain, and the codes of its tills",
    "hub": "the tills of one shop together while the line to head office is down",
    "bench": "the benchmarks, each with its floor measured in the same run",
    "simulate": "a chain with outages lived through in one process",
}
_MODULES: Final = {"import": "importing"}
"""Where a command's name is none that a module may have."""
LATER: Final = ("backup", "restore", "doctor")

SUCCESS, FAILURE, REFUSED, INTERRUPTED = 0, 1, 2, 130

_log = logging.getLogger("salon_desk")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status. SystemExit (2, or 0 for --help) comes from argparse."""
    _prepare_streams()
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        refuse_later(words)
        arguments = parser(words).parse_args(words)
        status = int(arguments.func(arguments))
        sys.stdout.flush()
    except (DomainError, UsageRefused) as refusal:
        return _refused(refusal)
    except BrokenPipeError:
        _forget_stdout()
        return FAILURE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:
        _log.exception("the command failed")
        return FAILURE
    return status


def refuse_later(words: Sequence[str]) -> None:
    """Raise NotInThisVersion for a command that a later version brings."""
    if words and words[0] in LATER:
        raise NotInThisVersion(words[0])


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The parser: the asked command with its options, the others by name only."""
    top = _Parser(prog="salon-desk", description="Point of sale for beauty salons, nail studios and spas.")
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    subparsers = top.add_subparsers(metavar="COMMAND", required=True)
    asked = words[0] if words else ""
    for name, summary in COMMANDS.items():
        if name == asked:
            module = _MODULES.get(name, name.replace("-", "_"))
            import_module(f"salon_desk.cli.{module}").add_parser(subparsers)
        else:
            subparsers.add_parser(name, help=summary)
    return top


class _Parser(argparse.ArgumentParser):
    """Options are written out in full, and a mistake is one line after the usage."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **given})

    def error(self, message: str) -> NoReturn:
        self.exit(REFUSED, f"{self.format_usage()}{self.prog}: {' '.join(message.split())}\n")


def _refused(refusal: DomainError | UsageRefused) -> int:
    from salon_desk.cli.error_text import refusal_line
    from salon_desk.i18n import Catalogue
    from salon_desk.settings import language_of

    print(refusal_line(refusal, Catalogue.load(language_of())), file=sys.stderr)
    return REFUSED


def _prepare_streams() -> None:
    """UTF-8 whatever the machine's locale says, and logs on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )


def _forget_stdout() -> None:
    """Whoever read our output is gone: nothing may complain of it at the end of the process."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
