"""Which sheets of the register are known, and how each of their columns is read."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as given
from functools import cached_property

from app.core.law import Finding
from app.core.words import N_
from app.registry.exact import amount, day, org_code, quick_uscc, uscc
from app.registry.readers import (
    Quick,
    Reader,
    Values,
    choice,
    foundation_registered_by,
    grade,
    line,
    postcode,
    prose,
    province,
    quick_text,
    several,
)
from app.registry.reading import MOST_CELL, SheetRefused, warning
from app.rules.codes import uscc_kind

FUNDRAISING = {"公募": "public", "非公募": "non_public"}
KINDS = {
    "社会团体": "association",
    "社团": "association",
    "民办非企业单位": "service",
    "民办非企业": "service",
    "社会服务机构": "service",
    "社会服务机构（民办非企业单位）": "service",
    "民办非企业单位（社会服务机构）": "service",
    "民非": "service",
    "基金会": "foundation",
}
STATES = {
    "正常": "registered",
    "已登记": "registered",
    "存续": "registered",
    "注销": "deregistered",
    "已注销": "deregistered",
    "撤销": "deregistered",
    "已撤销": "deregistered",
    "注销登记": "deregistered",
    "撤销登记": "deregistered",
}
MOST_MEMO = 20_000  # so many days there are in fifty years
MARKS = "*＊"
_UNIT = re.compile(r"(.+)[(（](万?元)[)）]")  # 「注册资金（万元）」


@dataclass(frozen=True)
class Column:
    """One column: its field of the register and its reader. *exact* columns take no result of a formula.

    A *common* column has few words that stand in many rows: `memo` keeps what each was read as. *quick* reads what
    needs no second look.
    """

    field: str
    read: Reader
    required: bool = False
    exact: bool = False
    common: bool = False
    quick: Quick | None = None
    memo: dict[str, Values] = given(default_factory=dict, compare=False, repr=False)

    def at_once(self, cell: str) -> Values | None:
        """What the cell is read as, where that needs no second look."""
        return self.quick(cell) if self.quick else self.memo.get(cell)

    def remember(self, cell: str, values: Values) -> None:
        """Keep what a cell of a common column was read as without a note; only so many."""
        if self.common and len(self.memo) < MOST_MEMO:
            self.memo[cell] = values


@dataclass(frozen=True)
class Profile:
    """A kind of sheet: its columns by header, the headers it is known by, values every row has, a check across."""

    title: str
    columns: Mapping[str, Column]
    known_by: frozenset[str]
    also: Mapping[str, str] = given(default_factory=dict)  # other spellings of a header → the header
    constants: Mapping[str, object] = given(default_factory=dict)
    across: Callable[[Mapping[str, object]], Iterator[Finding]] = lambda values: iter(())

    @cached_property
    def required(self) -> tuple[tuple[str, Column], ...]:
        """The columns that every row must fill, with their headers."""
        return tuple((header, column) for header, column in self.columns.items() if column.required)

    def column(self, header: str) -> Column | None:
        """The column of this header, however it is spelled, also where it carries a unit: 「注册资金（万元）」."""
        if plain := self.columns.get(self.spelled(header)):
            return plain
        found = _UNIT.fullmatch(header.strip(MARKS))
        plain = self.columns.get(self.spelled(found[1])) if found else None
        return Column(plain.field, amount(found[2]), plain.required, True, True) if found and plain else None

    def spelled(self, header: str) -> str:
        """The header as this profile spells it: without the star of a required column, by its other names."""
        bare = header.strip(MARKS)
        return self.also.get(bare, bare)

    def taken(self, headers: Iterable[str]) -> dict[str, Column]:
        """The columns of a sheet that are taken. Of two for one field the one spelled as here, else the first."""
        found = {header: column for header in headers if header and (column := self.column(header))}
        exact = {found[header].field for header in found if header in self.columns}
        chosen: dict[str, Column] = {}
        for header, column in found.items():
            spoken_for = exact if header not in self.columns else set()
            if column.field not in spoken_for | {one.field for one in chosen.values()}:
                chosen[header] = column
        return chosen


def _kind_of_the_code(values: Mapping[str, object]) -> Iterator[Finding]:
    """The first two characters of the code say the same kind as the sheet (C-13)."""
    code, kind = values.get("uscc"), values.get("kind")
    if code and kind and uscc_kind(str(code)) != kind:
        text = N_("代码以 %(prefix)s 开头，与“社会组织类型”不符")
        yield Finding("C-13", text, {"prefix": str(code)[:2]}, "uscc")


FOUNDATIONS = Profile(
    N_("基金会名录"),
    {
        "机构名称": Column("name", line(200), required=True, quick=quick_text("name", 200)),
        "登记证号": Column("licence_no", line(60)),
        "组织机构代码": Column("org_code", org_code, exact=True),
        "业务范围": Column("scope", prose, quick=quick_text("scope", MOST_CELL)),
        "关注领域": Column("fields", several(300)),
        "基金会类型": Column("fundraising", choice(FUNDRAISING, N_("“%(text)s”不是公募或非公募")), common=True),
        "登记部门": Column("registrar", foundation_registered_by, common=True),
        "业务主管单位": Column("supervising_unit", line(200), common=True),
        "成立时间": Column("established_on", day, exact=True, common=True),
        "原始基金数额": Column("capital_fen", amount(), exact=True, common=True),
        "基金会地址": Column("address", line(300), quick=quick_text("address", 300)),
        "邮编": Column("postcode", postcode, common=True),
        "省份": Column("province", province, common=True),
        "城市": Column("city", line(60), common=True),
        "评估等级": Column("grade", grade, common=True),
    },
    frozenset({"机构名称", "组织机构代码", "基金会类型"}),
    {},
    {"kind": "foundation", "state": "registered", "org_code_verified": False},
)
_SPELLINGS = {  # as the platforms of provinces and the offices' own lists write them
    "社会组织名称": "名称 组织名称 单位名称 机构名称 社团名称 社会组织全称 单位全称",
    "统一社会信用代码": "社会信用代码 统一信用代码 信用代码 统一代码 统一社会信用代码证号",
    "社会组织类型": "组织类型 社会组织类别 组织类别 登记类型 单位类型 机构类型 类型",
    "登记状态": "状态 社会组织状态 登记管理状态 组织状态",
    "登记管理机关": "登记机关 登记部门 登记管理部门 登记单位 发证机关",
    "业务主管单位": "主管单位 业务主管部门 主管部门 业务指导单位",
    "法定代表人": "法人代表 法人 法定代表人姓名 法定代表人（负责人） 法定代表人(负责人) 负责人",
    "住所": "地址 登记住所 住所地址 单位地址 注册地址 办公地址",
    "注册资金": "注册资本 开办资金 活动资金 注册（开办）资金 注册(开办)资金 原始基金 原始基金数额",
    "成立登记日期": "成立日期 成立时间 登记日期 成立登记时间 登记时间 注册日期",
    "业务范围": "宗旨和业务范围 业务活动范围 经营范围",
    "评估等级": "等级 评估结果 社会组织评估等级 等级评估",
}
OTHER_HEADS = {other: head for head, others in _SPELLINGS.items() for other in others.split()}
PLATFORM = Profile(
    N_("社会组织名录（全国平台格式）"),
    {
        "社会组织名称": Column("name", line(200), required=True, quick=quick_text("name", 200)),
        "统一社会信用代码": Column("uscc", uscc, required=True, exact=True, quick=quick_uscc),
        "社会组织类型": Column("kind", choice(KINDS, N_("“%(text)s”不是社会组织类型")), required=True, common=True),
        "登记状态": Column("state", choice(STATES, N_("“%(text)s”不是登记状态")), common=True),
        "登记管理机关": Column("registrar", line(120), common=True),
        "业务主管单位": Column("supervising_unit", line(200), common=True),
        "法定代表人": Column("legal_representative", line(80), quick=quick_text("legal_representative", 80)),
        "住所": Column("address", line(300), quick=quick_text("address", 300)),
        "注册资金": Column("capital_fen", amount(), exact=True, common=True),
        "成立登记日期": Column("established_on", day, exact=True, common=True),
        "业务范围": Column("scope", prose, quick=quick_text("scope", MOST_CELL)),
        "评估等级": Column("grade", grade, common=True),
    },
    frozenset({"社会组织名称", "统一社会信用代码", "社会组织类型"}),
    OTHER_HEADS,
    {"state": "registered"},
    _kind_of_the_code,
)
PROFILES = (FOUNDATIONS, PLATFORM)


def profile_of(headers: tuple[str, ...], line: int) -> Profile:
    """The kind of sheet these headers belong to. Raises `SheetRefused` naming what is missing."""
    for profile in PROFILES:
        if profile.known_by <= set(map(profile.spelled, headers)):
            return profile
    nearest = max(PROFILES, key=lambda profile: len(profile.known_by & set(map(profile.spelled, headers))))
    lacking = nearest.known_by - set(map(nearest.spelled, headers))
    missing = [header for header in nearest.columns if header in lacking]
    text = N_("第 %(line)d 行应为表头，其中缺少：%(missing)s；读到的是：%(read)s")
    raise SheetRefused(text, line=line, missing="、".join(missing), read="、".join(headers)[:200])


def header_warnings(headers: tuple[str, ...], profile: Profile) -> list[Finding]:
    """Which columns are not known and will not be taken, and which are not there."""
    taken = profile.taken(headers)
    unknown = [header for header in headers if header and header not in taken]
    fields = {column.field for column in taken.values()}
    absent = [header for header, column in profile.columns.items() if column.field not in fields]
    other = [f"{h}→{profile.spelled(h)}" for h in taken if h not in profile.columns and profile.spelled(h) != h]
    found = [warning(N_("不认识的列，不导入：%(headers)s"), headers="、".join(unknown))] if unknown else []
    found += [warning(N_("按标准列名读取：%(headers)s"), headers="、".join(other))] if other else []
    return found + ([warning(N_("表中没有这些列：%(headers)s"), headers="、".join(absent))] if absent else [])
