"""The statements of an annual report: their lines, and whether they add up (G-41); the foundation ratios (C-11).

The lines are those of the accounting rules for non-profit organizations (民间非营利组织会计制度), drawn together.
Amounts in whole fen; a line left empty counts as nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from app.core.law import Finding, Findings, Norms, rule
from app.core.words import N_

Values = Mapping[str, object]
OPENING, CLOSING, AMOUNT = "opening", "closing", "amount"
COLUMNS = {OPENING: N_("年初数"), CLOSING: N_("年末数"), AMOUNT: N_("本年数")}


@dataclass(frozen=True)
class Line:
    """One line: a total names the lines it is the sum of (「-x」 is taken off); a signed one may be below zero."""

    key: str
    label: str
    of: tuple[str, ...] = ()
    signed: bool = False


BALANCE = (
    Line("cash", N_("货币资金")),
    Line("short_investments", N_("短期投资")),
    Line("receivables", N_("应收款项")),
    Line("prepaid", N_("预付账款")),
    Line("inventory", N_("存货")),
    Line("other_current", N_("其他流动资产")),
    Line(
        "current_assets",
        N_("流动资产合计"),
        ("cash", "short_investments", "receivables", "prepaid", "inventory", "other_current"),
    ),
    Line("long_investments", N_("长期投资")),
    Line("fixed_assets", N_("固定资产净额")),
    Line("intangible", N_("无形资产")),
    Line("entrusted_assets", N_("受托代理资产")),
    Line(
        "total_assets",
        N_("资产总计"),
        ("current_assets", "long_investments", "fixed_assets", "intangible", "entrusted_assets"),
    ),
    Line("payables", N_("应付款项")),
    Line("wages", N_("应付工资")),
    Line("taxes", N_("应交税金")),
    Line("advances", N_("预收账款")),
    Line("other_liabilities", N_("其他流动负债")),
    Line("long_liabilities", N_("长期负债")),
    Line("entrusted_liabilities", N_("受托代理负债")),
    Line(
        "total_liabilities",
        N_("负债合计"),
        ("payables", "wages", "taxes", "advances", "other_liabilities", "long_liabilities", "entrusted_liabilities"),
    ),
    Line("unrestricted", N_("非限定性净资产"), signed=True),
    Line("restricted", N_("限定性净资产")),
    Line("net_assets", N_("净资产合计"), ("unrestricted", "restricted"), signed=True),
)
INCOME = (
    Line("donations", N_("捐赠收入")),
    Line("dues", N_("会费收入")),
    Line("services", N_("提供服务收入")),
    Line("goods", N_("商品销售收入")),
    Line("grants", N_("政府补助收入")),
    Line("investment", N_("投资收益"), signed=True),
    Line("other_income", N_("其他收入")),
    Line(
        "total_income",
        N_("收入合计"),
        ("donations", "dues", "services", "goods", "grants", "investment", "other_income"),
        signed=True,
    ),
    Line("mission", N_("业务活动成本")),
    Line("admin", N_("管理费用")),
    Line("fundraising", N_("筹资费用")),
    Line("other_expenses", N_("其他费用")),
    Line("total_expenses", N_("费用合计"), ("mission", "admin", "fundraising", "other_expenses")),
    Line("net_change", N_("净资产变动额"), ("total_income", "-total_expenses"), signed=True),
)
CASH = (
    Line("cash_in", N_("业务活动现金流入")),
    Line("cash_out", N_("业务活动现金流出")),
    Line("operating", N_("业务活动产生的现金流量净额"), ("cash_in", "-cash_out"), signed=True),
    Line("investing", N_("投资活动产生的现金流量净额"), signed=True),
    Line("financing", N_("筹资活动产生的现金流量净额"), signed=True),
    Line("increase", N_("现金净增加额"), ("operating", "investing", "financing"), signed=True),
)
STATEMENTS: dict[str, tuple[tuple[Line, ...], tuple[str, ...]]] = {
    "balance": (BALANCE, (OPENING, CLOSING)),
    "income": (INCOME, (AMOUNT,)),
    "cash": (CASH, (AMOUNT,)),
}


def name(line: str, column: str) -> str:
    """The name of one cell: `total_assets_closing`."""
    return f"{line}_{column}"


def fen(values: Values, line: str, column: str) -> int:
    """The amount in a cell; nothing when it is empty."""
    found = values.get(name(line, column))
    return found if isinstance(found, int) else 0


@rule("G-41")
def sums(statement: str, values: Values) -> Findings:
    """Every total is the sum of its lines."""
    lines, columns = STATEMENTS[statement]
    for column in columns:
        for line in lines:
            if line.of and (one := _sum(line, column, values)):
                yield one


def _sum(line: Line, column: str, values: Values) -> Finding | None:
    wanted = sum(_part(part, column, values) for part in line.of)
    have = fen(values, line.key, column)
    if wanted == have:
        return None
    text = N_(
        "“%(line)s”%(column)s应等于各行之和 %(want_fen)s 元，填写的是 %(have_fen)s 元，相差 %(gap_fen)s 元。"
    )  # fmt: skip
    told = {"line": line.label, "column": COLUMNS[column]}
    return Finding("G-41", text, told | _gap(wanted, have), name(line.key, column))


def _part(part: str, column: str, values: Values) -> int:
    return -fen(values, part[1:], column) if part.startswith("-") else fen(values, part, column)


def _gap(want: int, have: int) -> dict[str, object]:
    return {"want_fen": want, "have_fen": have, "gap_fen": abs(want - have)}


@rule("G-41")
def balances(values: Values) -> Findings:
    """Assets are liabilities and net assets, at the beginning and at the end of the year."""
    for column in (OPENING, CLOSING):
        assets = fen(values, "total_assets", column)
        others = fen(values, "total_liabilities", column) + fen(values, "net_assets", column)
        if assets != others:
            text = N_(
                "资产负债表不平：资产总计%(column)s %(have_fen)s 元，"
                "负债合计与净资产合计之和 %(want_fen)s 元，相差 %(gap_fen)s 元。"
            )
            told = {"column": COLUMNS[column]} | _gap(others, assets)
            yield Finding("G-41", text, told, name("total_assets", column))


@rule("G-41")
def openings(values: Values, last: Values, *, restated: bool) -> Findings:
    """Openings are last year's closings; one that was restated with a reason only warns."""
    for line in BALANCE:
        was, now = fen(last, line.key, CLOSING), fen(values, line.key, OPENING)
        if was != now:
            text = N_(
                "“%(line)s”年初数 %(have_fen)s 元与上年年末数 %(want_fen)s 元不一致，相差 %(gap_fen)s 元。"
            )  # fmt: skip
            told = {"line": line.label} | _gap(was, now)
            yield Finding("G-41", text, told, name(line.key, OPENING), bars=not restated)


