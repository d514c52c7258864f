# Palisade Automation Ltd. Confidential under Annex B of TW-CDA-2026-03.
"""Charging as gently as the time allows: constant current, then constant voltage, with a ceiling on temperature."""

from __future__ import annotations

from dataclasses import dataclass

from .cell_model import CellParameters, CellState, step, terminal_voltage

_HIGHEST_RATE = 1.2  # of the capacity, per hour
_HIGHEST_TEMPERATURE_C = 42.0
_PLATING_TEMPERATURE_C = 8.0
_STEP_SECONDS = 60.0


@dataclass(frozen=True)
class CurveStep:
    minutes: float
    current_a: float
    charge: float
    temperature_c: float


def permitted_current(cell: CellParameters, state: CellState, wanted_a: float, ambient_c: float) -> float:
    """The wanted current, reduced for cold (lithium plating), heat and the voltage ceiling at the end of the step."""
    rate = _HIGHEST_RATE
    if state.temperature_c < _PLATING_TEMPERATURE_C:
        rate *= max(0.1, (state.temperature_c + 2.0) / (_PLATING_TEMPERATURE_C + 2.0))
    if state.temperature_c > _HIGHEST_TEMPERATURE_C - 4.0:
        rate *= max(0.0, (_HIGHEST_TEMPERATURE_C - state.temperature_c) / 4.0)
    current = min(wanted_a, rate * cell.capacity_ah)
    for _ in range(12):
        after = step(cell, state, current, _STEP_SECONDS, ambient_c)
        excess = terminal_voltage(cell, after, current) - cell.highest_volt
        if excess <= 0.0:
            break
        current = max(0.0, current - excess / (cell.series_ohm + cell.fast_ohm + cell.slow_ohm))
    return current


def follow(cell: CellParameters, start: CellState, wanted_a: float, target: float, minutes: float, ambient_c: float) -> list[CurveStep]:
    state = CellState(start.charge, start.temperature_c)
    steps: list[CurveStep] = []
    elapsed = 0.0
    while elapsed < minutes and state.charge < target - 1e-6:
        missing_ah = (target - state.charge) * cell.capacity_ah
        current = permitted_current(cell, state, min(wanted_a, missing_ah * 3600.0 / _STEP_SECONDS), ambient_c)
        if current <= 0.0 and state.temperature_c <= ambient_c + 0.1:
            break
        state = step(cell, state, current, _STEP_SECONDS, ambient_c)
        elapsed += _STEP_SECONDS / 60.0
        steps.append(CurveStep(elapsed, current, state.charge, state.temperature_c))
    return steps


def gentlest(cell: CellParameters, charge: float, temperature_c: float, target: float, minutes: float) -> list[CurveStep]:
    """The lowest current that still meets the target in time; the fastest curve where none does."""
    start = CellState(charge, temperature_c)
    low, high = 0.0, _HIGHEST_RATE * cell.capacity_ah
    fastest = follow(cell, start, high, target, minutes, temperature_c)
    if not fastest or fastest[-1].charge < target - 1e-4:
        return fastest
    best = fastest
    for _ in range(18):
        middle = 0.5 * (low + high)
        curve = follow(cell, start, middle, target, minutes, temperature_c)
        if curve and curve[-1].charge >= target - 1e-4:
            best, high = curve, middle
        else:
            low = middle
    return best
