"""Where the value of a card had better lie: what outweighs what, how a balance is shared out, when nothing moves."""

from __future__ import annotations

from salon_desk.head_office.weighing import (
    HEAD_OFFICE,
    TYPICAL_TICKET,
    At,
    Habits,
    Signal,
    Weighed,
    layout,
    share,
    weigh,
)

STORES = ("a", "b", "c")
TODAY = 100.0


def ranked(habits: Habits, reach: tuple[str, ...] = STORES) -> list[str]:
    return [one.store for one in weigh(habits, TODAY, reach)]


def weighed(*stores: tuple[str, float]) -> list[Weighed]:
    return [Weighed(store, weight) for store, weight in stores]


def test_a_booking_of_the_next_days_outweighs_home_and_all_habit() -> None:
    habits = Habits("a", [At("a", TODAY - n) for n in range(20, 0, -4)], [At("b", TODAY + 6)])
    assert ranked(habits)[0] == "b"


def test_the_nearest_booking_comes_first() -> None:
    assert ranked(Habits(bookings=[At("a", TODAY + 9), At("b", TODAY + 2)])) == ["b", "a"]


def test_a_booking_that_is_over_says_nothing_but_a_customer_may_be_late() -> None:
    assert ranked(Habits("a", bookings=[At("b", TODAY - 2)])) == ["a"]
    assert ranked(Habits("a", bookings=[At("b", TODAY - 0.2)]))[0] == "b"


def test_who_is_checked_in_outweighs_every_booking() -> None:
    assert ranked(Habits("a", bookings=[At("b", TODAY)], checked_in="c"))[0] == "c"


def test_the_habit_of_months_outweighs_the_home_store_and_one_visit_does_not() -> None:
    assert ranked(Habits("a", [At("b", TODAY - 5)]))[0] == "a"
    assert ranked(Habits("a", [At("b", TODAY - n) for n in (40, 25, 10, 3)]))[0] == "b"


def test_recent_visits_count_more_than_old_ones() -> None:
    assert ranked(Habits("", [At("a", 0.0), At("a", 1.0), At("b", 98.0)]))[0] == "b"


def test_a_store_out_of_reach_gets_nothing() -> None:
    assert ranked(Habits("a", bookings=[At("b", TODAY + 1)]), ("a", "c")) == ["a"]
    assert ranked(Habits(checked_in="b"), ("a",)) == []


def test_what_is_alike_is_ordered_by_name_so_that_every_run_is_the_same() -> None:
    assert ranked(Habits(bookings=[At("c", TODAY + 1), At("b", TODAY + 1)])) == ["b", "c"]


def test_a_flaky_link_gets_more_and_a_steady_one_less() -> None:
    habits = Habits(bookings=[At("a", TODAY + 3), At("b", TODAY + 3), At("c", TODAY + 3)])
    found = weigh(habits, TODAY, STORES, {"a": 0.0, "b": 0.2})
    assert [one.store for one in found] == ["b", "c", "a"]
    assert found[0].why[-1].signal is Signal.LINK


def test_the_weight_is_the_sum_of_its_reasons() -> None:
    (one,) = weigh(Habits("a", [At("a", TODAY)], [At("a", TODAY)]), TODAY, STORES)
    assert [reason.signal for reason in one.why] == [
        Signal.BOOKED,
        Signal.VISITED,
        Signal.LAST,
        Signal.HOME,
    ]
    assert one.weight == sum(reason.weight for reason in one.why)


def test_a_small_balance_goes_whole_to_the_best_store() -> None:
    units = TYPICAL_TICKET * 3 // 2
    assert share(units, weighed(("a", 10.0), ("b", 9.0))) == {"a": units}


def test_a_larger_balance_gives_a_ticket_to_each_in_order_and_the_rest_to_the_best() -> None:
    assert share(100, weighed(("a", 9.0), ("b", 5.0), ("c", 4.0)), ticket=30) == {"a": 40, "b": 30, "c": 30}
    assert share(80, weighed(("a", 9.0), ("b", 5.0), ("c", 4.0)), ticket=30) == {"a": 50, "b": 30}


def test_a_store_that_hardly_counts_gets_no_share() -> None:
    assert share(100, weighed(("a", 100.0), ("b", 1.0)), ticket=30) == {"a": 100}


def test_without_a_store_or_without_value_nothing_is_shared_out() -> None:
    assert share(100, []) == {}
    assert share(0, weighed(("a", 1.0))) == {}


def test_what_lies_at_head_office_finds_its_place() -> None:
    assert layout({HEAD_OFFICE: 50, "b": 10}, weighed(("a", 5.0))) == {"a": 60}


def test_what_nobody_has_a_place_for_stays_where_it_is() -> None:
    assert layout({HEAD_OFFICE: 50}, []) == {}
    assert layout({"b": 50}, []) == {"b": 50}


def test_moves_are_damped_where_it_lies_well_enough_it_stays() -> None:
    assert layout({"b": 50}, weighed(("a", 5.0), ("b", 4.5))) == {"b": 50}
    assert layout({"b": 50}, weighed(("a", 5.0), ("b", 3.0))) == {"a": 50}


def test_more_than_a_store_should_have_does_no_good_there() -> None:
    whole = weighed(("a", 5.0), ("b", 5.0))
    assert layout({"a": 60}, whole, ticket=30) == {"a": 30, "b": 30}


def test_nothing_is_made_or_lost_by_sharing() -> None:
    for units in range(1, 400, 7):
        assert sum(share(units, weighed(("a", 9.0), ("b", 5.0), ("c", 4.0)), ticket=30).values()) == units
