"""What a guest view says on a two-line display: the last line and the total, what is to be paid, the change and thanks. No Qt.

Each line is handed over in the guest's language and in English: the display takes the first that it can show. No balance
stands there, for everybody in the shop can read it.
"""

from __future__ import annotations

from typing import assert_never

from salon_desk.documents.pole_picture import PoleLine, PolePicture
from salon_desk.domain.charge import Means
from salon_desk.domain.money import Money
from salon_desk.domain.names import Names
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.guest_view import GuestView, Stage

_MEANS = {
    Means.TERMINAL: N_("Card terminal"),
    Means.WECHAT_PAY: N_("WeChat Pay"),
    Means.ALIPAY: N_("Alipay"),
}


def pole_picture(view: GuestView) -> PolePicture:
    """Both lines for a moment of a visit."""
    say = _Saying(view.language)
    match view.stage:
        case Stage.IDLE:
            return PolePicture(say.name(view.shop, centred=True), say.line(N_("Welcome"), centred=True))
        case Stage.LINES:
            return PolePicture(_newest(view, say), say.line(N_("Total"), _due(view)))
        case Stage.PAYING:
            tip = view.sums.tip if view.sums is not None else None
            above = say.line(N_("Tip"), tip) if tip else _newest(view, say)
            return PolePicture(above, say.line(N_("Still to pay"), _due(view)))
        case Stage.TERMINAL if view.to_charge is None:
            return PolePicture(say.line(N_("One moment, please")))
        case Stage.TERMINAL:
            means = _MEANS[view.means or Means.TERMINAL]
            return PolePicture(say.line(means), say.line(N_("Still to pay"), view.to_charge))
        case Stage.PAID:
            changed = bool(view.change)
            above = (
                say.line(N_("Your change"), view.change) if changed else say.line(N_("You paid"), view.paid)
            )
            return PolePicture(above, say.line(N_("Thank you"), centred=True))
        case _:
            assert_never(view.stage)


class _Saying:
    """Words in the guest's language, then in English."""

    def __init__(self, language: str) -> None:
        self._words = [Catalogue.load(code) for code in dict.fromkeys((language or "en", "en"))]

    def line(self, msgid: str, amount: Money | None = None, *, centred: bool = False) -> PoleLine:
        """One line of the house's own words."""
        return PoleLine(tuple(one.text(msgid) for one in self._words), self._money(amount), centred)

    def name(self, names: Names, amount: Money | None = None, *, centred: bool = False) -> PoleLine:
        """One line of the shop's own words."""
        said = tuple(names.in_language(one.language) for one in self._words)
        return PoleLine(said, self._money(amount), centred)

    def _money(self, amount: Money | None) -> str:
        return self._words[0].money(amount) if amount is not None else ""


def _newest(view: GuestView, say: _Saying) -> PoleLine:
    return say.name(view.lines[-1].names, view.lines[-1].amount) if view.lines else PoleLine()


def _due(view: GuestView) -> Money | None:
    return view.sums.due if view.sums is not None else None
