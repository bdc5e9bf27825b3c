"""What the screen of the shop's rules says in a language: each choice, each field, and a sentence of what it does. No Qt.

The words in the fields are not here: they stay as they were typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.tender import CashRounding
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.shop_rules import Standing
from salon_desk.ui.counter.promotion_words import day_text
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.shop_rules.form import (
    BONUS,
    COUPON,
    KEPT,
    NO,
    NO_LOGO,
    NOTHING,
    PICTURE,
    YES,
    ChosenRules,
)
from salon_desk.ui.screens.shop_rules.presenter import ShopRulesState
from salon_desk.ui.view_values import FieldWords, PillGroup, one_of

_ROUNDINGS: Final = {
    "law": N_("As the law says"),
    CashRounding.EXACT.value: N_("To the cent"),
    CashRounding.NEAREST_FIVE.value: N_("To the nearest five cents"),
    CashRounding.CUSTOMER_FAVOUR.value: N_("Down to five cents"),
}
_CHANGES: Final = {
    "sms_price": N_("What one SMS costs"),
    "receipt_logo": N_("Logo on receipts"),
    "receipt_footer_en": N_("Last words on receipts"),
    "receipt_footer_zh_cn": N_("Last words on receipts"),
    "return_policy_en": N_("Return policy on receipts"),
    "return_policy_zh_cn": N_("Return policy on receipts"),
    "unproven_limit_cents": N_("Ask for a proof above"),
    "overdraft_limit_cents": N_("Most that is lent of a card"),
    "family_spends": N_("May linked family spend?"),
    "cash_tips_stay": N_("Cash tips"),
    "cash_rounding": N_("Cash rounding"),
    "offers_most": N_("Most offers to a member in 30 days"),
    "offers_most_a_day": N_("Most offers to a member in 24 hours"),
    "points_rate": N_("Points for each dollar"),
    "points_convert_at": N_("What points turn into by themselves"),
    "points_convert_coupon": N_("What points turn into by themselves"),
    "points_convert_bonus_cents": N_("What points turn into by themselves"),
}


@dataclass(frozen=True, slots=True)
class RulesModel:
    """The form but for the fields' own words. `hidden`: fields that say nothing now; `planned`: the next change, and its button."""

    groups: dict[str, PillGroup]
    fields: dict[str, FieldWords]
    hidden: frozenset[str]
    refusal: str
    planned: str
    take_back: str
    save: str
    saving: bool


def rules_model(state: ShopRulesState, words: Catalogue) -> RulesModel:
    """The whole screen in a language."""
    planned, take_back = _planned(state.standing, words)
    return RulesModel(
        groups=_groups(state.standing, state.chosen, words),
        fields=_fields(words),
        hidden=_hidden(state.chosen),
        refusal=error_text(state.refusal, words) if state.refusal else "",
        planned=planned,
        take_back=take_back,
        save=words.text("Save"),
        saving=state.saving or state.standing is None,
    )


def _hidden(chosen: ChosenRules) -> frozenset[str]:
    if chosen.into == NOTHING:
        return frozenset(("convert_at", "bonus"))
    return frozenset() if chosen.into == BONUS else frozenset(("bonus",))


def _planned(standing: Standing | None, words: Catalogue) -> tuple[str, str]:
    if standing is None or not standing.planned:
        return "", ""
    first = standing.planned[0]
    day = day_text(first.from_day, words)
    named = dict.fromkeys(words.text(name) for field, name in _CHANGES.items() if field in first.changes)
    return (
        words.text("Changes on {day}: {what}", day=day, what=" · ".join(named)),
        words.text("Take this change back"),
    )


def _groups(standing: Standing | None, chosen: ChosenRules, words: Catalogue) -> dict[str, PillGroup]:
    return {
        "family": one_of(
            words.text("May linked family spend?"),
            {YES: words.text("They may"), NO: words.text("Only the owner")},
            YES if chosen.family else NO,
            words.text("Linked family pay from each other's cards and prove it with a PIN of their own."),
        ),
        "tips": one_of(
            words.text("Cash tips"),
            {NO: words.text("Taken at once"), YES: words.text("Kept in the drawer")},
            YES if chosen.tips_stay else NO,
            words.text("Either the technician takes a cash tip at the sale, or it is paid out later."),
        ),
        "rounding": one_of(
            words.text("Cash rounding"),
            {key: words.text(name) for key, name in _ROUNDINGS.items()},
            chosen.rounding or "law",
            words.text("What is paid in cash is rounded like this; cards never are."),
        ),
        "logo": one_of(
            words.text("Logo on receipts"),
            _logos(standing, chosen, words),
            chosen.logo,
            words.text(
                "Put a picture on a stick or among this computer's pictures; it prints in black and white."
            ),
        ),
        "into": one_of(
            words.text("What points turn into by themselves"),
            _into(standing, chosen, words),
            chosen.into,
            words.text("As soon as a sale brings a member enough points, they turn into this."),
        ),
    }


