"""A small integer programme: 0/1 and counted variables, rows, goals one after another (HiGHS)."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import highspy
import numpy as np

UNBOUNDED = highspy.kHighsInf

Terms: TypeAlias = Mapping[int, int]
"""Whole coefficients by variable."""


class NoSolution(Exception):
    """HiGHS did not find the optimum of a programme that always has one."""


class Programme:
    """Variables and rows are collected first; the first goal builds the model."""

    def __init__(self) -> None:
        self._most: list[float] = []
        self._rows: list[tuple[float, float, Terms]] = []
        self._solver: highspy.Highs | None = None
        self._values: list[int] = []

    def variable(self, most: float = 1) -> int:
        """Add a whole variable from 0 to `most` and return its index."""
        self._most.append(most)
        return len(self._most) - 1

    def at_most(self, terms: Terms, bound: int) -> None:
        self._rows.append((-UNBOUNDED, bound, terms))

    def at_least(self, terms: Terms, bound: int) -> None:
        self._rows.append((bound, UNBOUNDED, terms))

    def maximise(self, terms: Terms) -> int:
        """Reach the most for this goal that earlier goals leave, keep it, and return it."""
        self._run(terms)
        reached = sum(weight * self._values[i] for i, weight in terms.items())
        self._keep(terms, reached)
        return reached

    def prefer(self, variables: Sequence[int]) -> None:
        """Set as many of the first variables as can be, the earlier the dearer, and fix them."""
        weights = {v: 1 << (len(variables) - 1 - i) for i, v in enumerate(variables)}
        self._run(weights)
        for v in variables:
            self._model().changeColBounds(v, self._values[v], self._values[v])

    def value(self, variable: int) -> int:
        return self._values[variable]

    def _run(self, terms: Terms) -> None:
        model = self._model()
        costs = np.zeros(len(self._most))
        for index, weight in terms.items():
            costs[index] = weight
        model.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise NoSolution(str(model.getModelStatus()))
        self._values = [round(value) for value in model.getSolution().col_value]

    def _keep(self, terms: Terms, reached: int) -> None:
        indexes = np.fromiter(terms.keys(), dtype=np.int32)
        weights = np.fromiter(terms.values(), dtype=np.float64)
        self._model().addRow(reached, UNBOUNDED, len(indexes), indexes, weights)

    def _model(self) -> highspy.Highs:
        if self._solver is None:
            self._solver = self._build()
        return self._solver

    def _build(self) -> highspy.Highs:
        # The constructor of `Highs` prints a banner on stdout; its base is the same solver.
        solver: highspy.Highs = highspy._Highs()  # type: ignore[attr-defined]  # noqa: SLF001
        for option, value in OPTIONS.items():
            solver.setOptionValue(option, value)
        solver.passModel(self._described())
        return solver

    def _described(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self._most), len(self._rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.zeros(len(self._most))
        lp.col_lower_ = np.zeros(len(self._most))
        lp.col_upper_ = np.array(self._most, dtype=np.float64)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * len(self._most)
        lp.row_lower_ = np.array([row[0] for row in self._rows], dtype=np.float64)
        lp.row_upper_ = np.array([row[1] for row in self._rows], dtype=np.float64)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lengths = [len(terms) for _, _, terms in self._rows]
        lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        cells = [cell for _, _, terms in self._rows for cell in terms.items()]
        lp.a_matrix_.index_ = np.array([i for i, _ in cells], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([w for _, w in cells], dtype=np.float64)
        return lp


OPTIONS: Mapping[str, bool | int | float | str] = {
    "output_flag": False,
    # One thread: the same model gives the same answer, and pages are solved side by side.
    "threads": 1,
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    # Weights reach a hundred thousand, so a variable must not be off by a millionth.
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}
