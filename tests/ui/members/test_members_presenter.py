"""Members without a window: found while typing, added with a card, changed, refused in words by field."""

from __future__ import annotations

from collections.abc import Callable

from salon_desk.documents.receipt_parts import reference
from salon_desk.domain.errors import BadPhone, DomainError
from salon_desk.domain.member import Member
from salon_desk.domain.money import Money
from salon_desk.domain.tender import PlannedTender, TenderKind
from salon_desk.i18n import Catalogue
from salon_desk.services import members
from salon_desk.services.errors import CardCodeTaken, PhoneTaken, UnknownCard, UnknownSale
from salon_desk.ui.screens.members.form import TypedMember
from salon_desk.ui.screens.members.presenter import MembersPresenter, MemberWays
from salon_desk.ui.screens.members.statement_model import statement_model
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.approvals import ManagerBeside
from tests.ui.back_office import Shop, session_of


def _presenter(shop: Shop, staff: str = "amy", *, willing: bool = True) -> tuple[MembersPresenter, list[str]]:
    told: list[str] = []

    def way(name: str) -> Callable[[str], None]:
        return lambda key: told.append(f"{name} {key}")

    ways = MemberWays(
        open_ticket=way("ticket"),
        top_up=way("top-up"),
        issue_card=way("issue"),
        show_card=way("card"),
        show_document=way("document"),
    )
    session = session_of(shop, staff)
    presenter = MembersPresenter(
        shop.till,
        ImmediateTasks(),
        session,
        approvals=ManagerBeside(shop, session, willing=willing),
        ways=ways,
    )
    presenter.begin()
    return presenter, told


def _names(presenter: MembersPresenter) -> list[str]:
    return [one.member.name for one in presenter.state.found or ()]


def test_without_a_search_whoever_was_here_last_stands_first(shop: Shop) -> None:
    shop.sell("凝胶美甲", member=shop.member("单雪"))
    presenter, _told = _presenter(shop)
    assert _names(presenter)[0] == "单雪"