@rule("G-41")
def agree(balance: Values, income: Values, cash: Values) -> Findings:
    """The three statements tell one story: the change of net assets, and of cash; where not, it warns."""
    grown = fen(balance, "net_assets", CLOSING) - fen(balance, "net_assets", OPENING)
    told = fen(income, "net_change", AMOUNT)
    if grown != told:
        text = N_("净资产年末数与年初数之差 %(want_fen)s 元，业务活动表的净资产变动额 %(have_fen)s 元，请说明。")
        yield Finding("G-41", text, _gap(grown, told), "net_change_amount", bars=False)
    grown = fen(balance, "cash", CLOSING) - fen(balance, "cash", OPENING)
    told = fen(cash, "increase", AMOUNT)
    if grown != told:
        text = N_("货币资金年末数与年初数之差 %(want_fen)s 元，现金流量表的现金净增加额 %(have_fen)s 元，请说明。")
        yield Finding("G-41", text, _gap(grown, told), "increase_amount", bars=False)


@dataclass(frozen=True)
class Ratio:
    """A share the law bounds: part of base in fen, the bound, whether it is a floor; None without a base."""

    label: str
    of: str
    part_fen: int
    base_fen: int
    bound: Decimal
    floor: bool

    @property
    def percent_centi(self) -> int | None:
        """The share in hundredths of a percent, cut off, or None."""
        return self.part_fen * 10_000 // self.base_fen if self.base_fen > 0 else None

    @property
    def bound_centi(self) -> int:
        """The bound in hundredths of a percent."""
        return int((self.bound * 10_000).to_integral_value(ROUND_FLOOR))

    @property
    def met(self) -> bool:
        """Whether the bound is kept, exactly; nothing to spend from is nothing owed."""
        if self.base_fen <= 0:
            return self.floor or self.part_fen <= 0
        limit = self.bound * self.base_fen
        return self.part_fen >= limit if self.floor else self.part_fen <= limit


def ratios(
    *, public: bool, spent_fen: int, last_income_fen: int, last_balance_fen: int, costs_fen: int, expenses_fen: int,
    norms: Norms,
) -> Iterator[Ratio]:  # fmt: skip
    """The two shares of a foundation (Art. 29): public spending, and what staff and administration cost. Fen."""
    spent = N_("公益事业支出")
    if public:
        yield Ratio(spent, N_("上一年总收入"), spent_fen, last_income_fen, norms["foundation_spend.public"], True)
    else:
        bound = norms["foundation_spend.non_public"]
        yield Ratio(spent, N_("上一年基金余额"), spent_fen, last_balance_fen, bound, True)
    costs = N_("工作人员工资福利和行政办公支出")
    yield Ratio(costs, N_("当年总支出"), costs_fen, expenses_fen, norms["foundation_admin_max"], False)


@rule("C-11")
def ratios_kept(found: list[Ratio]) -> Findings:
    """Warn where a bound is not kept: the report says what was so, and the registrar weighs it."""
    for one in found:
        if not one.met:
            text = (
                N_("%(part)s占%(base)s的 %(have_centi)s%%，应不低于 %(bound_centi)s%%。")
                if one.floor
                else N_("%(part)s占%(base)s的 %(have_centi)s%%，应不高于 %(bound_centi)s%%。")
            )
            told = {
                "part": one.label,
                "base": one.of,
                "have_centi": one.percent_centi or 0,
                "bound_centi": one.bound_centi,
            }
            yield Finding("C-11", text, told, "charity_spend" if one.floor else "costs", bars=False)
