"""The budget lines and the ledger, as the buyer's people and the auditors see them."""

from typing import Any

from flask import Response
from flask_babel import gettext as _

from app.accounts.models import Person
from app.budgets import actions, queries
from app.budgets.forms import AppropriationForm, LineForm
from app.budgets.models import BudgetLine
from app.core.door import Door, form_page, page, person, remember, to

door = Door("budgets", __name__)


@door.page("/budgets", may="budget.read")
def index() -> str:
    """All budget lines this person may see, with how far each is used."""
    return page("budgets/index.html", lines=queries.lines_for(person()))


@form_page(door, "/budgets/new", may="budget_line.add")
def new() -> str | Response:
    """Open a line and post its first appropriation."""
    form = LineForm()
    if form.sent():
        line = actions.open_line(
            buyer=_body(), fiscal_year=form.fiscal_year.data, level=form.level.data, line=form.line.data,
            name=form.name.data,
        )  # fmt: skip
        actions.appropriate(
            line, form.amount.data, paper=form.paper.data, memo=_("预算批复 %(no)s", no=form.paper.data)
        )
        remember(_("预算已记入账本。"))
        return to("budgets.show", id=line.public_id)
    return page("budgets/new.html", form=form)


@door.page("/budgets/<id>", load=BudgetLine, may="budget.read")
def show(line: BudgetLine) -> str:
    """One line: its flow, its entries, and the check of columns against postings."""
    return page("budgets/show.html", line=line, journals=queries.journals(line), balance=queries.balance(line))


@form_page(door, "/budgets/<id>/appropriate", load=BudgetLine, may="ledger.appropriate")
def appropriate(line: BudgetLine) -> str | Response:
    """Post a further appropriation."""
    form = AppropriationForm(obj=line)
    if form.sent():
        actions.appropriate(
            line, form.amount.data, paper=form.paper.data, memo=_("预算批复 %(no)s", no=form.paper.data)
        )
        remember(_("预算已记入账本。"))
        return to("budgets.show", id=line.public_id)
    return page("budgets/appropriate.html", form=form, line=line)


def _body() -> Any:
    who = person()
    assert isinstance(who, Person)
    return who.body
