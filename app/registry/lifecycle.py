"""The steps of an organization's registration and of an import."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

ORGANIZATION = lifecycle(
    "organization",
    {"registered": N_("已登记"), "deregistered": N_("已注销")},
    (Step("deregister", ("registered",), "deregistered", N_("注销登记"), public=True),),
)
IMPORT = lifecycle(
    "import",
    {
        "reading": N_("正在读取"),
        "previewed": N_("待确认"),
        "applying": N_("正在导入"),
        "applied": N_("已导入"),
        "refused": N_("不能读取"),
        "discarded": N_("已放弃"),
    },
    (
        Step("preview", ("reading",), "previewed", N_("读完并预览")),
        Step("refuse", ("reading",), "refused", N_("不能读取")),
        Step("begin", ("previewed",), "applying", N_("确认导入")),
        Step("apply", ("previewed", "applying"), "applied", N_("导入完毕")),
        Step("discard", ("reading", "previewed"), "discarded", N_("放弃")),
    ),
)
SERVICE_POINT = lifecycle(
    "service_point",
    {"draft": N_("未公示"), "public": N_("公示中"), "closed": N_("已停止公示")},
    (
        Step("confirm", ("draft", "public"), "public", N_("确认公示"), public=True),
        Step("close", ("draft", "public"), "closed", N_("停止公示"), public=True),
    ),
)
