"""The bodies and people of the demonstration. None of them exist when PORTAL_ENV is production."""

from dataclasses import dataclass
from datetime import date

import pyotp

from app.accounts import actions
from app.accounts.models import Body, Person
from app.accounts.queries import body_named
from app.core import changes, vault
from app.places import actions as places
from app.places.queries import place
from app.registry import actions as registry
from app.registry.queries import organization_of
from app.rules.codes import make_uscc

FOUNDED = date(2019, 5, 6)
DISTRICT, STREET = "440103", "440103007"
COMMUNITIES = ("逢源北", "逢源南", "厚德")
BUYER, BUREAU = "广州市荔湾区逢源街道办事处", "广州市荔湾区民政局"
SUPPLIERS = {
    "jia": ("甲社会工作服务中心", "organization", "52"),
    "yi": ("乙社区服务中心", "organization", "52"),
    "wu": ("戊社区发展协会", "organization", "51"),
    "bing": ("丙公益服务有限公司", "enterprise", "91"),
    "ding": ("丁长者关爱协会", "organization", "51"),
}
BODIES = {
    "buyer": (BUYER, "sub_district", "11"),
    "bureau": (BUREAU, "bureau", "11"),
    "finance": ("广州市荔湾区财政局", "finance", "11"),
    "agency": ("广州岭南招标代理有限公司", "agency", "91"),
    "notary": ("广东省广州市荔湾公证处", "supervision", "12"),
    "platform": ("公约平台运营方", "platform", "91"),
    "university": ("岭南大学社会工作系", "institution", "12"),
    "evaluator": ("广州明衡绩效评估中心", "evaluator", "52"),
}
UNREGISTERED = {"sponsor": ("逢源人家社会服务中心筹备组", "sponsor")}  # without a credit code
PEOPLE = (  # sign-in name, name, body, roles
    ("officer", "林晓彤", "buyer", "officer"),
    ("approver", "周慎行", "buyer", "approver"),
    ("leader", "何主任", "buyer", "leader"),
    ("finance", "吴会计", "buyer", "finance_officer"),
    ("cashier", "郑出纳", "buyer", "finance_officer"),
    ("registrar", "黄登记", "bureau", "registrar"),
    ("registrar2", "潘复核", "bureau", "registrar"),
    ("supervisor", "梁监督", "finance", "supervisor"),
    ("admin", "平台管理员", "platform", "administrator"),
    ("grid", "陈网格", "buyer", "grid_worker"),
    ("key1", "采购人密钥保管人", "buyer", "keyholder"),
    ("key2", "代理机构密钥保管人", "agency", "keyholder"),
    ("key3", "财政监督密钥保管人", "finance", "keyholder"),
    ("key4", "公证密钥保管人", "notary", "keyholder"),
    ("key5", "离线恢复密钥保管人", "platform", "keyholder"),
    ("expert1", "许教授", "university", "expert"),
    ("expert2", "苏老师", "university", "expert"),
    ("expert3", "马老师", "university", "expert"),
    ("expert4", "高老师", "university", "expert"),
    ("evaluator", "方评估", "evaluator", "evaluator"),
    ("jia", "甲负责人", "jia", "manager"),
    ("jia2", "甲经办人", "jia", "clerk"),
    ("yi", "乙负责人", "yi", "manager"),
    ("wu", "戊负责人", "wu", "manager"),
    ("bing", "丙负责人", "bing", "manager"),
    ("ding", "丁负责人", "ding", "manager"),
    ("sponsor", "李发起", "sponsor", "sponsor"),
)
KINDS = {"51": "association", "52": "service"}
STANDINGS = ("采购人", "采购代理机构", "财政监督", "纪检或公证", "离线恢复")


@dataclass(frozen=True)
class SignIn:
    """What the set-up prints for one demonstration person."""

    name: str
    roles: str
    sign_in_name: str
    password: str
    secret: str


def enter_places() -> None:
    """The country's divisions, and one street with three communities and two grids in each."""
    places.import_divisions()
    if place(STREET):
        return
    places.add_place(code=STREET, name="逢源街道", level="street", name_en="Fengyuan Sub-district")
    for number, name in enumerate(COMMUNITIES, 1):
        code = f"{STREET}{number:03d}"
        places.add_place(code=code, name=name, level="community")
        for grid in (1, 2):
            places.add_place(code=f"{code}{grid:03d}", name=f"{name}第{grid}网格", level="grid", households=120)


def enter_people() -> list[SignIn]:
    """All bodies but the social organizations, and everybody who signs in; gives what to print."""
    bodies = {key: _body(key) for key in (*BODIES, *SUPPLIERS)}
    bodies |= {key: _without_code(*named) for key, named in UNREGISTERED.items()}
    return [_person(*row, bodies=bodies) for row in PEOPLE]


def register_suppliers() -> None:
    """The registrations of the suppliers that are social organizations, so that they have a public profile."""
    for name, kind, prefix in SUPPLIERS.values():
        body = body_named(name)
        if kind != "organization" or body is None or organization_of(body) is not None:
            continue
        registry.register(
            name=name, kind=KINDS[prefix], credit_code=body.credit_code or "", registrar=BUREAU,
            supervising_unit=BUREAU, legal_representative=body.head_name or "", capital_fen=5_000_000,
            address=body.address, scope="社区服务、社会工作服务", fields=("社区发展",), place=DISTRICT, body=body,
            established_on=FOUNDED,
        )  # fmt: skip


def _body(key: str) -> Body:
    name, kind, prefix = BODIES.get(key) or SUPPLIERS[key]
    number = 30_000_000 + 7_919 * ([*BODIES, *SUPPLIERS].index(key) + 1)
    code = make_uscc(prefix, DISTRICT, str(number))
    size = "medium" if key == "bing" else None
    return body_named(name) or actions.add_body(
        name=name, kind=kind, credit_code=code, size=size, place=STREET if key == "buyer" else DISTRICT,
        address="广州市荔湾区", head_name=f"{name[:1]}某" if key in SUPPLIERS else None,
    )  # fmt: skip


def _without_code(name: str, kind: str) -> Body:
    return body_named(name) or actions.add_body(name=name, kind=kind, place=DISTRICT, address="广州市荔湾区")


def _person(sign_in_name: str, name: str, body: str, role: str, *, bodies: dict[str, Body]) -> SignIn:
    password, secret = actions.first_password(), ""
    person: Person = actions.add_person(
        name=name, sign_in_name=sign_in_name, password=password, roles={role}, body=bodies[body],
        place=bodies[body].place, demonstration=True, expert_field="社会工作" if role == "expert" else None,
    )  # fmt: skip
    if person.needs_second_factor:
        secret = pyotp.random_base32()
        changes.amend(person, "person.amend", totp_secret=vault.close(secret.encode()))
    return SignIn(name, role, sign_in_name, password, secret)
