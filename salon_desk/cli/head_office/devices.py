"""`head-office {enroll,confirm,retire,dead,lock-out,devices,forks}`: the tills of a chain, how they are let in, how they end.

What is decided stands in `head_office/enrolment.py` and `head_office/lost_tills.py`; here it is only asked for and shown.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.errors import BadStore, BadTill, UnknownFingerprint
from salon_desk.cli.head_office.parts import Parts, answer, columns, part, place, say, till_called
from salon_desk.head_office import contradictions, enrolment, lost_tills, overview
from salon_desk.head_office.overview import DeviceState
from salon_desk.head_office.stores import ensure_store, is_store_code, is_till_name
from salon_desk.i18n import Catalogue
from salon_desk.settings import language_of
from salon_desk.storage.office import Office

_FINGERPRINT = "XXXX-XXXX-XXXX-XXXX"


def add(parts: Parts) -> None:
    """Add the parts."""
    enrolling = part(parts, "enroll", run_enroll, "make a one-time code for one till, confirmed in advance")
    enrolling.add_argument("--store", required=True, metavar="CODE", help="made when it is new")
    enrolling.add_argument("--till", required=True, metavar="NAME", help="what people call the till")

    confirming = part(parts, "confirm", run_confirm, "let in a device whose fingerprint you have compared")
    confirming.add_argument("--fingerprint", required=True, metavar=_FINGERPRINT)

    retiring = part(
        parts, "retire", run_retire, "close a till: it sends home what it has, then records its end"
    )
    which = retiring.add_mutually_exclusive_group(required=True)
    which.add_argument("--fingerprint", default="", metavar=_FINGERPRINT)
    which.add_argument("--till", default="", metavar="T", help="its name, STORE/NAME, or node")
    retiring.add_argument(
        "--replace", action="store_true", help="and print a code for the device in its place"
    )

    lost = part(
        parts, "dead", run_dead, "a till is lost: cover what it has, and take it back should it return"
    )
    lost.add_argument("--till", required=True, metavar="T", help="its name, STORE/NAME, fingerprint or node")
    lost.add_argument("--reason", default="", metavar="WORDS", help="stolen (locks it out), burnt, ...")
    lost.add_argument("--found", action="store_true", help="take it back: the till is there and stays")

    locking = part(
        parts, "lock-out", run_lock_out, "a stranger may have this till: it reads nothing here any more"
    )
    locking.add_argument(
        "--till", required=True, metavar="T", help="its name, STORE/NAME, fingerprint or node"
    )
    locking.add_argument("--undo", action="store_true", help="let it in again")

    part(parts, "devices", run_devices, "who enrolled, when it was last seen, what contradicts it")
    part(parts, "forks", run_forks, "what contradicts the chains here, with the evidence")


def run_enroll(arguments: argparse.Namespace) -> int:
    """Print a code. Raises DomainError, UsageRefused for the caller's words."""
    if not is_store_code(arguments.store):
        raise BadStore(arguments.store)
    if not is_till_name(arguments.till):
        raise BadTill(arguments.till)
    with office_at(place(arguments)) as office:
        ensure_store(office, arguments.store)
        made = enrolment.new_code(
            office, store=arguments.store, till_name=arguments.till, made_by="", confirmed=True
        )
    return answer(arguments, {"code": made.code, "lapses_at": made.lapses_at}, [made.code])


def run_confirm(arguments: argparse.Namespace) -> int:
    """Confirm a device. Raises DomainError, UsageRefused for the caller's words."""
    return _about(arguments, _by_fingerprint, enrolment.confirm, "confirmed")


def run_retire(arguments: argparse.Namespace) -> int:
    """Say that a till is to be closed, with a code for another in its place. Raises DomainError, UsageRefused for the caller."""
    find = _by_fingerprint if arguments.fingerprint else _by_name
    if not arguments.replace:
        return _about(arguments, find, enrolment.retire, "retiring")
    with office_at(place(arguments)) as office:
        found = find(office, arguments)
        made = enrolment.retire_for_another(office, found.node)
    assert made is not None
    told = {"node": found.node, "store": found.store, "till": found.till, "retiring": True}
    return answer(arguments, {**told, "code": made.code, "lapses_at": made.lapses_at}, [made.code])


