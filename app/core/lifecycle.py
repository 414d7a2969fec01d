"""A lifecycle is a table of steps. Buttons, the worklist, the diagrams in docs/ and the checks all read it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One step: the verb, the states it may start from, the state it leads to, and how it is shown.

    `label` and state labels are Chinese message ids. A public step becomes a public log entry (and an OCDS release).
    """

    verb: str
    start: tuple[str, ...]
    to: str
    label: str
    public: bool = False


@dataclass(frozen=True)
class Lifecycle:
    """The states a kind of record can be in, with their labels, and the steps between them."""

    name: str
    states: Mapping[str, str]
    steps: tuple[Step, ...]
    first: str

    def step(self, verb: str) -> Step:
        """The step called *verb*. Raises KeyError."""
        return next((s for s in self.steps if s.verb == verb), None) or self._missing(verb)

    def _missing(self, verb: str) -> Step:
        raise KeyError(f"{self.name} knows no step {verb}")

    def from_state(self, state: str) -> list[Step]:
        """The steps that can be taken from *state*, in the order of the table."""
        return [step for step in self.steps if state in step.start]

    def action(self, verb: str) -> str:
        """The name of the step in the permission matrix: `tender.publish`."""
        return f"{self.name}.{verb}"

    def check_sql(self, column: str = "state") -> str:
        """The CHECK constraint that tells the database which states there are."""
        return f"{column} IN ({', '.join(repr(s) for s in self.states)})"


ALL: dict[str, Lifecycle] = {}


def lifecycle(name: str, states: Mapping[str, str], steps: tuple[Step, ...]) -> Lifecycle:
    """Make and register a lifecycle; the first state listed is where a new record starts."""
    made = ALL[name] = Lifecycle(name, states, steps, next(iter(states)))
    return made
