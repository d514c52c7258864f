# Palisade Automation Ltd. Confidential under Annex B of TW-CDA-2026-03.
"""Equivalent circuit of the PowerDeck's iron-phosphate cell: open-circuit voltage, series resistance, two RC pairs."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field

# Rest voltage against charge, at 25 degrees, mean of charging and discharging branch.
_REST_VOLTAGE = (
    (0.00, 2.610),
    (0.05, 3.042),
    (0.10, 3.176),
    (0.20, 3.238),
    (0.35, 3.279),
    (0.50, 3.291),
    (0.65, 3.307),
    (0.80, 3.331),
    (0.92, 3.342),
    (0.97, 3.389),
    (1.00, 3.512),
)
_GAS_CONSTANT = 8.314
_ACTIVATION_JOULES = 21_500.0
_REFERENCE_KELVIN = 298.15


@dataclass(frozen=True)
class CellParameters:
    capacity_ah: float = 105.0
    series_ohm: float = 0.00062
    fast_ohm: float = 0.00031
    fast_seconds: float = 28.0
    slow_ohm: float = 0.00044
    slow_seconds: float = 610.0
    heat_capacity_j_per_k: float = 2150.0
    cooling_w_per_k: float = 0.62
    highest_volt: float = 3.60
    lowest_volt: float = 2.50


@dataclass
class CellState:
    charge: float
    temperature_c: float
    fast_volt: float = 0.0
    slow_volt: float = 0.0
    log: list[float] = field(default_factory=list, repr=False)


def rest_voltage(charge: float) -> float:
    """Linear between the measured points; flat beyond both ends."""
    points = _REST_VOLTAGE
    if charge <= points[0][0]:
        return points[0][1]
    if charge >= points[-1][0]:
        return points[-1][1]
    upper = bisect_right(points, (charge, math.inf))
    (x0, y0), (x1, y1) = points[upper - 1], points[upper]
    return y0 + (y1 - y0) * (charge - x0) / (x1 - x0)


def resistance_factor(temperature_c: float, charge: float) -> float:
    """How much larger every resistance is than at 25 degrees and half charge."""
    kelvin = temperature_c + 273.15
    arrhenius = math.exp(_ACTIVATION_JOULES / _GAS_CONSTANT * (1.0 / kelvin - 1.0 / _REFERENCE_KELVIN))
    edges = 1.0 + 0.45 * math.exp(-charge / 0.06) + 0.25 * math.exp((charge - 1.0) / 0.05)
    return arrhenius * edges


def terminal_voltage(cell: CellParameters, state: CellState, current_a: float) -> float:
    factor = resistance_factor(state.temperature_c, state.charge)
    return rest_voltage(state.charge) + current_a * cell.series_ohm * factor + state.fast_volt + state.slow_volt


def step(cell: CellParameters, state: CellState, current_a: float, seconds: float, ambient_c: float) -> CellState:
    """The state after this current for this long; charging is positive. The RC pairs relax exactly, not by Euler."""
    factor = resistance_factor(state.temperature_c, state.charge)
    fast = math.exp(-seconds / cell.fast_seconds)
    slow = math.exp(-seconds / cell.slow_seconds)
    fast_volt = state.fast_volt * fast + current_a * cell.fast_ohm * factor * (1.0 - fast)
    slow_volt = state.slow_volt * slow + current_a * cell.slow_ohm * factor * (1.0 - slow)
    charge = state.charge + current_a * seconds / 3600.0 / cell.capacity_ah
    heat_w = current_a**2 * cell.series_ohm * factor + abs(current_a * (fast_volt + slow_volt))
    equilibrium = ambient_c + heat_w / cell.cooling_w_per_k
    decay = math.exp(-seconds * cell.cooling_w_per_k / cell.heat_capacity_j_per_k)
    temperature = equilibrium + (state.temperature_c - equilibrium) * decay
    return CellState(min(1.0, max(0.0, charge)), temperature, fast_volt, slow_volt, state.log)
