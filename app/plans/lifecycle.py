"""A project's way from draft to approved, and its end."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

PROJECT = lifecycle(
    "project",
    {
        "draft": N_("起草中"),
        "submitted": N_("待复核"),
        "approved": N_("已复核"),
        "closed": N_("已结项"),
        "cancelled": N_("已取消"),
    },
    (
        Step("submit", ("draft",), "submitted", N_("提交复核")),
        Step("send_back", ("submitted",), "draft", N_("退回修改")),
        Step("approve", ("submitted",), "approved", N_("复核通过")),
        Step("close", ("approved",), "closed", N_("结项"), public=True),
        Step("cancel", ("draft", "submitted", "approved"), "cancelled", N_("取消项目")),
    ),
)
