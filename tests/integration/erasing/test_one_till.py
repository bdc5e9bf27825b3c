"""One till alone: an erased person is in none of its files, the books stay whole, and what is owed stays owed."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.documents.layout import as_text
from salon_desk.domain.access import Permission
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.refund import RefundAsk
from salon_desk.operations.erasure import WhyErased
from salon_desk.operations.payout import WhyPaidOut
from salon_desk.services import (
    cards,
    erasing,
    members,
    payouts,
    points,
    refunds,
    shifts,
    tickets,
    top_up_undo,
    voids,
)
from salon_desk.services.errors import UnknownMember
from salon_desk.services.receipts import receipt_document
from salon_desk.services.search import search
from salon_desk.services.till import Till
from salon_desk.storage import trimming
from salon_desk.storage.engine import Transaction
from salon_desk.storage.errors import PersonErased
from salon_desk.storage.medium import Medium, replaced
from salon_desk.storage.opening import open_store
from salon_desk.storage.queries import persons
from salon_desk.storage.queries.members import member as find_member
from salon_desk.storage.verify import verify
from tests.integration.erasing.person import (
    NEW,
    OWNER,
    described,
    erase,
    left_in_tables,
    left_on_disk,
    more_of,
)
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash, dollars, open_shop
from tests.integration.storage.neighbours import journal_here, record
from tests.integration.storage.tills import Crash, anchored


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "till"


@pytest.fixture
def shop(folder: Path) -> Iterator[Shop]:
    shop = open_shop(folder)
    shop.open_shift()
    yield shop
    shop.till.store.close()


def test_an_erased_person_is_in_no_table_no_index_no_log_and_no_anchor(
    shop: Shop, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    member = described(shop)
    shop.top_up("20.00")
    shop.sell(shop.ticket(("gel", "lily")), cash())
    assert {"till.db-wal", "till.anchor"} <= {name for name, _word in left_on_disk(folder)}
    hashes = [one.hash for one in journal_here(shop.till.store)]
    erase(shop, member)
    assert left_in_tables(shop.till.store) == []
    assert left_on_disk(folder) == []
    assert [one.hash for one in journal_here(shop.till.store)][:-1] == hashes
    assert not any(word in caplog.text for word in (NEW.name, NEW.latin_name, "5550143", "windowseat"))
    for fragment in ("欧阳", "zebe", "0143", "oyxy"):
        assert search(shop.till, fragment) == ()
    found = verify(folder)
    assert (found.ok, found.problems) == (True, ())


def test_what_the_person_owned_stays_owed_on_a_card_that_is_nobodys(shop: Shop) -> None:
    member = described(shop)
    shop.top_up("20.00")
    told = erasing.consequences(shop.till, OWNER, member)
    assert [(one.tail, one.balance) for one in told.cards] == [("2001", dollars("20.00"))]
    assert (told.documents, told.descriptions) == (1, 7)
    erase(shop, member)
    assert cards.by_id(shop.till, shop.card).value.balance == dollars("20.00")
    shop.sell(shop.ticket(("gel", "lily"), member=False), shop.stored("20.00"), cash())
    assert cards.by_id(shop.till, shop.card).value.balance == dollars("0.00")


def test_a_name_that_somebody_typed_into_a_reason_is_told_before(shop: Shop) -> None:
    member = described(shop)
    assert erasing.consequences(shop.till, OWNER, member).mentions == 0
    shifts.pay_out(shop.till, shop.command(), MANAGER, amount=dollars("1.00"), reason=f"for {NEW.name}")
    assert erasing.consequences(shop.till, OWNER, member).mentions == 1


def test_what_was_typed_about_the_person_beside_acts_that_stay_goes_as_well(shop: Shop, folder: Path) -> None:
    member = described(shop)
    for act in (
        top_up_given_back,
        sale_voided,
        line_given_back,
        card_refunded,
        points_given,
        ticket_given_up,
        card_frozen,
    ):
        act(shop, f"{NEW.name} windowseat")
    assert cards.by_id(shop.till, shop.card).card.frozen_reason == "欧阳雪莹 windowseat"
    with shop.till.read() as transaction:
        papers = [as_text(receipt_document(transaction, one, "en")) for one in documents(transaction, member)]
    assert sum("windowseat" in paper for paper in papers) == 4
    assert erasing.consequences(shop.till, OWNER, member).mentions == 0
    assert verify(folder).problems == ()
    erase(shop, member)
    assert left_in_tables(shop.till.store) == []
    assert left_on_disk(folder) == []
    assert cards.by_id(shop.till, shop.card).card.frozen_reason == ""
    with shop.till.read() as transaction:
        again = [as_text(receipt_document(transaction, one, "en")) for one in documents(transaction, member)]
    assert len(again) == len(papers)
    cards.unfreeze(shop.till, shop.command(), MANAGER, shop.card, reason=f"{NEW.name} came back")
    assert left_in_tables(shop.till.store) == []
    assert verify(folder).problems == ()


def documents(transaction: Transaction, member: str) -> list[str]:
    """What gave something back to a member."""
    found = (row for row, _lines in persons.all_documents(transaction, member))
    return [row.op_id for row in found if row.kind in ("void", "refund", "pay_out")]


def top_up_given_back(shop: Shop, reason: str) -> None:
    bought = shop.top_up("20.00")
    top_up_undo.undo(shop.till, shop.command(), MANAGER, bought.op_id, reason=reason)


def sale_voided(shop: Shop, reason: str) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    done = voids.void(shop.till, shop.command(), MANAGER, sold.op_id, reason=reason)
    assert done.document.reason == reason


def line_given_back(shop: Shop, reason: str) -> None:
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    asked, command = (RefundAsk(sold.sale.lines[0].line),), shop.command()
    for _time in range(2):  # the second time it is what was done before
        done = refunds.refund(shop.till, command, MANAGER, sold.op_id, asked=asked, reason=reason)
        assert done.document.reason == reason


def card_refunded(shop: Shop, reason: str) -> None:
    shop.top_up("5.00")
    payouts.pay_out(
        shop.till, shop.command(), MANAGER, shop.card, why=WhyPaidOut.REFUND, tender=cash(), reason=reason
    )


def points_given(shop: Shop, reason: str) -> None:
    points.grant(shop.till, shop.command(), MANAGER, shop.member, points=5, reason=reason)


def ticket_given_up(shop: Shop, reason: str) -> None:
    tickets.discard(shop.till, shop.command(), MANAGER, shop.ticket(("gel", "lily")), reason=reason)


def card_frozen(shop: Shop, reason: str) -> None:
    cards.freeze(shop.till, shop.command(), MANAGER, shop.card, reason=reason)


def test_only_the_owner_erases_and_nobody_who_is_not_there(shop: Shop) -> None:
    member = described(shop)
    for actor in (CASHIER, MANAGER):
        with pytest.raises(PermissionNeeded) as refused:
            erasing.erase(shop.till, shop.command(), actor, member, WhyErased.ASKED)
        assert refused.value.permission == Permission.PRIVACY.value
    with pytest.raises(UnknownMember):
        erasing.erase(shop.till, shop.command(), OWNER, "nobody", WhyErased.ASKED)


def test_erasing_twice_changes_nothing(shop: Shop) -> None:
    member = described(shop)
    erase(shop, member)
    head = shop.till.store.head
    erase(shop, member)
    assert shop.till.store.head == head


def test_a_form_that_was_open_meanwhile_describes_nobody(shop: Shop) -> None:
    member = described(shop)
    with shop.till.read() as transaction:
        before = find_member(transaction, member)
    assert before is not None
    erase(shop, member)
    with pytest.raises(UnknownMember):
        members.edit(shop.till, shop.command(), CASHIER, replace(before, note="windowseat again"))
    with pytest.raises(PersonErased):
        record(shop, *more_of(member))
    assert left_in_tables(shop.till.store) == []


def test_a_command_whose_body_is_gone_is_still_not_carried_out_twice(shop: Shop) -> None:
    command = shop.command()
    figures = members.add(shop.till, command, CASHIER, NEW)
    erase(shop, figures.member.member_id)
    head = shop.till.store.head
    with pytest.raises(PersonErased):
        members.add(shop.till, command, CASHIER, NEW)
    assert shop.till.store.head == head


def test_a_database_put_back_erases_again_at_start_because_the_anchor_knows_it(
    shop: Shop, folder: Path, tmp_path: Path
) -> None:
    member = described(shop)
    trimming.rest(shop.till.store)
    shutil.copy(folder / "till.db", tmp_path / "backup.db")
    erase(shop, member)
    shop.till.store.close()
    for name in ("till.db-wal", "till.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", folder / "till.db")
    assert left_on_disk(folder) != []
    again = open_shop_again(shop, folder)
    assert left_on_disk(folder) == []
    assert left_in_tables(again.till.store) == []
    assert verify(folder).problems == ()


def test_what_only_the_anchor_has_of_an_erased_person_is_recorded_again_without_its_body(
    shop: Shop, folder: Path, tmp_path: Path
) -> None:
    trimming.rest(shop.till.store)
    shutil.copy(folder / "till.db", tmp_path / "backup.db")
    member = described(shop)
    erase(shop, member)
    shop.till.store.close()
    for name in ("till.db-wal", "till.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.db", folder / "till.db")
    again = open_shop_again(shop, folder)
    assert again.till.store.opened_anew is None
    assert left_in_tables(again.till.store) == []
    assert verify(folder).problems == ()


def test_the_anchors_of_earlier_epochs_forget_as_well(shop: Shop, folder: Path) -> None:
    member = described(shop)
    shop.till.store.close()
    shutil.copy(folder / "till.anchor", folder / "till.anchor.old-1")
    again = open_shop_again(shop, folder)
    erase(again, member)
    assert left_on_disk(folder) == []
    assert [one.hash for one in anchored(folder)][:3] == [one.hash for one in journal_here(again.till.store)][
        :3
    ]


def open_shop_again(shop: Shop, folder: Path) -> Shop:
    """The same shop in a folder that was there before."""
    store = open_store(folder, shop.clock, lambda: f"again-{next(shop.ids)}")
    return replace(shop, till=Till(store, load_rules()))


class Failing(Medium):
    """A disk at which the process ends at one of its calls."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Crash

    def write(self, file: int, data: bytes, offset: int) -> None:
        self._count()
        super().write(file, data[: len(data) // 2] if not self.left else data, offset)

    def flush(self, file: int, *, metadata: bool) -> None:
        self._count()
        super().flush(file, metadata=metadata)

    def flush_directory(self, path: Path) -> None:
        self._count()
        super().flush_directory(path)

    def commit(self, cursor: object) -> None:
        self._count()
        super().commit(cursor)


def test_killed_at_any_write_it_goes_on_at_the_next_start(shop: Shop, folder: Path, tmp_path: Path) -> None:
    member = described(shop)
    shop.till.store.close()
    whole = False
    for calls in range(60):
        copy = shutil.copytree(folder, tmp_path / str(calls))
        one = open_shop_again(shop, copy)
        try:
            with replaced(Failing(calls)):
                erase(one, member)
            whole = True
        except Crash:
            pass
        one.till.store.database.close()
        one.till.store._lock.release()
        again = open_shop_again(shop, copy)
        with again.till.read() as transaction:
            known = find_member(transaction, member) is not None
        if known:
            erase(again, member)
        assert left_on_disk(copy) == [], calls
        again.till.store.close()
        assert verify(copy).problems == (), calls
        if whole:
            break
    assert whole
    assert calls > 8


def test_a_missing_body_that_nobody_erased_is_named_and_so_is_one_that_was_left(
    shop: Shop, folder: Path
) -> None:
    member = described(shop)
    shop.till.store.close()
    connection = sqlite3.connect(folder / "till.db", isolation_level=None)
    kept = connection.execute(
        "SELECT op_id, salt, body FROM journal WHERE kind = 'member.described' ORDER BY position"
    ).fetchall()
    connection.execute("UPDATE journal SET salt = NULL, body = NULL WHERE op_id = ?", (kept[0][0],))
    assert any("body is missing" in line for line in verify(folder).problems)
    connection.execute("UPDATE journal SET salt = ?, body = ? WHERE op_id = ?", (*kept[0][1:], kept[0][0]))
    assert verify(folder).ok
    again = open_shop_again(shop, folder)
    shop.till.store.close()
    erase(again, member)
    again.till.store.close()
    op_id, salt, body = kept[-1]
    connection.execute("UPDATE journal SET salt = ?, body = ? WHERE op_id = ?", (salt, body, op_id))
    connection.close()
    assert any("somebody who was erased" in line for line in verify(folder).problems)
