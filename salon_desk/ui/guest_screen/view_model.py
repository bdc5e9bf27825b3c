"""The second screen, ready to read in the guest's language. Pure functions of the state, no Qt.

What is said of money is true: "will be" before the payment, "paid" after it. No suggested tip is said or shown before another.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from salon_desk.domain.charge import Means
from salon_desk.domain.money import Money
from salon_desk.i18n import LANGUAGES, OWN_NAMES, Catalogue
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.guest_screen.presenter import GuestState
from salon_desk.ui.guest_view import TIP_CUSTOM, TIP_NONE, GuestLine, GuestSums, GuestTips, GuestView, Stage
from salon_desk.ui.view_values import Chip


class Page(StrEnum):
    """What stands on the screen."""

    WELCOME = "welcome"
    VISIT = "visit"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Row:
    """A label left, an amount right; `detail` small below the label."""

    label: str
    amount: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TipFace:
    """One tip, all of them alike but for the one that is chosen."""

    key: str
    title: str
    detail: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PadFace:
    """The pad on which a tip of one's own is typed."""

    title: str
    typed: str
    confirm: str
    cancel: str


@dataclass(frozen=True, slots=True)
class GuestModel:
    """The whole screen. `due` is the one figure that matters; a MESSAGE page says `title`, `due` and `detail` large."""

    page: Page
    shop: str
    languages: tuple[Chip, ...]
    language: str
    title: str = ""
    detail: str = ""
    lines: tuple[Row, ...] = ()
    sums: tuple[Row, ...] = ()
    due_label: str = ""
    due: str = ""
    own: tuple[Row, ...] = ()
    tip_title: str = ""
    tip_note: str = ""
    tips: tuple[TipFace, ...] = ()
    pad: PadFace | None = None
    to_scan: str = field(default="", repr=False)


def guest_model(state: GuestState, words: Catalogue) -> GuestModel:
    """The screen in a language."""
    view = state.view
    shop = view.shop.in_language(words.language)
    languages = tuple(Chip(OWN_NAMES[code], key=code) for code in LANGUAGES)
    match view.stage:
        case Stage.IDLE:
            return GuestModel(
                Page.WELCOME, shop, languages, words.language, title=shop, detail=words.text("Welcome")
            )
        case Stage.TERMINAL | Stage.PAID:
            return _message(view, GuestModel(Page.MESSAGE, shop, languages, words.language), words)
        case Stage.LINES | Stage.PAYING:
            return _visit(state, GuestModel(Page.VISIT, shop, languages, words.language), words)
        case _:
            assert_never(view.stage)


def _visit(state: GuestState, bare: GuestModel, words: Catalogue) -> GuestModel:
    view = state.view
    sums, paying = view.sums, view.stage is Stage.PAYING
    if sums is None:
        return bare
    tips = view.tips if view.tips is not None and view.tips.open else None
    return replace(
        bare,
        lines=tuple(_line(one, words) for one in view.lines),
        sums=_sums(sums, words),
        due_label=words.text("Still to pay") if paying or sums.total != sums.due else words.text("Total"),
        due=words.money(sums.due),
        own=_own(view, words),
        tip_title=words.text("Tip") if tips is not None else "",
        tip_note=_tip_note(tips, words) if tips is not None else "",
        tips=_tips(tips, words) if tips is not None else (),
        pad=_pad(state, tips, words) if tips is not None and state.typing else None,
    )


def _line(line: GuestLine, words: Catalogue) -> Row:
    name, detail = line.names.in_language(words.language), line.names.second(words.language)
    if line.quantity > 1:
        named = words.text("{name} × {quantity}", name=name, quantity=line.quantity)
        name = named.replace(" × ", " ×\N{NO-BREAK SPACE}")
    return Row(
        name, words.money(line.amount), words.text("paid by your series") if line.by_series else detail
    )


def _sums(sums: GuestSums, words: Catalogue) -> tuple[Row, ...]:
    """Everything that makes the figure below another than the sum of the lines."""
    before = (
        (words.text("Discount"), -sums.discount),
        (words.text("Tax"), sums.tax),
    )
    total = ((words.text("Total"), sums.total),) if sums.total != sums.due else ()
    after = (
        (words.text("Tip"), sums.tip),
        (words.text("Top-up"), sums.top_up),
        (words.text("Series visits"), -sums.by_series),
        (words.text("Gift card"), -sums.by_gift),
        (words.text("Stored value"), -sums.by_value),
        (words.text("Paid already"), -sums.charged),
    )
    return tuple(Row(label, words.money(amount)) for label, amount in (*before, *total, *after) if amount)


