"""The members screen: the search and who was found left; right a member's page, a statement or who may be on the list twice.

The form stands over both. What is shown comes from the view models; the presenter decides, `acts.py` answers taps on a page's
rows. A scan goes to `scanned`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.domain.member import Member
from salon_desk.i18n import N_
from salon_desk.ui.list_beside_page import PageSide, SearchList, place_beside
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.members.acts import PageActs
from salon_desk.ui.screens.members.bands import Band
from salon_desk.ui.screens.members.form_view import MemberFormView
from salon_desk.ui.screens.members.page_view import MemberPageView
from salon_desk.ui.screens.members.presenter import MembersPresenter
from salon_desk.ui.screens.members.statement_model import statement_model
from salon_desk.ui.screens.members.statement_view import StatementView
from salon_desk.ui.screens.members.twice_view import TwiceView
from salon_desk.ui.screens.members.view_model import form_model, list_rows, page_model
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Alert, Heading
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.empty_state import EmptyState


class MembersScreen(Screen):
    """`search`, `list`, `page`, `statement`, `twice`, `form` and `add` are there for tests."""

    def __init__(self, host: ScreenHost, presenter: MembersPresenter) -> None:
        super().__init__(host)
        self._presenter = presenter
        self._acts = PageActs(host, presenter)
        self._form_command = ""
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        browse = QWidget()
        place_beside(browse, self._make_list(), self._make_page())
        self._stack.addWidget(browse)
        self._stack.addWidget(self._make_form())
        presenter.changed = self._show
        presenter.refuse = host.refuse
        presenter.saved = self._tell_saved
        presenter.printed = self._tell_printed
        presenter.language = lambda: self.words.code

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
        self.doubles.set_text(self.words.catalogue.text("On the list twice?"))
        self._show()

    def scanned(self, code: str) -> None:
        """A card or a member's code was read. UI thread only."""
        self._presenter.scanned(code)

    def _make_list(self) -> SearchList:
        self._found = found = SearchList(self.host, N_("Name, phone or card"), Icon.MEMBERS)
        self.search, self.list, self.nobody = found.search, found.list, found.nothing
        self.add = ActionButton("", Kind.PRIMARY, icon=Icon.PLUS, height=Size.TOUCH_PAY)
        self.doubles = ActionButton("", Kind.PLAIN)
        found.add_foot(self.doubles)
        found.add_foot(self.add)
        self.doubles.clicked.connect(self._presenter.show_twice)
        self.search.typed.connect(self._presenter.search)
        self.list.tapped.connect(self._presenter.open)
        self.add.clicked.connect(self._add)
        self.nobody.acted.connect(self._add)
        return found

    def _make_page(self) -> PageSide:
        presenter, acts = self._presenter, self._acts
        self._choose, self.page = EmptyState(Icon.PERSON), MemberPageView(self.words)
        self.statement, self.twice = StatementView(self.words), TwiceView(self.words)
        self._side = PageSide(self._choose, self.page, self.statement, self.twice)
        self.page.act.connect(acts.act)
        self.page.band_tapped.connect(lambda key: presenter.show_band(Band(key)))
        self.page.row_tapped.connect(acts.row)
        self.statement.back.connect(presenter.leave_statement)
        self.statement.printed.connect(presenter.print_statement)
        self.statement.card_wanted.connect(presenter.ways.show_card)
        self.statement.document_tapped.connect(presenter.ways.show_document)
        self.twice.back.connect(presenter.leave_twice)
        self.twice.tapped.connect(acts.merge_twice)
        return self._side

    def _make_form(self) -> QWidget:
        self.form = form = MemberFormView(self.words)
        presenter = self._presenter
        form.saved.connect(presenter.save)
        form.cancelled.connect(presenter.cancel)
        form.typing.connect(presenter.typing)
        form.language_chosen.connect(presenter.choose_language)
        form.allergy_tapped.connect(presenter.toggle_allergy)
        form.technician_tapped.connect(presenter.choose_technician)
        form.consultant_tapped.connect(presenter.choose_consultant)
        form.open_taken.connect(presenter.open_taken)
        form.card_refused.connect(presenter.no_card)
        return form

    def _add(self) -> None:
        self._presenter.add(self.words.code)

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
        self._side.show_page(self._standing())
        self._choose.set_words(
            words.text("Whoever you look for stands here"),
            words.text("Scan a card, or search and tap a name."),
        )

    def _standing(self) -> QWidget:
        """The page on the right, written."""
        state, words = self._presenter.state, self.words.catalogue
        if state.twice is not None:
            self.twice.show_twice(state.twice)
            return self.twice
        if state.opened is None:
            return self._choose
        if state.statement is not None:
            shown = state.statement
            model = statement_model(shown.report, shown.card, words, shown.document)
            self.statement.show_statement(model)
            return self.statement
        self.page.show_page(page_model(state.opened, state.band, words))
        return self.page

    def _show_list(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        rows = list_rows(state.found or (), words)
        if state.fragment:
            label = words.plural("{n} member found", "{n} members found", len(rows))
            self.nobody.set_words(
                words.text("Nobody is found"),
                words.text("Try the last four digits of the phone, or add a new member."),
                words.text("Add “{typed}”", typed=state.fragment),
            )
        else:
            label = words.text("Lately at this shop")
            self.nobody.set_words(
                words.text("No member was here yet"),
                words.text("Search by name or phone, or add the first member."),
                words.text("New member"),
            )
        opened = state.opened.page.figures.member.member_id if state.opened else ""
        self._found.show_typed(state.fragment)
        self._found.show_rows(rows, chosen=opened, known=state.found is not None, label=label)

    def _tell_saved(self, member: Member) -> None:
        words = self.words.catalogue
        name = member.called(words.language)
        self.search.field.clear()
        self.host.notify(Alert.GOOD, words.text("{name} is a member now.", name=name))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_printed(self) -> None:
        self.host.notify(Alert.GOOD, self.words.catalogue.text("The statement is being printed."))
