"""Rows on their way into the register: accepted, normalised with notes, or refused with line, column and rule."""

import tracemalloc
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from openpyxl import Workbook

from app.registry.normalising import RowResult, preview
from app.registry.provinces import province
from app.registry.sheets import SheetRefused, read_sheet
from app.rules.codes import make_uscc
from tests.registry.made import xlsx

FOUNDATION = (
    "机构名称 登记证号 组织机构代码 业务范围 关注领域 基金会类型 登记部门 业务主管单位 成立时间 原始基金数额 "
    "基金会地址 邮编 省份 城市 评估等级"
).split()
PLATFORM = (
    "社会组织名称 统一社会信用代码 社会组织类型 登记状态 登记管理机关 业务主管单位 法定代表人 住所 注册资金 "
    "成立登记日期 业务范围 评估等级"
).split()
REAL = """\
万科公益基金会	基证字第1056号	50002117-4	扶贫助残；公益培训、国际公益交流活动。	安全救灾，公共安全，环境	非公募	民政部	民政部	2008-09-04 00:00:00	5,000万元	广东省深圳市盐田区大梅沙环梅路33号万科中心	518049	Guangdong Sheng	Shenzhen Shi	3A
三亚宪清养老基金会	(琼)登记批准基字[2010]第201202号	58925183-X	募集资金；公益扶贫	老年人	非公募	省级民政部门	三亚市民政局	2012-01-10 00:00:00	200万元		572000	Hainan Sheng	Sanya Shi	
三明学院教育发展基金会	明基证字第8001号	84336002	奖励优秀教师和优秀学生。	教育	非公募	市级民政部门	三明市民政局	2013-12-06 00:00:00	200万元		365001	Fujian Sheng	Sanming Shi	未参评
上海公安金盾基金会	沪民基证字第0109号	501781378	资助公安优抚工作。  	公共安全	公募	省级民政部门	上海市公安局	2010-07-30 00:00:00	11,000万元		200042	Shanghai Shi	Shanghai	未参评
上海医学创新发展基金会	沪民基证字第0142号	501782231		教育，医疗救助	非公募	省级民政部门	上海市科学技术协会	2012-12-05 00:00:00			200025	Shanghai Shi	Shanghai	未参评
"""  # noqa: E501, W291 - lines of the real sheet
CENTRE = {
    "社会组织名称": "广州市荔湾区逢源人家服务中心",
    "统一社会信用代码": make_uscc("52", "440103", "50178145"),
    "社会组织类型": "民办非企业单位",
    "登记状态": "正常",
    "登记管理机关": "广州市荔湾区民政局",
    "注册资金": "3万元",
    "成立登记日期": "2010-01-05",
}


def rows(text: str, name: str = "a.tsv") -> list[RowResult]:
    return list(preview(read_sheet(text.encode(), name)))


def foundation(**typed: str) -> RowResult:
    """One row of the sheet of foundations with these cells, the others blank."""
    given = {"机构名称": "甲基金会", "组织机构代码": "501781458", "基金会类型": "公募"} | typed
    [result] = rows("\n".join("\t".join(line) for line in (FOUNDATION, [given.get(name, "") for name in FOUNDATION])))
    return result


def centres(*changes: dict[str, str]) -> list[RowResult]:
    """Rows of the national platform's sheet: a right one with changes, as many as are given."""
    lines = [[(CENTRE | change).get(name, "") for name in PLATFORM] for change in changes]
    return rows("\n".join("\t".join(line) for line in (PLATFORM, *lines)))


def said(result: RowResult, *, bars: bool = True) -> list[tuple[str, str, str]]:
    return [(n.column, n.rule, n.reason % n.values) for n in result.notes if n.bars == bars]


def changed(result: RowResult) -> dict[str, tuple[str, str]]:
    return {note.column: (note.was, note.now) for note in result.notes if note.changed}


