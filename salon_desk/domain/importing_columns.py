"""What the columns of another program's member list mean, guessed by their headers in Chinese and English.

What the cells say is read in `importing.py`. A header that nobody has thought of is chosen by hand, on the screen.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum


class Column(StrEnum):
    """What a column of the old program says."""

    NAME = "name"
    LATIN_NAME = "latin_name"
    PHONE = "phone"
    OLD_NUMBER = "old_number"
    CARD_CODE = "card_code"
    PAID = "paid"
    BONUS = "bonus"
    POINTS = "points"
    GIFT_CODE = "gift_code"
    GIFT_VALUE = "gift_value"
    SERIES = "series"
    VISITS = "visits"
    VISIT_WORTH = "visit_worth"
    BIRTHDAY = "birthday"
    EMAIL = "email"
    WECHAT = "wechat"
    ALLERGIES = "allergies"
    NOTE = "note"


_HEADERS: Mapping[Column, tuple[str, ...]] = {
    Column.NAME: ("姓名", "会员姓名", "名字", "客户", "客户姓名", "顾客", "會員姓名", "name", "fullname", "membername", "customer"),
    Column.LATIN_NAME: ("英文名", "拼音", "englishname", "latinname", "pinyin"),
    Column.PHONE: ("手机", "手机号", "手机号码", "电话", "电话号码", "联系电话", "手機", "電話", "phone", "mobile", "cell", "tel", "phonenumber"),
    Column.OLD_NUMBER: ("编号", "会员编号", "会员号", "會員編號", "序号", "id", "memberid", "memberno", "customerid", "number"),
    Column.CARD_CODE: ("卡号", "会员卡号", "卡號", "cardno", "cardnumber", "cardcode", "card"),
    Column.PAID: ("余额", "储值余额", "本金", "充值余额", "实充余额", "卡内余额", "餘額", "儲值餘額", "balance", "paid", "paidbalance", "storedvalue"),
    Column.BONUS: ("赠送", "赠送金额", "赠送余额", "赠金", "贈送餘額", "bonus", "bonusbalance", "gifted"),
    Column.POINTS: ("积分", "剩余积分", "可用积分", "積分", "點數", "points", "loyaltypoints"),
    Column.GIFT_CODE: ("礼品卡", "礼品卡号", "礼品卡号码", "禮品卡號", "giftcard", "giftcode", "giftcardnumber", "giftnumber"),
    Column.GIFT_VALUE: ("礼品卡余额", "礼品卡金额", "禮品卡餘額", "giftbalance", "giftvalue", "giftamount", "giftcardbalance"),
    Column.SERIES: ("次卡", "次卡名称", "疗程", "套餐", "项目", "療程", "series", "package", "seriesname"),
    Column.VISITS: ("次数", "剩余次数", "剩余次", "剩餘次數", "visits", "visitsleft", "remaining", "sessions", "sessionsleft"),
    Column.VISIT_WORTH: ("单次价", "每次价格", "次单价", "單次價", "visitworth", "pricepervisit", "visitvalue"),
    Column.BIRTHDAY: ("生日", "出生日期", "birthday", "dob", "birthdate"),
    Column.EMAIL: ("邮箱", "电子邮箱", "電郵", "email", "mail"),
    Column.WECHAT: ("微信", "微信号", "wechat", "wechatid", "weixin"),
    Column.ALLERGIES: ("过敏", "过敏史", "過敏", "allergy", "allergies"),
    Column.NOTE: ("备注", "說明", "备注信息", "備註", "note", "notes", "remark", "remarks", "comment"),
}  # fmt: skip


Mapped = tuple[Column | None, ...]
"""What each column of a sheet is, None for one that is not taken."""


def guess(headers: Sequence[str]) -> Mapped:
    """What columns probably are, by their headers in Chinese or English; each meaning is given once."""
    found: list[Column | None] = []
    for header in headers:
        said = plain(header)
        fits = next((one for one, names in _HEADERS.items() if said in names and one not in found), None)
        found.append(fits)
    return tuple(found)


def plain(text: str) -> str:
    """A header or a name as it is compared."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
