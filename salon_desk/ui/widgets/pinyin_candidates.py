"""Chinese characters for typed pinyin, names first: the reverse of pypinyin's table.

No Qt and no 10 MB file: the readings come from pypinyin, which characters are common from the
order of GB 2312 and Big5, which ones stand in names from two short lists. Making it takes a moment
(pypinyin is slow to import): make it off the UI thread.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

SURNAMES: Final = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂"
    "苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段"
    "雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛焦向柳邢路岳"
    "齐齊梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司仇朴区區盖蓋乐樂尉歐"
    "柏宁寧柯阮桂闵閔解强柴华華车車冉房边邊简簡古符项诸葛"
)
NAME_CHARACTERS: Final = (
    "晓曉梅伟偉芳娜敏静靜丽麗强强磊军軍洋勇艳艷杰娟涛濤明超秀霞平刚剛桂英华華玉兰蘭红紅玲燕莉文建国國志丹萍鹏鵬辉輝佳嘉欣怡雨婷雪"
    "倩颖穎琳洁潔慧雅思诗詩琪瑶瑤梦夢琴云雲飞飛凤鳳美珍珠莲蓮春菊香月莹瑩媛蓉蕾薇菲宁寧馨可心子轩軒浩宇博睿哲涵俊豪毅铭銘泽澤瑞"
    "宏海龙龍峰波斌彬健旭晨阳陽光亮天新鑫成永康福德义義仁礼禮信忠孝家林森木金水清源泉江河湖山石岩东東南西北中小大老少长生力民安乐樂"
    "喜爱愛彩妮娅婭露茜蓓芬芝兴興旺富贵貴荣榮昌盛顺順利吉祥凯凱恒一三世立正方圆圓元真善淑惠贤賢佩君莎曼萱彤语語桐楠柔若依伊艺藝舒畅暢"
    "悦悅冰白青碧翠紫绿綠苗禾田园園花叶葉果桃杏柳松柏竹兵卫衛振武威胜勝雄壮壯刚先良才学學培育贝貝尔爾安娣姗珊妍娇嬌婉妙如意素"
)
_READ_AS: Final = (
    "单單 shan,曾 zeng,解 xie,查 zha,仇 qiu,覃 qin,翟 zhai,朴 piao,区區 ou,盖蓋 ge,乐樂 yue,尉 wei,贾賈 jia,任 ren,"
    "葛 ge,华華 hua,宁寧 ning,沈 shen"
)
SURNAME_READINGS: Final[Mapping[str, str]] = {
    character: entry.split()[1] for entry in _READ_AS.split(",") for character in entry.split()[0]
}
LONG_SURNAMES: Final[Mapping[str, tuple[str, str]]] = {
    "ouyang": ("欧阳", "歐陽"),
    "sima": ("司马", "司馬"),
    "shangguan": ("上官", "上官"),
    "zhuge": ("诸葛", "諸葛"),
    "situ": ("司徒", "司徒"),
    "huangfu": ("皇甫", "皇甫"),
    "murong": ("慕容", "慕容"),
    "gongsun": ("公孙", "公孫"),
    "dongfang": ("东方", "東方"),
    "linghu": ("令狐", "令狐"),
    "xiahou": ("夏侯", "夏侯"),
}
MOST: Final = 60
_VOWELS: Final = frozenset("aeiouv")
_FAR: Final = 20_000
_OTHER_READING: Final = 10_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """Characters offered, and how many of the typed letters they stand for."""

    text: str
    letters: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is being written: the beginning of a name or its rest, in which script."""

    surname: bool = True
    traditional: bool = False