def test_real_rows_become_clean() -> None:
    results = rows("\t".join(FOUNDATION) + "\n" + REAL)
    assert [result.verdict for result in results] == ["normalised"] * 5
    assert [result.line for result in results if result.unverified] == [4]
    assert results[0].values == {
        "kind": "foundation",
        "state": "registered",
        "name": "万科公益基金会",
        "licence_no": "基证字第1056号",
        "org_code": "500021174",
        "org_code_verified": True,
        "scope": "扶贫助残；公益培训、国际公益交流活动。",
        "fields": ["安全救灾", "公共安全", "环境"],
        "fundraising": "non_public",
        "registrar": "民政部",
        "registrar_level": "national",
        "supervising_unit": "民政部",
        "established_on": date(2008, 9, 4),
        "capital_fen": 5_000_000_000,
        "address": "广东省深圳市盐田区大梅沙环梅路33号万科中心",
        "postcode": "518049",
        "province": "广东省",
        "province_code": "440000",
        "city": "Shenzhen Shi",
        "grade": 3,
    }
    assert changed(results[0]) == {
        "组织机构代码": ("50002117-4", "500021174"),
        "成立时间": ("2008-09-04 00:00:00", "2008-09-04"),
        "原始基金数额": ("5,000万元", "50,000,000.00"),
        "省份": ("Guangdong Sheng", "广东省"),
    }
    assert [result.values["capital_fen"] for result in results] == [5 * 10**9, 2 * 10**8, 2 * 10**8, 11 * 10**9, None]
    assert results[3].values["scope"] == "资助公安优抚工作。"
    assert results[4].values["scope"] is results[4].values["grade"] is None


def test_a_code_without_its_check_digit_is_kept_as_typed_and_never_completed() -> None:
    for typed in ("84336002", "8433600-2", "ab336002"):
        result = foundation(组织机构代码=typed)
        assert result.verdict == "accepted"
        assert (result.values["org_code"], result.values["org_code_verified"]) == (typed, False)
        assert said(result, bars=False)[0][:2] == ("组织机构代码", "C-15")
        assert result.unverified


def test_a_clean_row_is_accepted_without_a_note() -> None:
    result = foundation(成立时间="2008-09-04", 原始基金数额="2000000", 省份="广东省", 评估等级="5A")
    assert (result.verdict, result.notes) == ("accepted", [])


@pytest.mark.parametrize(
    ("column", "typed", "field", "value", "now"),
    [
        ("机构名称", " 甲基金会\u3000", "name", "甲基金会", "甲基金会"),
        ("机构名称", "甲  基金会", "name", "甲 基金会", "甲 基金会"),
        ("组织机构代码", "５０１７８１４５８", "org_code", "501781458", "501781458"),
        ("组织机构代码", "50178056-x", "org_code", "50178056X", "50178056X"),
        ("成立时间", "2007/7/31", "established_on", date(2007, 7, 31), "2007-07-31"),
        ("成立时间", "2007年7月31日", "established_on", date(2007, 7, 31), "2007-07-31"),
        ("成立时间", "２００７．７．３１", "established_on", date(2007, 7, 31), "2007-07-31"),
        ("成立时间", "20070731", "established_on", date(2007, 7, 31), "2007-07-31"),
        ("成立时间", "2007-07-31T08:30:00.5", "established_on", date(2007, 7, 31), "2007-07-31"),
        ("成立时间", "39294", "established_on", date(2007, 7, 31), "2007-07-31"),
        ("原始基金数额", "２５０万元", "capital_fen", 250_000_000, "2,500,000.00"),
        ("原始基金数额", "￥2,500,000.05", "capital_fen", 250_000_005, "2,500,000.05"),
        ("原始基金数额", "—", "capital_fen", None, ""),
        ("邮编", "５１００００", "postcode", "510000", "510000"),
        ("省份", "Neimenggu Zizhiqu", "province", "内蒙古自治区", "内蒙古自治区"),
        ("省份", "陕西", "province", "陕西省", "陕西省"),
        ("评估等级", "AAA级", "grade", 3, "3A"),
        ("评估等级", "５A", "grade", 5, "5A"),
        ("评估等级", "未参评", "grade", None, ""),
    ],
)
def test_what_is_normalised(column: str, typed: str, field: str, value: Any, now: str) -> None:
    result = foundation(**{column: typed})
    assert (result.verdict, result.values[field]) == ("normalised", value)
    assert result.notes[-1].now == now


