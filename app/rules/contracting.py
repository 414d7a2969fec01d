"""The contract: when, with what in it, at what amount, and how its money is parted (A-16 … A-18, B-60 … B-65, B-94)."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.core.law import Finding, Findings, Norms, rule
from app.core.money import yuan
from app.core.words import N_
from app.core.workdays import Calendar
from app.rules.figures import percent

FIELDS = {
    "content": N_("购买服务的内容"),
    "term": N_("服务期限"),
    "quantity": N_("服务数量"),
    "quality": N_("服务质量"),
    "price": N_("合同价格"),
    "settlement": N_("资金结算方式"),
    "rights_and_duties": N_("双方权利义务"),
    "breach": N_("违约责任"),
}


@rule("A-16")
def contract_complete(fields: Mapping[str, str]) -> Findings:
    """The eight mandatory parts (keys of FIELDS) all say something."""
    for number, key in enumerate(FIELDS, start=1):
        if not fields.get(key, "").strip():
            text = N_("合同缺少第%(number)s项必备内容（内容、期限、数量、质量、价格、结算方式、权利义务、违约责任）。")
            yield Finding("A-16", text, {"number": number}, key)


@rule("B-60")
def signed_in_time(award_notice_on: date, signed_on: date, calendar: Calendar, norms: Norms) -> Findings:
    """Signed within 30 calendar days of the award notice; a last day of rest runs on (B-100)."""
    due = calendar.add_days(award_notice_on, norms.whole("sign_days"), roll=True).day
    if not award_notice_on <= signed_on <= due:
        text = N_("合同应当自中标、成交通知书发出之日起%(days)s日内签订，最迟%(due)s。")
        yield Finding("B-60", text, {"days": norms.whole("sign_days"), "due": due.isoformat()}, "signed_on")


@rule("B-60")
def amount_as_awarded(contract_fen: int, awarded_fen: int) -> Findings:
    """The contract says the awarded price: no terms away from bid and documents (采购法 第四十六条)."""
    if contract_fen != awarded_fen:
        text = N_("合同金额%(contract)s元与中标金额%(awarded)s元不一致。")
        yield Finding("B-60", text, {"contract": yuan(contract_fen), "awarded": yuan(awarded_fen)}, "amount")


@rule("B-94")
def not_suspended(challenge_may_affect_result: bool) -> Findings:
    """While a challenge that may affect the result is open, the contract is not signed nor performed."""
    if challenge_may_affect_result:
        text = N_("质疑事项可能影响中标、成交结果，应当暂停签订合同；已签订的，应当中止履行。")
        yield Finding("B-94", text, {}, "signed_on")


@rule("B-61")
def performance_bond_small(bond_fen: int, contract_fen: int, norms: Norms) -> Findings:
    """The performance bond (履约保证金) is at most a tenth of the contract."""
    if bond_fen > contract_fen * norms["perf_bond_max"]:
        text = N_("履约保证金不得超过合同金额的%(most)s。")
        yield Finding("B-61", text, {"most": percent(norms["perf_bond_max"])}, "performance_bond")


@rule("B-62")
def subcontract_allowed(consented: bool, core: bool, named_in_bid: bool, level: int = 1) -> Findings:
    """分包: consented, not the core part, named in the bid, and no further level (T-14)."""
    if not (consented and named_in_bid) or core or level > 1:
        text = N_("分包须经采购人同意、在投标文件中载明、限于非主体非关键部分，且不得再次分包。")
        yield Finding("B-62", text, {}, "subcontract")


@rule("B-63")
def supplement_small(original_fen: int, supplements_fen: Sequence[int], norms: Norms) -> Findings:
    """All supplementary contracts together are at most a tenth of the original."""
    if sum(supplements_fen) > original_fen * norms["supplement_max"]:
        text = N_("所有补充合同金额合计%(sum)s元，超过原合同金额的%(most)s。")
        values = {"sum": yuan(sum(supplements_fen)), "most": percent(norms["supplement_max"])}
        yield Finding("B-63", text, values, "amount")


@rule("B-64")
def published_in_time(signed_on: date, published_on: date, calendar: Calendar, norms: Norms) -> Findings:
    """Warn where the contract was published later than two working days after signing."""
    due = calendar.add_workdays(signed_on, norms.whole("contract_publish_wd")).day
    if published_on > due:
        text = N_("合同应当自签订之日起%(days)s个工作日内公告，最迟%(due)s，已逾期。")
        values = {"days": norms.whole("contract_publish_wd"), "due": due.isoformat()}
        yield Finding("B-64", text, values, "published_on", bars=False)


@rule("B-65")
def filed_in_time(signed_on: date, filed_on: date, calendar: Calendar, norms: Norms) -> Findings:
    """Warn where the copy reached finance later than seven working days after signing."""
    due = calendar.add_workdays(signed_on, norms.whole("contract_file_wd")).day
    if filed_on > due:
        text = N_("合同副本应当自签订之日起%(days)s个工作日内报财政部门备案，最迟%(due)s，已逾期。")
        values = {"days": norms.whole("contract_file_wd"), "due": due.isoformat()}
        yield Finding("B-65", text, values, "filed_on", bars=False)


@rule("G-07")
def shares_make_whole(shares: Sequence[int], norms: Norms) -> Findings:
    """The instalments' shares in percent are above zero and make 100."""
    wanted = norms.whole("instalments_total")
    if not shares or min(shares) <= 0 or sum(shares) != wanted:
        text = N_("分期付款比例须各大于零且合计%(wanted)s%%，现为%(total)s%%。")
        yield Finding("G-07", text, {"wanted": wanted, "total": sum(shares)}, "payment_plan")


def split(amount_fen: int, weights: Sequence[int]) -> list[int]:
    """Part *amount_fen* by *weights*: each share rounded down to the fen, the last takes the odd fen.

    ValueError for a negative amount, no weights, a negative weight or weights that are all zero.
    """
    total = sum(weights)
    if amount_fen < 0 or total <= 0 or min(weights) < 0:
        raise ValueError("an amount is parted by weights that are not negative and not all zero")
    parts = [amount_fen * weight // total for weight in weights[:-1]]
    return [*parts, amount_fen - sum(parts)]


def instalments(amount_fen: int, shares: Sequence[int]) -> list[int]:
    """The instalments of a contract by shares (percent); the last instalment takes the odd fen."""
    return split(amount_fen, shares)


def instalments_by_source(amount_fen: int, shares: Sequence[int], weights: Sequence[int]) -> list[list[int]]:
    """Fen of each instalment (rows) from each source (columns); both margins are exact.

    A row adds up to its instalment and a column to what the contract commits on that source, so no line is
    ever paid beyond its commitment. The last instalment and the last source take the odd fen: parting each
    instalment by itself would overdraw the last source.
    """
    left, rows = split(amount_fen, weights), []
    for amount in instalments(amount_fen, shares)[:-1]:
        row = _within(split(amount, weights), left, amount)
        left = [has - part for has, part in zip(left, row, strict=True)]
        rows.append(row)
    return [*rows, left]


def _within(wanted: Sequence[int], left: Sequence[int], amount: int) -> list[int]:
    """*wanted* cut to what each source has *left*; what is cut moves to the sources before, from the last."""
    row = [min(want, has) for want, has in zip(wanted, left, strict=True)]
    for place in reversed(range(len(row))):
        row[place] += min(amount - sum(row), left[place] - row[place])
    return row
