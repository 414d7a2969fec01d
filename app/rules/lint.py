"""Words in a tender document that narrow competition: found, shown with their row, and left to a person.

A keyword proves nothing, so every finding here warns (`bars=False`); what is plainly forbidden is barred by
the typed fields instead (no minimum age, no floor price).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.law import Finding, Findings, rule
from app.core.words import N_

AROUND = 8  # characters of context on each side of the word found


@dataclass(frozen=True)
class Pattern:
    """One forbidden or doubtful turn of phrase, the row it may breach and what to say about it."""

    rule: str
    words: str
    text: str


SIZE = N_("“%(around)s”：注册资本、资产总额、营业收入、从业人员、利润、纳税额等规模条件不得作为资格要求或者评分因素。")
LOCAL = N_("“%(around)s”：特定行政区域或者特定行业的业绩、奖项不得作为加分条件或者中标条件。")
PLACE = N_("“%(around)s”：不得限定供应商的所有制形式、组织形式或者所在地。")
BRAND = N_("“%(around)s”：不得限定或者指定特定的专利、商标、品牌或者供应商。")
LISTED = N_("“%(around)s”：不得以入围备选库、名录库、资格库或者报名、注册作为参加条件。")
AGE = N_("“%(around)s”：不得要求社会组织成立满一定年限。")
GRADE = N_("“%(around)s”：评估等级只能作为优先条件，作为资格条件会缩小竞争范围。")
TRIMMED = N_("“%(around)s”：不得去掉最高或者最低的报价、评分。")
AVERAGE = N_("“%(around)s”：评标基准价是最低报价，不得采用平均价。")
FLOOR = N_("“%(around)s”：不得设定最低限价。")

PATTERNS = (
    Pattern("B-27", r"注册资[本金]|资产总额|总资产|净资产|营业收入|从业人员|职工人数|利润|纳税额", SIZE),
    Pattern(
        "B-26",
        r"(?:本地|当地|本[省市区县])[^，。；]{0,8}(?:业绩|奖[项励]|荣誉|经验)|本(?:行业|系统)[^，。；]{0,6}业绩",
        LOCAL,
    ),
    Pattern(
        "B-26",
        r"(?:仅限|只限|限于|必须为|须为)[^，。；]{0,8}(?:企业|国有|民营|民办|社会组织|社会团体|基金会|事业单位)",
        PLACE,
    ),
    Pattern("B-26", r"(?:在|须在|必须在)?本[省市区县](?:内|范围内)?(?:注册|登记|设有|设立)[^，。；]{0,10}", PLACE),
    Pattern("B-26", r"(?:指定|限定|必须采用|须采用)[^，。；]{0,6}(?:品牌|商标|专利|型号)", BRAND),
    Pattern(
        "B-28",
        r"备选库|名录库|资格库|供应商库|入围名单|(?:投标|网上)?报名|(?:须|应|必须)[^，。；]{0,6}平台注册",
        LISTED,
    ),
    Pattern(
        "A-22",
        r"(?:成立|登记|注册)[^，。；]{0,6}(?:满|超过|不少于)?[一二两三四五六七八九十\d]+\s*年(?:以上|及以上)?",
        AGE,
    ),
    Pattern("C-22", r"[1-5一二三四五]\s*[AaＡ]\s*级?|评估等级", GRADE),
    Pattern("B-52", r"去[掉除](?:一个)?(?:最高|最低)", TRIMMED),
    Pattern("B-51", r"平均(?:价|报价)[^，。；]{0,8}基准|基准价[^，。；]{0,8}平均", AVERAGE),
    Pattern("B-15", r"最低限价|不得低于[^，。；]{0,8}(?:万?元|报价)", FLOOR),
)


@rule("A-22", "B-15", "B-26", "B-27", "B-28", "B-51", "B-52", "C-22")
def words_that_narrow(text: str, field: str) -> Findings:
    """Warn of each doubtful phrase in *text*; *field* names the part of the document it stands in."""
    for pattern in PATTERNS:
        for word, around in _found(pattern.words, text):
            yield Finding(pattern.rule, pattern.text, {"word": word, "around": around}, field, bars=False)


@rule("B-52")
def qualification_not_scored(qualifications: Sequence[str], factors: Sequence[str]) -> Findings:
    """A qualification condition may not also earn points. Compares the lines without spaces and marks."""
    asked = {_plain(line): line for line in qualifications if _plain(line)}
    for factor in factors:
        if any(_plain(factor) and (key in _plain(factor) or _plain(factor) in key) for key in asked):
            text = N_("“%(factor)s”已是资格条件，不得再作为评分因素。")
            yield Finding("B-52", text, {"factor": factor}, "scoring")


def _found(words: str, text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(words, text):
        yield match[0], text[max(0, match.start() - AROUND) : match.end() + AROUND].strip()


def _plain(text: str) -> str:
    return re.sub(r"[\s\W]+", "", text)
