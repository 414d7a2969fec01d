"""The steps of a letter from the public."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

COMPLAINT = lifecycle(
    "complaint",
    {
        "received": N_("待分办"),
        "accepted": N_("办理中"),
        "drafted": N_("答复待复核"),
        "answered": N_("已答复"),
        "refused": N_("不予受理"),
        "withdrawn": N_("来信人已撤回"),
    },
    (
        Step("accept", ("received",), "accepted", N_("受理"), public=True),
        Step("forward", ("received", "accepted"), "received", N_("转办"), public=True),
        Step("refuse", ("received",), "refused", N_("不予受理"), public=True),
        Step("draft", ("accepted",), "drafted", N_("拟写答复")),
        Step("send_back", ("drafted",), "accepted", N_("退回重写")),
        Step("publish", ("drafted",), "answered", N_("复核并公开"), public=True),
        Step("withdraw", ("received", "accepted"), "withdrawn", N_("撤回"), public=True),
    ),
)
