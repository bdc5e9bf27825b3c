"""`head-office`: serving a chain, making codes for its tills, confirming them, seeing how they stand.

The server itself is `bootstrap/head_office.py`. Only `serve` keeps running; the others work beside it, on the same data.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from salon_desk.bootstrap.head_office import Serving, fill_demo, listen, office_at, serve
from salon_desk.cli.errors import (
    BadStore,
    BadTill,
    CannotListen,
    PlainHttp,
    UnknownFingerprint,
    WorkersNeedServer,
)
from salon_desk.head_office import enrolment, overview, restored
from salon_desk.head_office.health import is_loopback_host
from salon_desk.head_office.overview import DeviceState
from salon_desk.head_office.stores import ensure_store, is_store_code, is_till_name
from salon_desk.i18n import Catalogue
from salon_desk.settings import default_data_folder, language_of
from salon_desk.storage.office import Place

_Parts = argparse._SubParsersAction


def add_parser(subparsers: _Parts[argparse.ArgumentParser]) -> None:
    """Add the command with its parts and what runs them."""
    top = subparsers.add_parser("head-office", help="the server of a chain", description=__doc__)
    parts = top.add_subparsers(metavar="PART", required=True)

    serving = _part(parts, "serve", run_serve, "serve until a signal ends it; its address is the one line")
    serving.add_argument("--host", default="127.0.0.1", metavar="H", help="where it listens (127.0.0.1)")
    serving.add_argument("--port", type=_port, default=8080, metavar="P", help="0: any that is free (8080)")
    serving.add_argument("--demo", action="store_true", help="fill an empty head office with the demo chain")
    serving.add_argument(
        "--workers", type=_count, default=1, metavar="N", help="processes, on PostgreSQL alone (1)"
    )
    serving.add_argument("--certificate", type=Path, metavar="PEM", help="serve TLS with this certificate")
    serving.add_argument("--key", type=Path, metavar="PEM", help="the key of the certificate")
    serving.add_argument("--insecure", action="store_true", help="plain HTTP beyond this machine")
    serving.add_argument("--metrics", action="store_true", help="show /metrics beyond this machine")

    enrolling = _part(parts, "enroll", run_enroll, "make a one-time code for one till, confirmed in advance")
    enrolling.add_argument("--store", required=True, metavar="CODE", help="made when it is new")
    enrolling.add_argument("--till", required=True, metavar="NAME", help="what people call the till")
    enrolling.add_argument("--json", action="store_true", help="one JSON object on one line")

    confirming = _part(parts, "confirm", run_confirm, "let in a device whose fingerprint you have compared")
    confirming.add_argument("--fingerprint", required=True, metavar="XXXX-XXXX-XXXX-XXXX")
    confirming.add_argument("--json", action="store_true", help="one JSON object on one line")

    retiring = _part(
        parts, "retire", run_retire, "close a till: it sends home what it has, then records its end"
    )
    retiring.add_argument("--fingerprint", required=True, metavar="XXXX-XXXX-XXXX-XXXX")
    retiring.add_argument("--json", action="store_true", help="one JSON object on one line")

    going_on = _part(
        parts, "go-on", run_go_on, "after a restore: go on from what is here, with nothing in its own purses"
    )
    going_on.add_argument("--json", action="store_true", help="one JSON object on one line")

    listing = _part(parts, "devices", run_devices, "who enrolled, when it was last seen, what contradicts it")
    listing.add_argument("--json", action="store_true", help="one JSON object on one line")


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve. Raises DomainError, UsageRefused for the caller's words."""
    if not (arguments.certificate or arguments.insecure or is_loopback_host(arguments.host)):
        raise PlainHttp(arguments.host)
    if arguments.workers > 1 and not arguments.database:
        raise WorkersNeedServer(arguments.workers)
    place = _place(arguments)
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
            fill_demo(place)
        if arguments.workers == 1:
            serve(place, serving, listener, _say)
            return 0
        from salon_desk.bootstrap.workers import Workers

        return 0 if Workers(place, serving, listener, arguments.workers).run(_say) else 1


