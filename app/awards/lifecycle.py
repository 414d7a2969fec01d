"""An award's way from the decision to the contract."""

from app.core.lifecycle import Step, lifecycle
from app.core.words import N_

AWARD = lifecycle(
    "award",
    {"decided": N_("已定标"), "announced": N_("结果已公告"), "contracted": N_("已签合同"), "void": N_("已失效")},
    (
        Step("announce", ("decided",), "announced", N_("公告结果"), public=True),
        Step("contract", ("announced",), "contracted", N_("合同已签订"), public=True),
        Step("annul", ("decided", "announced"), "void", N_("宣布失效"), public=True),
    ),
)
