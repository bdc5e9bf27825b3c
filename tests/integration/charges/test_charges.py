"""A charge: written down before it is asked, asked once, and what is known of it afterwards."""

from __future__ import annotations

import sqlite3
from concurrent.futures import Future

import pytest

from salon_desk.domain.access import Role
from salon_desk.domain.charge import (
    Answer,
    Approved,
    Charge,
    ChargeKind,
    ChargeProblem,
    Declined,
    Means,
    NotFound,
    NotSent,
    Unknown,
)
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.services import cards, charges, tickets
from salon_desk.services.charge_errors import (
    ChargeNotAgain,
    ChargeOpen,
    ChargeSettled,
    ChargeTooMuch,
    EvidenceMissing,
    TerminalMissing,
    TicketLocked,
    UnknownCharge,
)
from salon_desk.services.charges import ChargeAsk
from salon_desk.services.till import Actor
from salon_desk.storage.verify import verify
from tests.integration.charges.counter import Counter, approved, declined
from tests.integration.services.shop import CASHIER, MANAGER, dollars


def silent(charge: Charge) -> Answer:
    return Unknown(charge.reference, ChargeProblem.SILENT)


def test_the_reference_is_durable_before_the_terminal_hears_anything(counter: Counter) -> None:
    seen: list[tuple[str, str]] = []

    def look(charge: Charge) -> Answer:
        other = sqlite3.connect(counter.folder / "till.db")
        seen.append(other.execute("SELECT reference, state FROM charges").fetchone())
        other.close()
        assert counter.shop.till.store.database.pragma("synchronous") == [(2,)]  # FULL
        return approved(charge)

    counter.bank.script.append(look)
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    assert seen == [(view.reference, "asked")]
    assert view.state is ChargeState.APPROVED


def test_a_double_tap_begins_once(counter: Counter) -> None:
    ticket = counter.shop.ticket(("gel", "lily"))
    command, ask = counter.shop.command(), ChargeAsk(ticket, dollars("45.00"))
    first = counter.desk.begin(command, CASHIER, ask)
    second = counter.desk.begin(command, CASHIER, ask)
    assert first.reference == second.reference
    assert len(counter.bank.asked) == 1
    assert len(charges.of_subject(counter.shop.till, ticket)) == 1


def test_a_second_charge_waits_until_it_is_known_what_became_of_the_first(counter: Counter) -> None:
    ticket = counter.shop.ticket(("gel", "lily"))
    counter.bank.holds_back = True
    counter.ask(ticket, "45.00")
    for means in (Means.TERMINAL, Means.WECHAT_PAY):
        with pytest.raises(ChargeOpen):
            counter.ask(ticket, "45.00", means=means)


def test_charges_together_never_come_to_more_than_is_due(counter: Counter) -> None:
    ticket = counter.shop.ticket(("gel", "lily"))
    counter.ask(ticket, "30.00", due=dollars("45.00"))
    with pytest.raises(ChargeTooMuch):
        counter.ask(ticket, "15.01", due=dollars("45.00"))
    assert counter.ask(ticket, "15.00", due=dollars("45.00")).state is ChargeState.APPROVED


@pytest.mark.parametrize("approved_first", [True, False])
def test_approved_is_never_unsaid_in_whatever_order_answers_come(
    counter: Counter, approved_first: bool
) -> None:
    counter.bank.holds_back = True
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    till, zero = counter.shop.till, dollars("0")
    answers: list[Answer] = [
        Approved(view.reference, dollars("45.00"), zero),
        Declined(view.reference, "05"),
        NotFound(view.reference, idle=True),
        NotSent(view.reference, ChargeProblem.BUSY),
        Unknown(view.reference, ChargeProblem.SILENT),
    ]
    for answer in answers if approved_first else reversed(answers):
        charges.answered(till, answer, attempt=1)
        charges.answered(till, answer, attempt=1)
    assert counter.now(view.reference).state is ChargeState.APPROVED
    assert verify(counter.folder).problems == ()


def test_the_same_answer_is_kept_once(counter: Counter) -> None:
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    before = counter.shop.till.store.head.position
    charges.answered(counter.shop.till, counter.bank.books[view.reference], attempt=1)
    charges.answered(counter.shop.till, Unknown(view.reference, ChargeProblem.SILENT), attempt=1)
    assert counter.shop.till.store.head.position == before


