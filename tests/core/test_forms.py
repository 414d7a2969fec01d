"""Forms read what was typed, keep it when it cannot be read, and say what is wrong in the reader's language."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, g
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.core import forms as f
from app.core.errors import CHANGED_MEANWHILE, OutOfOrder
from app.core.languages import init_languages
from app.core.law import Finding, Unlawful
from app.core.validators import WTFORMS_WORDS


class Lot(f.Part):
    """A part."""

    name = f.TextField("分包名称", validators=[f.needed()])


class Project(f.Form):
    """A form with the fields the tests need."""

    title = f.TextField("名称", validators=[f.needed(), f.length(10, least=2)])
    budget = f.MoneyField("预算", validators=[f.needed(), f.between(1)])
    starts = f.DayField("开始")
    ends = f.DayField("结束", validators=[f.after("starts")])
    closes = f.MomentField("截止")
    weight = f.CentiField("分值", validators=[f.between(1000, 3000)])
    people = f.WholeField("人数")
    method = f.ChoiceField("方式", choices=f.choices({"open": "公开招标", "talks": "磋商"}, blank="请选择"))
    kind = f.RadioField("类别", choices=f.choices({"a": "甲"}), validators=[f.needed()])
    groups = f.ManyField("对象", choices=f.choices({"old": "老年人", "young": "青少年"}))
    about = f.LongTextField("说明")
    sure = f.TickField("已核对", validators=[f.needed()])
    paper = f.FileField("附件")
    lots = f.FieldList(f.FormField(Lot), min_entries=1)


GOOD = {
    "title": "  社区服务　", "budget": "１，２３４.5", "starts": "2026/4/15", "ends": "2026年4月16日",
    "closes": "2026-04-15 09:30", "weight": "10.25", "people": "1,200", "method": "open", "kind": "a",
    "groups": "old", "about": "一\r\n二 ", "sure": "y", "lots-0-name": "第一包",
}  # fmt: skip


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="test", WTF_CSRF_ENABLED=False)
    init_languages(app)
    return app


def sent(app: Flask, *, language: str = "zh", **changed: Any) -> Project:
    """The form as posted with these changes to a good one, already asked whether it was sent."""
    data = MultiDict({**GOOD, **changed})
    with app.test_request_context(method="POST", data=data, headers={"Cookie": f"lang={language}"}):
        form = Project()
        form.was_sent = form.sent()
        return form


def errors(app: Flask, field: str, **changed: Any) -> list[str]:
    """What is wrong with one field."""
    return list(sent(app, **changed)[field].errors)


def test_what_was_typed_becomes_plain_values(app: Flask) -> None:
    form = sent(app)
    assert form.was_sent
    assert (form.title.data, form.budget.data, form.weight.data, form.people.data) == ("社区服务", 123450, 1025, 1200)
    assert (form.starts.data, form.ends.data) == (date(2026, 4, 15), date(2026, 4, 16))
    assert form.closes.data == datetime(2026, 4, 15, 1, 30, tzinfo=UTC)
    assert (form.method.data, form.kind.data, form.groups.data) == ("open", "a", ["old"])
    assert (form.about.data, form.sure.data, form.lots.data) == ("一\n二", True, [{"name": "第一包"}])


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("12.345", "小数太多"), ("12,34", "不是金额"), ("-5", "负数"), ("一百", "不是金额"), ("0", "不能小于"),
        ("100000000000.01", "太大"), ("", "请填写“预算”"), ("   ", "请填写“预算”"),
    ],
)  # fmt: skip
def test_money_that_cannot_be_taken_says_why_and_stays_typed(app: Flask, typed: str, says: str) -> None:
    form = sent(app, budget=typed)
    assert not form.was_sent
    assert len(form.budget.errors) == 1
    assert says in form.budget.errors[0]
    assert form.budget._value() == typed


def test_the_largest_amount_is_taken(app: Flask) -> None:
    assert sent(app, budget="100,000,000,000.00").budget.data == 10**13


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"title": ""}, "title", "请填写“名称”"),
        ({"title": "一"}, "title", "“名称”至少 2 个字"),
        ({"title": "一" * 11}, "title", "“名称”最多 10 个字，现在有 11 个"),
        ({"starts": "2026-02-30"}, "starts", "日历上没有“2026-02-30”这一天"),
        ({"ends": "2026-04-15"}, "ends", "“结束”要晚于“开始”"),
        ({"closes": "2026-04-15"}, "closes", "“2026-04-15”不是时间：请按北京时间填写，如 2026-04-15 09:30"),
        ({"weight": "9.99"}, "weight", "“分值”不能小于 10"),
        ({"weight": "30.01"}, "weight", "“分值”不能大于 30"),
        ({"people": "1.5"}, "people", "“1.5”不是整数"),
        ({"method": "raffle"}, "method", "请从列出的选项中选择。"),
        ({"kind": ""}, "kind", "请选择“类别”"),
        ({"groups": "cats"}, "groups", "“cats”不在列出的选项中。"),
        ({"sure": ""}, "sure", "请勾选“已核对”"),
    ],
)
def test_each_field_says_what_is_wrong(app: Flask, changed: dict[str, str], field: str, message: str) -> None:
    assert errors(app, field, **changed) == [message]


def test_what_may_be_left_out_is_none(app: Flask) -> None:
    form = sent(app, starts="", ends="", closes="", weight="", people="", method="")
    assert form.was_sent
    assert {form[name].data for name in ("starts", "ends", "closes", "weight", "people", "method")} == {None}


def test_english_readers_are_told_in_english(app: Flask) -> None:
    form = sent(app, language="en", method="raffle", budget="")
    assert form.method.errors == ["Choose one of the options listed."]
    assert form.budget.errors == ["Enter “预算”"]


def test_every_word_of_wtforms_has_its_english(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "lang=en"}):
        assert [ours for ours in WTFORMS_WORDS.values() if gettext(ours) == ours] == []


def test_a_part_says_which_of_its_kind_is_wrong(app: Flask) -> None:
    data = MultiDict({**GOOD, "lots-0-name": "甲", "lots-1-name": " "})
    with app.test_request_context(method="POST", data=data):
        form = Project()
        assert not form.sent()
        assert f.problems(form) == [("lots-1-name", "第 2 项：请填写“分包名称”")]


def test_shown_for_the_first_time_it_is_not_sent_and_has_a_key(app: Flask) -> None:
    with app.test_request_context():
        form, other = Project(), Project()
        assert not form.sent()
        assert form.once.data
        assert form.once.data != other.once.data


def test_the_version_is_that_of_the_record_seen(app: Flask) -> None:
    with app.test_request_context():
        assert Project(obj=Seen(version=7)).version._value() == "7"


def test_what_cannot_be_read_is_shown_again_under_a_new_key(app: Flask) -> None:
    form = sent(app, once="old-key", title="")
    assert form.once.data != "old-key"
    assert form.about.data == "一\n二"


def test_drawn_again_after_a_refusal_it_is_not_sent_and_the_sentence_stands_at_its_field(app: Flask) -> None:
    with app.test_request_context(method="POST", data=MultiDict({**GOOD, "once": "old-key", "version": "3"})):
        g.refusal, g.redrawn = Unlawful([Finding("B-42", "最少 %(days)s 天", {"days": 20}, "closes")]), True
        form = Project(obj=Seen(version=5))
        assert not form.sent()
        assert form.closes.errors == ["最少 20 天"]
        assert f.problems(form, g.refusal.findings) == []
        assert (form.once.data == "old-key", form.version.data) == (False, "3")


def test_after_somebody_else_changed_the_record_the_form_carries_the_version_now_shown(app: Flask) -> None:
    with app.test_request_context(method="POST", data=MultiDict({**GOOD, "version": "3"})):
        g.refusal, g.redrawn = OutOfOrder(CHANGED_MEANWHILE), True
        form = Project(obj=Seen(version=5))
        assert not form.sent()
        assert form.version._value() == "5"


def test_an_uploaded_file_is_taken(app: Flask) -> None:
    data = {**GOOD, "paper": (BytesIO(b"%PDF-"), "a.pdf")}
    with app.test_request_context(method="POST", data=data):
        form = Project()
        assert form.sent()
        assert form.paper.data.filename == "a.pdf"


def test_a_stale_page_is_told_so_in_chinese() -> None:
    app = Flask(__name__)
    app.config.update(SECRET_KEY="test")
    init_languages(app)
    with app.test_request_context(method="POST", data=MultiDict(GOOD)):
        form = Project()
        assert not form.sent()
        assert f.problems(form) == [("main", "页面的安全标记缺失，请重新提交一次。")]


class Seen:
    """A record as a form is filled from it."""

    def __init__(self, version: int) -> None:
        self.version = version
