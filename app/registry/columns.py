"""Which sheets of the register are known, and how each of their columns is read."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as given

from app.core.law import Finding
from app.core.words import N_
from app.registry.exact import amount, day, org_code, uscc
from app.registry.readers import (
    Reader,
    choice,
    foundation_registered_by,
    grade,
    line,
    postcode,
    prose,
    province,
    several,
)
from app.registry.reading import SheetRefused, warning
from app.rules.codes import uscc_kind

FUNDRAISING = {"公募": "public", "非公募": "non_public"}
KINDS = {
    "社会团体": "association",
    "民办非企业单位": "service",
    "民办非企业": "service",
    "社会服务机构": "service",
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
}
_UNIT = re.compile(r"(.+)[(（](万?元)[)）]")  # 「注册资金（万元）」


@dataclass(frozen=True)
class Column:
    """One column: its field of the register and its reader. *exact* columns take no result of a formula."""

    field: str
    read: Reader
    required: bool = False
    exact: bool = False


@dataclass(frozen=True)
class Profile:
    """A kind of sheet: its columns by header, the headers it is known by, values every row has, a check across."""

    title: str
    columns: Mapping[str, Column]
    known_by: frozenset[str]
    constants: Mapping[str, object] = given(default_factory=dict)
    across: Callable[[Mapping[str, object]], Iterator[Finding]] = lambda values: iter(())

    def column(self, header: str) -> Column | None:
        """The column of this header, also where it carries a unit: 「注册资金（万元）」."""
        if header in self.columns:
            return self.columns[header]
        found = _UNIT.fullmatch(header)
        plain = self.columns.get(found[1]) if found else None
        return Column(plain.field, amount(found[2]), plain.required, True) if found and plain else None


def _kind_of_the_code(values: Mapping[str, object]) -> Iterator[Finding]:
    """The first two characters of the code say the same kind as the sheet (C-13)."""
    code, kind = values.get("uscc"), values.get("kind")
    if code and kind and uscc_kind(str(code)) != kind:
        text = N_("代码以 %(prefix)s 开头，与“社会组织类型”不符")
        yield Finding("C-13", text, {"prefix": str(code)[:2]}, "uscc")


FOUNDATIONS = Profile(
    N_("基金会名录"),
    {
        "机构名称": Column("name", line(200), required=True),
        "登记证号": Column("licence_no", line(60)),
        "组织机构代码": Column("org_code", org_code, exact=True),
        "业务范围": Column("scope", prose),
        "关注领域": Column("fields", several(300)),
        "基金会类型": Column("fundraising", choice(FUNDRAISING, N_("“%(text)s”不是公募或非公募"))),
        "登记部门": Column("registrar", foundation_registered_by),
        "业务主管单位": Column("supervising_unit", line(200)),
        "成立时间": Column("established_on", day, exact=True),
        "原始基金数额": Column("capital_fen", amount(), exact=True),
        "基金会地址": Column("address", line(300)),
        "邮编": Column("postcode", postcode),
        "省份": Column("province", province),
        "城市": Column("city", line(60)),
        "评估等级": Column("grade", grade),
    },
    frozenset({"机构名称", "组织机构代码", "基金会类型"}),
    {"kind": "foundation", "state": "registered", "org_code_verified": False},
)
PLATFORM = Profile(
    N_("社会组织名录（全国平台格式）"),
    {
        "社会组织名称": Column("name", line(200), required=True),
        "统一社会信用代码": Column("uscc", uscc, required=True, exact=True),
        "社会组织类型": Column("kind", choice(KINDS, N_("“%(text)s”不是社会组织类型")), required=True),
        "登记状态": Column("state", choice(STATES, N_("“%(text)s”不是登记状态"))),
        "登记管理机关": Column("registrar", line(120)),
        "业务主管单位": Column("supervising_unit", line(200)),
        "法定代表人": Column("legal_representative", line(80)),
        "住所": Column("address", line(300)),
        "注册资金": Column("capital_fen", amount(), exact=True),
        "成立登记日期": Column("established_on", day, exact=True),
        "业务范围": Column("scope", prose),
        "评估等级": Column("grade", grade),
    },
    frozenset({"社会组织名称", "统一社会信用代码", "社会组织类型"}),
    {"state": "registered"},
    _kind_of_the_code,
)
PROFILES = (FOUNDATIONS, PLATFORM)


def profile_of(headers: tuple[str, ...], line: int) -> Profile:
    """The kind of sheet these headers belong to. Raises `SheetRefused` naming what is missing."""
    for profile in PROFILES:
        if profile.known_by <= set(headers):
            return profile
    nearest = max(PROFILES, key=lambda profile: len(profile.known_by & set(headers)))
    missing = [header for header in nearest.columns if header in nearest.known_by - set(headers)]
    text = N_("第 %(line)d 行应为表头，其中缺少：%(missing)s；读到的是：%(read)s")
    raise SheetRefused(text, line=line, missing="、".join(missing), read="、".join(headers)[:200])


def header_warnings(headers: tuple[str, ...], profile: Profile) -> list[Finding]:
    """Which columns are not known and will not be taken, and which are not there."""
    known = {header: profile.column(header) for header in headers if header}
    unknown = [header for header, column in known.items() if column is None]
    fields = {column.field for column in known.values() if column}
    absent = [header for header, column in profile.columns.items() if column.field not in fields]
    found = [warning(N_("不认识的列，不导入：%(headers)s"), headers="、".join(unknown))] if unknown else []
    return found + ([warning(N_("表中没有这些列：%(headers)s"), headers="、".join(absent))] if absent else [])
