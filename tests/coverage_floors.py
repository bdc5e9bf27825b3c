"""The floors of coverage by room, as pyproject.toml names them, kept at the end of a whole run.

No measuring lives here (pytest-cov does that). A run of some tests only, or one without `--cov`, is not judged;
a room below its floor is a failed test like any other, so the closing line and the exit code say so.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import coverage
import pytest

_ELSEWHERE = "elsewhere"
_COUNTS = ("num_statements", "num_branches", "covered_lines", "covered_branches")


@dataclass(frozen=True, slots=True)
class RoomCoverage:
    """Lines and branches of one room: how many there are, how many were run."""

    room: str
    possible: int
    covered: int

    @property
    def percent(self) -> float:
        """Share of lines and branches that were run; a room with none is complete."""
        return 100.0 * self.covered / self.possible if self.possible else 100.0


def rooms_of(files: Mapping[str, Mapping[str, Any]]) -> list[RoomCoverage]:
    """Sum coverage's report by file into rooms: the folder or module right below `salon_desk/`."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, entry in files.items():
        parts = Path(name).parts
        room = Path(parts[parts.index("salon_desk") + 1]).stem
        statements, branches, lines_run, branches_run = (int(entry["summary"].get(key, 0)) for key in _COUNTS)
        sums[room][0] += statements + branches
        sums[room][1] += lines_run + branches_run
    return [RoomCoverage(room, possible, covered) for room, (possible, covered) in sorted(sums.items())]


def below_floor(rooms: list[RoomCoverage], floors: Mapping[str, float]) -> list[str]:
    """One line for each room that is below its floor."""
    wanted = {room.room: floors.get(room.room, floors[_ELSEWHERE]) for room in rooms}
    return [
        f"salon_desk/{room.room}: {room.percent:.2f} % of lines and branches, the floor is {wanted[room.room]} %"
        for room in rooms
        if room.percent < wanted[room.room]
    ]


class CoverageFloors:
    """Looks at the coverage when a whole run is over and reports what is too low as a failure."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self) -> Generator[None, object, object]:
        result = yield
        if self._whole_run():
            self._judge()
        return result

    def _whole_run(self) -> bool:
        option = self._config.option
        if hasattr(self._config, "workerinput"):  # one of several processes has only its part
            return False
        return bool(
            getattr(option, "cov_source", None)
            and not getattr(option, "no_cov", False)
            and self._config.args_source is pytest.Config.ArgsSource.TESTPATHS
            and not (option.keyword or option.markexpr or option.collectonly)
        )

    def _judge(self) -> None:
        project = tomllib.loads((self._config.rootpath / "pyproject.toml").read_text("utf-8"))
        floors = project["tool"]["salon_desk"]["coverage_floors"]
        problems = below_floor(rooms_of(_measured()), floors)
        if not problems:
            return
        report = pytest.TestReport(
            nodeid="coverage floors (pyproject.toml)",
            location=("pyproject.toml", None, "coverage floors"),
            keywords={},
            outcome="failed",
            longrepr="\n".join(problems),
            when="call",
        )
        self._config.hook.pytest_runtest_logreport(report=report)


def _measured() -> dict[str, dict[str, Any]]:
    measured = coverage.Coverage()
    measured.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        measured.json_report(outfile=str(report))
        files: dict[str, dict[str, Any]] = json.loads(report.read_text("utf-8"))["files"]
    return files
