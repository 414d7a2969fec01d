"""An organization's public profile, put together: for the page, and as JSON with every field explained."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import select, text

from app.core import clock, log
from app.core.db import db
from app.core.law import Finding
from app.core.log import LogEntry
from app.core.showing import citation, t, told
from app.core.words import N_
from app.registry import profile, queries
from app.registry.lines import COLUMNS, json_line
from app.registry.models import FACT_KINDS, Organization, StandingFact
from app.registry.point_models import ServicePoint
from app.registry.points import points_of
from app.registry.standing import Answer, can_bid
from app.registry.standing_facts import RULES

SHOWN, KEPT = 40, 500  # entries of the timeline on the page, and in the JSON
ACTIONS = {
    "service_point.confirm": N_("公示服务点"),
    "service_point.close": N_("停止公示服务点"),
    "service_point.edit": N_("更正服务点的公示"),
}
FIELDS = {  # of the JSON, beside those of the list and those that later domains add
    "id": N_("组织在本平台的编号"),
    "url": N_("公开页面的地址"),
    "can_bid": N_(
        "能否承接政府购买服务：as_of 截至日期，may 是否可以，again_on 最早可以承接的日期，findings 逐条理由"
        "（rule 规则编号、citation 出处、text 说明、bars 是否禁止）"
    ),
    "standing": N_(
        "信用事实：kind 类别，since 和 until 起止日期，holds 现在是否有效，rule 规则编号，source 文书名称和文号"
    ),
    "service_points": N_(
        "公示中的服务点：地址、开放时间和六项内容（staff、functions 和 discipline、procedure 和 legal_basis、"
        "fees、promise、channels），不含照片"
    ),
    "timeline": N_(
        "公开大事记，新的在前，最多 500 条：at 时间，action 动作，what 说明，seq 日志序号，url 日志条目和证明"
    ),
}


@dataclass(frozen=True)
class Event:
    """One thing that happened and is public: when, what (a message id), and its log entry."""

    entry: LogEntry
    what: str


@dataclass(frozen=True)
class Profile:
    """What everybody may know of one organization on a day."""

    organization: Organization
    day: date
    answer: Answer
    facts: list[tuple[StandingFact, bool]]
    points: list[ServicePoint]
    parts: list[profile.Part]
    events: list[Event]

    @property
    def standing(self) -> list[Finding]:
        """What bars or warns today."""
        return [one.finding for one in self.answer.reasons]

    @property
    def verdict(self) -> tuple[str, str]:
        """Whether it may be bought from today: a message id and a tone."""
        if self.organization.state != "registered" or self.answer.verdict == "no":
            return N_("不能承接"), "bad"
        return (N_("可以承接，请注意"), "warn") if self.answer.verdict == "warn" else (N_("可以承接"), "good")

    @property
    def lists(self) -> list[str]:
        """The lists and bans it is under today (message ids)."""
        kinds = ("serious_list", "abnormal_list", "ban")
        return list(dict.fromkeys(FACT_KINDS[fact.kind] for fact, now in self.facts if now and fact.kind in kinds))


def of(organization: Organization, *, most: int = SHOWN) -> Profile:
    """Read the whole profile; *most*: how many entries of the timeline."""
    day = clock.today()
    return Profile(
        organization=organization, day=day, answer=can_bid(organization.body, day),
        facts=[(fact, queries.holds(fact, day)) for fact in queries.facts_of(organization.body)],
        points=points_of(organization), parts=profile.parts(organization), events=timeline(organization, most),
    )  # fmt: skip


def timeline(organization: Organization, most: int) -> list[Event]:
    """Everything public that happened to it, newest first: of the register, its service points, and later domains."""
    words = {**profile.added_actions(), **ACTIONS, **queries.ACTIONS}
    ids = [one.public_id for one in points_of(organization, public=False)] + profile.added_records(organization)
    query = select(LogEntry).where(LogEntry.record.in_(ids), LogEntry.public, LogEntry.action.in_(list(words)))
    found = {e.seq: e for e in db.session.scalars(query.order_by(LogEntry.seq.desc()).limit(most))}
    found |= {e.seq: e for e in queries.history(organization)}
    newest = sorted(found.values(), key=lambda e: -e.seq)[:most]
    return [Event(entry, words.get(entry.action, entry.action)) for entry in newest]


def as_data(organization: Organization) -> dict[str, Any]:
    """The same as JSON can hold it; `fields()` explains each field."""
    read = of(organization, most=KEPT)
    return {
        **_line(organization),
        "can_bid": {
            "as_of": read.day.isoformat(),
            "may": read.verdict[1] != "bad",
            "again_on": read.answer.again_on.isoformat() if read.answer.again_on else None,
            "findings": [_said(f) for f in read.standing],
        },
        "standing": [_fact(fact, now) for fact, now in read.facts],
        "service_points": [_point(one) for one in read.points],
        **profile.added_data(organization),
        "timeline": [_event(one) for one in read.events],
        "fields": url_for("registry.fields"),
    }  # fmt: skip


def fields() -> dict[str, str]:
    """Every field of the JSON and what it holds (message ids)."""
    columns = {name: column.label for name, column in COLUMNS.items()}
    return {**FIELDS, **columns, **profile.added_fields(), "fields": N_("本说明的地址")}


def _line(organization: Organization) -> dict[str, Any]:
    """What the list's JSON says of it: the same columns, made in the same place."""
    line = json_line(db.engine.dialect.name == "sqlite")
    query = f"SELECT {line} FROM organization o JOIN body b ON b.id = o.body_id WHERE o.id = :id"
    found: dict[str, Any] = json.loads(db.session.execute(text(query), {"id": organization.id}).scalar_one())
    return found


def _said(finding: Finding) -> dict[str, Any]:
    said = {"rule": finding.rule, "citation": citation(finding.row), "text": told(finding)}
    return {**said, "bars": finding.bars}


def _fact(fact: StandingFact, now: bool) -> dict[str, Any]:
    until = fact.until.isoformat() if fact.until else None
    return {
        "kind": fact.kind, "since": fact.since.isoformat(), "until": until, "holds": now, "rule": RULES[fact.kind],
        "source": fact.source,
    }  # fmt: skip


def _point(point: ServicePoint) -> dict[str, Any]:
    shown = point.shown or {}
    staff = [{"name": one["name"], "duty": one["duty"]} for one in shown.get("staff", ())]
    return {**shown, "staff": staff, "url": url_for("registry.point", id=point.public_id)}


def _event(one: Event) -> dict[str, Any]:
    entry = one.entry
    return {
        "at": log.stamp(entry.at), "action": entry.action, "what": t(one.what), "seq": entry.seq,
        "url": f"/log/{entry.seq}",
    }  # fmt: skip
