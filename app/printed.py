"""The rulebook, the lifecycles and the permissions, printed from the code into docs/, so that the two cannot part.

`./portal docs` writes them; tests/house/test_docs.py says when they are no longer what the code says.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from app import rules
from app.accounts.models import ROLES
from app.core import law
from app.core.access import GRANT_SCOPES, Grant
from app.core.languages import english
from app.core.lifecycle import ALL, Lifecycle, Step
from app.core.migrations import load_models
from app.permissions import GRANTS
from app.transparency.views import SYSTEM_ROLES

DOCS = Path(__file__).parent.parent / "docs"
BY_MACHINE = "<!-- 由 ./portal docs 从代码印出，请勿手改 · printed from the code by ./portal docs: do not edit -->"
PARTS = {
    "A": "政府购买服务 · Government purchase of services",
    "B": "政府采购 · Procurement",
    "C": "社会组织登记 · The registry of social organizations",
    "D": "绩效评价 · Performance",
    "E": "电子签名、档案、个人信息、安全与无障碍 · Signatures, archive, privacy, security, accessibility",
    "F": "金额、日期与计算 · Money, dates, numbers",
    "G": "本平台自己的规则 · The house's own rules",
}
Lines = Iterator[str]


def write(folder: Path = DOCS) -> list[Path]:
    """Print every page into *folder*; gives the files."""
    return [_write(folder / name, text()) for name, text in PAGES.items()]


def current(folder: Path = DOCS) -> bool:
    """Whether the pages in *folder* are what the code says today."""
    return not stale(folder)


def stale(folder: Path = DOCS) -> list[str]:
    """The pages in *folder* that are missing or no longer what the code says."""
    return [name for name, text in PAGES.items() if _read(folder / name) != text()]


def rulebook() -> str:
    """Every row of the law: where it stands, what it says, how sure we are, who speaks for it, its numbers."""
    return _page("规则手册 · Rulebook", _rulebook())


def lifecycles() -> str:
    """Every kind of record: its states as a diagram, its steps as a table."""
    load_models()
    return _page("流程 · Lifecycles", _lifecycles())


def permissions() -> str:
    """Who may do what, to which records."""
    return _page("权限表 · Permissions", _permissions())


PAGES: dict[str, Callable[[], str]] = {
    "rulebook.md": rulebook,
    "lifecycles.md": lifecycles,
    "permissions.md": permissions,
}


def _rulebook() -> Lines:
    yield (
        "每一条规则：出处、内容、把握、由哪个函数说出、用到的数值。标“待核实”的，页面上也这样写。"
        " Every rule: its source, what it says, how sure we are of it, which function speaks for it, its numbers.\n"
    )
    spoken, norms = _spoken(), _norms()
    for part, rows in groupby(law.rows().values(), key=lambda row: row.id[0]):
        yield f"\n## {part} · {PARTS[part]}\n"
        for row in rows:
            yield from _row(row, spoken.get(row.id, []), norms.get(row.id, []))


def _row(row: law.Row, functions: Sequence[str], norms: Sequence[law.Norm]) -> Lines:
    doubt = "" if row.confirmed else " · **待核实 to be confirmed**"
    yield f"\n### {row.id}\n"
    yield f"{row.citation()} · {row.citation('en')} · {row.confidence}{doubt}\n"
    yield f"{row.text}\n\n{row.text_en}\n"
    for name in functions:
        yield f"- `{name}` {_first_line(law.RULES[name])}"
    for norm in norms:
        yield f"- `{norm.key}` = {norm.value} {norm.unit} · {_binding(norm)} · {norm.source}"


def _binding(norm: law.Norm) -> str:
    where = "全国" if norm.jurisdiction == "000000" else norm.jurisdiction
    return f"{where} · {norm.valid_from} – {norm.valid_to or ''}".rstrip(" –") + ("" if norm.valid_to else " 起")


def _spoken() -> dict[str, list[str]]:
    """Rule functions by the row they speak for."""
    for module in pkgutil.iter_modules(rules.__path__):
        importlib.import_module(f"{rules.__name__}.{module.name}")
    found: dict[str, list[str]] = {}
    for name, function in sorted(law.RULES.items()):
        for row in function.rows:  # type: ignore[attr-defined]
            found.setdefault(row, []).append(name)
    return found


def _norms() -> dict[str, list[law.Norm]]:
    found: dict[str, list[law.Norm]] = {}
    for norm in law.national_norms():
        found.setdefault(norm.rule, []).append(norm)
    return found


def _lifecycles() -> Lines:
    yield "记录只能沿着这些步骤改变状态。 A record changes its state by these steps and no others.\n"
    for name in sorted(ALL):
        yield f"\n## {name}\n"
        yield from _diagram(ALL[name])
        yield "\n| 步骤 step | 从 from | 到 to | 谁 who | 公开 public |\n|---|---|---|---|---|"
        yield from (_step(ALL[name], step) for step in ALL[name].steps)


def _diagram(flow: Lifecycle) -> Lines:
    yield "```mermaid\nstateDiagram-v2"
    yield from (f'    state "{_both(label)}" as {state}' for state, label in flow.states.items())
    yield f"    [*] --> {flow.first}"
    for step in flow.steps:
        yield from (f"    {start} --> {step.to}: {_both(step.label)}" for start in step.start)
    yield from (f"    {state} --> [*]" for state in flow.states if not flow.from_state(state))
    yield "```"


def _step(flow: Lifecycle, step: Step) -> str:
    start = "、".join(f"`{state}`" for state in step.start)
    who = _who(GRANTS[flow.action(step.verb)])
    return f"| {_both(step.label)} `{step.verb}` | {start} | `{step.to}` | {who} | {'✓' if step.public else ''} |"


def _permissions() -> Lines:
    yield (
        "平台只按这张表放行；审核人不是经办人等分离要求是法律，写在 `app/rules`。"
        " The portal lets through what stands here; separation of duties is law and stands in `app/rules`.\n"
    )
    for record, actions in groupby(sorted(GRANTS), key=lambda action: action.split(".")[0]):
        yield f"\n## {record}\n\n| 动作 action | 谁，对哪些记录 who, to which records |\n|---|---|"
        yield from (f"| `{action}` | {_who(GRANTS[action])} |" for action in actions)


def _who(grants: Sequence[Grant]) -> str:
    scopes = dict.fromkeys(grant.scope for grant in grants)
    return "<br>".join(f"{_roles(grants, scope)}：{_both(GRANT_SCOPES[scope])}" for scope in scopes)


def _roles(grants: Sequence[Grant], scope: str) -> str:
    return "、".join(_both(_role(grant.role)) for grant in grants if grant.scope == scope)


def _role(name: str) -> str:
    return {**ROLES, **SYSTEM_ROLES}[name]


def _both(text: str) -> str:
    """A Chinese text of the code with its English beside it."""
    message = _english().get(text)
    return f"{text} {message.string}" if message and message.string else text


@cache
def _english():  # type: ignore[no-untyped-def]
    return english()


def _first_line(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip().splitlines()[0]


def _page(title: str, lines: Lines) -> str:
    text = f"# {title}\n\n{BY_MACHINE}\n\n" + "\n".join(lines).rstrip() + "\n"
    return re.sub(r"\n{3,}", "\n\n", text)


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
