"""Who owes whom for value: the oldest is spent first, and whatever happens the parties together owe nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.domain.settlement import HEAD_OFFICE, Owing, Purpose, Settlement, Why

CARD, ASSET = "one", "card/one/USD/paid"


def net(owings: Iterable[Owing]) -> dict[str, int]:
    """What each party gets; those that come to nothing are left out."""
    sums: Counter[str] = Counter()
    for one in owings:
        sums[one.creditor] += one.units
        sums[one.debtor] -= one.units
    assert sum(sums.values()) == 0
    return {party: units for party, units in sums.items() if units}


class Books:
    """A settlement with all that it made anybody owe."""

    def __init__(self) -> None:
        self.to = Settlement()
        self.owed: list[Owing] = []
        self.numbers = 0

    def issue(self, by: str, units: int, purpose: Purpose = Purpose.VALUE) -> str:
        self.numbers += 1
        self.owed += self.to.issued(ASSET, units, by=by, op=f"{self.numbers}", purpose=purpose)
        return f"{self.numbers}"

    def spend(self, by: str, units: int) -> str:
        self.numbers += 1
        self.owed += self.to.spent(ASSET, units, by=by, op=f"{self.numbers}", day="", why=Why.SALE)
        return f"{self.numbers}"

    def refund(self, by: str, units: int, of_op: str) -> None:
        self.numbers += 1
        self.owed += self.to.put_back(
            ASSET, units, by=by, op=f"{self.numbers}", of_op=of_op, day="", why=Why.REFUND
        )

    def take_off(self, by: str, units: int, of_op: str) -> None:
        self.numbers += 1
        self.owed += self.to.taken_off(
            ASSET, units, by=by, op=f"{self.numbers}", of_op=of_op, day="", why=Why.VOID
        )

    def overdraw(self, by: str, units: int) -> None:
        self.numbers += 1
        self.owed += self.to.overdrawn(CARD, ASSET, units, by=by, op=f"{self.numbers}")

    def recover(self, units: int) -> None:
        self.numbers += 1
        self.owed += self.to.recovered(CARD, ASSET, units, op=f"{self.numbers}", day="")

    def repay(self, units: int) -> None:
        self.numbers += 1
        self.owed += self.to.cover_repaid(ASSET, units, op=f"{self.numbers}", day="")


def test_who_sold_value_owes_it_to_who_took_it() -> None:
    books = Books()
    books.issue("A", 100)
    books.spend("B", 30)
    books.spend("A", 20)
    assert net(books.owed) == {"A": -30, "B": 30}
    assert books.to.left(ASSET) == 50


def test_the_oldest_value_is_spent_first() -> None:
    books = Books()
    books.issue("A", 100)
    books.issue("B", 100)
    books.spend("C", 120)
    assert net(books.owed) == {"A": -100, "B": -20, "C": 120}


def test_a_refund_gives_back_to_those_who_owed_it_the_last_first() -> None:
    books = Books()
    books.issue("A", 100)
    books.issue("B", 100)
    sale = books.spend("C", 120)
    books.refund("C", 50, sale)
    assert net(books.owed) == {"A": -70, "C": 70}
    books.refund("D", 70, sale)
    assert net(books.owed) == {"C": 70, "D": -70}
    assert books.to.left(ASSET) == 200


def test_more_put_back_than_was_taken_is_the_refunding_stores_own_issue() -> None:
    books = Books()
    books.refund("A", 40, "unknown")
    books.spend("B", 40)
    assert net(books.owed) == {"A": -40, "B": 40}


def test_a_top_up_taken_back_takes_its_own_value_first_then_the_oldest() -> None:
    books = Books()
    books.issue("A", 100)
    top_up = books.issue("B", 100)
    books.take_off("B", 100, top_up)
    assert net(books.owed) == {}
    books = Books()
    books.issue("A", 100)
    top_up = books.issue("B", 100)
    books.spend("C", 150)
    books.issue("D", 80)
    books.take_off("B", 100, top_up)
    assert net(books.owed) == {"A": -100, "C": 150, "D": -50}


def test_an_overdraft_recovered_ends_with_whom_it_was_given_by() -> None:
    books = Books()
    books.issue("A", 100)
    books.overdraw("B", 20)
    books.spend("B", 20)
    assert net(books.owed) == {"A": -20, "B": 20}
    books.recover(20)
    assert net(books.owed) == {"A": -20, "B": 20}
    assert books.to.left(ASSET) == 80


def test_an_overdraft_that_was_spent_is_recovered_from_the_next_top_up_for_who_gave_it() -> None:
    books = Books()
    books.overdraw("B", 20)
    books.spend("B", 20)
    books.issue("C", 50)
    books.recover(20)
    assert net(books.owed) == {"B": 20, "C": -20}
    books.recover(5)
    assert net(books.owed) == {"B": 20, "C": -25, HEAD_OFFICE: 5}


def test_a_cover_is_the_merchants_and_only_what_was_lost_stays_with_it() -> None:
    books = Books()
    books.issue("A", 100)
    books.issue(HEAD_OFFICE, 100, Purpose.COVER)
    books.spend("B", 40)
    assert net(books.owed) == {"A": -40, "B": 40}
    books.repay(100)
    assert net(books.owed) == {"A": -40, "B": 40}
    books = Books()
    books.issue("A", 100)
    books.issue(HEAD_OFFICE, 100, Purpose.COVER)
    books.spend("B", 100)
    books.spend("C", 30)
    books.repay(70)
    assert net(books.owed) == {"A": -100, "B": 100, "C": 30, HEAD_OFFICE: -30}


def test_what_is_spent_before_anybody_sold_it_is_owed_when_it_is_known_who_did() -> None:
    books = Books()
    books.spend("B", 60)
    assert list(books.to.unattributed()) == [(ASSET, "B", 60)]
    assert (books.owed, books.to.left(ASSET)) == ([], -60)
    books.issue("A", 40)
    books.issue("C", 50)
    assert net(books.owed) == {"A": -40, "B": 60, "C": -20}
    assert list(books.to.unattributed()) == []
    assert books.to.left("card/another/USD/paid") == 0


def test_value_that_ends_is_owed_to_nobody_the_oldest_first() -> None:
    books = Books()
    books.issue("A", 40)
    books.issue("C", 50)
    books.to.ended(ASSET, 60)
    books.spend("B", 30)
    assert net(books.owed) == {"B": 30, "C": -30}
    assert books.to.left(ASSET) == 0


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["issue", "spend", "spend", "refund", "void", "overdraw", "recover", "cover", "repay"]
        ),
        st.sampled_from(["A", "B", "C"]),
        st.integers(1, 90),
    ),
    max_size=30,
)


@given(STEPS)
@settings(max_examples=60)
def test_over_all_parties_it_is_zero_and_the_lots_are_what_lies_on_the_card(
    steps: list[tuple[str, str, int]],
) -> None:
    """In whatever order value was sold, spent, given back, overdrawn, covered and taken back."""
    books, card, sold, given_for = Books(), 0, Counter[str](), Counter[str]()
    spent: list[tuple[str, int]] = []
    issued: list[tuple[str, str, int]] = []
    owed = cover = 0
    for what, by, units in steps:
        match what:
            case "issue":
                issued.append((books.issue(by, units), by, units))
                sold[by] += units
                card += units
            case "spend" if card:
                units = min(units, card)
                spent.append((books.spend(by, units), units))
                given_for[by] += units
                card -= units
            case "refund" if spent:
                op, most = spent.pop()
                books.refund(by, min(units, most), op)
                given_for[by] -= min(units, most)
                card += min(units, most)
            case "void" if issued and issued[-1][2] <= card:
                op, by, units = issued.pop()
                books.take_off(by, units, op)
                given_for[by] += units
                card -= units
            case "overdraw":
                books.overdraw(by, units)
                sold[by] += units
                card, owed = card + units, owed + units
            case "recover" if min(card, owed):
                units = min(units, card, owed)
                books.recover(units)
                card, owed = card - units, owed - units
                given_for["somebody"] += units
            case "cover":
                books.issue(HEAD_OFFICE, units, Purpose.COVER)
                sold[HEAD_OFFICE] += units
                card, cover = card + units, cover + units
            case "repay" if min(card, cover):
                units = min(units, card, cover)
                books.repay(units)
                given_for[HEAD_OFFICE] += units
                card, cover = card - units, cover - units
            case _:
                pass
    net(books.owed)
    assert books.to.left(ASSET) == card
    assert list(books.to.unattributed()) == []
    assert sum(sold.values()) - sum(given_for.values()) == card
