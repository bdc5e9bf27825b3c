"""`head-office {holdings,stranded,recall,cover}`: who holds which value, what nobody can be asked for, what is done about it.

What is decided stands in `head_office/covering.py` and `head_office/owner_recalls.py`; the figures are `head_office/holdings.py`'s.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import asdict

from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.errors import NoAmount
from salon_desk.cli.head_office import reasons
from salon_desk.cli.head_office.parts import Parts, answer, card_called, columns, part, place, till_called
from salon_desk.domain.cover import may_be_given_anew
from salon_desk.domain.money import Money
from salon_desk.head_office import covering, explaining, holdings, owner_recalls
from salon_desk.head_office.holdings import CoverHere, Exposure, Holder, InAll, OnCard, StrandedHere
from salon_desk.i18n import N_, Catalogue
from salon_desk.settings import language_of

_HOLDER = (N_("Store"), N_("Till"), N_("Out of reach"))
_SUMS = (*_HOLDER, "", N_("Cards"), N_("Paid value"), N_("Bonus"), N_("Held"))
_ON_CARD = (*_HOLDER, "", N_("Value"), N_("Held"), "", N_("Since"), N_("Why"))
_STRANDED = (*_HOLDER, "", N_("Units"), N_("Covered"), N_("Since"), N_("Why"), "")
_COVERS = (*_HOLDER, "", N_("Covered"), N_("Still stranded"))

_AMOUNT = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?")


def add(parts: Parts) -> None:
    """Add the parts."""
    holding = part(parts, "holdings", run_holdings, "who holds which value, since when and why")
    holding.add_argument("--card", default="", metavar="CODE", help="of one card (all: sums by holder)")

    lost = part(parts, "stranded", run_stranded, "value that nobody can be asked for, and what it may cost")
    lost.add_argument(
        "--overdraft-limit", default="0", metavar="AMOUNT", help="what a store may give on one card (none)"
    )

    recalling = part(parts, "recall", run_recall, "ask a till to send value home: a request, never a seizure")
    what = recalling.add_mutually_exclusive_group(required=True)
    what.add_argument("--card", default="", metavar="CODE", help="all of a card that lies there")
    what.add_argument("--asset", default="", metavar="ASSET", help="one asset, as `holdings` names it")
    recalling.add_argument("--till", required=True, metavar="T", help="its name, STORE/NAME, or node")

    covers = part(
        parts,
        "cover",
        run_cover,
        "what is covered with the merchant's money; cover more, or change the limit",
    )
    covers.add_argument("--card", default="", metavar="CODE", help="cover all of a card that is stranded")
    covers.add_argument(
        "--limit", default="", metavar="AMOUNT", help="of one card without a person, as 200.00"
    )


def run_holdings(arguments: argparse.Namespace) -> int:
    """Show who holds what. Raises DomainError, UsageRefused for the caller's words."""
    words = Catalogue.load(language_of())
    with office_at(place(arguments)) as office, office.database.read() as transaction:
        if not arguments.card:
            sums = holdings.in_all(transaction, office)
            lines = _table(_SUMS, [_sums_row(one, words) for one in sums], words)
            return answer(arguments, {"holders": holdings.told(sums)}, lines)
        card = card_called(transaction, arguments.card)
        found = holdings.of_card(transaction, office, card)
        why = explaining.explain(transaction, office, card.card)
    told = {"card": card.card, "code": card.code, "currency": card.currency, "held": holdings.told(found)}
    lines = _table(_ON_CARD, [_on_card_row(one, card.currency, words) for one in found], words)
    return answer(
        arguments, {**told, "why": asdict(why)}, [*lines, *reasons.lines(why, card.currency, words)]
    )


def run_stranded(arguments: argparse.Namespace) -> int:
    """Show what is stranded. Raises DomainError for the caller's words."""
    words, limit = Catalogue.load(language_of()), _cents(arguments.overdraft_limit)
    with office_at(place(arguments)) as office, office.database.read() as transaction:
        found = holdings.stranded_here(transaction, office)
        risk = holdings.exposure(transaction, found, overdraft_limit=limit)
    told = {"stranded": holdings.told(found), "exposure": holdings.told(risk)}
    rows = [_stranded_row(one, words) for one in found]
    lines = [*_table(_STRANDED, rows, words), *_exposure(risk, words), *_not_covered(found, words)]
    return answer(arguments, told, lines)


