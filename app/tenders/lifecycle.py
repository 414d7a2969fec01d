"""A tender's way. Whether bids are still taken is asked of the clock, never of the state."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

TENDER = lifecycle(
    "tender",
    {
        "draft": N_("准备中"),
        "published": N_("已公告"),
        "opened": N_("已开标"),
        "judged": N_("已评审"),
        "awarded": N_("已定标"),
        "failed": N_("已废标"),
        "cancelled": N_("已取消"),
    },
    (
        Step("publish", ("draft",), "published", N_("发布公告"), public=True),
        Step("open", ("published",), "opened", N_("开标"), public=True),
        Step("judge", ("opened",), "judged", N_("完成评审"), public=True),
        Step("award", ("judged",), "awarded", N_("定标"), public=True),
        Step("fail", ("published", "opened", "judged"), "failed", N_("废标"), public=True),
        Step("cancel", ("draft", "published"), "cancelled", N_("取消采购"), public=True),
    ),
)
