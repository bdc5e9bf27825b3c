"""The judge of coverage floors judges rightly: by room, lines and branches together.

The measuring is pytest-cov's; here are only the sums. A room without a floor of its own has the one for elsewhere.
"""

from __future__ import annotations

from tests.coverage_floors import RoomCoverage, below_floor, rooms_of

_FLOORS = {"domain": 100, "elsewhere": 80}


def _file(statements: int, lines_run: int, branches: int, branches_run: int) -> dict[str, dict[str, int]]:
    return {
        "summary": {
            "num_statements": statements,
            "covered_lines": lines_run,
            "num_branches": branches,
            "covered_branches": branches_run,
        }
    }


def test_files_of_a_room_are_summed_with_their_branches() -> None:
    files = {
        "salon_desk/domain/money.py": _file(10, 10, 4, 3),
        "salon_desk/domain/tax.py": _file(6, 6, 0, 0),
        "salon_desk/settings.py": _file(5, 4, 0, 0),
    }
    assert rooms_of(files) == [RoomCoverage("domain", 20, 19), RoomCoverage("settings", 5, 4)]


def test_one_branch_missing_in_domain_is_too_little() -> None:
    assert len(below_floor([RoomCoverage("domain", 1000, 999)], _FLOORS)) == 1


def test_a_room_at_its_floor_is_enough() -> None:
    assert below_floor([RoomCoverage("domain", 7, 7), RoomCoverage("ui", 10, 8)], _FLOORS) == []


def test_a_room_below_the_floor_for_elsewhere_is_named() -> None:
    assert "salon_desk/ui" in below_floor([RoomCoverage("ui", 100, 79)], _FLOORS)[0]