def run_enroll(arguments: argparse.Namespace) -> int:
    """Print a code. Raises DomainError, UsageRefused for the caller's words."""
    if not is_store_code(arguments.store):
        raise BadStore(arguments.store)
    if not is_till_name(arguments.till):
        raise BadTill(arguments.till)
    with office_at(_place(arguments)) as office:
        ensure_store(office, arguments.store)
        made = enrolment.new_code(
            office, store=arguments.store, till_name=arguments.till, made_by="", confirmed=True
        )
    answer = {"code": made.code, "lapses_at": made.lapses_at}
    _say(json.dumps(answer) if arguments.json else made.code)
    return 0


def run_confirm(arguments: argparse.Namespace) -> int:
    """Confirm a device. Raises DomainError, UsageRefused for the caller's words."""
    with office_at(_place(arguments)) as office:
        found = overview.by_fingerprint(office, arguments.fingerprint)
        if found is None:
            raise UnknownFingerprint(arguments.fingerprint)
        enrolment.confirm(office, found.node)
    answer = {"node": found.node, "store": found.store, "till": found.till, "confirmed": True}
    _say(json.dumps(answer, ensure_ascii=False) if arguments.json else f"{found.store} {found.till}")
    return 0


def run_retire(arguments: argparse.Namespace) -> int:
    """Say that a till is to be closed. Raises DomainError, UsageRefused for the caller's words."""
    with office_at(_place(arguments)) as office:
        found = overview.by_fingerprint(office, arguments.fingerprint)
        if found is None:
            raise UnknownFingerprint(arguments.fingerprint)
        enrolment.retire(office, found.node)
    answer = {"node": found.node, "store": found.store, "till": found.till, "retiring": True}
    _say(json.dumps(answer, ensure_ascii=False) if arguments.json else f"{found.store} {found.till}")
    return 0


def run_go_on(arguments: argparse.Namespace) -> int:
    """Open a new epoch when a device has proven that this is an old copy; else nothing. Raises DomainError."""
    with office_at(_place(arguments)) as office:
        done = restored.go_on(office)
        answer = {"opened": done, "epoch": office.epoch}
    _say(json.dumps(answer) if arguments.json else office.epoch)
    return 0


def run_devices(arguments: argparse.Namespace) -> int:
    """Show the devices. Raises DomainError for the caller's words."""
    with office_at(_place(arguments)) as office:
        seen = overview.devices(office)
    if arguments.json:
        _say(json.dumps(seen.told(), ensure_ascii=False))
        return 0
    words = Catalogue.load(language_of())
    if seen.restored is not None:
        _say(
            words.text(
                "This head office was restored from an old copy: {till} has seen more of it ({time}). It sends no value "
                "to anybody. Restore the newest copy, or stop it and go on from this one: head-office go-on.",
                till=seen.restored.node,
                time=seen.restored.noticed_at,
            )
        )
    for one in seen.devices:
        _say(_line(one, words))
    return 0


def _line(one: DeviceState, words: Catalogue) -> str:
    """A device in columns: fingerprint, store, till, whether it is confirmed, last seen, how far behind, forks."""
    state = words.text("confirmed") if one.confirmed else words.text("waits for the owner")
    parts = [one.fingerprint, one.store, one.till, state, one.seen_at or "-", str(one.behind)]
    if one.retiring or one.closed:
        parts.append(words.text("closed") if one.closed else words.text("being closed"))
    if one.forks:
        parts.append(words.plural("{n} fork", "{n} forks", len(one.forks)))
    return "  ".join(parts)


def _part(
    parts: _Parts[argparse.ArgumentParser], name: str, run: Callable[[argparse.Namespace], int], summary: str
) -> argparse.ArgumentParser:
    part = parts.add_parser(name, help=summary, description=summary)
    where = part.add_mutually_exclusive_group()
    where.add_argument("--data", type=Path, metavar="DIR", help="the head office's folder ($SALON_DESK_DATA)")
    where.add_argument("--database", default="", metavar="URL", help="a PostgreSQL database instead")
    part.set_defaults(func=run)
    return part


def _place(arguments: argparse.Namespace) -> Place:
    if arguments.database:
        return Place(url=arguments.database)
    return Place(folder=arguments.data or default_data_folder(demo=getattr(arguments, "demo", False)))


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number < 65536:
        raise argparse.ArgumentTypeError("0 to 65535, please")
    return number


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("1 to 64, please")
    return number


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