def test_silence_is_asked_about_by_reference_and_never_asked_again(counter: Counter) -> None:
    counter.bank.script.append(
        lambda charge: counter.bank.books.setdefault("x", approved(charge)) and silent(charge)
    )
    counter.bank.idle = False
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    assert (view.state, view.problem) == (ChargeState.UNKNOWN, ChargeProblem.BUSY)
    assert len(counter.bank.asked) == 1
    assert counter.bank.looked == [view.reference]
    with pytest.raises(ChargeNotAgain):
        counter.desk.again(counter.shop.command(), CASHIER, view.reference)


def test_an_answer_that_was_lost_is_found_by_its_reference(counter: Counter) -> None:
    def lost(charge: Charge) -> Answer:
        counter.bank.books[charge.reference] = approved(charge)
        return silent(charge)

    counter.bank.script.append(lost)
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    assert view.state is ChargeState.APPROVED
    assert len(counter.bank.asked) == 1


def test_only_a_definite_not_found_lets_the_same_reference_be_asked_again(counter: Counter) -> None:
    counter.bank.script.append(silent)
    counter.bank.idle = False
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    counter.bank.idle = True
    assert counter.desk.look_up(view.reference)
    assert counter.now(view.reference).state is ChargeState.NOT_CHARGED
    command = counter.shop.command()
    for _tap in range(2):
        counter.desk.again(command, CASHIER, view.reference)
    done = counter.now(view.reference)
    assert (done.state, done.attempt) == (ChargeState.APPROVED, 2)
    assert [one.reference for one in counter.bank.asked] == [view.reference] * 2


def test_a_question_that_was_not_sent_says_nothing_about_the_charge(counter: Counter) -> None:
    counter.bank.script.append(silent)
    counter.bank.idle = False
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    answer = NotSent(view.reference, ChargeProblem.OUT_OF_REACH)
    charges.answered(counter.shop.till, answer, attempt=1, looked_up=True)
    assert counter.now(view.reference).state is ChargeState.UNKNOWN
    charges.answered(counter.shop.till, answer, attempt=1)
    assert counter.now(view.reference).state is ChargeState.NOT_CHARGED


def test_a_late_word_about_an_earlier_try_settles_nothing_but_money(counter: Counter) -> None:
    counter.bank.script += [lambda charge: NotSent(charge.reference, ChargeProblem.OUT_OF_REACH)]
    view = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    counter.bank.holds_back = True
    counter.desk.again(counter.shop.command(), CASHIER, view.reference)
    charges.answered(counter.shop.till, Declined(view.reference), attempt=1)
    assert counter.now(view.reference).state is ChargeState.ASKED


def test_nothing_of_a_ticket_changes_while_nobody_knows_or_money_waits(counter: Counter) -> None:
    shop = counter.shop
    ticket = shop.ticket(("gel", "lily"))
    line = tickets.view(shop.till, ticket).ticket.lines[0].line_id
    counter.bank.script.append(silent)
    counter.bank.idle = False
    view = counter.ask(ticket, "45.00")
    for _state in ("unknown", "approved"):
        with pytest.raises(TicketLocked):
            tickets.remove_line(shop.till, shop.command(), CASHIER, ticket, line=line)
        with pytest.raises(TicketLocked):
            tickets.park(shop.till, shop.command(), CASHIER, ticket)
        with pytest.raises(TicketLocked):
            tickets.discard(shop.till, shop.command(), MANAGER, ticket)
        charges.answered(shop.till, approved(counter.bank.asked[0]), attempt=1)
    counter.desk.begin(
        shop.command(), MANAGER, ChargeAsk(ticket, kind=ChargeKind.VOID, of_reference=view.reference)
    )
    tickets.remove_line(shop.till, shop.command(), CASHIER, ticket, line=line)
    assert charges.unsettled(shop.till) == ()


