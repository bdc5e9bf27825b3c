"""Work slips wait in the print queue as the name of a ticket; labels are named and priced as of today."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.cli.main import main
from salon_desk.documents.label import LabelKind
from salon_desk.documents.layout import as_text
from salon_desk.domain.errors import QuantityOutOfRange
from salon_desk.operations.description import ItemDescribed
from salon_desk.services import labels, members, printing, work_slips
from salon_desk.services.describe import describe
from salon_desk.services.errors import UnknownItem, UnknownTicket
from salon_desk.services.printing import PrintDesk
from salon_desk.storage import print_jobs
from tests.integration.services.shop import CASHIER, Shop
from tests.integration.services.test_printing import Tray


def test_a_slip_is_written_when_it_prints_and_the_queue_keeps_the_ticket_alone(shop: Shop) -> None:
    ticket = shop.ticket(("gel", "lily"), ("pedicure", "kim"), ("cream", ""))
    tray = Tray()
    desk = PrintDesk(shop.till, tray)
    work_slips.print_slips(shop.till, CASHIER, ticket, "en")
    job = printing.recent(shop.till)[0]
    assert (job.kind, job.detail) == ("work_slip", ticket)
    desk.pump()
    assert tray.papers[0].document is not None
    text = as_text(tray.papers[0].document)
    for said in ("gel", "pedicure", "cream", "lily", "kim", "Requested"):
        assert said in text
    assert "45.00" not in text
    assert text.count("Work slip") == 3


def test_the_guests_allergies_and_likings_stand_on_the_slip(shop: Shop) -> None:
    known = members.page(shop.till, shop.member).figures.member
    members.note_allergy(shop.till, shop.command(), CASHIER, shop.member, "Acrylic")
    told = replace(known, note="sensitive scalp", pressure="strong")
    members.edit(shop.till, shop.command(), CASHIER, told)
    ticket = shop.ticket(("gel", "lily"))
    work_slips.print_slips(shop.till, CASHIER, ticket, "zh_CN")
    tray = Tray()
    PrintDesk(shop.till, tray).pump()
    assert tray.papers[0].document is not None
    text = as_text(tray.papers[0].document)
    for said in ("Acrylic", "sensitive scalp", "strong"):
        assert said in text


def test_an_empty_ticket_has_no_slip(shop: Shop) -> None:
    with pytest.raises(UnknownTicket):
        work_slips.print_slips(shop.till, CASHIER, shop.ticket(), "en")
    with pytest.raises(UnknownTicket):
        work_slips.print_slips(shop.till, CASHIER, "none", "en")


def test_a_slip_of_a_ticket_that_is_gone_holds_up_nothing(shop: Shop) -> None:
    print_jobs.queue_report(shop.till.store, work_slips.PRINTED, "en", "none")
    tray = Tray()
    desk = PrintDesk(shop.till, tray)
    desk.pump()
    assert tray.papers == []
    assert desk.state().at_printer == 0


def labelled(shop: Shop, *wanted: tuple[str, int]) -> str:
    with shop.till.read() as transaction:
        now = shop.till.now()
        return as_text(labels.document(transaction, wanted, LabelKind.PRODUCT, "en", now=now))


def test_an_item_is_labelled_by_its_id_or_its_barcode(shop: Shop) -> None:
    describe(shop.till, shop.command(), None, [(ItemDescribed, "cream", {"code": "690123"})])
    assert labelled(shop, ("cream", 1)) == labelled(shop, ("690123", 1))
    assert "$18.00" in labelled(shop, ("cream", 1))


def test_what_is_no_item_and_a_slip_of_the_finger_are_refused(shop: Shop) -> None:
    with pytest.raises(UnknownItem):
        labelled(shop, ("none", 1))
    for count in (0, labels.MOST + 1):
        with pytest.raises(QuantityOutOfRange):
            labelled(shop, ("cream", count))


def test_the_command_prints_labels_while_the_till_trades(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "till")
    assert main(["label", "cream", "--data", folder, "--language", "en"]) == 0
    assert "$18.00" in capsys.readouterr().out
    paper = tmp_path / "labels.bin"
    words = ["label", "cream", "--count", "2", "--data", folder, "--printer", f"file:{paper}", "--json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out) == {"printed": True, "labels": 2}
    assert paper.stat().st_size > 1000


def test_a_sample_label_needs_no_shop() -> None:
    assert "护手霜" in as_text(labels.sample("en"))
    assert as_text(labels.sample("zh_CN", width_mm=50)) == as_text(labels.sample("zh_CN", width_mm=80))
