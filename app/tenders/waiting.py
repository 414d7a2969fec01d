"""What waits for somebody before a tender is published."""

from flask import url_for

from app.accounts.models import Person
from app.core.waiting import Waiting
from app.core.words import N_
from app.tenders import queries
from app.tenders.models import Tender


def waiting(person: Person) -> list[Waiting]:
    """Procurements to begin and notices to publish for officers, keys to register for keyholders."""
    found = [_key(one) for one in queries.without_key(person.id)] if "keyholder" in person.role_names else []
    if "officer" in person.role_names:
        found += [_to_begin(name, public_id) for name, public_id in queries.to_begin(person.body_id)]
        found += [_to_publish(one) for one in queries.drafts_of(person.body_id)]
    return found


def _key(tender: Tender) -> Waiting:
    url, why = url_for("tenders.key", id=tender.public_id), N_("公钥在公告前登记并写入公告，之后不能更换")
    return Waiting(N_("为「%(name)s」登记公钥"), url, why, "G-03", values={"name": tender.project.name})


def _to_begin(name: str, public_id: str) -> Waiting:
    url, why = url_for("tenders.new", id=public_id), N_("项目已复核通过，可以指定密钥保管人并准备公告")
    return Waiting(N_("发起「%(name)s」的采购"), url, why, "G-01", values={"name": name})


def _to_publish(tender: Tender) -> Waiting:
    values, url = {"name": tender.project.name}, url_for("tenders.show", id=tender.public_id)
    missing = sum(not one.recipient for one in tender.keyholders)
    if missing or not tender.keyholders:
        why = N_("全部密钥保管人登记公钥后才能公告")
        return Waiting(N_("等待「%(name)s」的密钥保管人登记公钥"), url, why, "G-03", values=values)
    return Waiting(N_("发布「%(name)s」的采购公告"), url, N_("各项期限从指定媒体首次发布起算"), "B-19", values=values)
