"""An evaluation's way."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

EVALUATION = lifecycle(
    "evaluation",
    {
        "assigned": N_("待声明"),
        "declared": N_("评估中"),
        "scored": N_("待机构答复"),
        "replied": N_("待公布"),
        "published": N_("已公布"),
        "declined": N_("已回避"),
    },
    (
        Step("declare", ("assigned",), "declared", N_("声明无利害关系")),
        Step("decline", ("assigned",), "declined", N_("回避")),
        Step("score", ("declared",), "scored", N_("提交评分")),
        Step("reply", ("scored",), "replied", N_("机构答复")),
        Step("publish", ("replied", "scored"), "published", N_("公布结果"), public=True),
    ),
)
