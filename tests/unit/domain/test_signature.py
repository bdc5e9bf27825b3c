"""A signature is kept small and comes back as it was drawn, and a text that is none draws nothing."""

from __future__ import annotations

import base64

import pytest

from salon_desk.domain.signature import HEIGHT, MOST_POINTS, WIDTH, pack, unpack


def line(points: int) -> list[tuple[int, int]]:
    """So many points that are apart, in thousandths."""
    return [(number * 12 % 1000, number * 37 % 1000) for number in range(points)]


def test_what_is_drawn_comes_back_on_the_grid() -> None:
    found = unpack(pack([line(20), [(500, 500), (1000, 1000)]]))
    assert len(found) == 2
    assert found[1] == ((125, 50), (WIDTH, HEIGHT))


def test_a_slip_of_the_finger_is_no_signature() -> None:
    assert pack([[(1, 1), (1, 2), (2, 2)]]) == ""
    assert pack([[]]) == ""


def test_a_long_one_is_thinned_and_keeps_its_ends() -> None:
    drawn = line(2_000)
    (found,) = unpack(pack([drawn]))
    assert len(found) <= MOST_POINTS
    assert (found[0], found[-1]) == ((0, 0), unpack(pack([line(20)[:-1] + drawn[-1:]]))[0][-1])


def test_of_very_many_strokes_some_are_left_out() -> None:
    found = unpack(pack([[(0, 0), (1000, 1000)]] * 1_000))
    assert sum(len(one) for one in found) == MOST_POINTS


@pytest.mark.parametrize(
    "text",
    [
        "not base64",
        "",
        base64.b64encode(bytes((255, 255))).decode(),
        base64.b64encode(bytes((251, 200, 1, 1))).decode(),
    ],
)
def test_a_text_that_is_none_draws_nothing(text: str) -> None:
    assert unpack(text) == ()


def test_points_beside_the_grid_are_left_out() -> None:
    text = base64.b64encode(bytes((251, 0, 1, 1, 9, 200, 5, 5, 255, 255))).decode()
    assert unpack(text) == (((1, 1), (5, 5)),)
