"""Step 1 and 2: the register. Import of the untidy sheet, and a new organization registered by hand."""

from app.demonstration.hands import Hands
from app.demonstration.people import DISTRICT
from app.demonstration.purchase import DATA
from app.registry import actions as registry
from app.rules.codes import make_uscc

SHEET = DATA / "foundations-2013.tsv"
NEW = "己青少年发展中心"


def walk(hands: Hands) -> None:
    """Import the sheet twice (the second time changes nothing) and register an organization with an account."""
    for time in ("", "再次"):
        with hands.turn("registrar"):
            batch = registry.preview_import(SHEET.read_bytes(), SHEET.name)
        with hands.turn("registrar"):
            registry.apply_import(batch)
        hands.tell(f"{time}导入 {SHEET.name}：{batch.counts} · imported")
    with hands.turn("registrar"):
        made = registry.register(
            name=NEW, kind="service", credit_code=make_uscc("52", DISTRICT, "MJL00099"), registrar="广州市荔湾区民政局",
            supervising_unit="共青团广州市荔湾区委员会", legal_representative="己某", capital_fen=3_000_000,
            address="广州市荔湾区", scope="青少年社会工作服务", fields=("青少年", "社区发展"), place=DISTRICT,
        )  # fmt: skip
        registry.give_account(made, "己负责人", "ji")
    hands.tell(f"登记 {NEW} 并开设账号 · registered by hand, with an account")
