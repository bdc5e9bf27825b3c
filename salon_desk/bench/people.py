"""Made-up members and items in any number, the same ones for the same seed, and what people type to find them.

Nothing is recorded here (`filling.py`). Names are Chinese with a Latin name beside them, telephones are of no one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

_SURNAMES = (
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 高gao 林lin "
    "罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 冯feng 邓deng 曹cao 彭peng 曾zeng 肖xiao 田tian 董dong 袁yuan "
    "潘pan 于yu 蒋jiang 蔡cai 余yu 杜du 叶ye 程cheng 苏su 魏wei 吕lv 丁ding 任ren 沈shen 姚yao 卢lu 姜jiang 崔cui 钟zhong "
    "谭tan 陆lu 汪wang 范fan 金jin 石shi 廖liao 贾jia 夏xia 韦wei 付fu 方fang 白bai 邹zou 孟meng 熊xiong 秦qin 邱qiu 江jiang"
)
_GIVEN = (
    "伟wei 芳fang 娜na 敏min 静jing 丽li 强qiang 磊lei 军jun 洋yang 勇yong 艳yan 杰jie 娟juan 涛tao 明ming 超chao 秀xiu 霞xia "
    "平ping 刚gang 桂gui 英ying 华hua 玉yu 萍ping 红hong 玲ling 梅mei 晓xiao 雪xue 琳lin 倩qian 婷ting 欣xin 怡yi 佳jia 慧hui "
    "莹ying 颖ying 珊shan 雅ya 洁jie 燕yan 兰lan 凤feng 云yun 春chun 菊ju 秋qiu 月yue 文wen 志zhi 建jian 国guo 海hai 波bo 宇yu "
    "浩hao 俊jun 子zi 涵han 轩xuan 梓zi 诗shi 瑶yao 嘉jia 思si 若ruo 彤tong 可ke 心xin 语yu 桐tong 美mei 玥yue 淑shu 贞zhen"
)
_ENGLISH = "May Amy Grace Helen Lily Sarah Tina Kim Jenny Emily Linda Susan Karen Nancy Vicky Cindy Wendy Joyce Ivy Fiona"
_WORDS = "Gel Spa Rose Milk Classic Deluxe Hydrating Silk Aroma Herbal Ginger Jade Pearl Lotus Bamboo Crystal Glow Nude"
_KINDS = (
    ("Manicure", "美甲"),
    ("Pedicure", "修脚"),
    ("Massage", "推拿"),
    ("Facial", "护理"),
    ("Lash", "睫毛"),
    ("Polish", "甲油"),
    ("Cream", "护手霜"),
    ("Oil", "精油"),
)
_CHINESE_WORDS = "凝胶 水疗 玫瑰 牛奶 经典 豪华 补水 丝绸 芳香 草本 生姜 翡翠 珍珠 莲花 竹炭 水晶 亮彩 裸色"
_AREAS = ("718", "917", "646", "347", "929", "212")


@dataclass(frozen=True, slots=True)
class MadeMember:
    """A member, with the pinyin of the name."""

    name: str
    syllables: tuple[str, ...]
    latin_name: str
    phone: str


@dataclass(frozen=True, slots=True)
class MadeItem:
    """A service or product."""

    name_en: str
    name_zh_cn: str
    code: str
    price_cents: int


def made_members(count: int, seed: int = 1) -> Iterator[MadeMember]:
    """So many members; every telephone once."""
    chance = random.Random(seed)
    surnames, given_names, english = _SURNAMES.split(), _GIVEN.split(), _ENGLISH.split()
    for number in range(count):
        family = chance.choice(surnames)
        given = chance.choices(given_names, k=chance.choice((1, 2, 2, 2)))
        syllables = (family[1:], *(one[1:] for one in given))
        first = chance.choice(english) if chance.random() < 0.5 else "".join(syllables[1:]).title()
        serial = number * 7_919 % 7_919_999 + 2_000_000
        yield MadeMember(
            name=family[0] + "".join(one[0] for one in given),
            syllables=syllables,
            latin_name=f"{first} {syllables[0].title()}",
            phone=f"+1{_AREAS[number % len(_AREAS)]}{serial:07d}",
        )


def made_items(count: int, seed: int = 1) -> Iterator[MadeItem]:
    """So many items; every code once."""
    chance = random.Random(seed)
    latin, chinese = _WORDS.split(), _CHINESE_WORDS.split()
    for number in range(count):
        kind, kind_zh = chance.choice(_KINDS)
        first, second = chance.sample(range(len(latin)), 2)
        yield MadeItem(
            name_en=f"{latin[first]} {latin[second]} {kind} {number % 90 + 10}",
            name_zh_cn=f"{chinese[first]}{chinese[second]}{kind_zh}",
            code=f"21{number:08d}",
            price_cents=chance.randrange(500, 20_000, 100),
        )


def typed(chance: random.Random, member: MadeMember, item: MadeItem) -> str:
    """What a cashier types to find one of these two: of every kind, also far too little."""
    name, pinyin = member.name, "".join(member.syllables)
    start = chance.randrange(len(pinyin) - 1)
    piece = pinyin[start : start + chance.randint(2, 6)]
    initials = "".join(one[0] for one in member.syllables)
    latin = member.latin_name.split()
    kinds = (
        name,
        chance.choice(name),
        name[-2:],
        piece,
        pinyin,
        member.syllables[0],
        initials,
        member.phone[-4:],
        member.phone[-7:],
        member.phone[2:5],
        chance.choice(latin),
        latin[0][:3],
        item.code,
        item.code[-4:],
        item.name_zh_cn[:2],
        item.name_en.split()[0][:4],
        chance.choice(("1", "zh", "a", "2", "xi", "李", "美")),
    )
    return chance.choice(kinds)
