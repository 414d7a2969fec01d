"""What the tender notice says."""

from app.catalogue import queries as catalogue
from app.core import law
from app.core.access import actor
from app.documents.keeping import verification_address
from app.plans import queries as plans
from app.plans.models import EXEMPTIONS, METHODS, Project
from app.tenders import queries
from app.tenders.models import Tender

CONDITIONS = (
    ("具有独立承担民事责任的能力", "登记证书或营业执照；在平台登记的社会组织由平台核验"),
    ("具有良好的商业信誉和健全的财务会计制度", "书面声明"),
    ("具有履行合同所必需的设备和专业技术能力", "书面声明"),
    ("有依法缴纳税收和社会保障资金的良好记录", "书面声明或缴纳记录"),
    ("参加本次采购活动前三年内，在经营活动中没有重大违法记录", "书面声明"),
    (
        "截至投标截止日未被列入失信被执行人、重大税收违法失信主体、政府采购严重违法失信行为记录名单和社会组织严重违法失信名单",
        "书面声明；采购人查询并留存",
    ),
)
FIXED = ("notice_end", "clarify", "challenge_documents", "single_source_publicity")  # keys of clocks


def notice(tender: Tender) -> dict[str, object]:
    """The facts of `contracts/tender_notice`, from the project and the tender."""
    project = tender.project
    assert tender.closes_at is not None
    assert tender.medium_published_at is not None
    parts = plans.contents(project)
    item = catalogue.item(project.catalogue_code)
    norms = catalogue.norms(tender.place)
    return {
        "number": tender.number,
        "name": project.name,
        "method": METHODS[project.method],
        "plan_number": project.plan_no,
        "procurement_code": project.procurement_code,
        "budget_fen": parts.budget_fen,
        "consortium": False,
        "need": project.need,
        "closes_at": tender.closes_at,
        "notice_days": norms.whole("notice_wd"),
        "buyer": {"name": tender.buyer.name},
        "catalogue": {"code": project.catalogue_code, "name": item.name if item else ""},
        "lots": [{"number": x.number, "name": x.name, "ceiling_fen": x.ceiling_fen} for x in parts.lots],
        "term": {"from_day": project.term_from, "to_day": project.term_to},
        "qualifications": [{"text": text, "proof": proof} for text, proof in CONDITIONS],
        "sme": {"reserved": project.reserved, "ground": EXEMPTIONS.get(project.exemption or "", "")},
        "documents": {
            "from_at": tender.medium_published_at,
            "to_at": tender.closes_at,
            "address": verification_address(f"{tender.number}-GG"),
        },
        "low_price": {
            "mean_centi": project.low_price_mean_centi * 100,
            "second_centi": project.low_price_second_centi * 100,
            "ceiling_centi": project.low_price_ceiling_centi * 100,
        },
        "scoring": _scoring(project),
        "opening": {"at": tender.closes_at, "place": "平台线上开标大厅"},
        "sealing": {
            "page_sha256": tender.seal_page_sha256,
            "threshold": tender.threshold,
            "keyholders": [
                {"standing": k.standing, "name": k.person.name, "recipient": k.recipient} for k in tender.keyholders
            ],
        },
        "medium": {
            "name": tender.medium_name,
            "url": tender.medium_url,
            "published_at": tender.medium_published_at,
        },
        "clocks": _clocks(tender),
        "contacts": [
            {
                "role": "采购人",
                "name": tender.buyer.name,
                "address": tender.buyer.address or "见平台公告",
                "reach": f"平台留言（经办人 {getattr(actor(), 'name', '')}）",
            },
            {
                "role": "监督部门",
                "name": project.supervisor.name,
                "address": project.supervisor.address or "见平台公告",
                "reach": "单位公开电话",
            },
        ],
    }


def _scoring(project: Project) -> list[dict[str, object]]:
    weights = (("价格", project.price_weight), ("技术", project.technical_weight), ("商务", project.business_weight))
    return [{"name": name, "points_centi": weight * 100} for name, weight in weights]


def _clocks(tender: Tender) -> list[dict[str, object]]:
    """The days that are fixed by the publication; those that hang on later steps are told when the steps are taken."""
    rows = law.rows()
    fixed: list[dict[str, object]] = [
        {"name": one.name, "at": one.due, "basis": rows[one.rule].citation()}
        for one in queries.clocks_of(tender)
        if one.key in FIXED
    ]
    basis = rows[queries.DEADLINE[tender.project.method]].citation()
    return [*fixed, {"name": "投标（响应）截止与开标", "at": tender.closes_at, "basis": basis}]