@dataclass(frozen=True, slots=True)
class PinyinCandidates:
    """Readings without tones: characters read so first of all, and those that also are. Made by `load`."""

    first: Mapping[str, str]
    other: Mapping[str, str]

    @staticmethod
    def load() -> PinyinCandidates:
        """Build the table; a quarter of a second the first time, so not on the UI thread."""
        from pypinyin.pinyin_dict import pinyin_dict

        first: dict[str, str] = {}
        other: dict[str, str] = {}
        for character in _common():
            toned = pinyin_dict.get(ord(character), "").split(",")
            plain = list(dict.fromkeys(without_tone(reading) for reading in toned))
            for at, reading in enumerate(plain):
                table = other if at else first
                table[reading] = table.get(reading, "") + character
        return PinyinCandidates(first, other)

    def candidates(self, letters: str, wanted: Wanted = Wanted()) -> tuple[Candidate, ...]:
        """What `letters` may stand for: a whole name as a guess, then characters for its beginning."""
        typed = letters.lower().replace("'", "")
        found = self._whole(typed, wanted)
        for end in self._beginnings(typed):
            ranked = self._ranked(typed[:end], wanted)
            found.extend(Candidate(character, end) for character in ranked)
        if not found:
            found.extend(self._of_prefix(typed, wanted))
        return tuple(dict.fromkeys(found))[:MOST]

    def knows(self, syllable: str) -> bool:
        """Whether any character is read so."""
        return syllable in self.first or syllable in self.other

    def _whole(self, typed: str, wanted: Wanted) -> list[Candidate]:
        """A surname of two characters, and the likeliest names for all syllables."""
        found, start, used = [], "", 0
        for letters, both in LONG_SURNAMES.items():
            if wanted.surname and typed.startswith(letters):
                start, used = both[wanted.traditional], len(letters)
                found.append(Candidate(start, used))
        rest = Wanted(surname=False, traditional=wanted.traditional)
        cuts = self.cuts(typed[used:])
        if cuts and len(cuts[0]) + bool(used) > 1:
            likely = [cut for cut in cuts if min(map(len, cut)) > 1] or cuts
            alike = [cut for cut in likely if len(cut) == len(likely[0])]
            for syllables in reversed(alike[:2]):
                guess = start
                for at, syllable in enumerate(syllables):
                    guess += self._ranked(syllable, wanted if at == 0 and not used else rest)[0]
                found.insert(0, Candidate(guess, len(typed)))
        return found

    def _ranked(self, syllable: str, wanted: Wanted) -> list[str]:
        ranks = {c: _rank(c, syllable, wanted) for c in self.first.get(syllable, "")}
        for character in self.other.get(syllable, ""):
            script, weight = _rank(character, syllable, wanted)
            special = wanted.surname and SURNAME_READINGS.get(character) == syllable
            ranks[character] = (script, weight if special else weight + _OTHER_READING)
        return sorted(ranks, key=ranks.__getitem__)

    def _beginnings(self, typed: str) -> list[int]:
        """Where a first syllable may end: the rest can be cut too, or it is the longest there is."""
        ends = [end for end in range(min(6, len(typed)), 0, -1) if self.knows(typed[:end])]
        good = [end for end in ends if end == len(typed) or self.cuts(typed[end:])]
        return good or ends[:1]

    def _of_prefix(self, typed: str, wanted: Wanted) -> Iterator[Candidate]:
        begun = typed[:6]
        while begun and not any(reading.startswith(begun) for reading in self.first):
            begun = begun[:-1]
        if not begun:
            return
        pool = {
            character: _rank(character, reading, wanted)
            for reading, found in self.first.items()
            if reading.startswith(begun)
            for character in found
        }
        for character in sorted(pool, key=pool.__getitem__)[:MOST]:
            yield Candidate(character, len(begun))

    def cuts(self, typed: str) -> list[tuple[str, ...]]:
        """The ways to cut letters into syllables, the likeliest first: few that begin with a vowel."""
        if not typed:
            return []
        found: list[tuple[str, ...]] = []
        for end in range(min(6, len(typed)), 0, -1):
            if typed[:end] in self.first and _VOWELS & set(typed[:end]):
                rests = [()] if end == len(typed) else self.cuts(typed[end:])
                found.extend((typed[:end], *rest) for rest in rests)
        return sorted(found, key=lambda cut: (sum(part[0] in _VOWELS for part in cut[1:]), len(cut)))[:4]


def without_tone(toned: str) -> str:
    """A reading as it is typed: "zhāng" is zhang, "lǚ" is lv."""
    letters: list[str] = []
    for mark in unicodedata.normalize("NFD", toned):
        if mark == "\N{COMBINING DIAERESIS}":
            letters[-1] = "v"
        elif mark.isascii() and mark.isalpha():
            letters.append(mark)
    return "".join(letters)


def _rank(character: str, syllable: str, wanted: Wanted) -> tuple[int, int]:
    """Small comes first: the reader's script, then names, then the order of the code table."""
    near, far = (SURNAMES, NAME_CHARACTERS) if wanted.surname else (NAME_CHARACTERS, SURNAMES)
    other_script = int(not _encodes(character, "big5" if wanted.traditional else "gb2312"))
    if wanted.surname and SURNAME_READINGS.get(character, syllable) != syllable:
        return other_script, _FAR + _OTHER_READING
    for weight, names in enumerate((near, far)):
        if (at := names.find(character)) >= 0:
            return other_script, weight * 1_000 + at
    return other_script, _FAR


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _common() -> Iterator[str]:
    """The characters worth offering: those of names, GB 2312 level 1, Big5 level 1, GB 2312 level 2, each once."""
    seen = set(SURNAMES + NAME_CHARACTERS)
    yield from dict.fromkeys(SURNAMES + NAME_CHARACTERS)
    blocks = (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("gb2312", 0xD8, 0xF7))
    for encoding, first, last in blocks:
        for high in range(first, last + 1):
            for low in range(0x40, 0xFF):
                character = bytes((high, low)).decode(encoding, "ignore")
                if len(character) == 1 and ord(character) >= 0x4E00 and character not in seen:
                    seen.add(character)
                    yield character
