"""The sheets of the members screen: a consent with the text that is shown, a relative, choosing another member.

Nothing is recorded here: signals tell, `ties.py` records. The text of a consent stands in the member's language.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from salon_desk.domain.member import Relation
from salon_desk.i18n import N_
from salon_desk.services.referrals import Referral
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.members.bands import RELATIONS
from salon_desk.ui.screens.members.reading import MemberFound
from salon_desk.ui.screens.members.view_model import list_rows
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Chip
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic_list import ROW_HEIGHT, KineticList
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.sheet import Sheet
from salon_desk.ui.widgets.words import Role, Words, panel

BROUGHT_BY = "brought-by"
_WIDE = 640
_ROWS_SEEN = 4
_MOST_OFFERS = 5

Find = Callable[[str, Callable[[tuple[MemberFound, ...]], None]], None]
"""Looks for members with a fragment and hands over whom it found."""


class ConsentSheet(Sheet):
    """Shows the text and asks. Signals: `agreed()`, `stopped()`, after the sheet has closed."""

    agreed = Signal()
    stopped = Signal()

    def __init__(self, host: ScreenHost, title: str, *, text: str, reached: bool, allows: bool) -> None:
        """`text` in the member's language; `reached`: there is an address; `allows`: something may be sent now."""
        super().__init__(title, width=_WIDE)
        words = host.language.catalogue
        hint = words.text("Read this out or turn the screen. Nothing depends on the answer.")
        missing = words.text("There is no address for this yet. Edit the member first.")
        self.body.addWidget(Words(hint if reached else missing, Role.MUTED))
        box = panel("outlined")
        self.shown = Words(text, Role.NAME)
        inner = _column(box)
        inner.addWidget(self.shown)
        box.setVisible(reached)
        self.body.addWidget(box)
        self.cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        self.stop = ActionButton(words.text("No more of these"), Kind.SECONDARY_DANGER, height=Size.TOUCH_PAY)
        self.agree = ActionButton(words.text("The member agrees"), Kind.PRIMARY, height=Size.TOUCH_PAY)
        self.stop.setVisible(allows)
        self.agree.setVisible(reached)
        for button in (self.cancel, self.stop, self.agree):
            self.add_button(button)
        self.cancel.clicked.connect(self.dismiss)
        self.stop.clicked.connect(lambda: self._leave(self.stopped.emit))
        self.agree.clicked.connect(lambda: self._leave(self.agreed.emit))

    def _leave(self, tell: Callable[[], None]) -> None:
        self.closed.emit()
        tell()


class RelativeSheet(Sheet):
    """What can be done about a relative. Signals: `opened()`, `removed()`, after the sheet has closed."""

    opened = Signal()
    removed = Signal()

    def __init__(self, host: ScreenHost, name: str) -> None:
        super().__init__(name, width=480)
        words = host.language.catalogue
        self.page = ActionButton(words.text("Open the member's page"), Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.remove = ActionButton(
            words.text("Not a relative after all"), Kind.SECONDARY_DANGER, height=Size.TOUCH_PAY
        )
        self.cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        self.body.addWidget(self.page)
        self.body.addWidget(self.remove)
        self.add_button(self.cancel)
        self.page.clicked.connect(lambda: self._leave(self.opened.emit))
        self.remove.clicked.connect(lambda: self._leave(self.removed.emit))
        self.cancel.clicked.connect(self.dismiss)

    def _leave(self, tell: Callable[[], None]) -> None:
        self.closed.emit()
        tell()


class ReferralSheet(Sheet):
    """Who brought the member, and the coupon for both. Signals: `opened()`, `given(promotion)`, after the sheet has closed."""

    opened = Signal()
    given = Signal(str)

    def __init__(self, host: ScreenHost, referral: Referral) -> None:
        words = host.language.catalogue
        super().__init__(referral.referrer.called(words.language), width=480)
        if referral.rewarded:
            said = words.text("Both have their coupon for this already.")
        elif not referral.came:
            said = words.text("The coupons are given once the member who was brought has come.")
        elif not referral.offers:
            said = words.text("The shop has no coupon to give for it.")
        else:
            said = words.text("Give both a coupon for it:")
        self.page = ActionButton(words.text("Open the member's page"), Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        self.body.addWidget(self.page)
        self.body.addWidget(Words(said, Role.MUTED))
        for promotion, names in (
            referral.offers[:_MOST_OFFERS] if referral.came and not referral.rewarded else ()
        ):
            self._offer(promotion, names.in_language(words.language))
        self.add_button(self.cancel)
        self.page.clicked.connect(lambda: self._leave(self.opened.emit))
        self.cancel.clicked.connect(self.dismiss)

    def _offer(self, promotion: str, name: str) -> None:
        button = ActionButton(name, Kind.SECONDARY, height=Size.TOUCH_PAY)
        button.clicked.connect(lambda: self._leave(lambda: self.given.emit(promotion)))
        self.body.addWidget(button)

    def _leave(self, tell: Callable[[], None]) -> None:
        self.closed.emit()
        tell()


class ChooseMemberSheet(Sheet):
    """Searches for another member; with `relations` it also asks what they are, or whether they brought this one.

    Signal: `chosen(id, relation)`; the relation is BROUGHT_BY or one of `Relation`.
    """

    chosen = Signal(str, str)

    def __init__(self, host: ScreenHost, title: str, find: Find, *, relations: bool) -> None:
        super().__init__(title, width=_WIDE)
        words = host.language.catalogue
        self._host, self._find, self._relation = host, find, Relation.CHILD.value
        self.relations = CategoryPills()
        policy = self.relations.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.relations.setSizePolicy(policy)
        self.relations.setVisible(relations)
        self.relations.tapped.connect(self._relate)
        self.body.addWidget(self.relations)
        self.search = SearchField(host.language)
        self.search.set_placeholder(N_("Name or phone"))
        self.search.typed.connect(self._look)
        self.search.keyboard_wanted.connect(lambda: host.open_keyboard(self.search.field))
        self.body.addWidget(self.search)
        self._people = QStackedWidget()
        self.list, hint = KineticList(), EmptyState(Icon.MEMBERS)
        hint.set_words(words.text("Nobody is found"), words.text("By name, pinyin or phone."))
        self._people.addWidget(self.list)
        self._people.addWidget(hint)
        self._people.setMinimumHeight(ROW_HEIGHT * _ROWS_SEEN)
        self.body.addWidget(self._people, 1)
        self.list.tapped.connect(self._choose)
        cancel = ActionButton(words.text("Cancel"), Kind.PLAIN, height=Size.TOUCH_PAY)
        cancel.clicked.connect(self.dismiss)
        self.add_button(cancel)
        self._show_relations()
        self._look("")

    def _look(self, fragment: str) -> None:
        self._find(fragment, self._found)

    def _found(self, found: tuple[MemberFound, ...]) -> None:
        self.list.set_rows(list_rows(found, self._host.language.catalogue))
        self._people.setCurrentIndex(0 if found else 1)

    def _relate(self, key: str) -> None:
        self._relation = key
        self._show_relations()

    def _show_relations(self) -> None:
        words = self._host.language.catalogue
        chips = [Chip(words.text(name), key=relation.value) for relation, name in RELATIONS.items()]
        chips.append(Chip(words.text("Brought by"), key=BROUGHT_BY))
        self.relations.set_categories(chips, self._relation)

    def _choose(self, member: str) -> None:
        self.closed.emit()
        self.chosen.emit(member, self._relation)


def _column(box: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(box)
    column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
    return column
