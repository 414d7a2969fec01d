"""The steps of credit information: found, told, heard, proposed by one, decided by another, entered, and out again."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

CREDIT = lifecycle(
    "credit",
    {
        "found": N_("待核查"),
        "noticed": N_("已告知"),
        "heard": N_("待提出意见"),
        "proposed": N_("待决定"),
        "decided": N_("待列入"),
        "entered": N_("已列入"),
        "removed": N_("已移出"),
        "expired": N_("期限届满"),
        "corrected": N_("已更正"),
        "dropped": N_("不予列入"),
    },
    (
        Step("notify", ("found",), "noticed", N_("发出告知书")),
        Step("hear", ("noticed",), "heard", N_("结束听取意见")),
        Step("propose", ("found", "heard"), "proposed", N_("提出处理意见")),
        Step("send_back", ("proposed",), "heard", N_("退回经办人")),
        Step("decide", ("proposed",), "decided", N_("作出决定")),
        Step("drop", ("found", "heard", "proposed"), "dropped", N_("不予列入")),
        Step("enter", ("decided",), "entered", N_("列入并公开"), public=True),
        Step("remove", ("entered",), "removed", N_("移出"), public=True),
        Step("expire", ("entered",), "expired", N_("期限届满"), public=True),
        Step("correct", ("entered",), "corrected", N_("更正"), public=True),
    ),
)
OBJECTION = lifecycle(
    "credit_objection",
    {"filed": N_("待答复"), "upheld": N_("异议成立"), "dismissed": N_("异议不成立")},
    (
        Step("uphold", ("filed",), "upheld", N_("异议成立，予以更正")),
        Step("dismiss", ("filed",), "dismissed", N_("异议不成立，予以维持")),
    ),
)
REPAIR = lifecycle(
    "credit_repair",
    {"applied": N_("待核实"), "confirmed": N_("已核实"), "refused": N_("核实不通过")},
    (
        Step("confirm", ("applied",), "confirmed", N_("核实通过")),
        Step("refuse", ("applied",), "refused", N_("核实不通过")),
    ),
)
PUBLIC = ("entered", "removed", "expired", "corrected")
OPEN = ("found", "noticed", "heard", "proposed", "decided")
