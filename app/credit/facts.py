"""What the papers of a case are printed from: notice, decision, removal. Amounts in fen."""

from app.accounts.models import Person
from app.catalogue.queries import calendar, norms
from app.core import access, clock
from app.core.money import yuan
from app.credit.models import CreditCase
from app.rules import credit

ACTS = {
    "abnormal": "将你单位列入活动异常名录",
    "serious": "将你单位列入严重违法失信名单",
    "warning": "给予你单位警告",
    "stop": "责令你单位限期停止活动",
    "revocation": "吊销你单位的登记证书",
}
TITLES = {"abnormal": "列入活动异常名录", "serious": "列入严重违法失信名单", "penalty": "行政处罚"}
LAWS = {
    "abnormal": "《社会组织信用信息管理办法》第十一条",
    "serious": "《社会组织信用信息管理办法》第十五条",
}
EFFECTS = {
    "abnormal": "列入活动异常名录期间，你单位参加政府购买服务时作出提醒；国家规定未因此禁止其参加。",
    "serious": (
        "列入严重违法失信名单期间，不得向你单位购买服务，不给予资金资助，不予表彰，并列为重点监管对象、降低评估等级。"
    ),
    "penalty": "本处罚记入你单位的信用信息，并可能导致列入活动异常名录或者严重违法失信名单。",
}


def notice(case: CreditCase, number: str) -> dict[str, object]:
    """The notice of what is intended, why, and what the body may do about it."""
    numbers, today = norms(case.place), clock.today()
    return {
        "number": number,
        "grounds": case.grounds,
        "statement_days": numbers.whole("credit_statement_wd"),
        "respond_by": credit.statement_due(today, calendar(), numbers),
        "hearing": credit.hearing_applies(case.kind, case.trigger, case.amount_fen, numbers),
        "hearing_days": numbers.whole("credit_hearing_ask_wd"),
        "hearing_by": credit.hearing_ask_due(today, calendar(), numbers),
        "issued_on": today,
        "registrar": {"name": _registrar()},
        "body": _body(case),
        "words": {"title": f"{TITLES[case.kind]}告知书", **_words(case)},
    }


def decision(case: CreditCase, number: str, reasons: str) -> dict[str, object]:
    """The decision with its reasons and what follows from it."""
    today = clock.today()
    noticed = clock.day_of(case.noticed_at) if case.noticed_at else today
    return {
        "number": number,
        "grounds": case.grounds,
        "noticed_on": noticed,
        "stated": case.stated_at is not None,
        "hearing_held": case.hearing_asked and case.hearing_on is not None,
        "hearing_on": case.hearing_on or noticed,
        "heard_note": case.heard_note,
        "reasons": reasons,
        "enter_by": credit.entry_due(today, calendar(), norms(case.place)),
        "issued_on": today,
        "registrar": {"name": _registrar()},
        "body": _body(case),
        "words": {
            "title": f"{TITLES[case.kind]}决定书", **_words(case), "effect": EFFECTS[case.kind],
            "leaving": leaving(case),
        },
    }  # fmt: skip


def removal(case: CreditCase, number: str, reasons: str) -> dict[str, object]:
    """The decision to take a body off a list."""
    what = {"abnormal": "活动异常名录", "serious": "严重违法失信名单"}[case.kind]
    law = "第十四条" if case.kind == "abnormal" else "第十六条、第十七条"
    body = _body(case)
    return {
        "number": number,
        "reasons": reasons,
        "entered_on": case.entered_on or clock.today(),
        "removed_on": clock.today(),
        "registrar": {"name": _registrar()},
        "body": {"name": body["name"], "code": body["code"]},
        "words": {
            "title": f"移出{what}决定书", "act": f"将你单位移出{what}",
            "trigger": credit.TRIGGERS[case.kind][case.trigger], "law": f"《社会组织信用信息管理办法》{law}",
        },
    }  # fmt: skip


def leaving(case: CreditCase) -> str:
    """How the body gets off the list again, as the decision tells it."""
    if case.kind == "penalty":
        return "本处罚的履行和后续影响，以本平台公开的记录为准。"
    duty = credit.DUTIES.get(case.trigger)
    if case.kind == "serious":
        return f"自列入之日起满2年、期间未再违法并{duty}的，可以申请移出；再次违法的重新计算。"
    if duty is None:
        return "自列入之日起满6个月、期间未再违法的，由本机关移出；再次违法的重新计算。"
    return f"{duty}后，可以申请移出；经核实的，自查实之日起5个工作日内移出。"


def _words(case: CreditCase) -> dict[str, str]:
    fine = f"对你单位处以罚款{yuan(case.amount_fen or 0)}元"
    act = ACTS.get(case.kind) or ACTS.get(case.trigger, fine)
    return {"act": act, "trigger": credit.TRIGGERS[case.kind][case.trigger], "law": LAWS.get(case.kind, case.law)}


def _registrar() -> str:
    who = access.actor()
    return who.body.name if isinstance(who, Person) and who.body else ""


def _body(case: CreditCase) -> dict[str, object]:
    return {"name": case.body.name, "code": case.body.credit_code or "", "address": case.body.address}
