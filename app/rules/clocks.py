"""The table of statutory clocks: what starts each, how long it runs by which norm, which row says so."""

from dataclasses import dataclass

from app.core.words import N_
from app.rules.methods import TENDERS

NOT_BEFORE, NOT_AFTER, HAPPENS = "not_before", "not_after", "happens"
CONSULT, NEGOTIATE = frozenset({"consultation"}), frozenset({"negotiation"})
ALL = TENDERS | CONSULT | NEGOTIATE | {"single_source", "framework", "innovation", "quotation"}


@dataclass(frozen=True)
class Line:
    """How one clock is made: what starts it, the norm that says how long, the step its end stands in for.

    `kind`: wd working days, d calendar days, -d calendar days counted back.
    """

    key: str
    name: str
    after: str
    norm: str
    kind: str
    rule: str
    sense: str = NOT_AFTER
    methods: frozenset[str] = ALL
    gives: str = ""


LINES = (
    Line(
        "intent",
        N_("采购意向公开满期，最早可开始采购活动"),
        "intent",
        "intent_days",
        "d",
        "B-13",
        NOT_BEFORE,
        gives="published",
    ),
    Line(
        "notice_end",
        N_("招标公告期限届满"),
        "published",
        "notice_wd",
        "wd",
        "B-40",
        NOT_BEFORE,
        TENDERS,
        "notice_end",
    ),
    Line(
        "documents_end",
        N_("采购文件最早可停止提供"),
        "published",
        "doc_available_wd",
        "wd",
        "B-41",
        NOT_BEFORE,
        TENDERS,
    ),
    Line(
        "documents_end",
        N_("磋商文件最早可停止发售"),
        "published",
        "consult_sale_wd",
        "wd",
        "B-70",
        NOT_BEFORE,
        CONSULT,
        "notice_end",
    ),
    Line(
        "earliest_deadline",
        N_("投标截止最早日期"),
        "published",
        "tender_min_days",
        "d",
        "B-42",
        NOT_BEFORE,
        TENDERS,
        "closes",
    ),
    Line(
        "earliest_deadline",
        N_("首次响应截止最早日期"),
        "published",
        "consult_min_days",
        "d",
        "B-70",
        NOT_BEFORE,
        CONSULT,
        "closes",
    ),
    Line(
        "earliest_deadline",
        N_("首次响应截止最早日期"),
        "published",
        "negotiate_min_wd",
        "wd",
        "B-78",
        NOT_BEFORE,
        NEGOTIATE,
        "closes",
    ),
    Line(
        "single_source_publicity",
        N_("单一来源公示期限届满"),
        "published",
        "single_source_publicity_wd",
        "wd",
        "B-79",
        NOT_BEFORE,
        frozenset({"single_source"}),
        "closes",
    ),
    Line(
        "clarify",
        N_("可能影响投标文件编制的澄清或修改最迟发出"),
        "closes",
        "tender_clarify_days",
        "-d",
        "B-43",
        methods=TENDERS,
    ),
    Line(
        "clarify",
        N_("可能影响响应文件编制的澄清或修改最迟发出"),
        "closes",
        "consult_clarify_days",
        "-d",
        "B-70",
        methods=CONSULT,
    ),
    Line(
        "challenge_documents",
        N_("对采购文件提出质疑截止"),
        "notice_end",
        "challenge_wd",
        "wd",
        "B-91",
        methods=TENDERS | CONSULT,
    ),
    Line(
        "challenge_opening",
        N_("对开标程序提出质疑截止"),
        "closes",
        "challenge_wd",
        "wd",
        "B-91",
        methods=TENDERS,
    ),
    Line("challenge_review", N_("对评审程序提出质疑截止"), "reviewed", "challenge_wd", "wd", "B-91"),
    Line("report", N_("评审报告送交采购人"), "reviewed", "report_wd", "wd", "B-58", gives="reported"),
    Line("decision", N_("采购人确定中标（成交）供应商"), "reported", "decide_wd", "wd", "B-58", gives="decided"),
    Line(
        "silent_buyer",
        N_("采购人逾期未确定的，视为确定排名第一的供应商"),
        "reported",
        "silent_buyer_wd",
        "wd",
        "B-75",
        HAPPENS,
        CONSULT,
    ),
    Line(
        "result_notice",
        N_("公告结果并发出通知书"),
        "decided",
        "result_notice_wd",
        "wd",
        "B-59",
        gives="result_published",
    ),
    Line(
        "result_end",
        N_("结果公告期限届满"),
        "result_published",
        "result_publicity_wd",
        "wd",
        "B-59",
        NOT_BEFORE,
        gives="result_end",
    ),
    Line("challenge_result", N_("对结果提出质疑截止"), "result_end", "challenge_wd", "wd", "B-91"),
    Line("bond_losers", N_("退还未中标供应商保证金"), "award_notice", "bond_refund_wd", "wd", "B-44"),
    Line("sign", N_("签订合同"), "award_notice", "sign_days", "d", "B-60", gives="signed"),
    Line("contract_publication", N_("公告合同"), "signed", "contract_publish_wd", "wd", "B-64"),
    Line("contract_filing", N_("合同副本报财政部门备案"), "signed", "contract_file_wd", "wd", "B-65"),
    Line("bond_winner", N_("退还中标供应商保证金"), "signed", "bond_refund_wd", "wd", "B-44"),
)
