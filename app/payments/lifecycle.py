"""A payment's way; maker is not checker."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

PAYMENT = lifecycle(
    "payment",
    {"requested": N_("待审核"), "checked": N_("待支付"), "paid": N_("已支付"), "refused": N_("已退回")},
    (
        Step("check", ("requested",), "checked", N_("审核通过")),
        Step("refuse", ("requested", "checked"), "refused", N_("退回")),
        Step("pay", ("checked",), "paid", N_("支付"), public=True),
    ),
)
