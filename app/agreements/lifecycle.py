"""A contract's way, and an instalment's."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

AGREEMENT = lifecycle(
    "agreement",
    {
        "drawn_up": N_("待签署"),
        "half_signed": N_("一方已签"),
        "signed": N_("双方已签"),
        "published": N_("已公告"),
        "completed": N_("已履行完毕"),
        "terminated": N_("已终止"),
    },
    (
        Step("sign", ("drawn_up",), "half_signed", N_("签署")),
        Step("countersign", ("half_signed",), "signed", N_("会签"), public=True),
        Step("publish", ("signed",), "published", N_("公告合同"), public=True),
        Step("complete", ("published",), "completed", N_("履行完毕"), public=True),
        Step("terminate", ("signed", "published"), "terminated", N_("终止合同"), public=True),
    ),
)
INSTALMENT = lifecycle(
    "instalment",
    {"pending": N_("条件未成就"), "accrued": N_("应付"), "paid": N_("已支付"), "withheld": N_("不予支付")},
    (
        Step("accrue", ("pending",), "accrued", N_("条件成就"), public=True),
        Step("pay", ("accrued",), "paid", N_("支付"), public=True),
        Step("withhold", ("pending",), "withheld", N_("按合同不予支付"), public=True),
    ),
)
