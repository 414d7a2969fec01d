"""What is measured: a home of its own with 100,000 organizations and a tender that takes bids."""

import io
import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

import config
from app import create_app
from app.core import clock, jobs, log, migrations
from app.core.access import KEEPER, acting
from app.core.db import db, writing
from app.demonstration import home as demonstration
from app.demonstration.hands import Hands
from app.demonstration.purchase import FIRST
from app.demonstration.steps import preparing
from app.places.models import Place
from app.registry.importing import confirm, hand_in
from app.registry.models import Organization
from app.rules.codes import make_uscc
from app.tenders.models import Tender
from bench.timing import Row, Sample

ORGANIZATIONS = int(os.environ.get("BENCH_ORGANIZATIONS", "100000"))
HEADERS = (
    "社会组织名称", "统一社会信用代码", "社会组织类型", "登记状态", "登记管理机关", "业务主管单位", "法定代表人",
    "住所", "注册资金", "成立登记日期", "业务范围",
)  # fmt: skip
FORMS = {  # prefix of the code, kind as the sheet says it, last words of the name
    "52": ("民办非企业单位", ("服务中心", "发展中心", "工作站", "养老院", "托养中心")),
    "51": ("社会团体", ("协会", "促进会", "联合会", "志愿者协会", "研究会")),
    "53": ("基金会", ("基金会", "公益基金会", "慈善基金会")),
}
LINES = (
    "社会工作 家庭综合 长者服务 居家养老 青少年 残疾人康复 社区发展 心理咨询 儿童关爱 法律援助 矫正帮教 戒毒康复"
    " 医务社工 教育助学 环境保护 文化艺术 体育健身 应急救援 扶贫济困 志愿服务"
).split()
SIGNS = (
    "安邦博诚聪达德恩方福光国海和恒宏华惠佳健杰金静君康乐力利良明宁平启勤庆仁荣瑞善盛思"
    "泰天同旺维文祥心新信兴秀雅阳怡义益永友裕源远泽正志中众卓"
)
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高"


@dataclass
class World:
    """The portal, its home, the names in it, the tender, and how long it took to fill."""

    app: Flask
    home: Path
    names: list[str]
    tender: str = ""
    project: str = ""
    rows: list[Row] = field(default_factory=list)

    def described(self) -> str:
        """How much is in it."""
        with self.app.app_context():
            organizations = db.session.scalar(select(func.count()).select_from(Organization))
            entries = log.size()
        size = (self.home / "portal.sqlite3").stat().st_size / 2**20
        return f"- {organizations:,} organizations, {entries:,} log entries, SQLite file of {size:,.0f} MB"


def make(folder: Path, say: Callable[[str], None]) -> World:
    """Fill a home in *folder*: reference data, people, a published tender, generated organizations."""
    home, keys = folder / "home", folder / "keys"
    keys.mkdir()
    app = create_app(config.load({"PORTAL_HOME": str(home)}))
    made = World(app, home, [])
    with app.app_context():
        migrations.upgrade()
        demonstration.prepare(FIRST.moment("appropriated", 9))
        say("a tender is published")
        tender = _tender(Hands(FIRST, lambda line: None, clock.move_to, keys))
        made.tender, made.project = tender.public_id, tender.project.public_id
        say(f"{ORGANIZATIONS:,} organizations are imported")
        _import(made)
    return made


def _tender(hands: Hands) -> Tender:
    return preparing.publish(hands, preparing.walk(hands))


def _import(made: World) -> None:
    content = _sheet(made.names)
    previewing, applying = Sample(), Sample()
    with acting(KEEPER):
        with _taking(previewing):
            with writing():
                batch = hand_in(io.BytesIO(content), "organizations.tsv")
            jobs.work_off()
        db.session.expire_all()
        assert (batch.counts["refused"], batch.counts["new"]) == (0, ORGANIZATIONS), batch.counts
        with _taking(applying):
            with writing():
                confirm(batch)
            jobs.work_off()
        db.session.expire_all()
        assert (batch.state, batch.added) == ("applied", ORGANIZATIONS), batch.state
    size = f"{ORGANIZATIONS:,} rows, {len(content) / 2**20:.0f} MB"
    made.rows += [
        Row("import: preview", previewing, remark=size),
        Row("import: apply", applying, remark=f"{ORGANIZATIONS / applying.walls[0]:,.0f} rows/s, in parts"),
    ]


class _taking:  # noqa: N801 - reads as a statement
    """The wall time and CPU of a block, into a sample."""

    def __init__(self, sample: Sample) -> None:
        self.sample = sample

    def __enter__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.sample.cpu += time.process_time() - self.cpu
        self.sample.walls.append(time.perf_counter() - self.wall)


def _sheet(names: list[str]) -> bytes:
    districts = list(db.session.execute(select(Place.code, Place.name).where(Place.level == "district")))
    lines = ["\t".join(HEADERS), *_lines(names, [(code, name) for code, name in districts if len(code) == 6])]
    return ("\n".join(lines) + "\n").encode()


def lines() -> Iterator[str]:
    """The rows of such a sheet by themselves."""
    districts = db.session.execute(select(Place.code, Place.name).where(Place.level == "district"))
    yield from _lines([], [(code, name) for code, name in districts if len(code) == 6])


def _lines(names: list[str], districts: list[tuple[str, str]]) -> Iterator[str]:
    """Names as real ones are made: district, trade name, line, form; the same ones every run."""
    chance, taken = random.Random(20260101), set()
    while len(names) < ORGANIZATIONS:
        (code, district), prefix = chance.choice(districts), chance.choice(list(FORMS))
        kind, forms = FORMS[prefix]
        trade = "".join(chance.sample(SIGNS, chance.choice((2, 2, 3))))
        name = f"{district}{trade}{chance.choice(LINES)}{chance.choice(forms)}"
        if name in taken:
            continue
        taken.add(name)
        names.append(name)
        yield _line(name, make_uscc(prefix, code[:6], f"{10_000_000 + len(names)}"), kind, district, chance)


def _line(name: str, code: str, kind: str, district: str, chance: random.Random) -> str:
    head = chance.choice(SURNAMES) + chance.choice(SIGNS)
    day = f"{chance.randint(1995, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    registrar = f"{district}民政局"
    address = f"{district}{chance.choice(SIGNS)}{chance.choice(SIGNS)}路{chance.randint(1, 400)}号"
    money = str(chance.choice((30_000, 50_000, 100_000, 500_000)))
    return "\t".join((name, code, kind, "正常", registrar, registrar, head, address, money, day, f"{name}的业务范围"))
