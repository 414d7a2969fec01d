"""What a social organization of each kind needs to be registered: members, funds, council, name (C-01…C-18).

Numbers come as `Norms`; a place with numbers of its own (often 3万 for a service institution) adds a norm.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.law import Finding, Findings, Norms, rule
from app.core.money import yuan
from app.core.words import N_

NATIONAL, PROVINCIAL, PREFECTURAL, COUNTY = "national", "provincial", "prefectural", "county"
FORMS = {"legal_person": N_("法人"), "partnership": N_("合伙"), "individual": N_("个体")}  # of a 民非, C-07
MISSING = {  # an item the registrar writes down (C-02, C-07): field → what is said when it is not there
    "name": N_("缺少登记事项：名称"),
    "address": N_("缺少登记事项：住所"),
    "scope": N_("缺少登记事项：宗旨和业务范围"),
    "legal_representative": N_("缺少登记事项：法定代表人或负责人"),
    "funds_fen": N_("缺少登记事项：注册资金"),
    "supervising_unit": N_("缺少登记事项：业务主管单位"),
}
MISSING_AREA = {"area": N_("缺少登记事项：活动地域")}
BY_APPROVAL = ("中国", "全国", "中华")


@rule("C-02", "C-07")
def registered_items(kind: str, values: Mapping[str, object]) -> Findings:
    """Every item of the certificate is there; a 社会团体 also has an area of activity (Art. 12 of both)."""
    row = "C-07" if kind == "service" else "C-02"
    for field, text in (MISSING | (MISSING_AREA if kind == "association" else {})).items():
        if values.get(field) in (None, ""):
            yield Finding(row, text, {}, field)


@rule("C-01")
def association_members(individuals: int, units: int, norms: Norms) -> Findings:
    """A 社会团体 has 50 individual or 30 unit members, or 50 of both kinds together (Art. 10)."""
    least = {key: norms.whole(f"association_members_{key}") for key in ("individual", "unit", "mixed")}
    if individuals and units:
        enough = individuals + units >= least["mixed"]
    else:
        enough = individuals >= least["individual"] or units >= least["unit"]
    if not enough:
        text = N_(
            "会员不足：个人会员应在 %(individual)d 个以上，或单位会员 %(unit)d 个以上，"
            "混合组成的总数 %(mixed)d 个以上；现有 %(have)d 个"
        )
        yield Finding("C-01", text, {**least, "have": individuals + units}, "members")


@rule("C-01", "C-07", "C-09")
def registered_funds(kind: str, funds_fen: int, level: str, public: bool, norms: Norms) -> Findings:
    """Funds reach the least the law asks of this kind at this level of registrar; amounts in fen.

    A service institution has no national least: only a local norm `institution_funds` asks one (C-07).
    """
    row, key = _least_funds(kind, level, public)
    if key in norms and funds_fen < norms[key]:
        values = {"least": yuan(norms.whole(key)), "have": yuan(funds_fen)}
        yield Finding(row, N_("注册资金不足：应不少于 %(least)s 元，现为 %(have)s 元"), values, "funds_fen")


def _least_funds(kind: str, level: str, public: bool) -> tuple[str, str]:
    if kind == "association":
        return "C-01", "association_funds.national" if level == NATIONAL else "association_funds"
    if kind == "foundation" and public:
        return "C-09", f"foundation_funds.{'national' if level == NATIONAL else 'local'}_public"
    return ("C-09", "foundation_funds.non_public") if kind == "foundation" else ("C-07", "institution_funds")


@rule("C-07")
def institution_form(form: str) -> Findings:
    """A 民办非企业单位 is a legal person, a partnership or an individual undertaking (Art. 12)."""
    if form not in FORMS:
        yield Finding("C-07", N_("民办非企业单位的形式只能是法人、合伙或个体"), {}, "form")


@rule("C-03", "C-08")
def branches(kind: str, count: int, of_a_branch: bool = False) -> Findings:
    """A 民办非企业单位 has no branches (Art. 13); a branch of a 社会团体 has none of its own (Art. 17)."""
    if kind == "service" and count:
        yield Finding("C-08", N_("民办非企业单位不得设立分支机构"), {}, "branches")
    if kind == "association" and of_a_branch:
        yield Finding("C-03", N_("社会团体的分支机构不得再设立分支机构"), {}, "branches")


@rule("C-09")
def foundation_registrar(level: str, bars: bool = True) -> Findings:
    """Foundations are registered by the Ministry or a province, not below (Art. 6).

    With ``bars=False`` it only warns: registers hold foundations that cities registered in pilots.
    """
    if level not in (NATIONAL, PROVINCIAL):
        text = N_("基金会由国务院或省级民政部门登记，此处登记机关级别更低，请核对")
        yield Finding("C-09", text, {}, "registrar_level", bars)


@rule("C-10")
def council_size(members: int, norms: Norms) -> Findings:
    """The council of a foundation has 5 to 25 members (Art. 20)."""
    least, most = norms.whole("council_min"), norms.whole("council_max")
    if not least <= members <= most:
        values = {"least": least, "most": most, "have": members}
        yield Finding("C-10", N_("理事应为 %(least)d 至 %(most)d 人，现为 %(have)d 人"), values, "council")


@dataclass(frozen=True)
class NameParts:
    """A name taken apart: 广州市 · 荔湾区逢源 · 社会工作服务 · 中心. Empty where there is no such part."""

    region: str
    trade_name: str
    line: str
    form: str

    def __str__(self) -> str:
        return self.region + self.trade_name + self.line + self.form


@rule("C-18")
def name_parts(kind: str, name: str, parts: NameParts, level: str, approved: bool = False) -> Findings:
    """A name is region + trade name + line + form; a 社会团体 has no trade name (MCA 69, Art. 5 and 8)."""
    if str(parts) != name:
        yield Finding("C-18", N_("名称“%(name)s”与各组成部分连起来不一致"), {"name": name}, "name")
    for part, text in _parts_needed(kind, level).items():
        if not getattr(parts, part):
            yield Finding("C-18", text, {}, "name")
    yield from _words(kind, parts, approved)


def _parts_needed(kind: str, level: str) -> dict[str, str]:
    needed = {"line": N_("名称缺少行业领域或会员组成"), "form": N_("名称缺少组织形式")}
    needed |= {} if kind == "association" else {"trade_name": N_("名称缺少字号")}
    return needed | ({} if level == NATIONAL else {"region": N_("名称缺少行政区划名称")})


def _words(kind: str, parts: NameParts, approved: bool) -> Findings:
    if str(parts).startswith(BY_APPROVAL) and not approved:
        text = N_("名称以“%(word)s”开头，须经批准")
        yield Finding("C-18", text, {"word": str(parts)[:2]}, "name")
    if (kind == "foundation") != parts.form.endswith("基金会"):
        yield Finding("C-18", N_("基金会的名称应以“基金会”结尾，其他组织不得以此结尾"), {}, "name")
