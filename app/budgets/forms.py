"""What finance officers type into the ledger."""

from flask_babel import lazy_gettext as _l

from app.budgets.models import LEVELS
from app.core.forms import (
    ChoiceField,
    Form,
    MoneyField,
    TextField,
    WholeField,
    between,
    choices,
    length,
    looks_like,
    needed,
)


class LineForm(Form):
    """A new budget line and its first appropriation."""

    fiscal_year = WholeField(_l("预算年度"), validators=[needed(), between(2015, 2100)])
    level = ChoiceField(_l("资金级次"), choices=choices(LEVELS), validators=[needed()])
    line = TextField(
        _l("功能分类科目"), validators=[needed(), looks_like(r"\d{3,10}", _l("科目编码为 3 至 10 位数字。"))]
    )
    name = TextField(_l("科目名称"), validators=[length(120)])
    amount = MoneyField(_l("下达金额"), validators=[needed(), between(1)])
    paper = TextField(_l("预算批复文号"), validators=[needed(), length(60)])


class AppropriationForm(Form):
    """A further appropriation to a line."""

    amount = MoneyField(_l("下达金额"), validators=[needed(), between(1)])
    paper = TextField(_l("预算批复文号"), validators=[needed(), length(60)])
