"""The steps of an annual report: the organization, its supervising unit, one registrar, another registrar."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

REPORT = lifecycle(
    "report",
    {
        "draft": N_("填写中"),
        "with_supervisor": N_("待业务主管单位提出意见"),
        "examined": N_("待报送登记管理机关"),
        "submitted": N_("待审查"),
        "correcting": N_("待补正"),
        "proposed": N_("待复核"),
        "decided": N_("已作出结论"),
    },
    (
        Step("hand_in", ("draft",), "with_supervisor", N_("报业务主管单位")),
        Step("send_back", ("with_supervisor",), "draft", N_("退回修改")),
        Step("opine", ("with_supervisor",), "examined", N_("提出意见")),
        Step("submit", ("draft", "examined"), "submitted", N_("报送登记管理机关")),
        Step("ask", ("submitted",), "correcting", N_("要求补正")),
        Step("answer", ("correcting",), "submitted", N_("答复补正")),
        Step("propose", ("submitted",), "proposed", N_("提出审查意见")),
        Step("reconsider", ("proposed",), "submitted", N_("退回重新审查")),
        Step("decide", ("proposed",), "decided", N_("作出结论"), public=True),
    ),
)
WRITABLE = ("draft", "correcting")  # the organization may change what it wrote
