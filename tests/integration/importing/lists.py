"""Lists as other programs export them: members with balances, some rows broken, some people twice.

`SALON_DESK_IMPORT` says how many members the long list has; 20,000 is what the product promises.
"""

from __future__ import annotations

import csv
import io
import os
import random
from collections.abc import Sequence

MEMBERS = int(os.environ.get("SALON_DESK_IMPORT", "300"))
HEADERS = (
    "会员编号",
    "姓名",
    "手机号",
    "卡号",
    "储值余额",
    "赠送余额",
    "积分",
    "次卡",
    "剩余次数",
    "单次价",
    "礼品卡号",
    "礼品卡余额",
    "备注",
)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "晓梅建国丽华雪莹思远佳慧文博"

Rows = list[list[str]]


def many(count: int = MEMBERS, seed: int = 7) -> Rows:
    """So many members, each with a number, a telephone and a card."""
    draw = random.Random(seed)
    rows: Rows = []
    for number in range(count):
        paid = f"{draw.randrange(0, 90_000) / 100:.2f}" if number % 3 else ""
        rows.append(
            [
                f"A{number:06d}",
                draw.choice(_SURNAMES) + "".join(draw.sample(_GIVEN, 2)),
                f"{(number // 8000) + 212}-{(number // 10000) % 700 + 222}-{number % 10000:04d}",
                f"88{number:06d}",
                paid,
                f"¥{draw.randrange(0, 500)}.50" if paid and number % 5 == 0 else "",
                str(draw.randrange(0, 900)) if number % 4 == 0 else "",
                "gel" if number % 10 == 0 else "",
                "6次" if number % 10 == 0 else "",
                "33.33" if number % 10 == 0 else "",
                f"GC{number:05d}" if number % 25 == 0 else "",
                "50" if number % 25 == 0 else "",
                "喜欢安静" if number % 7 == 0 else "",
            ]
        )
    return rows


def with_trouble(rows: Rows) -> Rows:
    """The same with six rows that cannot be taken and one person who stands there twice with a second card."""
    worse = [list(row) for row in rows]
    worse += [
        ["B1", "坏电话", "12", "990001", "10.00"],
        ["B2", "坏金额", "", "990002", "十块"],
        ["B3", "负数", "", "990003", "-5.00"],
        ["B4", "", "", "990004", "1.00"],
        ["B5", "别人", rows[0][2], "990005", "20.00"],
        ["B6", "同一张卡", "", rows[1][3], "20.00"],
        [rows[2][0], rows[2][1], rows[2][2], "990007", "30.00"],
    ]
    return worse


def as_csv(rows: Sequence[Sequence[str]], encoding: str, headers: Sequence[str] = HEADERS) -> bytes:
    """A CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([headers, *rows])
    return text.getvalue().encode(encoding)


def as_workbook(rows: Sequence[Sequence[str]], headers: Sequence[str] = HEADERS) -> bytes:
    """An XLSX file, with numbers as numbers."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(headers))
    for row in rows:
        sheet.append(
            [float(cell) if cell.replace(".", "", 1).isdigit() and "." in cell else cell for cell in row]
        )
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
