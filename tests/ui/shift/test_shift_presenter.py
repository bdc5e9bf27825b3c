"""The shift without a window: opened, cash moved, tips paid, closed blind, gone on with after a break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from salon_desk.domain.access import Permission
from salon_desk.domain.charge import BatchFailed, BatchTotals, ChargeProblem
from salon_desk.domain.errors import DomainError, ShiftNotOpen
from salon_desk.domain.money import Money
from salon_desk.domain.shift import ShiftState
from salon_desk.i18n import Catalogue
from salon_desk.services import batches, shifts
from salon_desk.services.batches import Compared
from salon_desk.services.till import Actor
from salon_desk.storage import print_jobs
from salon_desk.ui.screens.shift.close_model import CloseModel, close_model
from salon_desk.ui.screens.shift.closing import ShiftClosing
from salon_desk.ui.screens.shift.presenter import ShiftPresenter, ShiftWays
from salon_desk.ui.screens.shift.state import CloseStep, Movement, Page
from salon_desk.ui.screens.shift.view_model import home_model, movement_model, tips_model
from salon_desk.ui.tasks import ImmediateTasks
from salon_desk.ui.theme.tokens import Tone
from tests.ui.approvals import ManagerBeside
from tests.ui.back_office import Shop, external, session_of

ENGLISH = Catalogue.load("en")


@dataclass
class Till:
    """A presenter with its close, and what it told."""

    presenter: ShiftPresenter
    closing: ShiftClosing
    beside: ManagerBeside
    told: list[tuple[object, Money | None]] = field(default_factory=list)
    refused: list[DomainError] = field(default_factory=list)
    went: list[str] = field(default_factory=list)

    @property
    def step(self) -> CloseStep:
        assert self.presenter.state.close is not None
        return self.presenter.state.close.step


class Terminal:
    """A card terminal that closes its batch when it is told to; `totals` are what it counted."""

    def __init__(self, shop: Shop, totals: BatchTotals | BatchFailed) -> None:
        self._shop, self.totals = shop, totals
        self.answer: Callable[[], None] = lambda: None

    def is_there(self) -> bool:
        return True

    def close_batch(
        self, command_id: str, actor: Actor, done: Callable[[Compared | BatchFailed], None]
    ) -> None:
        actor.require(Permission.CLOSE_SHIFT)

        def answer() -> None:
            totals = self.totals
            if isinstance(totals, BatchFailed):
                done(totals)
            else:
                done(batches.closed(self._shop.till, command_id, actor, "Left", totals))

        self.answer = answer


def _counted(shop: Shop, sold: int) -> BatchTotals:
    return BatchTotals("7", 1, Money(sold, "USD"), 0, Money(0, "USD"))


def _till(shop: Shop, *, willing: bool = True, batch: Terminal | None = None) -> Till:
    session = session_of(shop, "amy")
    beside = ManagerBeside(shop, session, willing=willing)
    went: list[str] = []
    presenter = ShiftPresenter(
        shop.till,
        ImmediateTasks(),
        session,
        approvals=beside,
        ways=ShiftWays(lambda: went.append("opened"), lambda: went.append("closed")),
        batch=batch,
    )
    till = Till(presenter, ShiftClosing(presenter), beside, went=went)
    presenter.told = lambda what, amount: till.told.append((what, amount))
    presenter.refuse = till.refused.append
    presenter.begin()
    return till


def _type(till: Till, digits: str) -> None:
    for digit in digits:
        till.presenter.type_amount(digit)


def test_without_a_shift_the_float_is_asked_for_and_then_one_goes_on_to_sell(closed_shop: Shop) -> None:
    till = _till(closed_shop)
    assert till.presenter.state.page is Page.OPEN
    till.presenter.open_shift({"2000": 5, "25": 4, "1": 0})
    assert till.went == ["opened"]
    assert till.presenter.state.page is Page.HOME
    shift = shifts.status(closed_shop.till).shift
    assert shift is not None
    assert shift.opening_float == Money(10_100, "USD")


def test_a_second_tap_on_open_opens_one_shift(closed_shop: Shop) -> None:
    till = _till(closed_shop)
    command = till.presenter.state.commands
    till.presenter.open_shift({"2000": 5})
    till.presenter.set(commands=command, page=Page.OPEN)
    till.presenter.open_shift({"2000": 5})
    assert till.refused == []


def test_the_home_says_nothing_of_what_is_expected_in_the_drawer(shop: Shop) -> None:
    shop.sell("凝胶美甲")
    till = _till(shop)
    facts = till.presenter.state.facts
    assert facts is not None
    model = home_model(facts, ENGLISH)
    words = str(model)
    assert "147.03" not in words
    assert facts.compared is None
    assert dict(model.facts)["Opening float"] == "$100.00"


def test_cash_in_and_out_need_an_amount_and_a_reason(shop: Shop) -> None:
    till = _till(shop)
    till.presenter.begin_movement(Movement.PAID_OUT)
    till.presenter.move()
    assert till.told == []
    _type(till, "2000")
    form, facts = till.presenter.state.movement, till.presenter.state.facts
    assert form is not None
    assert facts is not None
    assert not movement_model(form, facts, ENGLISH).ready
    till.presenter.choose_reason("Supplies")
    till.presenter.move()
    assert till.told == [(Movement.PAID_OUT, Money(2000, "USD"))]
    assert till.beside.asked == [Permission.PAID_OUT]
    assert till.presenter.state.page is Page.HOME


def test_a_drop_needs_no_reason_and_a_no_sale_no_amount(shop: Shop) -> None:
    till = _till(shop)
    till.presenter.begin_movement(Movement.DROP)
    _type(till, "50001")
    till.presenter.erase_amount()
    till.presenter.move()
    till.presenter.begin_movement(Movement.NO_SALE)
    till.presenter.choose_reason("Give change")
    till.presenter.move()
    till.presenter.begin_movement(Movement.PAID_IN)
    _type(till, "100")
    till.presenter.choose_reason("Bank")
    till.presenter.move()
    assert [what for what, _amount in till.told] == [Movement.DROP, Movement.NO_SALE, Movement.PAID_IN]
    assert till.told[0][1] == Money(5000, "USD")


def test_without_an_approval_the_movement_stands_as_it_was_typed(shop: Shop) -> None:
    till = _till(shop, willing=False)
    till.presenter.begin_movement(Movement.PAID_OUT)
    _type(till, "2000")
    till.presenter.choose_reason("Supplies")
    till.presenter.move()
    assert till.presenter.state.page is Page.MOVEMENT
    assert till.presenter.state.movement is not None
    assert till.presenter.state.movement.entry.number == 2000
    assert till.refused == []


def test_tips_that_are_owed_are_paid_to_whom_one_says(shop: Shop) -> None:
    shop.sell("凝胶美甲", tip=900, tenders=(external(),))
    till = _till(shop)
    till.presenter.begin_tips()
    form, facts = till.presenter.state.tips, till.presenter.state.facts
    assert form is not None
    assert facts is not None
    assert [(row.name, row.amount, row.paying) for row in tips_model(form, facts, ENGLISH).rows] == [
        ("Lily", "$9.00", True)
    ]
    till.presenter.toggle_tip("lily")
    assert till.presenter.state.tips is not None
    assert not tips_model(till.presenter.state.tips, facts, ENGLISH).ready
    till.presenter.toggle_tip("lily")
    till.presenter.pay_tips()
    assert till.told == [("tips", Money(900, "USD"))]


def test_an_x_is_for_those_who_may_see_reports(shop: Shop) -> None:
    till = _till(shop)
    till.presenter.print_x("en")
    assert till.beside.asked == [Permission.REPORTS]
    assert till.told == [("x", None)]


def test_the_close_goes_through_six_steps_and_shows_the_expected_only_after_the_count(shop: Shop) -> None:
    shop.sell("凝胶美甲")
    shop.sell("凝胶美甲", tip=900, tenders=(external(),))
    till = _till(shop)
    till.closing.begin()
    seen = [till.step]
    till.closing.pay_tips()
    seen.append(till.step)
    close, facts = till.presenter.state.close, till.presenter.state.facts
    assert close is not None
    assert facts is not None
    assert "138.03" not in str(close_model(close, facts, ENGLISH))
    till.closing.count({"2000": 6, "1000": 1, "100": 8})
    seen.append(till.step)
    for digit in "5603":
        till.closing.type_batch(digit)
    till.closing.erase_batch()
    till.closing.type_batch("3")
    till.closing.give_batch()
    seen.append(till.step)
    close = till.presenter.state.close
    assert close is not None
    result = close_model(close, facts, ENGLISH)
    assert result.verdict == "Short $0.03"
    assert [row.amount for row in result.rows] == ["$138.00", "$138.03", "$56.03", "$56.03", "$0.00"]
    till.closing.accept()
    seen.append(till.step)
    till.closing.close("zh_CN")
    seen.append(till.step)
    assert seen == list(CloseStep)
    z = till.presenter.state.close
    assert z is not None
    assert z.z is not None
    assert z.z.over_short == Money(-3, "USD")
    till.closing.print_again("en")
    with shop.till.read() as transaction:
        kinds = [(job.kind, job.copy) for job in print_jobs.recent(transaction, 2)]
    assert kinds == [("z", True), ("z", False)]
    till.closing.finish()
    assert till.went == ["closed"]
    assert till.presenter.state.page is Page.OPEN


def test_where_no_tips_are_owed_the_close_has_five_steps(shop: Shop) -> None:
    till = _till(shop)
    till.closing.begin()
    assert till.step is CloseStep.COUNT
    assert till.presenter.state.close is not None
    assert CloseStep.TIPS not in till.presenter.state.close.steps


def test_a_right_drawer_is_not_called_right_where_the_card_machine_says_something_else(shop: Shop) -> None:
    shop.sell("凝胶美甲", tenders=(external(),))
    till = _till(shop)
    till.closing.begin()
    till.closing.count({"2000": 5})
    till.closing.type_batch("1")
    till.closing.give_batch()
    close, facts = till.presenter.state.close, till.presenter.state.facts
    assert close is not None
    assert facts is not None
    result = close_model(close, facts, ENGLISH)
    assert (result.verdict, result.verdict_tone) == ("Difference", Tone.AMBER)


def test_a_close_can_be_left_before_the_count_and_not_after(shop: Shop) -> None:
    till = _till(shop)
    till.closing.begin()
    till.closing.leave()
    assert till.presenter.state.page is Page.HOME
    till.closing.begin()
    till.closing.count({"2000": 5})
    assert till.step is CloseStep.BATCH


def test_tips_may_stay_owed_and_a_machine_may_be_missing(shop: Shop) -> None:
    shop.sell("凝胶美甲", tip=900, tenders=(external(),))
    till = _till(shop)
    till.closing.begin()
    till.closing.skip_tips()
    till.closing.count({"2000": 5})
    till.closing.no_batch()
    assert till.step is CloseStep.RESULT
    assert till.presenter.state.close is not None
    assert till.presenter.state.close.machine is None


def test_a_close_that_was_broken_off_goes_on_after_a_restart(shop: Shop) -> None:
    first = _till(shop)
    first.closing.begin()
    first.closing.count({"2000": 4})
    again = _till(shop)
    assert again.presenter.state.page is Page.HOME
    facts = again.presenter.state.facts
    assert facts is not None
    assert not home_model(facts, ENGLISH).trading
    again.closing.begin()
    assert again.step is CloseStep.BATCH
    for digit in "000":
        again.closing.type_batch(digit)
    again.closing.no_batch()
    again.closing.accept()
    again.closing.close("en")
    assert again.step is CloseStep.CLOSED
    assert again.presenter.state.close is not None
    assert again.presenter.state.close.z is not None
    assert again.presenter.state.close.z.over_short == Money(-2000, "USD")


def test_a_shift_that_is_gone_meanwhile_is_refused_in_words(shop: Shop) -> None:
    till = _till(shop)
    till.presenter.begin_movement(Movement.DROP)
    _type(till, "100")
    shifts.count(shop.till, shop.command(), session_of(shop, "amy").actor, denominations=())
    shifts.close(shop.till, shop.command(), session_of(shop, "amy").actor)
    till.presenter.move()
    assert [type(one) for one in till.refused] == [ShiftNotOpen]
    assert shifts.status(shop.till).shift is None
    till.presenter.begin()
    assert till.presenter.state.page is Page.OPEN


def test_over_is_said_as_over(shop: Shop) -> None:
    till = _till(shop)
    till.closing.begin()
    till.closing.count({"2000": 6})
    till.closing.no_batch()
    close, facts = till.presenter.state.close, till.presenter.state.facts
    assert close is not None
    assert facts is not None
    assert close_model(close, facts, ENGLISH).verdict == "Over $20.00"
    assert facts.status.shift is not None
    assert facts.status.shift.state is ShiftState.OPEN


def _at_the_batch(shop: Shop, terminal: Terminal) -> Till:
    till = _till(shop, batch=terminal)
    till.closing.begin()
    till.closing.count({"2000": 5})
    assert till.step is CloseStep.BATCH
    return till


def _batch_step(till: Till) -> CloseModel:
    state = till.presenter.state
    assert state.close is not None
    assert state.facts is not None
    return close_model(state.close, state.facts, ENGLISH)


def test_the_terminal_closes_its_batch_itself_and_both_figures_stand_beside_each_other(shop: Shop) -> None:
    terminal = Terminal(shop, _counted(shop, 4500))
    till = _at_the_batch(shop, terminal)
    assert (_batch_step(till).go_on, _batch_step(till).can_go_on) == ("Close the batch", True)
    till.closing.close_terminal()
    assert not _batch_step(till).can_go_on
    till.closing.close_terminal()
    terminal.answer()
    assert till.step is CloseStep.RESULT
    rows = {row.name: row.amount for row in _batch_step(till).rows}
    assert (rows["Card terminal"], rows["Taken by this till on it"]) == ("$45.00", "$0.00")
    assert rows["Difference"] == "+$45.00"
    shift = shifts.status(shop.till).shift
    assert shift is not None
    assert shift.card_batch == Money(4500, "USD")


def test_a_batch_that_was_not_closed_is_tried_again_or_typed(shop: Shop) -> None:
    terminal = Terminal(shop, BatchFailed(ChargeProblem.SILENT))
    till = _at_the_batch(shop, terminal)
    till.closing.close_terminal()
    terminal.answer()
    assert "did not close" in _batch_step(till).hint
    assert _batch_step(till).can_go_on
    till.closing.by_hand()
    assert _batch_step(till).types_batch
    terminal.answer()
    assert till.step is CloseStep.BATCH
    till.closing.no_batch()
    assert till.step is CloseStep.RESULT


def test_more_given_back_than_taken_is_compared_and_not_typed_as_a_total(shop: Shop) -> None:
    back = BatchTotals("7", 0, Money(0, "USD"), 1, Money(900, "USD"))
    terminal = Terminal(shop, back)
    till = _at_the_batch(shop, terminal)
    till.closing.close_terminal()
    terminal.answer()
    assert till.step is CloseStep.RESULT
    assert {row.name: row.amount for row in _batch_step(till).rows}["Card terminal"] == "−$9.00"
