"""What the law asks of a registration, each finding at the field of the form it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace

from app.catalogue.queries import norms
from app.core.law import Finding
from app.core.words import N_
from app.registry.models import Organization
from app.registry.queries import headed_by
from app.rules import codes, organizations

LEVELS = {
    organizations.NATIONAL: N_("民政部"),
    organizations.PROVINCIAL: N_("省级民政部门"),
    organizations.PREFECTURAL: N_("市级民政部门"),
    organizations.COUNTY: N_("县级民政部门"),
}
AT = {"funds_fen": "capital", "registrar_level": "level", "area": "place"}  # a rule's field → the form's
SAME_HEAD = N_("“%(name)s”的法定代表人也叫%(head)s。同一人不得兼任其他社会团体的法定代表人，请核对是否同一人。")
OTHER_KIND = N_("代码以 %(prefix)s 开头，与所选类型不符。")
OTHER_ORG_CODE = N_("代码第 9 至 16 位与已登记的组织机构代码 %(code)s 不符。")


@dataclass(frozen=True)
class Application:
    """What is asked to be registered. Money in fen; *public*: a foundation that raises funds from the public."""

    name: str
    kind: str
    credit_code: str
    registrar: str
    supervising_unit: str
    legal_representative: str
    capital_fen: int
    address: str
    scope: str
    place: str
    level: str
    public: bool


def application(given: Application) -> Iterator[Finding]:
    """Everything about a new registration: code, items, funds, registrar (C-01, C-02, C-07, C-09, C-13 … C-17)."""
    yield from code_of(given.kind, given.credit_code)
    items = {**asdict(given), "funds_fen": given.capital_fen, "area": given.place}
    yield from _at_fields(organizations.registered_items(given.kind, items))
    numbers = norms(given.place)
    funds = organizations.registered_funds(given.kind, given.capital_fen, given.level, given.public, numbers)
    yield from _at_fields(funds)
    if given.kind == "foundation":
        yield from _at_fields(organizations.foundation_registrar(given.level))


def code_of(kind: str, credit_code: str) -> Iterator[Finding]:
    """Both check characters, and that the code speaks of this kind (C-13 … C-15)."""
    found = list(codes.check_uscc(credit_code, "credit_code"))
    yield from found
    if not found and codes.uscc_kind(credit_code) != kind:
        yield Finding("C-13", OTHER_KIND, {"prefix": codes.normal_uscc(credit_code)[:2]}, "credit_code")


def later_code(organization: Organization, credit_code: str) -> Iterator[Finding]:
    """A credit code given to one that is registered: right in itself and around its organization code (C-15)."""
    yield from code_of(organization.kind, credit_code)
    known, code = organization.org_code, codes.normal_uscc(credit_code)
    if known and len(code) == 18 and code[8:16] != known[:8]:
        yield Finding("C-15", OTHER_ORG_CODE, {"code": known}, "credit_code")


def same_head(organization: Organization) -> Iterator[Finding]:
    """The same name as legal representative of another 社会团体: a warning, people share names (C-03)."""
    if organization.kind != "association" or not organization.legal_representative:
        return
    for other in headed_by(organization.legal_representative, "association", organization.id):
        values = {"name": other.body.name, "head": organization.legal_representative}
        yield Finding("C-03", SAME_HEAD, values, "legal_representative", bars=False)


def _at_fields(findings: Iterable[Finding]) -> Iterator[Finding]:
    return (replace(one, field=AT.get(one.field or "", one.field)) for one in findings)
