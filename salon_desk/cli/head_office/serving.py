"""`head-office serve`: the server itself, which is `bootstrap/head_office.py`.

It prints one line, its address, and runs until a signal ends it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from salon_desk.bootstrap.head_office import Serving, fill_demo, listen, serve
from salon_desk.cli.errors import CannotListen, PlainHttp, WorkersNeedServer
from salon_desk.cli.head_office.parts import Parts, part, place, say
from salon_desk.wire.address import is_this_machine


def add(parts: Parts) -> None:
    """Add the part."""
    serving = part(
        parts,
        "serve",
        run_serve,
        "serve until a signal ends it; its address is the one line",
        says_json=False,
    )
    serving.add_argument("--host", default="127.0.0.1", metavar="H", help="where it listens (127.0.0.1)")
    serving.add_argument(
        "--port", type=port_number, default=8080, metavar="P", help="0: any that is free (8080)"
    )
    serving.add_argument("--demo", action="store_true", help="fill an empty head office with the demo chain")
    serving.add_argument(
        "--workers", type=_count, default=1, metavar="N", help="processes, on PostgreSQL alone (1)"
    )
    serving.add_argument("--certificate", type=Path, metavar="PEM", help="serve TLS with this certificate")
    serving.add_argument("--key", type=Path, metavar="PEM", help="the key of the certificate")
    serving.add_argument("--insecure", action="store_true", help="plain HTTP beyond this machine")
    serving.add_argument("--metrics", action="store_true", help="show /metrics beyond this machine")


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve. Raises DomainError, UsageRefused for the caller's words."""
    if not (arguments.certificate or arguments.insecure or is_this_machine(arguments.host)):
        raise PlainHttp(arguments.host)
    if arguments.workers > 1 and not arguments.database:
        raise WorkersNeedServer(arguments.workers)
    data = place(arguments)
    serving = Serving(
        host=arguments.host,
        port=arguments.port,
        certificate=arguments.certificate,
        key=arguments.key,
        metrics_for_all=arguments.metrics,
    )
    try:
        listener = listen(serving)
    except OSError as error:
        raise CannotListen(f"{arguments.host}:{arguments.port}") from error
    with listener:
        if arguments.demo:
            fill_demo(data)
        if arguments.workers == 1:
            serve(data, serving, listener, say)
            return 0
        from salon_desk.bootstrap.workers import Workers

        return 0 if Workers(data, serving, listener, arguments.workers).run(say) else 1


def port_number(text: str) -> int:
    """A port as it is typed; 0 for any that is free."""
    number = int(text)
    if not 0 <= number < 65536:
        raise argparse.ArgumentTypeError("0 to 65535, please")
    return number


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("1 to 64, please")
    return number