def run_dead(arguments: argparse.Namespace) -> int:
    """Say that a till is lost, or found again. Raises DomainError, UsageRefused for the caller's words."""
    if arguments.found:
        return _about(arguments, _by_name, lost_tills.found_again, "found")
    return _about(
        arguments,
        _by_name,
        lambda office, node: lost_tills.declare_dead(office, node, arguments.reason),
        "dead",
    )


def run_lock_out(arguments: argparse.Namespace) -> int:
    """Lock a device out, or let it in again. Raises DomainError, UsageRefused for the caller's words."""
    locked_out = not arguments.undo
    return _about(
        arguments,
        _by_name,
        lambda office, node: lost_tills.lock_out(office, node, locked_out=locked_out),
        "locked_out" if locked_out else "let_in",
    )


def run_devices(arguments: argparse.Namespace) -> int:
    """Show the devices. Raises DomainError for the caller's words."""
    with office_at(place(arguments)) as office:
        seen = overview.devices(office)
    if arguments.json:
        return answer(arguments, seen.told(), [])
    words = Catalogue.load(language_of())
    if seen.restored is not None:
        say(
            words.text(
                "This head office was restored from an old copy: {till} has seen more of it ({time}). It sends no value "
                "to anybody. Restore the newest copy, or stop it and go on from this one: head-office go-on.",
                till=seen.restored.node,
                time=seen.restored.noticed_at,
            )
        )
    if seen.suspected is not None:
        say(
            words.text(
                "{till} says that it has seen more of this head office than there is, and cannot prove it ({time}). If this "
                "is a restored copy, stop it and go on from it: head-office go-on --restored.",
                till=seen.suspected.node,
                time=seen.suspected.noticed_at,
            )
        )
    for one in seen.devices:
        say(_line(one, words))
    return 0


def _line(one: DeviceState, words: Catalogue) -> str:
    """A device in columns: fingerprint, store, till, whether it is confirmed, last seen, how far behind, forks."""
    state = words.text("confirmed") if one.confirmed else words.text("waits for the owner")
    parts = [one.fingerprint, one.store, one.till, state, one.seen_at or "-", str(one.behind)]
    if one.retiring or one.closed:
        parts.append(words.text("closed") if one.closed else words.text("being closed"))
    if one.locked_out:
        parts.append(words.text("locked out"))
    if one.forks:
        parts.append(words.plural("{n} fork", "{n} forks", len(one.forks)))
    return "  ".join(parts)


def run_forks(arguments: argparse.Namespace) -> int:
    """Show what contradicts the chains. Raises DomainError for the caller's words."""
    with office_at(place(arguments)) as office, office.database.read() as transaction:
        found = contradictions.forks(transaction)
    words = Catalogue.load(language_of())
    rows = [
        (
            one.store or "-",
            one.till or one.node,
            str(one.seq),
            words.text("here"),
            one.here.kind if one.here else "-",
            one.here.hash[:12] if one.here else "-",
            words.text("elsewhere"),
            one.there.kind,
            one.there.hash[:12],
            one.noticed_at,
        )
        for one in found
    ]
    return answer(arguments, {"forks": contradictions.told(found)}, columns(rows))


def _about(
    arguments: argparse.Namespace,
    find: Callable[[Office, argparse.Namespace], DeviceState],
    do: Callable[[Office, str], object],
    word: str,
) -> int:
    """Do something about one device and say which it was."""
    with office_at(place(arguments)) as office:
        found = find(office, arguments)
        do(office, found.node)
    told = {"node": found.node, "store": found.store, "till": found.till, word: True}
    return answer(arguments, told, [f"{found.store} {found.till}"])


def _by_fingerprint(office: Office, arguments: argparse.Namespace) -> DeviceState:
    found = overview.by_fingerprint(office, arguments.fingerprint)
    if found is None:
        raise UnknownFingerprint(arguments.fingerprint)
    return found


def _by_name(office: Office, arguments: argparse.Namespace) -> DeviceState:
    return till_called(office, arguments.till)
