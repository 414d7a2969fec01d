"""Steps 1 and 2: places to look at; the untidy sheet imported twice; an organization registered by hand."""

from app.demonstration.people import COMMUNITIES, DISTRICT, STREET
from app.demonstration.purchase import DATA
from app.rules.codes import make_uscc
from tests.browser.desk import Desk, Office

SHEET = DATA / "foundations-2013.tsv"
NEW = "己青少年发展中心"


def walk(office: Office) -> None:
    """From the divisions to the new organization's manager, who signs in with the first password."""
    see_places(office[""])
    registrar = office["registrar"]
    import_sheet(registrar, added=38)
    import_sheet(registrar, added=0)
    register(registrar)
    name, password = give_account(registrar)
    manager = office.newcomer(name, password)
    assert "己负责人" in manager.text()


def see_places(public: Desk) -> None:
    """The street with its three communities, and one with its grids."""
    public.go(f"/places/{STREET}")
    assert all(name in public.text() for name in COMMUNITIES)
    public.picture("01-places", height=1000)
    public.go(f"/places/{STREET}001")
    assert "逢源北第1网格" in public.text()


def import_sheet(registrar: Desk, *, added: int) -> None:
    """Upload, look at what each row would do, confirm all of it; the second time nothing changes."""
    registrar.go("/desk").follow("登记与导入", exact=False)
    registrar.fill(file=SHEET).press("上传并预览")
    if added:
        registrar.picture("02-import", height=1100)
    registrar.press("确认导入")
    assert f"已导入：新增 {added}，更新 0。" in registrar.text()


def register(registrar: Desk) -> None:
    """A social service organization with a valid credit code, typed in by hand."""
    registrar.go("/registry/imports").follow("登记社会组织")
    registrar.fill(
        kind="service", name=NEW, credit_code=make_uscc("52", DISTRICT, "MJL00099"), registrar="广州市荔湾区民政局",
        level="county", place=DISTRICT, supervising_unit="共青团广州市荔湾区委员会", legal_representative="己某",
        established_on="2026年1月12日", capital="30,000", address="广州市荔湾区", fields="青少年、社区发展",
        scope="青少年社会工作服务",
    )  # fmt: skip
    registrar.press("登记")
    assert "已登记。" in registrar.text()


def give_account(registrar: Desk) -> tuple[str, str]:
    """An account for its manager; gives the name and the password that is shown this once."""
    registrar.follow("开设机构账号").fill(name="己负责人", sign_in_name="ji-manager").press("开设账号")
    answers = registrar.main.locator("dl.summary dd").all_inner_texts()
    registrar.go("/organizations?q=青少年发展").follow(NEW)
    return answers[0], answers[1]
