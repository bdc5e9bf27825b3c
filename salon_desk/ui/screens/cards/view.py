"""The cards screen: search and cards left, one card's page right, a card being given out over both.

What is shown comes from the view model; the presenter decides. A scan goes to `scanned`.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from salon_desk.i18n import N_, Catalogue
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.ui.counter.savings_words import plan_rows
from salon_desk.ui.counter.tender_plan import TenderDraft
from salon_desk.ui.counter.tender_words import masked
from salon_desk.ui.list_beside_page import PageSide, SearchList, place_beside
from salon_desk.ui.reason_sheet import ReasonSheet
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.screens.cards.issue_view import IssueView
from salon_desk.ui.screens.cards.page_view import CardPageView
from salon_desk.ui.screens.cards.payout_model import payout_model
from salon_desk.ui.screens.cards.payout_sheet import PayoutSheet
from salon_desk.ui.screens.cards.people_sheet import PeopleSheet
from salon_desk.ui.screens.cards.presenter import CardsPresenter
from salon_desk.ui.screens.cards.reading import CardOpened
from salon_desk.ui.screens.cards.reading_series import SeriesOpened
from salon_desk.ui.screens.cards.saving_sheet import SavingSheet
from salon_desk.ui.screens.cards.series_words import people_rows
from salon_desk.ui.screens.cards.sharing import SharingForm, Wish
from salon_desk.ui.screens.cards.view_model import (
    FREEZE_REASONS,
    RECODE_REASONS,
    RESTORE_REASONS,
    card_rows,
    issue_model,
    page_model,
)
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size
from salon_desk.ui.view_values import Heading, Question
from salon_desk.ui.widgets.action_button import ActionButton, Kind
from salon_desk.ui.widgets.empty_state import EmptyState


class CardsScreen(Screen):
    """`search`, `list`, `page`, `issue` and `give` are there for tests."""

    def __init__(self, host: ScreenHost, presenter: CardsPresenter) -> None:
        super().__init__(host)
        self._presenter = presenter
        self._command = ""
        self.payout_sheet: PayoutSheet | None = None
        self.people_sheet: PeopleSheet | None = None
        self.saving_sheet: SavingSheet | None = None
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        browse = QWidget()
        place_beside(browse, self._make_list(), self._make_page())
        self._stack.addWidget(browse)
        self._stack.addWidget(self._make_issue())
        presenter.changed = self._show
        presenter.refuse = host.refuse

    @override
    def heading(self) -> Heading:
        return Heading(self.words.catalogue.text("Cards, gift cards, series"))

    @override
    def shown(self) -> None:
        self._presenter.begin()

    @override
    def retranslate(self) -> None:
        words = self.words.catalogue
        self.give.set_text(words.text("Give a new card"))
        self.gift.set_text(words.text("Sell a gift card"))
        self.series.set_text(words.text("Sell a series"))
        self._show()

    def scanned(self, code: str) -> None:
        """A card was read. UI thread only."""
        self._presenter.scanned(code)

    def _make_list(self) -> SearchList:
        self._found = found = SearchList(self.host, N_("Card, name or phone"), Icon.CARDS)
        self.search, self.list, self.nothing = found.search, found.list, found.nothing
        self.give = ActionButton("", Kind.PRIMARY, icon=Icon.PLUS, height=Size.TOUCH_PAY)
        self.gift = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        self.series = ActionButton("", Kind.SECONDARY, height=Size.TOUCH_PAY)
        sold = QWidget()
        foot = QHBoxLayout(sold)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(Size.GAP)
        foot.addWidget(self.gift, 1)
        foot.addWidget(self.series, 1)
        found.add_foot(sold)
        found.add_foot(self.give)
        self.gift.clicked.connect(lambda: self._presenter.ways.sell_gift())
        self.series.clicked.connect(lambda: self._presenter.ways.sell_series(self._member()))
        self.search.typed.connect(self._presenter.search)
        self.search.submitted.connect(self._submitted)
        self.list.tapped.connect(self._presenter.open)
        self.give.clicked.connect(lambda: self._presenter.begin_issue())
        return found

    def _make_page(self) -> PageSide:
        self._choose, self.page = EmptyState(Icon.SCAN), CardPageView(self.words)
        self._side = PageSide(self._choose, self.page)
        self._choose.acted.connect(lambda: self._presenter.begin_issue(self._presenter.state.unknown))
        self.page.act.connect(self._act)
        self.page.document_tapped.connect(self._presenter.ways.show_document)
        return self._side

    def _make_issue(self) -> QWidget:
        self.issue = issue = IssueView(self.host)
        presenter = self._presenter
        issue.member_typed.connect(presenter.find_member)
        issue.member_tapped.connect(presenter.choose_member)
        issue.code_typed.connect(presenter.type_code)
        issue.issued.connect(presenter.issue)
        issue.cancelled.connect(presenter.cancel_issue)
        return issue

    def _submitted(self, typed: str) -> None:
        """Enter: the only row, or the code as it was typed."""
        found = self._presenter.state.found or ()
        if len(found) == 1:
            self._presenter.open(found[0].key)
        elif typed:
            self._presenter.scanned(typed)

    def _act(self, key: str) -> None:
        opened, ways, desk = self._presenter.state.opened, self._presenter.ways, self._presenter.payouts
        if opened is None:
            return
        if isinstance(opened, SeriesOpened):
            self._act_on_series(key, opened)
            return
        card = opened.found.card
        match key:
            case "top_up":
                ways.top_up(card.card)
            case "member":
                ways.show_member(card.member)
            case "recode":
                self._ask_recode(card.tail)
            case "refund":
                desk.of_card(card.card, WhyPaidOut.REFUND)
            case "cash_out":
                desk.of_card(card.card, WhyPaidOut.CASH_OUT)
            case "save":
                self._presenter.saving.begin(card.card)
            case "transfer":
                self._presenter.sharing.begin(Wish.TRANSFER, opened)
            case "lapse" | "restore":
                self._ask_bonus(key, opened)
            case "freeze":
                self._ask_freeze(card.tail)
            case _:
                self._ask_unfreeze(card.tail)

    def _act_on_series(self, key: str, opened: SeriesOpened) -> None:
        words, series = self.words.catalogue, opened.found.view.series
        name = series.names.in_language(words.language)
        match key:
            case "member":
                self._presenter.ways.show_member(series.owner)
            case "refund":
                self._presenter.payouts.of_series(series.series)
            case "transfer" | "share":
                self._presenter.sharing.begin(Wish(key), opened)
            case "freeze":
                question = Question(
                    words.text("Freeze the series “{name}”?", name=name),
                    words.text("It pays nothing until somebody lets it pay again. Its visits stay."),
                    words.text("Freeze the series"),
                )
                sheet = ReasonSheet(question, [words.text(reason) for reason in FREEZE_REASONS], words)
                sheet.given.connect(self._presenter.freeze)
                self.host.open_sheet(sheet)
            case _:
                self._presenter.unfreeze()

    def _member(self) -> str:
        """Whose page stands open, so that a series can be sold to her at once."""
        opened = self._presenter.state.opened
        member = opened.found.member if opened is not None else None
        return member.member_id if member is not None else ""

    def _show_payout(self) -> None:
        """Lay the sheet of a payout, tell it how it stands, or take it away."""
        form, sheet = self._presenter.state.payout, self.payout_sheet
        if form is None:
            self.payout_sheet = None
            if sheet is not None:
                sheet.closed.emit()
            return
        model = payout_model(form, self.words.catalogue)
        if sheet is not None:
            sheet.show_model(model)
            return
        self.payout_sheet = sheet = PayoutSheet(model)
        sheet.given.connect(self._pay_out)
        sheet.closed.connect(self._payout_closed)
        self.host.open_sheet(sheet)

    def _show_sharing(self) -> None:
        """Lay the sheet that asks for a member, tell it who was found, or take it away."""
        form, sheet, words = self._presenter.state.sharing, self.people_sheet, self.words.catalogue
        if form is None:
            self.people_sheet = None
            if sheet is not None:
                sheet.closed.emit()
            return
        if sheet is None:
            self.people_sheet = sheet = self._people_sheet(form, words)
        sheet.show_people(people_rows(form, words))

    def _people_sheet(self, form: SharingForm, words: Catalogue) -> PeopleSheet:
        opened = form.opened
        if isinstance(opened, CardOpened):
            title = words.text("Who gets card {tail}?", tail=masked(opened.found.card.tail))
            note = words.text("Its value goes along; the card keeps its number.")
            return self._lay_people(PeopleSheet(self.host, title, note))
        name = opened.found.view.series.names.in_language(words.language)
        if form.wish is Wish.TRANSFER:
            title = words.text("Who gets the series “{name}”?", name=name)
            note = words.text("Its visits go along; the member before cannot use them any more.")
        else:
            title = words.text("Who may use the series “{name}” too?", name=name)
            note = words.text("Family uses the same visits; the owner stays the owner.")
        return self._lay_people(PeopleSheet(self.host, title, note))

    def _lay_people(self, sheet: PeopleSheet) -> PeopleSheet:
        sheet.typed.connect(self._presenter.sharing.search)
        sheet.chosen.connect(self._presenter.sharing.choose)
        sheet.closed.connect(self._people_closed)
        self.host.open_sheet(sheet)
        return sheet

    def _show_saving(self) -> None:
        """Lay the sheet of plans, or take it away."""
        form, sheet, words = self._presenter.state.saving, self.saving_sheet, self.words.catalogue
        if form is None:
            self.saving_sheet = None
            if sheet is not None:
                sheet.closed.emit()
        elif sheet is None:
            self.saving_sheet = sheet = SavingSheet(plan_rows(form.plans, words), words)
            sheet.chosen.connect(self._presenter.saving.choose)
            sheet.closed.connect(self._saving_closed)
            self.host.open_sheet(sheet)

    def _saving_closed(self) -> None:
        """Somebody put it away."""
        if self.saving_sheet is not None:
            self.saving_sheet = None
            self._presenter.saving.stop()

    def _people_closed(self) -> None:
        """Somebody put it away."""
        if self.people_sheet is not None:
            self.people_sheet = None
            self._presenter.sharing.stop()

    def _pay_out(self, key: str, last_four: str, reason: str) -> None:
        draft = TenderDraft(key, last_four=last_four)
        self._presenter.payouts.give(draft.planned("USD"), reason)

    def _payout_closed(self) -> None:
        """Somebody put it away."""
        if self.payout_sheet is not None:
            self.payout_sheet = None
            self._presenter.payouts.stop()

    def _ask_freeze(self, tail: str) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("Freeze card {tail}?", tail=masked(tail)),
            words.text("It pays nothing until somebody lets it pay again. Its value stays on it."),
            words.text("Freeze the card"),
        )
        sheet = ReasonSheet(question, [words.text(reason) for reason in FREEZE_REASONS], words)
        sheet.given.connect(self._presenter.freeze)
        self.host.open_sheet(sheet)

    def _ask_recode(self, tail: str) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("Replace card {tail}?", tail=masked(tail)),
            words.text("Its value goes with the new code; the old card is refused from then on."),
            words.text("Scan the new card"),
            danger=False,
        )
        sheet = ReasonSheet(question, [words.text(reason) for reason in RECODE_REASONS], words)
        sheet.given.connect(self._presenter.begin_recode)
        self.host.open_sheet(sheet)

    def _ask_bonus(self, key: str, opened: CardOpened) -> None:
        """Take lapsed bonus off, or give it back for a reason."""
        words, found, tail = self.words.catalogue, opened.lapsing, masked(opened.found.card.tail)
        if found is None:
            return
        if key == "lapse":
            question = Question(
                words.text(
                    "Take {amount} of lapsed bonus off card {tail}?",
                    amount=words.money(found.due),
                    tail=tail,
                ),
                words.text("It was given for days that are over. Paid value never lapses."),
                words.text("Take it off"),
            )
            self.host.ask(question, lambda yes: self._presenter.lapse() if yes else None)
            return
        question = Question(
            words.text(
                "Give {amount} of bonus back to card {tail}?",
                amount=words.money(found.restorable),
                tail=tail,
            ),
            words.text("It lapsed, and counts without an end from now on."),
            words.text("Give it back"),
            danger=False,
        )
        sheet = ReasonSheet(question, [words.text(reason) for reason in RESTORE_REASONS], words)
        sheet.given.connect(self._presenter.restore)
        self.host.open_sheet(sheet)

    def _ask_unfreeze(self, tail: str) -> None:
        words = self.words.catalogue
        question = Question(
            words.text("Let card {tail} pay again?", tail=masked(tail)),
            words.text("Whoever holds the card can spend its value from now on."),
            words.text("Let it pay again"),
            danger=False,
        )
        self.host.ask(question, lambda yes: self._presenter.unfreeze() if yes else None)

    def _show(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        self._show_payout()
        self._show_sharing()
        self._show_saving()
        if state.issue is not None:
            if self._command != state.issue.command:
                self._command = state.issue.command
                self.issue.begin()
            self._stack.setCurrentIndex(1)
            self.issue.show_issue(issue_model(state.issue, words))
            return
        self._command = ""
        self._stack.setCurrentIndex(0)
        self._show_list()
        self._show_unknown()
        if state.opened is not None:
            self.page.show_card(page_model(state.opened, words))
        self._side.show_page(self._choose if state.opened is None else self.page)

    def _show_unknown(self) -> None:
        unknown, words = self._presenter.state.unknown, self.words.catalogue
        if unknown:
            self._choose.set_words(
                words.text("No card has the code {code}", code=unknown),
                words.text("Scan it again, search its member, or give it out as a new card."),
                words.text("Give this card to a member"),
            )
        else:
            self._choose.set_words(
                words.text("Scan a card"), words.text("Or search it on the left by its member.")
            )

    def _show_list(self) -> None:
        state, words = self._presenter.state, self.words.catalogue
        rows = card_rows(state.found or (), words)
        if state.fragment:
            label = words.plural("{n} card found", "{n} cards found", len(rows))
            self.nothing.set_words(
                words.text("No card is found"), words.text("Search by the member's name or phone instead.")
            )
        else:
            label = words.text("Moved lately")
            self.nothing.set_words(
                words.text("No card was used yet"), words.text("Give the first one to a member below.")
            )
        opened = state.opened.found.key if state.opened else ""
        self._found.show_rows(rows, chosen=opened, known=state.found is not None, label=label)
