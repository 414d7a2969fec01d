"""Service points: the six things on the wall (六上墙, S12), and consent of those who are shown (G-59, G-60)."""

from collections.abc import Mapping

from app.core.law import Finding, Findings, rule
from app.core.words import N_

SIX = {  # in the order in which they hang on the wall
    "staff": N_("工作人员"),
    "functions": N_("职能与纪律"),
    "procedure": N_("办事程序与依据"),
    "fees": N_("收费标准"),
    "promise": N_("服务承诺"),
    "channels": N_("投诉渠道"),
}


@rule("G-59")
def six_on_the_wall(there: Mapping[str, bool]) -> Findings:
    """Before a service point is made public all six things are said. *there*: key of SIX → whether it is."""
    for key, label in SIX.items():
        if not there.get(key):
            yield Finding("G-59", N_("还没有填写“%(part)s”。"), {"part": label}, key)


@rule("G-60")
def agreed_to_be_shown(agreed: bool) -> Findings:
    """Name and photo of somebody are shown with their consent only."""
    if not agreed:
        yield Finding("G-60", N_("公示姓名和照片须经本人同意。"), {}, "agreed")
