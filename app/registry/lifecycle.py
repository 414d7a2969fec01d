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
    {"previewed": N_("待确认"), "applied": N_("已导入"), "discarded": N_("已放弃")},
    (
        Step("apply", ("previewed",), "applied", N_("确认导入")),
        Step("discard", ("previewed",), "discarded", N_("放弃")),
    ),
)