@pytest.mark.parametrize(
    ("column", "typed", "rule", "words"),
    [
        ("机构名称", "", "G-21", "缺少必填内容"),
        ("机构名称", "无", "G-21", "缺少必填内容"),
        ("机构名称", "甲" * 201, "G-21", "超过 200 字"),
        ("机构名称", "=HYPERLINK(1)", "G-21", "内容像是公式"),
        ("机构名称", "甲\ufffd基金会", "G-21", "有乱码或控制字符"),
        ("机构名称", "甲\x07基金会", "G-21", "有乱码或控制字符"),
        ("业务范围", "长" * 5001, "G-21", "内容超过 5000 字"),
        ("组织机构代码", "50002117-5", "C-15", "“50002117-5”的校验码不符"),
        ("组织机构代码", "5000211", "C-15", "应为 8 位本体代码加 1 位校验码"),
        ("基金会类型", "半公募", "G-21", "“半公募”不是公募或非公募"),
        ("成立时间", "2007-02-30", "G-21", "“2007-02-30”不是日期"),
        ("成立时间", "07-31-2007", "G-21", "不是日期"),
        ("成立时间", "1807-07-31", "G-21", "年份不对"),
        ("原始基金数额", "约200万元", "F-04", "不是金额"),
        ("原始基金数额", "-5", "F-04", "是负数"),
        ("原始基金数额", "0.001", "F-04", "小数太多"),
        ("邮编", "10020", "G-21", "不是六位邮编"),
        ("省份", "Guangdongg", "F-08", "不是省级行政区"),
        ("评估等级", "6A", "C-20", "“6A”不是评估等级"),
    ],
)
def test_what_is_refused(column: str, typed: str, rule: str, words: str) -> None:
    result = foundation(**{column: typed})
    assert (result.verdict, result.line) == ("refused", 2)
    [(where, row, text)] = said(result)
    assert (where, row) == (column, rule)
    assert words in text


def test_every_fault_of_a_row_is_named_at_once() -> None:
    result = foundation(组织机构代码="501781459", 成立时间="昨天", 省份="火星")
    assert [column for column, _, _ in said(result)] == ["组织机构代码", "成立时间", "省份"]


def test_a_small_figure_without_unit_is_warned_about() -> None:
    result = foundation(原始基金数额="250")
    assert (result.verdict, result.values["capital_fen"]) == ("accepted", 25_000)
    assert "没有写单位，按元记" in said(result, bars=False)[0][2]


def test_a_foundation_registered_below_a_province_is_warned_about() -> None:
    result = foundation(登记部门="市级民政部门")
    assert (result.verdict, result.values["registrar_level"]) == ("accepted", "prefectural")
    assert said(result, bars=False)[0][:2] == ("登记部门", "C-09")
    assert foundation(登记部门="上海市民政局").notes == []


def test_a_row_of_the_national_platform() -> None:
    [result] = centres({})
    assert result.verdict == "normalised"
    assert changed(result) == {"注册资金": ("3万元", "30,000.00")}
    code = CENTRE["统一社会信用代码"]
    assert {key: result.values[key] for key in ("uscc", "org_code", "org_code_verified", "kind", "state")} == {
        "uscc": code,
        "org_code": code[8:17],
        "org_code_verified": True,
        "kind": "service",
        "state": "registered",
    }


@pytest.mark.parametrize(
    ("change", "rule", "words"),
    [
        ({"统一社会信用代码": CENTRE["统一社会信用代码"][:-1] + "0"}, "C-14", "第 18 位校验码不符"),
        ({"统一社会信用代码": "5244010350178O45X1"}, "C-13", "第 14 位是 O"),
        ({"统一社会信用代码": "524401"}, "C-13", "应为 18 位，现为 6 位"),
        ({"统一社会信用代码": ""}, "G-21", "缺少必填内容"),
        ({"社会组织类型": "基金会"}, "C-13", "代码以 52 开头，与“社会组织类型”不符"),
        ({"社会组织类型": "公司"}, "G-21", "“公司”不是社会组织类型"),
        ({"登记状态": "不详"}, "G-21", "“不详”不是登记状态"),
    ],
)
def test_platform_rows_that_are_refused(change: dict[str, str], rule: str, words: str) -> None:
    [result] = centres(change)
    assert result.verdict == "refused"
    [(_, row, text)] = said(result)
    assert row == rule
    assert words in text