def test_a_fragment_of_name_pinyin_initials_phone_or_card_finds_the_member(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    for fragment in ("晓梅", "zhangxiaomei", "zxm", "0137", "8600000137"):
        presenter.search(fragment)
        assert "张晓梅" in _names(presenter), fragment


def test_services_are_not_among_the_members(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    presenter.search("gel")
    assert presenter.state.found == ()


def test_a_scanned_card_opens_its_member_and_an_unknown_one_is_refused(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    refused: list[DomainError] = []
    presenter.refuse = refused.append
    presenter.scanned("8600000137")
    assert presenter.state.opened is not None
    assert presenter.state.opened.page.figures.member.name == "张晓梅"
    presenter.scanned("nobody's")
    assert [type(one) for one in refused] == [UnknownCard]


def test_a_receipts_code_opens_the_statement_at_its_movement_and_a_walk_ins_the_receipt(shop: Shop) -> None:
    card, member = shop.card_of("张晓梅"), shop.member("张晓梅")
    sold = []
    for _time in range(2):
        value = PlannedTender(TenderKind.STORED_VALUE, Money(2000, "USD"), card_id=card)
        sold.append(
            shop.sell("凝胶美甲", member=member, tenders=(value, PlannedTender(TenderKind.CASH, None)))
        )
    walk_in = shop.sell("凝胶美甲")
    presenter, told = _presenter(shop)
    presenter.scanned(reference("S1", sold[0].sale.receipt))
    shown = presenter.state.statement
    assert shown is not None
    assert (shown.card, shown.document) == (card, sold[0].op_id)
    model = statement_model(shown.report, shown.card, Catalogue.load("en"), shown.document)
    assert sold[0].sale.receipt in model.rows[model.marked].detail
    presenter.scanned(reference("S1", walk_in.sale.receipt))
    assert told == [f"document {walk_in.op_id}"]
    refused: list[DomainError] = []
    presenter.refuse = refused.append
    presenter.scanned("SD:S1:nothing")
    assert [type(one) for one in refused] == [UnknownSale]


def test_a_new_member_has_what_was_typed_tapped_and_scanned(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    saved: list[Member] = []
    presenter.saved = saved.append
    presenter.search("韩梅梅")
    presenter.add("zh_CN")
    assert presenter.state.form is not None
    assert presenter.state.form.start.name == "韩梅梅"
    presenter.toggle_allergy("乳胶 Latex")
    presenter.toggle_allergy("坚果 Nuts")
    presenter.toggle_allergy("坚果 Nuts")
    presenter.choose_language("en")
    presenter.scanned("9900001111")
    presenter.save(TypedMember(name="韩梅梅", phone="(718) 555-0199"))
    assert presenter.state.form is None
    assert presenter.state.opened is not None
    figures = presenter.state.opened.page.figures
    assert figures.member.phone == "+17185550199"
    assert figures.member.language == "en"
    assert figures.member.allergies == ("乳胶 Latex",)
    assert [card.code for card, _value in figures.cards] == ["9900001111"]
    assert [one.name for one in saved] == ["韩梅梅"]


def test_digits_that_were_searched_for_become_the_telephone(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    presenter.search("7185550188")
    presenter.add("en")
    assert presenter.state.form is not None
    assert presenter.state.form.start == TypedMember(phone="7185550188")


def test_a_telephone_that_somebody_has_names_her_and_leads_there(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    presenter.add("en")
    presenter.save(TypedMember(name="May again", phone="718 555 0137"))
    assert presenter.state.form is not None
    assert isinstance(presenter.state.form.refusal, PhoneTaken)
    assert presenter.state.form.refusal.name == "张晓梅"
    presenter.open_taken()
    assert presenter.state.form is None
    assert presenter.state.opened is not None
    assert presenter.state.opened.page.figures.member.name == "张晓梅"


def test_what_was_refused_is_kept_and_saved_with_the_next_try(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    presenter.add("en")
    presenter.save(TypedMember(name="Ann", phone="12"))
    assert presenter.state.form is not None
    assert isinstance(presenter.state.form.refusal, BadPhone)
    presenter.typing()
    assert presenter.state.form.refusal is None
    presenter.save(TypedMember(name="Ann"))
    assert presenter.state.form is None


def test_a_card_that_is_somebodys_is_refused_at_the_card(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    presenter.add("en")
    presenter.scanned("8600000137")
    presenter.save(TypedMember(name="Ann"))
    assert presenter.state.form is not None
    assert isinstance(presenter.state.form.refusal, CardCodeTaken)
    presenter.no_card()
    assert presenter.state.form.card_code == ""


def test_a_change_records_names_and_new_allergies_and_keeps_the_old(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    presenter.open(shop.member("张晓梅"))
    presenter.edit()
    presenter.toggle_allergy("丙烯酸 Acrylic")
    presenter.toggle_allergy("坚果 Nuts")
    start = presenter.state.form.start if presenter.state.form else TypedMember()
    presenter.save(TypedMember("张小梅", start.latin_name, start.phone, "靠窗"))
    member = members.page(shop.till, shop.member("张小梅")).figures.member
    assert member.note == "靠窗"
    assert set(member.allergies) == {"丙烯酸 Acrylic", "坚果 Nuts"}


def test_whoever_may_not_add_members_asks_a_manager_for_this_once(shop: Shop) -> None:
    presenter, _told = _presenter(shop, "lily")
    presenter.add("en")
    presenter.save(TypedMember(name="Ann"))
    assert presenter.state.form is None


def test_without_an_approval_the_form_stands_as_it_was(shop: Shop) -> None:
    presenter, _told = _presenter(shop, "lily", willing=False)
    presenter.add("en")
    presenter.save(TypedMember(name="Ann"))
    assert presenter.state.form is not None
    assert not presenter.state.form.saving
    assert presenter.state.form.refusal is None


def test_leaving_the_form_saves_nothing(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    presenter.add("en")
    presenter.cancel()
    assert presenter.state.form is None
    presenter.search("Ann")
    assert "Ann" not in _names(presenter)


def test_whoever_asked_for_a_new_member_gets_the_id(shop: Shop) -> None:
    presenter, _told = _presenter(shop)
    given: list[str] = []
    presenter.add("en", given.append)
    presenter.save(TypedMember(name="Ann"))
    assert given == [shop.member("Ann")]
    presenter.add("en")
    presenter.save(TypedMember(name="Bea"))
    assert len(given) == 1


class LateTasks(ImmediateTasks):
    """Answers when it is told to, in the order in which it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Callable[[], None]] = []

    def run(self, work, done, failed=None, *, replaces=None):  # type: ignore[no-untyped-def]
        self._waiting.append(lambda: ImmediateTasks.run(self, work, done, failed, replaces=replaces))

    def answer(self) -> None:
        while self._waiting:
            self._waiting.pop(0)()


def test_a_member_that_was_asked_for_from_elsewhere_is_not_overtaken_by_the_one_before(shop: Shop) -> None:
    tasks, session = LateTasks(), session_of(shop, "amy")
    ways = MemberWays(print, print, print, print, print)
    presenter = MembersPresenter(shop.till, tasks, session, approvals=ManagerBeside(shop, session), ways=ways)
    presenter.open(shop.member("张晓梅"))
    tasks.answer()
    presenter.open(shop.member("单雪"))
    presenter.begin()
    tasks.answer()
    assert presenter.state.opened is not None
    assert presenter.state.opened.page.figures.member.name == "单雪"
