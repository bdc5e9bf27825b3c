"""`day` as scripts drive it: one flushed line a sale, the summary last, a second process refused."""

from __future__ import annotations

import json
from pathlib import Path

from salon_desk.bootstrap.till import open_till
from salon_desk.services.device_settings import DeviceChoice
from tests.integration.cli.commands import command

SUMMARY = {
    "sales", "top_ups", "refunds", "voids", "total_cents", "tips_cents", "tenders", "over_short_cents", "z_number",
    "operations", "head", "receipts", "problems", "pending", "exchange", "synced",
}  # fmt: skip


def test_a_day_says_one_line_a_sale_and_its_summary_last(folder: Path) -> None:
    ended = command("day", "--data", folder, "--sales", 5, "--seed", 3, "--json")
    assert (ended.status, ended.err) == (0, "")
    lines = [json.loads(line) for line in ended.out.splitlines()]
    assert [set(line) for line in lines[:-1]] == [{"done", "total_cents"}] * 5
    summary = lines[-1]
    assert set(summary) == SUMMARY
    assert summary["sales"] == 5
    assert summary["total_cents"] == sum(line["total_cents"] for line in lines[:-1])
    assert summary["receipts"]["waiting"] == summary["receipts"]["failed"] == 0
    assert len(list((folder / "receipts").glob("*.png"))) == summary["receipts"]["printed"]


def test_a_day_of_no_sales_says_its_summary_only(tmp_path: Path) -> None:
    first = command("day", "--data", tmp_path / "till", "--sales", 0, "--json")
    again = command("day", "--data", tmp_path / "till", "--sales", 0, "--json")
    assert first.out == again.out
    assert json.loads(first.out)["sales"] == 0
    assert json.loads(first.out)["z_number"] is None


def test_a_second_process_on_the_same_folder_is_refused(folder: Path) -> None:
    running = open_till(folder, devices=DeviceChoice())
    try:
        ended = command("day", "--data", folder, "--sales", 1, "--json")
    finally:
        running.close()
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert "already" in ended.err


def test_a_printer_that_cannot_be_meant_is_refused_before_anything_is_sold(folder: Path) -> None:
    ended = command("day", "--data", folder, "--sales", 1, "--printer", "ftp://x", "--json")
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1)


def test_without_json_a_person_can_read_it(tmp_path: Path) -> None:
    ended = command(
        "day", "--data", tmp_path / "till", "--sales", 1, "--printer", f"file:{tmp_path / 'paper'}"
    )
    assert ended.status == 0
    assert "sales: 1" in ended.out.splitlines()
