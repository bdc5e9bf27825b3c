"""The owner's commands at head office, as people type them: JSON on one line, or columns that align."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.main import main
from salon_desk.head_office import lost_tills, placement
from salon_desk.operations.envelope import Header, seal
from salon_desk.operations.registry import encode
from salon_desk.operations.shift import DrawerOpened
from salon_desk.storage import evidence
from salon_desk.storage.place import Place
from tests.integration.cover.facts import settle_down, still_open
from tests.integration.moves.chain import Chain, issue, open_chain, record
from tests.integration.storage.tills import moving

Output = pytest.CaptureFixture[bytes]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A head office and tills of S1, S1, S2; $250 and $20 of bonus lie at the first; nobody has it open."""
    chain = open_chain(tmp_path)
    for store in ("S1", "S1", "S2"):
        chain.add_till(store)
    issue(chain.office, 25_000, 2_000)
    placement.place(chain.office)
    settle_down(chain, *chain.tills)
    _fork(chain)
    chain.close()
    return tmp_path / "office"


def _fork(chain: Chain) -> None:
    till = chain.tills[0]
    body, salt = encode(DrawerOpened(shift="s", reason="a copy")), b"s" * 16
    first = chain.chain_of(till)[0].header
    header = Header(
        **{name: getattr(first, name) for name in Header.__struct_fields__ if name != "kind"},
        kind="drawer.opened",
    )
    with chain.office.local() as transaction:
        evidence.keep_fork(transaction, seal(header, salt, body), "2026-11-20T15:00:00.000Z")


def said(output: Output, folder: Path, *words: str) -> dict[str, object]:
    """What a command says as JSON."""
    assert main(["head-office", *words, "--data", str(folder), "--json"]) == 0
    return json.loads(output.readouterr().out)


def lines(output: Output, folder: Path, *words: str) -> list[str]:
    assert main(["head-office", *words, "--data", str(folder)]) == 0
    return output.readouterr().out.decode().splitlines()


def test_holdings_say_who_holds_what_since_when_and_why(folder: Path, capsysbinary: Output) -> None:
    told = said(capsysbinary, folder, "holdings")
    (one,) = told["holders"]  # type: ignore[misc]
    assert (one["holder"]["store"], one["cards"], one["paid"], one["bonus"]) == ("S1", 1, 25_000, 2_000)
    of_card = said(capsysbinary, folder, "holdings", "--card", "4417")
    assert [(each["units"], each["why"]) for each in of_card["held"]] == [  # type: ignore[attr-defined]
        (2_000, "home"),
        (25_000, "home"),
    ]
    assert lines(capsysbinary, folder, "holdings", "--card", "4417")[1].startswith("S1 ")
    (best,) = of_card["why"]["standings"]  # type: ignore[index]
    assert (best["store"], [one["signal"] for one in best["why"]]) == ("S1", ["home"])
    assert any("home store" in one for one in lines(capsysbinary, folder, "holdings", "--card", "4417"))
    head, row = lines(capsysbinary, folder, "holdings")
    assert head.index("Cards") == row.index("1", row.index("USD"))


def test_what_is_no_money_is_said_not_to_be_covered_and_why(tmp_path: Path, capsysbinary: Output) -> None:
    chain = open_chain(tmp_path)
    till = chain.add_till("S1")
    record(till.store, moving(30, asset="points/m1"))
    chain.push(till)
    assert lost_tills.declare_dead(chain.office, till.node)
    chain.close()
    last = lines(capsysbinary, tmp_path / "office", "stranded")[-1]
    assert last.startswith("Visits, points and coupons are not covered with money")


def test_a_dead_till_is_stranded_covered_within_the_limit_and_above_it_by_the_owner(
    folder: Path, capsysbinary: Output
) -> None:
    assert said(capsysbinary, folder, "cover", "--limit", "150.00")["limit_cents"] == 15_000
    assert said(capsysbinary, folder, "dead", "--till", "S1/till1", "--reason", "flooded")["dead"]
    told = said(capsysbinary, folder, "stranded", "--overdraft-limit", "100")
    assert sum(one["units"] for one in told["stranded"]) == 27_000  # type: ignore[attr-defined]
    (risk,) = told["exposure"]  # type: ignore[misc]
    assert (risk["stranded"], risk["covered"], risk["cover_open"]) == (27_000, 15_000, 15_000)
    assert risk["overdraft_most_of_card"] == 30_000
    assert said(capsysbinary, folder, "cover", "--card", "4417")["covered_now_cents"] == 12_000
    covers = said(capsysbinary, folder, "cover")["covers"]
    assert sum(one["units"] for one in covers) == 27_000  # type: ignore[attr-defined]
    assert any("flooded" in line for line in lines(capsysbinary, folder, "stranded"))
    assert "$270.00" in lines(capsysbinary, folder, "cover")[-1]
    assert said(capsysbinary, folder, "dead", "--till", "till1", "--found")["found"]
    assert lines(capsysbinary, folder, "stranded") == ["There is nothing to show."]


def test_recall_asks_and_takes_nothing(folder: Path, capsysbinary: Output) -> None:
    told = said(capsysbinary, folder, "recall", "--card", "4417", "--till", "till1")
    assert len(told["recalls"]) == 2  # type: ignore[arg-type]
    assert not told["in_reach"]
    assert lines(capsysbinary, folder, "recall", "--asset", "series/x", "--till", "till1") == [
        "Nothing of it lies there."
    ]
    assert said(capsysbinary, folder, "holdings")["holders"]


def test_forks_are_shown_with_both_branches(folder: Path, capsysbinary: Output) -> None:
    (fork,) = said(capsysbinary, folder, "forks")["forks"]  # type: ignore[misc]
    assert (fork["here"]["kind"], fork["there"]["kind"]) == ("epoch.opened", "drawer.opened")
    assert len(lines(capsysbinary, folder, "forks")) == 1


def test_settlement_is_a_report(folder: Path, capsysbinary: Output) -> None:
    assert said(capsysbinary, folder, "settlement", "--from", "2026-11-01")["bonus"] == "issuer"
    assert any("All stores" in line for line in lines(capsysbinary, folder, "settlement"))


def test_what_a_backup_shows_is_covered_and_put_on_paper(folder: Path, capsysbinary: Output) -> None:
    with office_at(Place(folder=folder)) as office:
        issue(office, 700, 50)
    told = said(capsysbinary, folder, "go-on")
    assert (told["opened"], told["report"]) == (False, None)
    told = said(capsysbinary, folder, "go-on", "--restored")
    assert told["opened"]
    (covered,) = told["report"]["covered"]  # type: ignore[index]
    assert (covered["cards"], covered["paid"]["cents"], covered["bonus"]["cents"]) == (1, 700, 50)
    with office_at(Place(folder=folder)) as office:
        assert still_open(office) == 750
    again = lines(capsysbinary, folder, "go-on")
    assert any("$7.50" in line for line in again)
    assert said(capsysbinary, folder, "go-on")["opened"] is False


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["dead", "--till", "nobody"], "No till is called nobody."),
        (["holdings", "--card", "none"], "No card has the code none."),
        (["cover", "--limit", "much"], "no amount of money"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    folder: Path, capsysbinary: Output, words: list[str], answer: str
) -> None:
    assert main(["head-office", *words, "--data", str(folder)]) == 2
    assert answer in capsysbinary.readouterr().err.decode()