def test_the_unit_may_stand_in_the_header() -> None:
    headers = ",".join(PLATFORM[:3]) + ",注册资金（万元）\n"
    line = f"{CENTRE['社会组织名称']},{CENTRE['统一社会信用代码']},民办非企业单位,"
    for typed, fen in (("3.5", 3_500_000), ('"1,000"', 1_000_000_000), ("30000元", 3_000_000)):
        [result] = rows(headers + line + typed, "a.csv")
        assert result.values["capital_fen"] == fen


OTHER = {"统一社会信用代码": make_uscc("52", "440103", "50178146")}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"社会组织名称": "另一中心"}, ["与第 2 行代码相同"]),
        (OTHER, ["与第 2 行名称相同（不计全角半角、繁简、空格）"]),
        (OTHER | {"社会组织名称": "廣州市荔灣區 逢源人家服務中心"}, ["与第 2 行名称相同（不计全角半角、繁简、空格）"]),
        ({}, ["与第 2 行代码相同", "与第 2 行名称相同（不计全角半角、繁简、空格）"]),
        (OTHER | {"登记管理机关": "深圳市福田区民政局"}, []),
    ],
)
def test_the_same_organization_twice(change: dict[str, str], words: list[str]) -> None:
    first, second = centres({}, change)
    assert first.verdict == "normalised"
    assert [text for _, _, text in said(second)] == words


def test_the_same_foundation_twice() -> None:
    twice = "\t".join(FOUNDATION) + "\n" + REAL + REAL.splitlines()[2]
    assert [text for _, _, text in said(rows(twice)[-1])] == [
        "与第 4 行代码相同",
        "与第 4 行名称相同（不计全角半角、繁简、空格）",
    ]


def workbook(*lines: list[Any], **places: str) -> Iterator[RowResult]:
    def arrange(book: Workbook) -> None:
        for place, value in places.items():
            book.active[place] = value
            if value.startswith("#"):
                book.active[place].data_type = "e"

    headers = ["机构名称", "组织机构代码", "基金会类型", "成立时间", "原始基金数额", "业务范围", "邮编"]
    return preview(read_sheet(xlsx([headers, *lines], arrange), "a.xlsx"))


def test_cells_of_a_workbook() -> None:
    [result] = workbook(["甲基金会", 501781458, "公募", 39294, 2500000.5, "教育", 510000])
    assert result.verdict == "normalised"
    assert changed(result) == {"成立时间": ("39294", "2007-07-31")}
    assert result.values["org_code"] == "501781458"
    assert result.values["capital_fen"] == 250_000_050
    assert result.values["postcode"] == "510000"


def test_an_amount_has_the_digits_a_spreadsheet_shows() -> None:
    [result] = workbook(["甲基金会", "501781458", "公募", None, 0.1 + 0.2])
    assert result.values["capital_fen"] == 30


def test_codes_that_were_kept_as_numbers_and_lost_digits() -> None:
    [short] = workbook(["甲基金会", 12345678, "公募"])
    assert "可能丢了开头的 0" in said(short)[0][2]
    long = xlsx([PLATFORM[:3], ["甲中心", 524401035017814500, "民办非企业单位"]])
    [result] = preview(read_sheet(long, "a.xlsx"))
    assert [(rule, "末几位已丢失" in text) for _, rule, text in said(result)] == [("C-13", True)]


@pytest.mark.parametrize(
    ("place", "value", "column", "words"),
    [
        ("E2", "=1+1", "原始基金数额", "单元格是公式"),
        ("B2", '="501781458"', "组织机构代码", "单元格是公式"),
        ("D2", "=TODAY()", "成立时间", "单元格是公式"),
        ("F2", "=A2", "业务范围", "单元格是公式"),
        ("F2", "#REF!", "业务范围", "单元格是错误值"),
    ],
)
def test_formulas_and_error_values(place: str, value: str, column: str, words: str) -> None:
    line = ["甲基金会", "501781458", "公募", "2007-07-31", "200万元", "教育"]
    second = ["乙基金会", "501781829", "公募", "2007-07-31", "200万元", "教育"]
    first, other = workbook(line, second, **{place: value})
    [(where, _, text)] = said(first)
    assert where == column
    assert words in text
    assert other.verdict == "normalised"


