"""A receipt with everything that ever came out wrong on a printer, and the ears of a port's events.

No test lives here.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import TypeVar

from salon_desk.devices.print_task import DrawerOutcome, PortEvent, PrinterStateChanged, PrintOutcome
from salon_desk.devices.printer_status import PrinterState
from salon_desk.documents.layout import (
    Align,
    Banner,
    BarcodeRow,
    Cell,
    ColumnsRow,
    Document,
    QrRow,
    Rule,
    Space,
    TextRow,
    amount_row,
)

NUMBER = "No. T1-0042"
QR = "https://lily.example/b/T1-0042"
BARCODE = "T1-0042-9F"
_WAIT_S = 20.0
E = TypeVar("E")


def technicians(name: str, amount: str, tip: str, *, bold: bool = False) -> ColumnsRow:
    """A table of three columns that keep their width from row to row."""
    right = {"align": Align.RIGHT, "wraps": False}
    return ColumnsRow((Cell(name), Cell(amount, width=11, **right), Cell(tip, width=9, **right)), bold=bold)


def receipt() -> Document:
    """Chinese, English, Vietnamese, `$`, `¥`, full-width punctuation, rare characters, long names, codes."""
    return Document(
        "sale",
        "zh_CN",
        (
            TextRow("丽人美容美发沙龙", bold=True, size=3, align=Align.CENTRE),
            TextRow("Lily Beauty Salon", bold=True, size=2, align=Align.CENTRE),
            TextRow("3920 Main St, Flushing, NY 11354 · (718) 555-0142", align=Align.CENTRE),
            Space(),
            TextRow(NUMBER, native=True, align=Align.CENTRE),
            amount_row("2025-11-22 14:35", "收银 Cashier 王芳"),
            amount_row("会员 Member", "欧阳娜娜（尾号 8842）"),
            Rule(),
            amount_row("染发 Hair Color · 全头，含护理（资深技师）", "$128.00"),
            TextRow("技师 Technician: 陈嘉敏 Kim（指定 requested）", indent=2),
            amount_row("剪发 Haircut", "$45.00"),
            TextRow("技师 Technician: Nguyễn Thị Hà", indent=2),
            amount_row("深层组织按摩九十分钟 Deep Tissue Massage 90 min", "$1,095.00"),
            amount_row("生日优惠 Birthday −10%", "−$12.80"),
            Rule(),
            amount_row("合计 Total", "$1,294.40", bold=True, size=2),
            Rule(double=True),
            amount_row("储值卡 Stored value（本金 paid）", "$900.00"),
            amount_row("找零 Change due", "$5.60", bold=True),
            amount_row("折合人民币 ¥ / ￥", "￥9,320.00"),
            technicians("技师", "金额", "小费 Tip", bold=True),
            technicians("陈嘉敏 Kim", "$128.00", "$20.00"),
            technicians("阮氏河 Nguyễn Thị Hà 喆堃镕", "$1,140.00", "$5.00"),
            Banner("练习 PRACTICE"),
            TextRow("谢谢惠顾，欢迎再来！“满意”请告诉朋友。", align=Align.CENTRE),
            QrRow(QR, "扫码查余额 Scan for your balance"),
            BarcodeRow(BARCODE),
        ),
    )


def long_receipt() -> Document:
    """The same with more services: over 40 lines, and names with characters that few fonts have."""
    head, codes = receipt().rows[:7], receipt().rows[7:]
    services = (
        row
        for number in range(1, 9)
        for row in (
            amount_row(f"凝胶美甲 Gel Manicure {number}", f"${45 + number}.00"),
            TextRow("技师 Technician: 龚喆堃、赟翀 Đặng Thị Ỷ", indent=2),
        )
    )
    return Document("sale", "zh_CN", (*head, *services, *codes))


def slip(number: str) -> Document:
    """A short document."""
    return Document("slip", "en", (TextRow(number, native=True), amount_row("剪发 Haircut", "$45.00")))


class Ears:
    """Hears a port's events on its thread and lets a test wait for one."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.heard: list[object] = []

    def __call__(self, event: object) -> None:
        self._queue.put(event)

    def wait(self, what: Callable[[object], bool]) -> object:
        """The next event for which `what` holds; those before are kept in `heard`."""
        while True:
            event = self._queue.get(timeout=_WAIT_S)
            self.heard.append(event)
            if what(event):
                return event

    def next(self) -> object:
        """The next event."""
        return self.wait(lambda _event: True)

    def state(self, state: PrinterState) -> PrinterStateChanged:
        """Wait until the printer is in this state."""
        event = self.wait(lambda e: isinstance(e, PrinterStateChanged) and e.state is state)
        assert isinstance(event, PrinterStateChanged)
        return event

    def outcome(self, job_id: str) -> PrintOutcome:
        """Wait for the end of a task."""
        event = self.wait(lambda e: isinstance(e, PrintOutcome) and e.job_id == job_id)
        assert isinstance(event, PrintOutcome)
        return event

    def drawer(self, job_id: str) -> DrawerOutcome:
        """Wait for what became of a drawer."""
        event = self.wait(lambda e: isinstance(e, DrawerOutcome) and e.job_id == job_id)
        assert isinstance(event, DrawerOutcome)
        return event


def outcomes(ears: Ears) -> list[PortEvent]:
    """The outcomes heard so far."""
    return [e for e in ears.heard if isinstance(e, PrintOutcome)]
