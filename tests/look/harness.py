"""A small application of nothing but the look: a gallery of every part, with the same globals as the portal.

Run it by hand to look at it: ``python -m tests.look.harness`` (port 8099). The static files are taken from assets/ and
app/static/vendor, as the set-up makes them.
"""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from flask import Flask, Response, abort, g, redirect, render_template, request
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader

from app.core import forms as f
from app.core.chrome import init_chrome, safe_back
from app.core.errors import Invalid, findings_of
from app.core.languages import LANGUAGES, init_languages
from app.core.law import Finding, Unlawful

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LONG = "广州市荔湾区逢源街逢源人家综合服务中心社会工作及志愿服务发展促进会（筹）联合体"

PERSON = {"name": "欧阳建国", "role": "采购经办人", "body": "示例区民政局 · 社会组织管理科"}


class LotPart(f.Part):
    """A lot of the example form."""

    name = f.TextField("分包名称", validators=[f.needed(), f.length(20)])
    ceiling = f.MoneyField("最高限价", validators=[f.needed()])


class ExampleForm(f.Form):
    """One of every kind of field."""

    title = f.TextField("项目名称", description="写进公告的全称", validators=[f.needed(), f.length(60)])
    budget = f.MoneyField("预算金额", validators=[f.needed(), f.between(1)])
    opens_on = f.DayField("公告日期", validators=[f.needed()])
    closes_at = f.MomentField("投标截止时间", validators=[f.needed()])
    method = f.ChoiceField("采购方式", choices=f.choices({"open": "公开招标", "talks": "竞争性磋商"}, blank="请选择"))
    kind = f.RadioField("服务类别", choices=f.choices({"a": "公共服务", "b": "辅助性服务"}), validators=[f.needed()])
    groups = f.ManyField("服务对象", choices=f.choices([("old", "老年人"), ("young", "青少年"), ("hard", "困难家庭")]))
    weight = f.CentiField("价格分值", validators=[f.between(1000, 3000)])
    people = f.WholeField("服务人数")
    about = f.LongTextField("项目说明")
    reason = f.CountedTextField("采用该方式的理由", validators=[f.length(200)])
    secret = f.PasswordField("登录密码")
    paper = f.FileField("附件")
    sure = f.TickField("我已核对以上内容", validators=[f.needed()])
    lots = f.FieldList(f.FormField(LotPart), min_entries=2)


class SureForm(f.Form):
    """A form that asks once more."""

    why = f.TextField("撤回原因", validators=[f.needed()])


def make_app(home: Path | None = None) -> Flask:
    """The gallery, with its static files gathered in *home*."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(static(home)))
    app.config.update(SECRET_KEY="gallery", WTF_CSRF_TIME_LIMIT=None, TEMPLATES_AUTO_RELOAD=True)
    init_languages(app)
    init_chrome(app)
    app.jinja_env.loader = ChoiceLoader([app.jinja_env.loader, FileSystemLoader(HERE / "templates")])  # type: ignore[list-item]
    CSRFProtect(app)
    app.context_processor(chrome)
    app.context_processor(lambda: {"LONG": LONG})
    routes(app)
    return app


def static(home: Path | None) -> Path:
    """A static folder as the set-up makes it: assets/ beside vendor/."""
    target = (home or Path(mkdtemp(prefix="look-"))) / "static"
    shutil.copytree(ROOT / "app/static/vendor", target / "vendor")
    for path in (ROOT / "assets").glob("*.*"):
        target.joinpath(path.name).symlink_to(path)
    return target


def chrome() -> dict[str, Any]:
    """What the portal's context processor gives the layout."""
    guest = request.args.get("as") == "guest"
    names = ["首页", "采购项目", "社会组织", "服务目录", "绩效评价", "资金公开", "公开日志", "规则手册", "工作台"]
    return {
        "site": {"place_name": "广州市荔湾区", "sponsor": "示例区民政局" if not guest else ""},
        "main_navigation": [(name, f"/?n={i}", i == 1) for i, name in enumerate(names)],
        "signed_in": None if guest else PERSON,
        "person_menu": [("我的工作", "/desk"), ("登录与安全", "/account")],
        "sign_in_url": "/sign-in",
        "sign_out_url": "/sign-out",
        "demo_clock": date(2026, 4, 15),
        "log_point": {"n": 1024, "url": "/log/checkpoint/1024", "root": "3f9a…c07e"},
        "search_url": "/search",
    }


def routes(app: Flask) -> None:
    """The gallery's pages."""
    app.add_url_rule("/", "parts", parts)
    app.add_url_rule("/form", "form", form_page, methods=["GET", "POST"])
    app.add_url_rule("/form/refused", "refused", refused, methods=["GET", "POST"])
    app.add_url_rule("/error/<int:status>", "error", error)
    app.add_url_rule("/language/<code>", "language", language)
    app.add_url_rule("/text/<size>", "text", text)


def parts() -> str:
    """Every part that is no form."""
    return render_template("gallery.html", **examples())