def test_a_day_after_today_is_refused() -> None:
    sheet = read_sheet(
        f"{FOUNDATION[0]},组织机构代码,基金会类型,成立时间\n甲,501781458,公募,2026-11-25".encode(), "a.csv"
    )
    assert [next(preview(sheet, date(2026, 11, day))).verdict for day in (24, 25)] == ["refused", "accepted"]


def test_headers_of_no_known_register_are_refused_at_once() -> None:
    sheet = read_sheet("2013年名录,,\n机构名称,组织机构代码,基金会类型\n".encode(), "a.csv")
    with pytest.raises(
        SheetRefused, match="第 1 行应为表头，其中缺少：机构名称、组织机构代码、基金会类型；读到的是：2013年名录"
    ):
        preview(sheet)


def test_another_encoding_is_seen_by_its_headers() -> None:
    content = "\t".join(["機構名稱", "組織代碼", "類型"]).encode("big5")
    with pytest.raises(SheetRefused):
        preview(read_sheet(content, "a.tsv"))


def test_columns_that_are_not_taken_are_named() -> None:
    sheet = read_sheet("机构名称,组织机构代码,基金会类型,备注\n甲,501781458,公募,x".encode(), "a.csv")
    assert len(list(preview(sheet))) == len(list(preview(sheet))) == 1
    said = [finding.text % finding.values for finding in sheet.warnings]
    assert said[0] == "不认识的列，不导入：备注"
    assert said[1].startswith("表中没有这些列：登记证号、业务范围")
    assert [finding.bars for finding in sheet.warnings] == [False, False]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Guangdong Sheng", "440000"),
        ("Shanxi Sheng", "140000"),
        ("Shaanxi Sheng", "610000"),
        ("Shanghai Shi", "310000"),
        ("Guangxi Zhuangzu Zizhiqu", "450000"),
        ("Xinjiang Weiwuer Zizhiqu", "650000"),
        ("ＨＵＢＥＩ", "420000"),
        ("Tibet", "540000"),
        ("澳门", "820000"),
        ("Shi", None),
        ("", None),
    ],
)
def test_provinces(typed: str, code: str | None) -> None:
    assert (province(typed) or (None,))[0] == code


def peak(count: int) -> int:
    lines = (f"第{number}基金会,{10**7 + number},公募\n" for number in range(count))
    content = ("机构名称,组织机构代码,基金会类型\n" + "".join(lines)).encode()
    tracemalloc.start()
    assert sum(1 for _ in preview(read_sheet(content, "a.csv"))) == count
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest


def test_memory_does_not_grow_with_the_rows() -> None:
    peak(10)  # what is loaded once
    assert peak(5_000) < peak(500) + 200_000


def test_the_heads_of_other_lists_are_understood_and_the_platforms_own_go_first() -> None:
    headers = "组织名称,*统一信用代码,类型,登记机关,法人代表,开办资金（万元）,成立时间,负责人\n"
    line = f"{CENTRE['社会组织名称']},{CENTRE['统一社会信用代码']},民非,荔湾区民政局,甲某,3,2010-01-05,乙某\n"
    sheet = read_sheet((headers + line).encode(), "a.csv")
    [result] = preview(sheet)
    expected = {
        "registrar": "荔湾区民政局",
        "legal_representative": "甲某",
        "capital_fen": 3_000_000,
        "kind": "service",
    }
    assert {name: result.values[name] for name in expected} == expected
    assert "负责人" in str(sheet.warnings[0].values)
    both = headers.replace("法人代表", "法人").replace("负责人", "法定代表人")
    [result] = preview(read_sheet((both + line).encode(), "a.csv"))
    assert result.values["legal_representative"] == "乙某"


def test_two_codes_around_one_organization_code_are_one_organization() -> None:
    other = make_uscc("51", "440104", "50178145")
    first, second = centres({}, {"统一社会信用代码": other, "社会组织名称": "乙协会", "社会组织类型": "社会团体"})
    assert (first.verdict, second.verdict) == ("normalised", "refused")
    assert second.notes[-1].values == {"line": 2}
