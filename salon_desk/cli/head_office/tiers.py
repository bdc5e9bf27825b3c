"""`head-office tiers`: the rules by which members reach their tiers, and who would move before they go live.

Rules are written in TOML, one [[tier]] each: tier, en, zh_CN, zh_TW, rank, measure (spend, visits, top_up, referrals), least (of money
as 1200.00) and window_days (0 = ever). Members are moved in the background (`services/tiers.py`).
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from salon_desk.bootstrap.office_data import office_at
from salon_desk.bootstrap.rules import load_rules
from salon_desk.cli.head_office.parts import Parts, answer, columns, part, place
from salon_desk.domain.errors import TierInvalid
from salon_desk.domain.names import Names
from salon_desk.domain.tier import Measure, TierRule
from salon_desk.head_office.recording import business_day
from salon_desk.i18n import N_, Catalogue
from salon_desk.services import tiers
from salon_desk.services.till import Till
from salon_desk.settings import language_of
from salon_desk.storage.queries import tiers as stored

_HEADS: Final = (N_("Tier"), N_("Counts"), N_("At least"), N_("Within days"))
_MONEY: Final = (Measure.SPEND, Measure.TOP_UP)


def add(parts: Parts) -> None:
    """Add the part."""
    made = part(parts, "tiers", run_tiers, "the tiers of members: show, try or change their rules")
    which = made.add_mutually_exclusive_group()
    which.add_argument(
        "--preview", type=Path, metavar="FILE", help="who would move by the rules in this file"
    )
    which.add_argument("--set", type=Path, metavar="FILE", help="let the rules in this file hold from now on")


def run_tiers(arguments: argparse.Namespace) -> int:
    """Show the rules, try others, or change them. Raises DomainError for the caller's words."""
    words = Catalogue.load(language_of())
    with office_at(place(arguments)) as office:
        if arguments.set:
            tiers.set_rules(
                Till(office, load_rules()), f"tiers/{office.new_id()}", None, _read(arguments.set)
            )
        today = business_day(office)
        with office.database.read() as transaction:
            rules = stored.rules(transaction, today)
            if arguments.preview:
                tried = tiers.preview(transaction, _read(arguments.preview), today)
                return _say_preview(arguments, tried, words)
    lines = [words.text("There are no tiers yet.")]
    if rules:
        lines = columns([[words.text(head) for head in _HEADS], *(_row(one, words) for one in rules)])
    return answer(arguments, {"tiers": [_told(one) for one in rules]}, lines)


def _say_preview(arguments: argparse.Namespace, tried: tiers.Preview, words: Catalogue) -> int:
    groups = [{"from": before, "to": tier, "members": count} for before, tier, count in tried.counted]
    first = [
        {"member": one.member, "from": one.before, "to": one.to.tier, "measured": one.to.measured}
        for one in tried.first
    ]
    nobody = words.text("no tier")
    lines = [
        words.text("{n} from {before} to {after}", n=count, before=before or nobody, after=tier or nobody)
        for before, tier, count in tried.counted
    ]
    lines.append(words.text("{n} stay where they are", n=tried.stay))
    return answer(arguments, {"moved": groups, "stay": tried.stay, "first": first}, lines)


def _row(rule: TierRule, words: Catalogue) -> list[str]:
    least = f"{rule.least / 100:.2f}" if rule.measure in _MONEY else str(rule.least)
    return [rule.names.in_language(words.language), rule.measure.value, least, str(rule.window_days or "")]


def _told(rule: TierRule) -> dict[str, Any]:
    names = {"en": rule.names.en, "zh_CN": rule.names.zh_CN, "zh_TW": rule.names.zh_TW}
    measured = {"measure": rule.measure.value, "least": rule.least, "window_days": rule.window_days}
    return {"tier": rule.tier, **names, "rank": rule.rank, **measured}


def _read(file: Path) -> list[TierRule]:
    """The rules in a file. Raises TierInvalid."""
    try:
        rows = tomllib.loads(file.read_text("utf-8"))["tier"]
        return [_rule(row) for row in rows]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TierInvalid(file.name) from error
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise TierInvalid(str(error)) from error


def _rule(row: Mapping[str, Any]) -> TierRule:
    measure = Measure(row["measure"])
    least = Decimal(str(row["least"])) * (100 if measure in _MONEY else 1)
    if least != int(least):
        raise ValueError("least")
    return TierRule(
        tier=str(row["tier"]),
        names=Names(str(row.get("en", "")), str(row.get("zh_CN", "")), str(row.get("zh_TW", ""))),
        rank=int(row["rank"]),
        measure=measure,
        least=int(least),
        window_days=int(row.get("window_days", 0)),
    )