def form_page() -> str | Response:
    """Every kind of field."""
    form = ExampleForm()
    if form.sent():
        return redirect("/form", 303)  # type: ignore[return-value]
    return render_template("gallery_form.html", form=form, sure=SureForm(prefix="sure-"))


def refused() -> str:
    """The form drawn again after the law refused it."""
    g.refusal, g.redrawn = Unlawful(FINDINGS), True
    form = ExampleForm()
    form.sent()
    return render_template("gallery_form.html", form=form, sure=SureForm(prefix="sure-"))


def error(status: int) -> tuple[str, int]:
    """A refusal page."""
    findings = FINDINGS if status == 422 else findings_of(Invalid("这条记录不属于您所在的单位或地区。"))
    kept = [("title", LONG), ("about", "第一行\n第二行"), ("once", "k")] if status in (401, 409, 422) else []
    page = render_template(
        f"_errors/{status}.html",
        findings=findings,
        kept=kept,
        action="/form",
        back="/",
        retry_after=30,
        error_id="e-7f3a",
    )
    return page, status


def language(code: str) -> Response:
    """Switch the language."""
    return _kept("lang", code, LANGUAGES)


def text(size: str) -> Response:
    """Switch the text size."""
    return _kept("text", size, ("normal", "large"))


def _kept(cookie: str, value: str, allowed: Any) -> Response:
    if value not in allowed:
        abort(404)
    answer = redirect(safe_back(request.args.get("back")), 303)
    answer.set_cookie(cookie, value, samesite="Lax", httponly=True)
    return answer  # type: ignore[return-value]


FINDINGS = [
    Finding("B-42", "投标截止日 %(closes)s 距招标文件发出不足 %(days)s 天。", {"closes": date(2026, 5, 1), "days": 20},
            "closes_at"),
    Finding("A-14", "还没有事前绩效评估。", {}, None),
    Finding("E-17", "附件没有文字说明，读屏软件读不出来。", {}, "paper", bars=False),
]  # fmt: skip


def examples() -> dict[str, Any]:
    """The gallery's data."""
    due = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
    line = {"label": "社区综合服务（2026 年度）", "appropriated_fen": 200_000_000, "committed_fen": 168_900_000,
            "accrued_fen": 84_450_000, "paid_fen": 50_000_001}  # fmt: skip
    return {
        "findings": FINDINGS,
        "line": line,
        "sources": [("市级财政", 80_000_000), ("区级财政", 60_000_000), ("街道", 20_900_000), ("公益金", 8_000_000)],
        "scores": [
            {"label": "服务方案", "score_centi": 3250, "max_centi": 4000, "note": "五位评委平均"},
            {"label": "团队与经验", "score_centi": 2733, "max_centi": 3000},
            {"label": "价格", "score_centi": 1000, "max_centi": 1000},
            {"label": "信用", "score_centi": 0, "max_centi": 2000},
        ],
        "events": [
            {"when": date(2026, 4, 1), "label": "采购意向公开", "state": "past", "rule": "A-14"},
            {"when": due.replace(month=4, day=15), "label": "招标公告发布", "state": "now", "rule": "B-42",
             "due": due, "note": "招标文件自发出之日起不少于二十日"},
            {"when": due, "label": "投标截止与开标", "state": "future", "rule": "B-42", "url": "/"},
            {"when": date(2027, 1, 8), "label": "合同公告", "state": "future", "rule": "E-17", "provisional": True},
            {"when": None, "label": "验收", "state": "future", "rule": "B-66"},
        ],
        "steps": [
            {"label": "提交审核", "url": "/form", "post": True, "version": 3},
            {"label": "修改", "url": "/form"},
            {"label": "撤回", "url": "/form", "tone": "warning"},
            {"label": "公布", "reason": "审核人还没有同意；经办人不能审核自己的项目。"},
            {"label": "开标", "reason": "投标截止时间还没有到。"},
        ],
        "tasks": [
            {"label": "基本情况", "url": "/", "status": "已完成", "tone": "good"},
            {"label": "资金来源", "url": "/", "status": "进行中", "tone": "info", "hint": "四个来源合计要等于预算"},
            {"label": "评分办法", "status": "还不能开始", "tone": "plain"},
        ],
        "work": [
            {"label": "审核采购项目", "about": LONG, "url": "/", "why": "等您审核", "due": due, "rule": "B-42"},
            {"label": "答复质疑", "url": "/", "why": "七个工作日内答复", "due": date(2026, 4, 10), "late": True},
            {"label": "登记年度报告", "url": "/", "why": "资料已齐"},
        ],
        "rows": [
            [LONG, "1,689,000.00", "92.5", "第一"],
            ["荔湾区昌华社会工作服务中心", "1,720,000.00", "88.13", "第二"],
            ["广州市同心社区服务社", "998,000.50", "79", "第三"],
        ],
        "wide_rows": [[f"指标 {i}", *[f"{i * j * 1234:,}.00" for j in range(1, 9)]] for i in range(1, 6)],
        "due": due,
    }  # fmt: skip


if __name__ == "__main__":
    make_app().run(port=8099, debug=False)