def _own(view: GuestView, words: Catalogue) -> tuple[Row, ...]:
    """What is the guest's: the cards as they are now or will be, and the points."""
    rows = []
    for card in view.cards:
        match view.stage:
            case Stage.PAYING:
                label = words.text("Card {tail} afterwards", tail=masked(card.tail))
            case _:
                label = words.text("Card {tail}", tail=masked(card.tail))
        here = words.text("{amount} usable here", amount=words.money(card.usable))
        rows.append(Row(label, words.money(card.balance), here if card.usable != card.balance else ""))
    if view.points is not None:
        came = words.plural("{n} with this visit", "{n} with this visit", view.earned)
        rows.append(Row(words.text("Points"), words.number(view.points), came if view.earned > 0 else ""))
    return tuple(rows)


def _tip_note(tips: GuestTips, words: Catalogue) -> str:
    return words.text("on the list price of your services, {amount}", amount=words.money(tips.service_list))


def _tips(tips: GuestTips, words: Catalogue) -> tuple[TipFace, ...]:
    faces = [
        TipFace(one.key, f"{one.key}%", words.money(one.amount), tips.chosen == one.key)
        for one in tips.offers
    ]
    custom, none = tips.chosen == TIP_CUSTOM, tips.chosen == TIP_NONE
    typed = words.money(tips.amount) if custom else ""
    faces.append(TipFace(TIP_CUSTOM, words.text("Another amount"), typed, custom))
    faces.append(TipFace(TIP_NONE, words.text("No tip"), words.money(tips.amount * 0), none))
    return tuple(faces)


def _pad(state: GuestState, tips: GuestTips, words: Catalogue) -> PadFace:
    typed: Money = state.typed.money(tips.amount.currency)
    return PadFace(
        words.text("Your tip"),
        words.money(typed),
        confirm=words.text("Give {amount}", amount=words.money(typed)) if typed else words.text("No tip"),
        cancel=words.text("Back"),
    )


def _message(view: GuestView, bare: GuestModel, words: Catalogue) -> GuestModel:
    """One thing, large: what the terminal takes, or thanks."""
    if view.stage is Stage.TERMINAL:
        return _asking(view, bare, words)
    rows = []
    label, figure = words.text("You paid"), view.paid
    if view.change:
        label, figure = words.text("Your change"), view.change
        rows.append(Row(words.text("You paid"), words.money(view.paid) if view.paid is not None else ""))
    if view.sums is not None and view.sums.tip:
        rows.append(Row(words.text("Tip"), words.money(view.sums.tip)))
    return replace(
        bare,
        title=words.text("Thank you"),
        detail=words.text("See you soon"),
        due_label=label,
        due=words.money(figure) if figure is not None else "",
        own=(*rows, *_own(view, words)),
    )


def _asking(view: GuestView, bare: GuestModel, words: Catalogue) -> GuestModel:
    """What the guest is asked to do at the terminal or with a telephone; while nobody knows, only to wait."""
    if view.to_charge is None:
        return replace(bare, title=words.text("One moment, please"))
    tip = view.sums.tip if view.sums is not None else None
    detail = words.text("with a tip of {amount}", amount=words.money(tip)) if tip else ""
    if view.means in (Means.WECHAT_PAY, Means.ALIPAY):
        detail = _how(view, words)
    due = words.money(view.to_charge)
    return replace(bare, title=_asks(view, words), due=due, detail=detail, to_scan=view.to_scan)


def _asks(view: GuestView, words: Catalogue) -> str:
    match view.means:
        case Means.TERMINAL | None:
            return words.text("Please pay at the card terminal")
        case Means.WECHAT_PAY | Means.ALIPAY if not view.to_scan:
            return words.text("Please show your payment code")
        case Means.WECHAT_PAY:
            return words.text("Please pay with WeChat Pay")
        case Means.ALIPAY:
            return words.text("Please pay with Alipay")
        case _:
            assert_never(view.means)


def _how(view: GuestView, words: Catalogue) -> str:
    """Which of the two wallets reads the code does not matter while the guest's own is scanned."""
    return (
        words.text("Scan this code with your phone") if view.to_scan else words.text("WeChat Pay or Alipay")
    )
