"""The sheet of offers, ready to read: each promotion with its reason, and the member's points. Pure functions, no Qt.

The sentences stand in `ui/counter/promotion_words.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.promotion import Outcome, Promotion, Verdict
from salon_desk.i18n import Catalogue
from salon_desk.services.promotions import Review
from salon_desk.ui.counter.promotion_words import why

_FIRST = (Outcome.APPLIED, Outcome.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class OfferFace:
    """One promotion: `told` says why it applies or does not. `live`: a tap changes something."""

    key: str
    title: str
    told: str
    on: bool
    live: bool


@dataclass(frozen=True, slots=True)
class PointsPart:
    """The member's points: the balance in words, how many can be redeemed here, how many are, how one block is worth."""

    balance: str
    worth: str
    most: int
    redeemed: int


@dataclass(frozen=True, slots=True)
class OffersModel:
    """Everything of the sheet. `nothing`: why there is nothing to show."""

    saved: str
    faces: tuple[OfferFace, ...]
    points: PointsPart | None
    nothing: str


def offers_model(review: Review | None, words: Catalogue) -> OffersModel:
    """The sheet in a language: what applies first, then what the cashier could choose, then the rest."""
    if review is None:
        nothing = words.text("The shop has no offers yet. The owner writes them under Settings.")
        return OffersModel("", (), None, nothing)
    verdicts = sorted(review.choice.verdicts, key=_place)
    saved = words.money(review.choice.total) if review.choice.total else ""
    return OffersModel(
        saved=words.text("{amount} off", amount=saved) if saved else words.text("Nothing off"),
        faces=tuple(_face(one, words) for one in verdicts),
        points=_points(review, words),
        nothing="",
    )


def _place(verdict: Verdict) -> int:
    if verdict.outcome in _FIRST:
        return 0
    return 1 if verdict.may_be_chosen else 2


def _face(verdict: Verdict, words: Catalogue) -> OfferFace:
    on = verdict.outcome is Outcome.APPLIED
    return OfferFace(
        key=verdict.rule.rule_id,
        title=verdict.rule.names.in_language(words.language),
        told=why(verdict, words),
        on=on,
        live=on or verdict.may_be_chosen,
    )


def _points(review: Review, words: Catalogue) -> PointsPart | None:
    """None where the shop sells nothing for points, or nobody stands there who could have some."""
    found = next((one for one in review.choice.verdicts if one.rule.block), None)
    if found is None or not review.member:
        return None
    redeemed = found.units if found.outcome is Outcome.APPLIED else 0
    return PointsPart(
        balance=words.text("{points} points", points=words.number(review.points.balance)),
        worth=_worth(found.rule, words),
        most=review.points.here // found.rule.block * found.rule.block,
        redeemed=redeemed,
    )


def _worth(rule: Promotion, words: Catalogue) -> str:
    assert rule.amount is not None
    return words.text(
        "{points} points = {amount}", points=words.number(rule.block), amount=words.money(rule.amount)
    )
