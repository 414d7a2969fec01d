"""The ways of a round, of an application for grading, of an objection, of a grade held and of its downgrade."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

ROUND = lifecycle(
    "grading_round",
    {"open": N_("进行中"), "closed": N_("已结束")},
    (Step("close", ("open",), "closed", N_("结束本轮评估"), public=True),),
)
GRADING = lifecycle(
    "grading",
    {
        "drafted": N_("自评中"),
        "submitted": N_("待受理"),
        "accepted": N_("专家评估中"),
        "assessed": N_("待评估委员会表决"),
        "concluded": N_("待公示"),
        "publicized": N_("公示中"),
        "decided": N_("已评定"),
        "refused": N_("不予评估"),
        "withdrawn": N_("已撤回申请"),
    },
    (
        Step("submit", ("drafted",), "submitted", N_("提交申请")),
        Step("send_back", ("submitted",), "drafted", N_("退回补正")),
        Step("accept", ("submitted",), "accepted", N_("受理")),
        Step("refuse", ("submitted",), "refused", N_("不予评估")),
        Step("withdraw", ("drafted", "submitted", "accepted", "assessed"), "withdrawn", N_("撤回申请")),
        Step("assess", ("accepted",), "assessed", N_("专家评分完成")),
        Step("reassess", ("assessed",), "accepted", N_("退回专家组")),
        Step("conclude", ("assessed",), "concluded", N_("汇总表决")),
        Step("publicize", ("concluded",), "publicized", N_("公示结果"), public=True),
        Step("decide", ("publicized",), "decided", N_("作出评估决定"), public=True),
    ),
)
OBJECTION = lifecycle(
    "grading_objection",
    {"made": N_("待核实"), "voting": N_("复核表决中"), "upheld": N_("异议成立"), "rejected": N_("维持原结论")},
    (
        Step("put_to_vote", ("made",), "voting", N_("提交复核委员会")),
        Step("uphold", ("voting",), "upheld", N_("异议成立"), public=True),
        Step("reject", ("voting",), "rejected", N_("维持原结论"), public=True),
    ),
)
GRADE = lifecycle(
    "grade",
    {
        "valid": N_("有效"),
        "expired": N_("已期满"),
        "lowered": N_("已降低"),
        "cancelled": N_("已取消"),
        "replaced": N_("已由新等级代替"),
    },
    (
        Step("expire", ("valid",), "expired", N_("期满"), public=True),
        Step("lower", ("valid",), "lowered", N_("降低等级"), public=True),
        Step("cancel", ("valid",), "cancelled", N_("取消等级"), public=True),
        Step("replace", ("valid",), "replaced", N_("由新等级代替"), public=True),
    ),
)
REDUCTION = lifecycle(
    "grade_reduction",
    {"proposed": N_("听取陈述中"), "decided": N_("已决定"), "dropped": N_("不予降低")},
    (
        Step("decide", ("proposed",), "decided", N_("决定降低或者取消"), public=True),
        Step("drop", ("proposed",), "dropped", N_("不予降低")),
    ),
)
