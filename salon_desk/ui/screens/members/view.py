"""The members screen: the search and who was found left, one member's page right, the form over both.

What is shown comes from the view model; the presenter decides. A scan goes to `scanned`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.domain.member import Member
from salon_desk.i18n import N_
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.members.form_view import MemberFormView
from salon_desk.ui.screens.members.page_view import MemberPageView
from salon_desk.ui.screens.members.presenter import MembersPresenter
from salon_desk.ui.screens.members.view_model import form_model, list_rows, page_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert, Heading, ListRow
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.words import Role, Words, panel

_LEAST_LIST = 400
_MOST_LIST = 520


class MembersScreen(Screen):
    """`search`, `list`, `page`, `form` and `add` are there for tests."""

    def __init__(self, host: ScreenHost, presenter: MembersPresenter) -> None:
        super().__init__(host)
        self._presenter = presenter
        self._form_command = ""
        self._rows: tuple[ListRow, ...] = ()
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        browse = QWidget()
        row = QHBoxLayout(browse)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_list(), 2)
        row.addWidget(self._make_page(), 3)
        self._stack.addWidget(browse)
        self._stack.addWidget(self._make_form())
        presenter.changed = self._show
        presenter.refuse = host.refuse
        presenter.saved = self._tell_saved

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Members"))

    @override
    def shown(self) -> None:
        self._presenter.begin()
        if self._presenter.state.form is not None:
            self.form.focus_first()

    @override
    def retranslate(self) -> None:
        self.add.set_text(self.words.catalogue.text("New member"))
        self._show()

    def scanned(self, code: str) -> None:
        """A card or a member's code was read. UI thread only."""
        self._presenter.scanned(code)

    def _make_list(self) -> QWidget:
        box = QWidget()
        box.setMinimumWidth(_LEAST_LIST)
        box.setMaximumWidth(_MOST_LIST)
        column = QVBoxLayout(box)
        column.setContentsMargins(Size.PAD, Size.PAD, Size.PAD, Size.PAD)
        column.setSpacing(Size.GAP + 2)
        self.search = SearchField(self.words)
        self.search.set_placeholder(N_("Name, phone or card"))
        self.search.typed.connect(self._presenter.search)
        self.search.keyboard_wanted.connect(lambda: self.host.open_keyboard(self.search.field))
        self._label = Words("", Role.MUTED)
        self._lists = QStackedWidget()
        self.list, self.nobody = KineticList(), EmptyState(Icon.MEMBERS)
        self._lists.addWidget(self.list)
        self._lists.addWidget(self.nobody)
        self.add = ActionButton("", Kind.PRIMARY, icon=Icon.PLUS, height=Size.TOUCH_PAY)
        for part in (self.search, self._label):
            column.addWidget(part)
        column.addWidget(self._lists, 1)
        column.addWidget(self.add)
        self.list.tapped.connect(self._presenter.open)
        self.add.clicked.connect(self._add)
        self.nobody.acted.connect(self._add)
        return box

    def _make_page(self) -> QWidget:
        side = panel("side")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        self._pages = QStackedWidget()
        self._choose, self.page = EmptyState(Icon.PERSON), MemberPageView(self.words)
        self._pages.addWidget(self._choose)
        self._pages.addWidget(self.page)
        column.addWidget(self._pages)
        self.page.act.connect(self._act)
        self.page.card_tapped.connect(self._presenter.ways.show_card)
        self.page.document_tapped.connect(self._presenter.ways.show_document)
        return side

    def _make_form(self) -> QWidget:
        self.form = form = MemberFormView(self.words)
        presenter = self._presenter
        form.saved.connect(presenter.save)
        form.cancelled.connect(presenter.cancel)
        form.typing.connect(presenter.typing)
        form.language_chosen.connect(presenter.choose_language)
        form.allergy_tapped.connect(presenter.toggle_allergy)
        form.open_taken.connect(presenter.open_taken)
        form.card_refused.connect(presenter.no_card)
        return form

    def _add(self) -> None:
        self._presenter.add(self.words.code)

    def _act(self, key: str) -> None:
        opened, ways = self._presenter.state.opened, self._presenter.ways
        if opened is None:
            return
        figures = opened.page.figures
        match key:
            case "ticket":
                ways.open_ticket(figures.member.member_id)
            case "top_up":
                ways.top_up(figures.cards[0][0].card)
            case "card":
                ways.issue_card(figures.member.member_id)
            case _:
                self._presenter.edit()

    def _show(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        if state.form is not None:
            if self._form_command != state.form.command:
                self._form_command = state.form.command
                self._stack.setCurrentWidget(self.form)
                self.form.begin(state.form.start)
            self.form.show_form(form_model(state.form, words))
            return
        self._form_command = ""
        self._stack.setCurrentIndex(0)
        self._show_list()
        if state.opened is not None:
            self.page.show_page(page_model(state.opened, words))
        self._pages.setCurrentIndex(0 if state.opened is None else 1)
        self._choose.set_words(
            words.text("Whoever you look for stands here"),
            words.text("Scan a card, or search and tap a name."),
        )

    def _show_list(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        if self.search.text != state.fragment:
            self.search.field.setText(state.fragment)
        found = state.found or ()
        rows = list_rows(found, words)
        if rows != self._rows:
            self._rows = rows
            self.list.set_rows(rows)
        opened = state.opened.page.figures.member.member_id if state.opened else ""
        self.list.choose(next((at for at, row in enumerate(rows) if row.key == opened), -1))
        self._lists.setCurrentIndex(0 if found or state.found is None else 1)
        if state.fragment:
            self._label.setText(words.plural("{n} member found", "{n} members found", len(found)))
            self.nobody.set_words(
                words.text("Nobody is found"),
                words.text("Try the last four digits of the phone, or add a new member."),
                words.text("Add “{typed}”", typed=state.fragment),
            )
        else:
            self._label.setText(words.text("Lately at this shop"))
            self.nobody.set_words(
                words.text("No member was here yet"),
                words.text("Search by name or phone, or add the first member."),
                words.text("New member"),
            )

    def _tell_saved(self, member: Member) -> None:
        words = self.words.catalogue
        name = member.latin_name or member.name if self.words.code == "en" else member.name
        self.search.field.clear()
        self.host.notify(Alert.GOOD, words.text("{name} is a member now.", name=name))
        self.setFocus(Qt.FocusReason.OtherFocusReason)