def run_recall(arguments: argparse.Namespace) -> int:
    """Ask a till for value. Raises DomainError, UsageRefused for the caller's words."""
    words = Catalogue.load(language_of())
    with office_at(place(arguments)) as office:
        till = till_called(office, arguments.till)
        card = ""
        if arguments.card:
            with office.database.read() as transaction:
                card = card_called(transaction, arguments.card).card
        asked = owner_recalls.recall(office, till.node, card=card, asset=arguments.asset)
    told = {
        "node": till.node,
        "store": till.store,
        "till": till.till,
        "in_reach": asked.in_reach,
        "recalls": [{"recall": one.recall, "asset": one.asset, "units": one.units} for one in asked.recalls],
    }
    lines = columns([(one.asset, str(one.units)) for one in asked.recalls]) if asked.recalls else []
    if not asked.recalls:
        lines = [words.text("Nothing of it lies there.")]
    elif not asked.in_reach:
        lines.append(words.text("The till is out of reach: ask again when it is back."))
    return answer(arguments, told, lines)


def run_cover(arguments: argparse.Namespace) -> int:
    """Show covers, cover a card, or change the limit. Raises DomainError, UsageRefused for the caller's words."""
    words = Catalogue.load(language_of())
    limit = _cents(arguments.limit) if arguments.limit else None
    with office_at(place(arguments)) as office:
        if limit is not None:
            covering.set_limit(office, limit)
            covering.cover_within_limit(office)
        covered = None
        if arguments.card:
            with office.database.read() as transaction:
                card = card_called(transaction, arguments.card).card
            covered = covering.cover_card(office, card)
        with office.database.read() as transaction:
            found = holdings.covers_here(transaction, office)
            risk = holdings.exposure(transaction, holdings.stranded_here(transaction, office))
            told = {
                "limit_cents": covering.limit_of(transaction),
                "covered_now_cents": covered,
                "covers": holdings.told(found),
                "exposure": holdings.told(risk),
            }
    rows = [_cover_row(one, words) for one in found]
    return answer(arguments, told, [*_table(_COVERS, rows, words), *_exposure(risk, words)])


def _sums_row(one: InAll, words: Catalogue) -> list[str]:
    amounts = [_money(cents, one.currency, words) for cents in (one.paid, one.bonus, one.held)]
    return [*_holder(one.holder, words), one.currency, str(one.cards), *amounts]


def _on_card_row(one: OnCard, currency: str, words: Catalogue) -> list[str]:
    amounts = [_money(cents, currency, words) for cents in (one.units, one.held)]
    part_of_card = one.asset.rpartition("/")[2]
    return [
        *_holder(one.holder, words),
        part_of_card,
        *amounts,
        *_way(one.under_way, words),
        one.since or "-",
        one.why,
    ]


def _stranded_row(one: StrandedHere, words: Catalogue) -> list[str]:
    why = one.reason or one.why.value
    units = [str(one.units), str(one.covered)]
    return [
        *_holder(one.holder, words),
        one.asset,
        *units,
        one.since or "-",
        why,
        *_way(one.under_way, words),
    ]


def _cover_row(one: CoverHere, words: Catalogue) -> list[str]:
    amounts = [_money(cents, one.currency, words) for cents in (one.units, one.still_stranded)]
    return [*_holder(one.holder, words), one.asset, *amounts]


def _way(under_way: bool, words: Catalogue) -> tuple[str]:
    return (words.text("under way") if under_way else "",)


def _exposure(risk: Sequence[Exposure], words: Catalogue) -> list[str]:
    """Sums of what may be lost, a line a currency."""
    return [
        words.text(
            "{currency}: {stranded} stranded, {covered} of it covered; {cover} cover open, {overdraft} overdraft open, "
            "{most} overdraft at most a card.",
            currency=one.currency,
            stranded=_money(one.stranded, one.currency, words),
            covered=_money(one.covered, one.currency, words),
            cover=_money(one.cover_open, one.currency, words),
            overdraft=_money(one.overdraft_open, one.currency, words),
            most=_money(one.overdraft_most_of_card, one.currency, words),
        )
        for one in risk
    ]


def _not_covered(found: Sequence[StrandedHere], words: Catalogue) -> list[str]:
    """Why some of what a member owns is not made good by itself."""
    if not any(may_be_given_anew(one.asset) for one in found):
        return []
    return [
        words.text(
            "Visits, points and coupons are not covered with money, for money is not what was promised: they come home when the till "
            "does. Until then give them anew by hand, and take them back should it return."
        )
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], words: Catalogue) -> list[str]:
    """Rows under their headings; nothing at all for no rows."""
    return columns([[words.text(head) if head else "" for head in heads], *rows]) if rows else []


def _holder(one: Holder, words: Catalogue) -> tuple[str, str, str]:
    """Store, till, and why it cannot be asked."""
    return one.store or words.text("Head office"), one.till or one.epoch, one.lost or "-"


def _money(cents: int, currency: str, words: Catalogue) -> str:
    return words.money(Money(cents, currency))


def _cents(typed: str) -> int:
    found = _AMOUNT.fullmatch(typed)
    if found is None:
        raise NoAmount(typed)
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
