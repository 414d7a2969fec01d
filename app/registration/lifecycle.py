"""The one way every application goes, and what becomes of a certificate."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

OPEN = ("draft", "submitted", "correcting", "accepted", "reviewed")
APPLICATION = lifecycle(
    "application",
    {
        "draft": N_("填写中"),
        "submitted": N_("已提交，待受理"),
        "correcting": N_("待补正"),
        "accepted": N_("已受理，待审查"),
        "reviewed": N_("已审查，待决定"),
        "granted": N_("准予"),
        "refused": N_("不予准许"),
        "declined": N_("不予受理"),
        "withdrawn": N_("已撤回申请"),
    },
    (
        Step("submit", ("draft",), "submitted", N_("提交申请")),
        Step("ask", ("submitted",), "correcting", N_("要求补正")),
        Step("answer", ("correcting",), "submitted", N_("答复补正")),
        Step("accept", ("submitted",), "accepted", N_("受理")),
        Step("decline", ("submitted",), "declined", N_("不予受理")),
        Step("review", ("accepted",), "reviewed", N_("提出审查意见")),
        Step("send_back", ("reviewed",), "accepted", N_("退回重新审查")),
        Step("grant", ("reviewed",), "granted", N_("作出准予决定")),
        Step("refuse", ("reviewed",), "refused", N_("作出不予决定")),
        Step("withdraw", OPEN, "withdrawn", N_("撤回申请")),
    ),
)
CERTIFICATE = lifecycle(
    "certificate",
    {"valid": N_("有效"), "superseded": N_("已换发，失效"), "cancelled": N_("已收缴或注销，失效")},
    (
        Step("supersede", ("valid",), "superseded", N_("换发"), public=True),
        Step("cancel", ("valid",), "cancelled", N_("收回"), public=True),
    ),
)
