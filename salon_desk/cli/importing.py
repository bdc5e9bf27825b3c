"""`import {preview,carry,lists,reverse}`: members of the old system, with what is owed to them, into a till's folder.

What a list brings is in `services/importing*.py`. The PIN of the owner comes by standard input, never as a word of the command; a run
that was stopped goes on when the same command is given again.
"""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from salon_desk.bootstrap.bare_till import bare_till
from salon_desk.cli.errors import BadColumn
from salon_desk.domain.access import Role
from salon_desk.domain.importing import Broken, Sheet, Totals
from salon_desk.domain.importing_columns import Column, Mapped, guess
from salon_desk.services import importing, importing_carrying, importing_reversing, sign_in
from salon_desk.services.importing import Plan
from salon_desk.services.importing_carrying import SignOff
from salon_desk.services.importing_errors import FileUnreadable
from salon_desk.services.importing_files import read_file
from salon_desk.services.importing_reversing import Left
from salon_desk.services.till import Actor, Till

AT_ONCE = 400


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and what runs it."""
    parser = subparsers.add_parser("import", help="members and what is owed to them, from the old system")
    steps = parser.add_subparsers(metavar="STEP", required=True)
    for name, run, summary in (
        ("preview", preview, "what a list would bring, and every row that is broken; records nothing"),
        ("carry", carry, "sign for a list and carry it over"),
        ("lists", lists, "the lists that were taken over"),
        ("reverse", reverse, "take a wrong list back, as far as nobody has spent it"),
    ):
        step = steps.add_parser(name, help=summary)
        step.add_argument("--data", type=Path, required=True, metavar="DIR", help="the till's folder")
        step.add_argument("--json", action="store_true", help="one JSON object on one line")
        if name != "lists":
            step.add_argument("--staff", default="", metavar="ID", help="the owner's id")
        if name in ("preview", "carry"):
            step.add_argument("file", type=Path, help="CSV or XLSX")
            step.add_argument(
                "--column", action="append", default=[], metavar="HEADER=MEANING", help="how a column is read"
            )
        if name == "carry":
            step.add_argument("--name", required=True, help="the owner's name, as a signature")
            step.add_argument(
                "--told",
                action="append",
                default=[],
                metavar="FIGURE=N",
                help="of the old system; money in cents",
            )
            step.add_argument(
                "--may-differ", action="store_true", help="although the figures are not the same"
            )
        if name == "reverse":
            step.add_argument("list", help="the id of the list, from `lists`")
        step.set_defaults(func=run)


def preview(arguments: argparse.Namespace) -> int:
    """Show a list. Raises DomainError."""
    with bare_till(arguments.data) as till:
        plan = _plan(till, _anybody(), arguments)
        broken = [*plan.parsed.broken, *_collisions(till, plan)]
        _say(arguments, _of_plan(plan, broken), [_line(one) for one in broken])
    return 0


def carry(arguments: argparse.Namespace) -> int:
    """Sign and carry over. Raises DomainError."""
    with bare_till(arguments.data) as till:
        pin = _pin()
        actor = sign_in.sign_in(till, arguments.staff, pin).actor
        plan = _plan(till, actor, arguments)
        told = _told(arguments.told)
        off = SignOff(told, arguments.name, arguments.staff, pin, differs=arguments.may_differ)
        importing_carrying.sign(till, plan, off)
        taken, broken = Totals(), list(plan.parsed.broken)
        number = importing_carrying.batches(plan)
        for batch in range(number):
            done = importing_carrying.carry(till, actor, plan, batch)
            taken = taken.plus(done.taken)
            broken += done.broken
            print(f"{batch + 1}/{number}", file=sys.stderr)
        _say(arguments, _of_plan(plan, broken) | {"taken": asdict(taken)}, [_line(one) for one in broken])
    return 0


def lists(arguments: argparse.Namespace) -> int:
    """Every list that was signed for."""
    with bare_till(arguments.data) as till:
        for one in importing_reversing.lists(till, _anybody()):
            found = {
                "list": one.signed.list_id,
                "file": one.signed.file,
                "signed_by": one.signed_by,
                "counted": one.signed.counted,
                "told": one.signed.told,
                "here": one.here,
                "reversed": one.reversed,
                "twice": {"tills": one.twice.tills, "beyond": asdict(one.twice.beyond)}
                if one.twice
                else None,
            }
            print(json.dumps(found, ensure_ascii=False))
    return 0


def reverse(arguments: argparse.Namespace) -> int:
    """Take a list back. Raises DomainError."""
    with bare_till(arguments.data) as till:
        actor = sign_in.sign_in(till, arguments.staff, _pin()).actor
        left = list[Left]()
        for step in range(importing_reversing.steps(till, arguments.list)):
            left += importing_reversing.take_back(till, actor, arguments.list, step)
        found = [{"member": one.member, "asset": one.asset, "units": one.units} for one in left]
        _say(
            arguments,
            {"list": arguments.list, "left": found},
            [f"{one['asset']} {one['units']}" for one in found],
        )
    return 0


def _pin() -> str:
    """Typed without being shown, or the first line of standard input."""
    return getpass.getpass("PIN: ") if sys.stdin.isatty() else sys.stdin.readline().strip()


def _anybody() -> Actor:
    """Whoever sits at this machine may look."""
    return Actor("", Role.OWNER)


def _plan(till: Till, actor: Actor, arguments: argparse.Namespace) -> Plan:
    sheet = _sheet(arguments.file)
    return importing.plan(till, actor, arguments.file.name, sheet, _mapped(sheet, arguments.column))


def _sheet(path: Path) -> Sheet:
    try:
        return read_file(path)
    except OSError as error:
        raise FileUnreadable(path.name, "missing") from error


def _mapped(sheet: Sheet, said: Sequence[str]) -> Mapped:
    """Guessed, then as was said. Raises BadColumn."""
    mapped = list(guess(sheet.headers))
    for one in said:
        header, _, meaning = one.rpartition("=")
        if header not in sheet.headers or (meaning and meaning not in set(Column)):
            raise BadColumn(one)
        mapped[sheet.headers.index(header)] = Column(meaning) if meaning else None
    return tuple(mapped)


def _told(said: Sequence[str]) -> Totals:
    """The figures of the old program. Raises BadColumn."""
    told = asdict(Totals())
    for one in said:
        name, _, number = one.partition("=")
        if name not in told or not number.isdecimal():
            raise BadColumn(one)
        told[name] = int(number)
    return Totals(**told)


def _collisions(till: Till, plan: Plan) -> list[Broken]:
    return [
        one
        for start in range(0, len(plan.people), AT_ONCE)
        for one in importing.collisions(till, plan.people[start : start + AT_ONCE])
    ]


def _of_plan(plan: Plan, broken: Sequence[Broken]) -> dict[str, Any]:
    return {
        "list": plan.list_id,
        "rows": len(plan.parsed.rows),
        "totals": asdict(plan.totals),
        "broken": [
            {"row": one.row, "why": one.fault.value, "value": one.value, "other": one.other} for one in broken
        ],
    }


def _line(one: Broken) -> str:
    return f"{one.row}\t{one.fault.value}\t{one.value}\t{one.other}"


def _say(arguments: argparse.Namespace, found: dict[str, Any], lines: Sequence[str]) -> None:
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for name, value in found.items():
        if not isinstance(value, list):
            print(f"{name}: {json.dumps(value, ensure_ascii=False)}")
    for line in lines:
        print(line)
