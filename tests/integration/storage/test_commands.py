"""`verify` and `journal` as commands: what they print, how they end."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from salon_desk.cli.journal import human_line, json_line
from salon_desk.cli.main import main
from salon_desk.operations.envelope import GENESIS, body_hash, header_hash, seal
from salon_desk.operations.envelope import Header as EnvelopeHeader
from salon_desk.operations.personal import PERSONAL
from salon_desk.operations.registry import MAY_BE_WITHHELD
from tests.integration.storage.tills import journal_of, no_sale, open_till

Output = pytest.CaptureFixture[bytes]


def change(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "till.db")
    with connection:
        connection.execute(statement)
    connection.close()


def test_verify_says_in_one_json_object_that_all_is_well(traded: Path, capsysbinary: Output) -> None:
    assert main(["verify", "--data", str(traded), "--json"]) == 0
    (line,) = capsysbinary.readouterr().out.splitlines()
    found = json.loads(line)
    assert set(found) == {"ok", "operations", "head", "digest", "problems", "local_tables", "set_aside"}
    assert (found["ok"], found["problems"]) == (True, [])
    assert found["head"] == journal_of(traded)[-1].hash


def test_verify_ends_with_1_and_names_what_is_wrong(copied: Path, capsysbinary: Output) -> None:
    change(copied, "UPDATE purses SET units = units + 1 WHERE asset LIKE 'card/%/paid'")
    assert main(["verify", "--data", str(copied), "--json"]) == 1
    found = json.loads(capsysbinary.readouterr().out)
    assert not found["ok"]
    assert any(line.startswith("purses asset=card/") for line in found["problems"])
    assert main(["verify", "--data", str(copied)]) == 1
    assert b"purses asset=card/" in capsysbinary.readouterr().out


def test_verify_for_people_ends_with_one_plain_sentence(traded: Path, capsysbinary: Output) -> None:
    assert main(["verify", "--data", str(traded)]) == 0
    assert len(capsysbinary.readouterr().out.splitlines()) == 2


@pytest.mark.parametrize("command", ["verify", "journal"])
def test_no_folder_and_a_database_server_are_refused_in_one_line(
    command: str, tmp_path: Path, capsysbinary: Output
) -> None:
    for words in (["--data", str(tmp_path / "nowhere")], ["--database", "postgresql://x/y"]):
        assert main([command, *words, "--json"]) == 2
        said = capsysbinary.readouterr()
        assert said.out == b""
        assert len(said.err.splitlines()) == 1


def test_journal_prints_one_operation_a_line_in_the_order_of_recording(
    traded: Path, capsysbinary: Output
) -> None:
    assert main(["journal", "--data", str(traded), "--json"]) == 0
    found = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert [one["position"] for one in found] == list(range(1, len(found) + 1))
    assert [one["op_id"] for one in found] == [one.header.op_id for one in journal_of(traded)]
    assert set(found[0]) == {
        *("position", "op_id", "kind", "version", "node", "epoch", "seq", "at", "business_day", "actor"),
        *("command_id", "body_hash", "prev_hash", "hash", "body"),
    }


def test_a_line_of_the_journal_is_enough_to_check_the_chain(traded: Path, capsysbinary: Output) -> None:
    main(["journal", "--data", str(traded), "--json"])
    previous: dict[str, str] = {}
    for line in capsysbinary.readouterr().out.splitlines():
        one = json.loads(line)
        header = EnvelopeHeader(**{name: one[name] for name in EnvelopeHeader.__struct_fields__})
        assert header_hash(header) == one["hash"]
        assert one["prev_hash"] == previous.get(one["epoch"], GENESIS)
        previous[one["epoch"]] = one["hash"]


def test_a_body_stands_in_its_line_byte_for_byte(traded: Path) -> None:
    for position, envelope in enumerate(journal_of(traded), start=1):
        assert envelope.body is not None or envelope.header.kind in MAY_BE_WITHHELD | PERSONAL
        assert (envelope.body or b"") in json_line(position, envelope)


def test_journal_goes_on_after_a_position(traded: Path, capsysbinary: Output) -> None:
    main(["journal", "--data", str(traded), "--after", "3"])
    whole = capsysbinary.readouterr().out.splitlines()
    assert whole[0].split()[0] == b"4"
    assert len(whole) == len(journal_of(traded)) - 3


def test_journal_reads_beside_the_till(folder: Path, capsysbinary: Output) -> None:
    store = open_till(folder)
    done = no_sale(store)
    assert main(["journal", "--data", str(folder), "--after", "1", "--json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["op_id"] == done.op_id
    store.close()


def test_a_damaged_row_is_shown_as_far_as_it_can_be_read(copied: Path, capsysbinary: Output) -> None:
    change(
        copied,
        "UPDATE journal SET actor = CAST(X'ff' AS TEXT), body = X'7b', at = 1 << 62 WHERE position = 2",
    )
    change(copied, "UPDATE journal SET body = X'22a222' WHERE position = 5")
    change(copied, "UPDATE journal SET body = NULL, salt = NULL WHERE position = 3")
    assert main(["journal", "--data", str(copied), "--json"]) == 0
    found = [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]
    assert found[1]["body"] is None
    assert "body" not in found[2]
    assert "body" in found[3]
    assert found[4]["body"] is None
    assert main(["journal", "--data", str(copied)]) == 0


@pytest.mark.parametrize("page", [1, 8])
def test_a_damaged_file_is_refused_in_one_line(copied: Path, capsysbinary: Output, page: int) -> None:
    """Page 1 is the schema's; from page 8 on the journal lies somewhere."""
    data = (copied / "till.db").read_bytes()
    (copied / "till.db").write_bytes(data[: 4096 * page] + b"\xff" * (len(data) - 4096 * page))
    assert main(["journal", "--data", str(copied), "--json"]) == 2
    assert len(capsysbinary.readouterr().err.splitlines()) == 1


def test_an_instant_that_no_calendar_has_is_shown_as_its_number() -> None:
    header = EnvelopeHeader("o", "k", 1, "n", "e", 1, -(1 << 63), "", "", "c", body_hash(b"", b""), GENESIS)
    assert str(-(1 << 63)).encode() in human_line(1, seal(header, b"", b""))
