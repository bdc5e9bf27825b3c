"""Screens that show every widget with believable content, for pictures and for tests that walk over widgets.

No product screen lives here, and nothing here decides anything; it is also the shortest example of a screen.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from salon_desk.domain.money import Money
from salon_desk.ui.screen import Screen, ScreenHost
from salon_desk.ui.theme.icons import Icon
from salon_desk.ui.theme.tokens import Size, Tone, Type
from salon_desk.ui.view_values import (
    Balance,
    Chip,
    Heading,
    ItemFace,
    ListRow,
    TechnicianFace,
    TicketFace,
)
from salon_desk.ui.widgets.action_button import ActionButton, Kind, danger, plain, primary, secondary
from salon_desk.ui.widgets.balance_panel import BalancePanel
from salon_desk.ui.widgets.category_pills import CategoryPills
from salon_desk.ui.widgets.choice_button import ChoiceButton
from salon_desk.ui.widgets.denomination_counter import DenominationCounter
from salon_desk.ui.widgets.empty_state import EmptyState
from salon_desk.ui.widgets.face_grid import ItemGrid, TechnicianStrip, TicketStrip
from salon_desk.ui.widgets.flow_layout import FlowLayout, GridLayout
from salon_desk.ui.widgets.form_field import FormField
from salon_desk.ui.widgets.keyboard_wish import KeyboardWish
from salon_desk.ui.widgets.kinetic_list import KineticList
from salon_desk.ui.widgets.number_pad import NumberPad
from salon_desk.ui.widgets.pill import ChipLabel
from salon_desk.ui.widgets.pin_pad import PinPad
from salon_desk.ui.widgets.report_table import Column, ReportTable, TableRow
from salon_desk.ui.widgets.search_field import SearchField
from salon_desk.ui.widgets.words import AmountRow, Figure, Role, Words, panel, rule
from tests.ui.gallery_words import CATEGORIES, DENOMINATIONS, ITEMS, TECHNICIANS, say


class CheckoutLook(Screen):
    """Search, tickets, categories, tiles and faces left; the ticket right."""

    def __init__(self, host: ScreenHost) -> None:
        super().__init__(host)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(18, 14, 18, 14)
        left.setSpacing(12)
        row.addLayout(left, 1)
        self.search = SearchField(host.language)
        self.search.keyboard_wanted.connect(lambda: host.open_keyboard(self.search.field))
        self.tickets = TicketStrip()
        self.new = plain(icon=Icon.PLUS, height=54)
        strip = QHBoxLayout()
        strip.addWidget(self.tickets, 1)
        strip.addWidget(self.new)
        self.categories, self.grid, self.faces = CategoryPills(), ItemGrid(), TechnicianStrip()
        left.addWidget(self.search)
        left.addLayout(strip)
        for part in (self.categories, self.grid, self.faces):
            left.addWidget(part, 1 if part is self.grid else 0)
        self.side = panel("side")
        self.side.setMinimumWidth(340)
        self.side.setMaximumWidth(436)
        row.addWidget(self.side, 0)
        self._fill_side()

    def _fill_side(self) -> None:
        column = QVBoxLayout(self.side)
        column.setContentsMargins(18, 14, 18, 14)
        self.member = Words("张晓梅", Role.TITLE)
        self.balance = BalancePanel(self.words)
        chips = QWidget()
        flow = FlowLayout(chips)
        self.chips = [ChipLabel(Chip("")) for _ in range(4)]
        for chip in self.chips:
            flow.addWidget(chip)
        policy = chips.sizePolicy()
        policy.setHeightForWidth(True)
        chips.setSizePolicy(policy)
        for part in (self.member, self.balance, chips, rule()):
            column.addWidget(part)
        column.addStretch(1)
        self.rows = [AmountRow(), AmountRow(strong=True), AmountRow()]
        for amount in self.rows:
            column.addWidget(amount)
        foot = QHBoxLayout()
        self.total = Words("", Role.STRONG)
        foot.addWidget(self.total)
        foot.addWidget(Figure("$95.89", size=Type.FIGURE))
        column.addLayout(foot)
        acts = QHBoxLayout()
        self.acts = [secondary(height=Size.TOUCH_PAY) for _ in range(3)]
        for act in self.acts:
            acts.addWidget(act, 1)
        column.addLayout(acts)
        self.pay = primary(height=Size.TOUCH_BIG)
        column.addWidget(self.pay)

    def retranslate(self) -> None:
        code = self.words.code
        self.search.set_placeholder(
            say(code, "Card, phone, name, service", "扫卡、手机尾号、姓名、拼音 zxm、服务或商品")
        )
        self.new.set_text("", say(code, "New ticket", "开单"))
        busy = say(code, "Lily · in service 22 min", "Lily · 服务中 22 分")
        self.tickets.set_tickets(
            [
                TicketFace("1", "张晓梅", say(code, "Lily · Kim · 3 lines", "Lily · Kim · 3 项")),
                TicketFace("2", "Sarah P.", busy),
                TicketFace(
                    "3",
                    say(code, "Walk-in 14", "散客 14"),
                    say(code, "Kim · to pay", "Kim · 已完成 待付"),
                    Tone.AMBER,
                ),
                TicketFace(
                    "4", "Alexandra Konstantinopoulos", say(code, "old Zhang · 41 min", "老张 · 上钟 41 分")
                ),
            ],
            "1",
        )
        self.categories.set_categories([Chip(say(code, *c), Tone.ROSE, c[0]) for c in CATEGORIES], "Nails")
        self.grid.set_items([_item(code, at) for at in range(len(ITEMS))], "0")
        self.faces.set_technicians(
            [TechnicianFace(t[0], t[0], say(code, t[1], t[2]), t[3], t[3] is not None) for t in TECHNICIANS],
            "Jenny",
        )
        self.balance.set_balance(
            Balance("$102.50", "$62.50", "$40.00", say(code, "At Brooklyn", "在布鲁克林店"))
        )
        tones = (Tone.VIOLET, Tone.ROSE, Tone.AMBER, Tone.PLAIN)
        texts = (("1,240 points", "积分 1,240"), ("Birthday $10 used", "生日券 $10 已用"))
        more = (("3 pedicures left", "修脚次卡 剩 3 次"), ("Likes Lily", "常点 Lily"))
        for chip, tone, text in zip(self.chips, tones, (*texts, *more), strict=True):
            chip.set_chip(Chip(say(code, *text), tone))
        self.rows[0].set_words(say(code, "Subtotal", "小计 Subtotal"), "$101.00")
        self.rows[1].set_words(
            say(code, "Birthday (salon bears it)", "生日券 (店方承担)"), "−$10.00", Tone.ROSE
        )
        tax = say(
            code, "Tax: services 4.5% $3.29, goods 8.875% $1.60", "税 服务 4.5% $3.29 · 商品 8.875% $1.60"
        )
        self.rows[2].set_words(tax, "$4.89")
        self.total.setText(say(code, "Total", "应收 Total"))
        for act, text in zip(
            self.acts,
            (("Discount", "折扣"), ("Combine / split", "合单 / 分单"), ("Park", "挂单")),
            strict=True,
        ):
            act.set_text(say(code, *text))
        self.pay.set_text(say(code, "Pay $95.89", "收款 $95.89"))


class PayLook(Screen):
    """What is due, tips, tenders and a notice left; planned tenders and the pad right."""

    rail_key = "checkout"

    def __init__(self, host: ScreenHost) -> None:
        super().__init__(host)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 16, 18, 16)
        row.setSpacing(16)
        left, right = panel("card"), panel("card")
        row.addWidget(left, 8)
        row.addWidget(right, 5)
        column = QVBoxLayout(left)
        column.setContentsMargins(20, 16, 20, 16)
        self.due_label, self.tip_label = Words("", Role.MUTED), Words("", Role.NAME)
        column.addWidget(self.due_label)
        column.addWidget(Figure("$48.39", size=Type.DUE, align=Qt.AlignmentFlag.AlignLeft))
        column.addWidget(self.tip_label)
        tips = QHBoxLayout()
        self.tips = [ChoiceButton(filled=True, height=Size.TOUCH_PAY + 6) for _ in range(5)]
        for tip in self.tips:
            tips.addWidget(tip)
        column.addLayout(tips)
        grid = GridLayout(least=150, columns=3)
        self.tenders = [ChoiceButton(height=84) for _ in range(6)]
        for tender in self.tenders:
            grid.addWidget(tender)
        column.addLayout(grid)
        column.addStretch(1)
        side = QVBoxLayout(right)
        side.setContentsMargins(20, 16, 20, 16)
        self.way, self.planned = Words("", Role.NAME), AmountRow()
        side.addWidget(self.way)
        side.addWidget(self.planned)
        self.pad = NumberPad(host.language)
        side.addWidget(self.pad, 1)
        self.finish = primary(height=Size.TOUCH_BIG)
        side.addWidget(self.finish)

    def heading(self) -> Heading:
        return Heading(say(self.words.code, "Pay · 张晓梅", "收款 · 张晓梅"), back=True)

    def retranslate(self) -> None:
        code = self.words.code
        self.due_label.setText(say(code, "Still due", "还需收 Due"))
        self.tip_label.setText(say(code, "Tip", "小费 Tip"))
        tips = (
            ("15%", "$12.45"),
            ("18%", "$14.94"),
            ("20%", "$16.60"),
            (say(code, "Other", "自定"), "$15.00"),
        )
        for button, tip in zip(self.tips, (*tips, (say(code, "None", "不给"), "")), strict=True):
            button.set_words(*tip)
        self.tips[3].set_chosen(True)
        words = (
            (say(code, "Cash", "现金"), say(code, "change rounded to 5¢", "Cash · 找零取整 5¢")),
            (say(code, "Card", "刷卡"), say(code, "terminal ready", "Card · 刷卡机在线")),
            (say(code, "Series", "次卡"), say(code, "3 pedicures left", "修脚 剩 3 次")),
            (say(code, "Gift card", "礼品卡"), say(code, "scan it", "Gift card · 扫码")),
            (say(code, "WeChat Pay", "微信支付"), say(code, "not while offline", "断网不可用")),
            (say(code, "Other", "其他"), "Zelle, Venmo, Groupon"),
        )
        for button, (title, detail) in zip(self.tenders, words, strict=True):
            button.set_words(title, detail)
        self.tenders[1].set_chosen(True)
        self.tenders[4].setEnabled(False)
        self.way.setText(say(code, "To be taken", "付款方式 还没有收"))
        self.planned.set_words(say(code, "Card", "刷卡"), "$48.39")
        self.finish.set_text(say(code, "Finish: card $48.39", "完成：刷卡 $48.39"))


class PartsLook(Screen):
    """The rest: every kind of button, fields, lists, a table, an empty place."""

    def __init__(self, host: ScreenHost) -> None:
        super().__init__(host)
        row = QHBoxLayout(self)
        self.buttons = [
            ActionButton("", kind, icon=Icon.PRINTER if at % 2 else None) for at, kind in enumerate(Kind)
        ]
        self.buttons.append(plain())
        self.buttons[-1].setEnabled(False)
        left = QVBoxLayout()
        grid = GridLayout(least=150, gap=8)
        for button in self.buttons:
            grid.addWidget(button)
        left.addLayout(grid)
        self.name, self.phone = FormField("", KeyboardWish.NAME), FormField("", KeyboardWish.NUMBER)
        left.addWidget(self.name)
        left.addWidget(self.phone)
        self.empty = EmptyState(Icon.APPOINTMENTS)
        left.addWidget(self.empty, 1)
        row.addLayout(left, 1)
        middle = panel("card")
        self.list, self.table = KineticList(), ReportTable()
        column = QVBoxLayout(middle)
        column.addWidget(self.list, 1)
        column.addWidget(self.table, 1)
        row.addWidget(middle, 1)

    def retranslate(self) -> None:
        code = self.words.code
        for at, button in enumerate(self.buttons):
            button.set_text(say(code, "Print again", "再打印") if at % 2 else say(code, "Keep", "保留"))
        self.name.set_label(say(code, "Name", "姓名"))
        self.phone.set_label(say(code, "Phone", "手机"))
        self.phone.refuse(say(code, "Ten digits, please.", "请输入十位数字。"))
        self.empty.set_words(
            say(code, "No appointments yet", "还没有预约"),
            say(code, "Book the first one, or take walk-ins.", "先登记一个，或接待散客。"),
            say(code, "New appointment", "新预约"),
        )
        last = say(code, "last 10/28", "上次 10/28")
        self.list.set_rows(
            [
                ListRow(
                    str(n),
                    f"张晓梅 May Zhang {n}",
                    say(code, "Gold · 0137", "金卡 · 尾号 0137"),
                    "$102.50",
                    last,
                    "张",
                )
                for n in range(200)
            ]
        )
        columns = [
            Column(say(code, "Tender", "方式")),
            Column("#", figures=True),
            Column(say(code, "Sum", "金额"), figures=True),
        ]
        self.table.set_table(
            columns,
            [
                TableRow((say(code, "Cash", "现金"), "12", "$412.00")),
                TableRow((say(code, "Stored value", "储值"), "31", "$1,940.55")),
                TableRow((say(code, "Total", "合计"), "43", "$2,352.55"), strong=True),
            ],
        )
        for name, part in (
            (say(code, "Members", "会员"), self.list),
            (say(code, "Tenders", "付款"), self.table),
        ):
            part.setAccessibleName(name)


class CountLook(Screen):
    """Counting a drawer."""

    def __init__(self, host: ScreenHost) -> None:
        super().__init__(host)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        self.counter = DenominationCounter(host.language, DENOMINATIONS, "USD")
        self.counter.set_counts({"20": 14, "10": 3, "1": 25, "0.25": 40})
        self.next = primary(height=Size.TOUCH_BIG)
        column.addWidget(self.counter, 1)
        column.addWidget(self.next)

    def retranslate(self) -> None:
        self.next.set_text(say(self.words.code, "Open the shift", "开班"))


class SignInLook(Screen):
    """A PIN, without the rail."""

    with_rail = False

    def __init__(self, host: ScreenHost) -> None:
        super().__init__(host)
        row = QHBoxLayout(self)
        card = panel("card")
        card.setMaximumWidth(440)
        self.pin = PinPad(host.language)
        self.stop = danger()
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 24, 24, 24)
        column.addWidget(self.pin)
        column.addWidget(self.stop)
        row.addWidget(card)

    def retranslate(self) -> None:
        self.stop.set_text(say(self.words.code, "Shut down", "关机"))


def _item(code: str, at: int) -> ItemFace:
    english, chinese, cents, minutes = ITEMS[at]
    name, second = (english, chinese) if code == "en" else (chinese or english, english if chinese else "")
    price = f"${Money(cents, 'USD').cents // 100}.00" if cents else "—"
    length = say(code, f"{minutes} min", f"{minutes} 分")
    off = say(code, "not today", "今天不做") if at == 11 else ""
    warning = say(code, "allergy", "过敏") if at == 4 else ""
    return ItemFace(str(at), name, second, price, length, Tone.ROSE, not off, off, warning)
