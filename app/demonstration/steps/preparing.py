"""Step 3: money, project, preparations, review by a second person, tender, keys and publication."""

from datetime import date

from app.accounts.models import Person
from app.bids.seal_command import keygen
from app.budgets import actions as budgets
from app.budgets.models import BudgetLine
from app.demonstration.hands import Hands, body, who
from app.demonstration.people import STANDINGS
from app.plans import actions as plans
from app.plans.models import Project
from app.tenders import actions as tenders
from app.tenders.models import Tender

DETAILS = {
    "need_survey": "走访社区居民、居委会和相关组织，形成需求调查报告。",
    "public_comment": "在街道公示栏和政府网站征求意见七天，采纳意见后形成项目方案。",
    "ex_ante_assessment": "第三方对必要性、目标、成本和可行性进行事前绩效评估。",
    "intention": "采购意向公开：项目名称、需求概况、预算金额、预计采购时间。",
}


def walk(hands: Hands) -> Project:
    """From the appropriation to the approved project."""
    lines = _appropriate(hands)
    project = _draft(hands, lines)
    for kind in DETAILS:
        _prepare(hands, project, kind)
    hands.at("reviewed", 9)
    with hands.turn("officer"):
        plans.submit(project)
    hands.at("reviewed", 15)
    with hands.turn("approver"):
        plans.approve(project)
    hands.tell("第二人复核通过 · reviewed by a second person")
    return project


def _appropriate(hands: Hands) -> list[BudgetLine]:
    purchase, lines = hands.purchase, []
    hands.at("appropriated", 9)
    paper = purchase.more["budget_paper"]
    for level, number, fen in purchase.sources:
        with hands.turn("finance"):
            line = budgets.open_line(
                buyer=body(purchase.project["purchaser"]), fiscal_year=purchase.project["fiscal_year"], level=level,
                line=number,
            )  # fmt: skip
            budgets.appropriate(line, fen, paper=paper, memo=f"预算批复 {paper}")
            lines.append(line)
    hands.tell(f"{len(lines)} 个资金来源的预算已入账 · appropriated")
    return lines


def _draft(hands: Hands, lines: list[BudgetLine]) -> Project:
    purchase = hands.purchase
    given, more = purchase.project, purchase.more
    hands.at("drafted")
    with hands.turn("officer"):
        project = plans.draft(
            name=given["name"], buyer=body(given["purchaser"]), supervisor=body(given["supervisor"]),
            place=given["place"], fiscal_year=given["fiscal_year"], catalogue_code=given["catalogue"],
            service_class=given["kind"], method=given["method"], term_from=given["term"]["from"],
            term_to=given["term"]["to"], need=more["need"], procurement_code=given["procurement_code"],
            plan_no=more["plan_no"], reserved=given["sme"]["reserved"], exemption=given["sme"]["exemption"],
            method_ground=METHOD_GROUNDS.get(given["method"], ""),
        )  # fmt: skip
    with hands.turn("officer"):
        for line, (_, _, fen) in zip(lines, purchase.sources, strict=True):
            plans.add_source(project, line, fen)
        lots = {number: plans.add_lot(project, number, name, fen) for number, name, fen in purchase.lots}
        for measure in more["measures"]:
            lot = lots[measure["lot"]]
            plans.add_measure(project, measure["key"], measure["name"], money=measure.get("money", False), lot=lot)
    with hands.turn("officer"):
        plans.import_indicators(project, purchase.sheet_of_indicators())
        scoring, low = purchase.toml["scoring"], purchase.toml["scoring"]["low_price_review"]
        plans.set_scoring(
            project, scoring["price"], scoring["technical"], scoring["business"],
            low_price_mean_centi=round(low["mean"] * 100), low_price_second_centi=round(low["second"] * 100),
            low_price_ceiling_centi=round(low["ceiling"] * 100), pass_mark_centi=purchase.toml["payment"]["pass"] * 100,
        )  # fmt: skip
        for term in purchase.toml["payment"]["plan"]:
            plans.add_payment_term(project, term["on"], term["share"] * 100)
        plans.answer_checklist(project, dict.fromkeys(range(1, 7), False))
    hands.tell(f"项目起草完毕：{project.number} {project.name} · drafted")
    return project


METHOD_GROUNDS = {"consultation": "service_purchase"}


def _prepare(hands: Hands, project: Project, kind: str) -> None:
    hands.at(kind)
    day: date = hands.purchase.day(kind)
    url = hands.purchase.more["intention_url"] if kind == "intention" else ""
    subjects = hands.purchase.more["survey_subjects"] if kind == "need_survey" else None
    with hands.turn("officer"):
        plans.prepare(project, kind, day, DETAILS[kind], subjects=subjects, url=url)
    hands.tell(f"{DETAILS[kind][:12]}… · {kind}")


def publish(hands: Hands, project: Project) -> Tender:
    """Draft the tender, name the keyholders, let each register a key of their own, and publish."""
    purchase = hands.purchase
    holders = purchase.toml["keyholders"]
    with hands.turn("officer"):
        tender = tenders.draft(project)
        for standing in holders["bodies"]:
            tenders.name_keyholder(tender, _keyholder(standing), standing)
        tenders.set_threshold(tender, holders["threshold"])
    for holder in tender.keyholders:
        with hands.turn(holder.person.sign_in_name):
            tenders.register_key(holder, _recipient(hands, holder.person))
    published = purchase.moment("published")
    hands.until(published)
    with hands.turn("officer"):
        tenders.publish(
            tender, medium_name=purchase.more["medium_name"], medium_url=purchase.more["medium_url"],
            medium_published_at=published, closes_at=purchase.moment("bids_close"),
        )  # fmt: skip
    hands.tell(f"公告已发布：{tender.number} · published on the designated medium")
    return tender


def _keyholder(standing: str) -> Person:
    return who(f"key{STANDINGS.index(standing) + 1}")


def _recipient(hands: Hands, person: Person) -> str:
    path = hands.keys / f"{person.sign_in_name}-identity.txt"
    if path.exists():
        return path.read_text(encoding="ascii").split("public key: ")[1].split()[0]
    return keygen(path)