def _logos(standing: Standing | None, chosen: ChosenRules, words: Catalogue) -> dict[str, str]:
    found = {NO_LOGO: words.text("No logo")}
    if standing is not None and standing.rules.logo:
        found[KEPT] = words.text("The logo as it is")
    for path in standing.pictures if standing is not None else ():
        found[f"{PICTURE}{path}"] = path.replace("\\", "/").rpartition("/")[2]
    if chosen.picture and chosen.logo not in found:
        found[chosen.logo] = chosen.picture.replace("\\", "/").rpartition("/")[2]
    return found


def _into(standing: Standing | None, chosen: ChosenRules, words: Catalogue) -> dict[str, str]:
    found = {NOTHING: words.text("They stay points"), BONUS: words.text("Bonus on the card")}
    for promotion, names in standing.coupons if standing is not None else ():
        found[f"{COUPON}{promotion}"] = names.in_language(words.language)
    if chosen.into not in found:
        found[chosen.into] = words.text("A coupon that is not given any more")
    return found


def _fields(words: Catalogue) -> dict[str, FieldWords]:
    return {
        "limit": FieldWords(
            words.text("Ask for a proof above"),
            words.text("Empty: never asked"),
            words.text(
                "Above this amount from cards that nobody has shown, the guest types a PIN or signs, or a manager vouches."
            ),
        ),
        "lent": FieldWords(
            words.text("Most that is lent of a card"),
            words.text("Empty: nothing"),
            words.text(
                "When a card's value is out of reach, a manager may lend the shop's money up to this, and ten times this in all."
            ),
        ),
        "rate": FieldWords(
            words.text("Points for each dollar"),
            words.text("Empty: no points"),
            words.text(
                "What a member pays with money earns so many points; 0.5 is one point for two dollars."
            ),
        ),
        "convert_at": FieldWords(
            words.text("At how many points"),
            words.text("Such as 500"),
            words.text("So many points are used up each time; the others stay."),
        ),
        "bonus": FieldWords(
            words.text("How much bonus"),
            words.text("Such as 5.00"),
            words.text("It is put on the member's card as bonus."),
        ),
        "offers": FieldWords(
            words.text("Most offers to a member in 30 days"),
            words.text("Empty: no offers go out"),
            words.text("Offers beyond this wait until there is room again. Reminders are not counted."),
        ),
        "offers_a_day": FieldWords(
            words.text("Most offers to a member in 24 hours"),
            words.text("Empty: no offers go out"),
            words.text("Whatever is sent by itself and by campaigns counts together, in every shop."),
        ),
        "sms_price": FieldWords(
            words.text("What one SMS costs"),
            words.text("Such as 0.0079"),
            words.text("A campaign says before it goes out what it will cost."),
        ),
        **_receipt_fields(words),
        "starts": FieldWords(
            words.text("Change from"),
            words.text("Empty: at once, or a day such as 2026-12-01"),
            words.text("From this business day on every till of the shop does what you changed."),
        ),
    }


def _receipt_fields(words: Catalogue) -> dict[str, FieldWords]:
    return {
        "footer_en": FieldWords(
            words.text("Last words on receipts, in English"),
            words.text("Empty: Thank you!"),
        ),
        "footer_zh": FieldWords(
            words.text("Last words on receipts, in Chinese"),
            words.text("Empty: Thank you!"),
        ),
        "policy_en": FieldWords(
            words.text("Return policy on receipts, in English"),
            words.text("Empty: not printed"),
        ),
        "policy_zh": FieldWords(
            words.text("Return policy on receipts, in Chinese"),
            words.text("Empty: not printed"),
            words.text("Receipts have both languages, the guest's first."),
        ),
    }
