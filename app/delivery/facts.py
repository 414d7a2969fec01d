"""What an acceptance report says."""

from app.core import clock
from app.core.access import actor
from app.delivery.models import Acceptance

VERDICTS = {"passed": "合格", "rectify": "限期改正", "refused": "不合格"}


def report(acceptance: Acceptance, number: str) -> dict[str, object]:
    """The facts of `contracts/acceptance_report`."""
    agreement = acceptance.agreement
    return {
        "number": number,
        "accepted_on": clock.today(),
        "way": "现场查验、查阅服务记录、服务对象参加" if acceptance.users_asked else "现场查验、查阅服务记录",
        "verdict": VERDICTS[acceptance.verdict],
        "remark": acceptance.remark,
        "repair_by": acceptance.repair_by or "",
        "agreement": {
            "number": agreement.number,
            "name": f"{agreement.project.name}（第{agreement.lot.number}包）",
            "buyer": agreement.buyer.name,
            "supplier": agreement.supplier.name,
            "amount_fen": agreement.amount_fen,
        },
        "period": {"from_day": acceptance.period_from, "to_day": acceptance.period_to},
        "items": acceptance.items,
        "users": {
            "asked": acceptance.users_asked,
            "satisfied": acceptance.users_satisfied,
            "opinions": _opinions(acceptance),
        },
        "group": [
            {
                "name": getattr(actor(), "name", ""),
                "body": agreement.buyer.name,
                "role": "采购人经办",
                "confirmed_at": clock.now(),
            }
        ],
    }


def _opinions(acceptance: Acceptance) -> list[dict[str, str]]:
    if not acceptance.users_opinion:
        return []
    rating = f"{acceptance.users_satisfied}/{acceptance.users_asked} 人满意"
    return [{"service": "本期服务", "rating": rating, "text": acceptance.users_opinion}]