def test_what_was_held_is_free_again_after_a_decline(counter: Counter) -> None:
    shop = counter.shop
    shop.top_up("50.00")
    ticket = shop.ticket(("gel", "lily"))
    cards.hold(shop.till, shop.command(), CASHIER, ticket, card_id=shop.card, amount=dollars("20.00"))
    assert shop.value()[0] == dollars("30.00")
    counter.bank.script.append(declined)
    view = counter.ask(ticket, "25.00")
    assert (view.state, view.said, view.settled) == (ChargeState.DECLINED, "DO NOT HONOR", True)
    assert shop.value()[0] == dollars("50.00")
    assert tickets.park(shop.till, shop.command(), CASHIER, ticket)


def test_a_manager_decides_by_evidence_and_it_stands(counter: Counter) -> None:
    shop = counter.shop
    counter.bank.script.append(silent)
    counter.bank.idle = False
    view = counter.ask(shop.ticket(("gel", "lily")), "45.00")
    decide = counter.desk.decide
    with pytest.raises(PermissionNeeded):
        decide(shop.command(), CASHIER, view.reference, charged=True, evidence="slip")
    with pytest.raises(EvidenceMissing):
        decide(shop.command(), MANAGER, view.reference, charged=True, evidence=" ")
    lent = Actor("amy", Role.CASHIER, "wang", Role.MANAGER)
    decided = decide(
        shop.command(), lent, view.reference, charged=True, evidence="slip 0071", last_four="4242"
    )
    assert (decided.state, decided.decided_by, decided.evidence) == (
        ChargeState.APPROVED,
        "wang",
        "slip 0071",
    )
    assert decided.approved == dollars("45.00")
    with pytest.raises(ChargeSettled):
        decide(shop.command(), MANAGER, view.reference, charged=False, evidence="no slip")
    charges.answered(shop.till, Declined(view.reference), attempt=1)
    assert counter.now(view.reference).state is ChargeState.APPROVED


def test_the_device_may_say_that_money_moved_after_a_manager_thought_not(counter: Counter) -> None:
    shop = counter.shop
    counter.bank.script.append(silent)
    counter.bank.idle = False
    view = counter.ask(shop.ticket(("gel", "lily")), "45.00")
    counter.desk.decide(shop.command(), MANAGER, view.reference, charged=False, evidence="no slip")
    with pytest.raises(ChargeNotAgain):
        counter.desk.again(shop.command(), CASHIER, view.reference)
    charges.answered(shop.till, approved(counter.bank.asked[0], tip="5.00"), attempt=1)
    now = counter.now(view.reference)
    assert (now.state, now.approved, now.is_free) == (ChargeState.APPROVED, dollars("50.00"), True)


def test_at_start_every_open_charge_is_asked_about(counter: Counter) -> None:
    counter.bank.holds_back = True
    charged = counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    other = counter.ask(counter.shop.ticket(("six", "lily")), "6.00")
    del counter.bank.books[other.reference]
    counter.start()
    assert counter.desk.look_up_open() == 2
    assert counter.now(charged.reference).state is ChargeState.APPROVED
    assert counter.now(other.reference).state is ChargeState.NOT_CHARGED
    assert [one.reference for one in charges.unsettled(counter.shop.till)] == [charged.reference]
    assert len(counter.bank.asked) == 2


def test_no_number_of_a_card_is_kept_whatever_a_terminal_says(counter: Counter) -> None:
    def leaky(charge: Charge) -> Answer:
        return Declined(charge.reference, "05", "CARD 4111 1111 1111 1111 REFUSED")

    counter.bank.script.append(leaky)
    assert counter.ask(counter.shop.ticket(("gel", "lily")), "45.00").said == "CARD … REFUSED"


def test_a_device_that_fails_has_perhaps_charged(counter: Counter) -> None:
    class Broken:
        def __getattr__(self, _name: str) -> object:
            return getattr(counter.bank, _name)

        def charge(self, charge: Charge) -> Future[Answer]:
            raise OSError("gone")

    counter.bank.idle = False
    counter.desk.use(Means.TERMINAL, Broken())  # type: ignore[arg-type]
    assert counter.ask(counter.shop.ticket(("gel", "lily")), "45.00").state is ChargeState.UNKNOWN
    counter.desk.use(Means.TERMINAL, None)
    with pytest.raises(TerminalMissing):
        counter.ask(counter.shop.ticket(("gel", "lily")), "45.00")
    with pytest.raises(UnknownCharge):
        counter.desk.look_up("nobody")
