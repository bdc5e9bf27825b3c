"""Words that sell: what makes a reminder an advertisement, in English and both ways of writing Chinese (RULES 21).

No purpose is decided here (see `message_template.lint`). What a member owns may be named: a balance, bonus, a coupon, and until when
they are good. What asks somebody to buy, come or hurry may not.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ENGLISH: Final = (
    r"(?:on|flash|big|summer|winter|spring|fall|holiday|clearance) sale|sales? (?:price|event|ends|starts|now)|for sale",
    r"discount(?:s|ed)?|deals?|bargains?|clearance|promo(?:s|tion|tions|tional)?",
    r"special (?:offer|price|deal|rate)s?|specials|limited (?:time|offer|edition)|exclusive(?:ly)?|offers?",
    r"\d+ ?(?:%|percent) ?(?:off|discount|less|cheaper|extra)|\$ ?\d+(?:\.\d\d)? off|half (?:off|price)",
    r"save (?:\$? ?\d+|up|big|more|now)|(?<!feel )(?<!toll )free(?! to)|complimentary|giveaways?|prizes?|raffle|win",
    r"today only|this week only|last (?:chance|call)|hurry|act (?:now|fast)|dont (?:miss|wait)|do not miss",
    r"while (?:it|they|supplies) lasts?|now or never|before (?:its|it is) (?:gone|too late)|(?:dont|do not) lose",
    r"(?:buy|shop|order|book|reserve|top up|upgrade|visit us|come in)(?: \w+){0,2} (?:now|today|soon)|refer a friend",
    r"buy (?:one|two|1|2) get|bogo|two for one|2 for 1|bundle|(?:best|lowest) (?:price|value|deal)s?|great value",
    r"new arrivals?|brand new|grand opening|recommend us|we miss(?:ed)? you|come back|(?:treat|pamper) yourself",
    r"why not|upgrade|double points|(?:earn|get) (?:double|extra|more)|(?:extra|more) bonus",
)
_CHINESE: Final = (
    r"优惠(?!券)|[特钜巨实]惠|[特减低半]价|会员价|活动价|折扣|打折|[\d一二三四五六七八九两](?:\.\d)? ?折",
    r"促销|大促|推广|推荐(?:给|您|你|朋友|有礼)|限时|限量|抢购|秒杀|抢先|先到先得|清仓|甩卖|爆款|热[卖销]",
    r"免费|免单|赠送(?!余额|金|款|部分)|[加多]送|加赠|买.{1,3}送.{1,3}|充[\d$千百一二三五]*.{0,6}送|送[\d$一二三四五六]",
    r"[立满]减|返[现利]|红包|福利|礼包|[好大有]礼|抽奖|[大中]奖|超值|划算|省钱|立省|惊喜|[上新][新品款]|上市",
    r"[隆盛][重大]|开业|周年庆|[团拼][购团]|[专独尊]享|错过|最后(?:机会|一天|[\d三几]天)|机会难得|倒计时",
    r"赶[快紧]|[快速]来|抓紧|欢迎(?:选购|抢购|预约|来店|到店|充值)|[立马][即上](?:预约|充值|购买|下单)|不如|何不|不妨",
    r"升级|双倍积分|想念|好久不见",
)
_SIMPLER: Final = str.maketrans(
    "優鉅實價減會動廣薦給禮時購殺搶單贈餘額滿現紅獎劃錢驚開業團專獨錯過後機難計趕緊來歡選預約買馬級雙積見賣熱銷劵費體驗慶",
    "优钜实价减会动广荐给礼时购杀抢单赠余额满现红奖划钱惊开业团专独错过后机难计赶紧来欢选预约买马级双积见卖热销券费体验庆",
)
_WORDS = re.compile(rf"(?<![a-z0-9])(?:{'|'.join(_ENGLISH)})(?![a-z0-9])|{'|'.join(_CHINESE)}")
_HAN_BLANKS = re.compile(r"(?<=[\u4e00-\u9fff])[\s·.]+(?=[\u4e00-\u9fff])")
_APOSTROPHES = re.compile("['’‘ʼ`´]")


def promotional_word(text: str) -> str:
    """The first word of a text that sells, as it is tidied; empty where none does. Blanks between Chinese characters hide nothing."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_SIMPLER)
    plain = _HAN_BLANKS.sub("", _APOSTROPHES.sub("", plain))
    found = _WORDS.search(" ".join(plain.split()))
    return found.group().strip() if found else ""
