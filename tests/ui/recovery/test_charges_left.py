"""What became of a card payment that the power cut: said on the first screen as far as it is known, and anew when it is."""

from __future__ import annotations

import pytest

from salon_desk.domain.charge import Approved, Declined, NotFound
from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue
from salon_desk.services.charges import ChargeAsk
from salon_desk.ui.screens.recovery.fact import Fact, Sureness
from salon_desk.ui.screens.recovery.presenter import RecoveryPresenter, RecoveryWays
from salon_desk.ui.screens.recovery.view_model import recovery_model
from salon_desk.ui.tasks import ImmediateTasks
from tests.ui.back_office import CASHIER, Shop, session_of
from tests.ui.recovery.crashed_till import ManagerBeside, start_after_crash
from tests.ui.terminal import Charged

EN = Catalogue.load("en")
MONEY = Money(4500, "USD")


@pytest.fixture
def charged(shop: Shop) -> Charged:
    """$45.00 were asked for when the power went."""
    made = Charged(shop.till)
    made.desk.begin("charge", CASHIER, ChargeAsk("document-1", MONEY))
    made.terminal.forget()
    made.restart()
    return made


@pytest.fixture
def presenter(shop: Shop, charged: Charged) -> RecoveryPresenter:
    found = RecoveryPresenter(
        shop.till,
        ImmediateTasks(),
        session_of(shop, "amy"),
        recovery=start_after_crash(shop),
        approvals=ManagerBeside(shop),
        ways=RecoveryWays(lambda: None, lambda: None),
        terminal=charged.line,
    )
    found.begin()
    return found


def first(presenter: RecoveryPresenter) -> Fact:
    return recovery_model(presenter.state, EN).facts[0]


def test_nobody_knows_until_the_terminal_says_that_it_was_charged(
    presenter: RecoveryPresenter, charged: Charged
) -> None:
    assert first(presenter).title == "Nobody knows yet whether the card was charged $45.00"
    charged.desk.look_up_open()
    reference = charged.terminal.looked[0].reference
    charged.terminal.answer(Approved(reference, MONEY, Money(0, "USD")))
    fact = first(presenter)
    assert fact.title == "The card was charged $45.00, and nothing is sold for it yet"
    assert fact.sureness is Sureness.LOOK


@pytest.mark.parametrize("declined", [True, False])
def test_not_charged_is_said_once_it_is_certain(
    presenter: RecoveryPresenter, charged: Charged, *, declined: bool
) -> None:
    charged.desk.look_up_open()
    reference = charged.terminal.looked[0].reference
    charged.terminal.answer(Declined(reference) if declined else NotFound(reference, idle=True))
    fact = first(presenter)
    assert (fact.sureness, fact.title) == (Sureness.SETTLED, "The card was not charged $45.00")
