"""A sealed bid's way from hand-in to opening."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

SEALED_BID = lifecycle(
    "bid",
    {
        "held": N_("已递交"),
        "replaced": N_("已被替换"),
        "withdrawn": N_("已撤回"),
        "opened": N_("已开启"),
        "spoiled": N_("无法开启"),
        "returned": N_("未开启退回"),
    },
    (
        Step("replace", ("held",), "replaced", N_("替换投标")),
        Step("withdraw", ("held",), "withdrawn", N_("撤回投标")),
        Step("unseal", ("held",), "opened", N_("开启"), public=True),
        Step("spoil", ("held",), "spoiled", N_("记为无法开启"), public=True),
        Step("give_back", ("held",), "returned", N_("不开启，退回"), public=True),
    ),
)
