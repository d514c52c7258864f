# Palisade Automation Ltd. Confidential under Annex B of TW-CDA-2026-03.
"""Ageing of the PowerDeck cell: cycles counted by rainflow, wear by depth and mean, calendar ageing by Arrhenius."""

from __future__ import annotations

import math

_CYCLE_SCALE = 6.4e-5
_DEPTH_EXPONENT = 1.38
_MEAN_PENALTY = 0.9
_CALENDAR_PER_SQRT_DAY = 7.8e-4
_CALENDAR_JOULES = 49_000.0
_GAS_CONSTANT = 8.314


def turning_points(levels: list[float], dead_band: float = 0.004) -> list[float]:
    """The levels at which charging and discharging take turns; ripples within the dead band are no turn."""
    points: list[float] = []
    for level in levels:
        if len(points) < 2:
            if not points or abs(level - points[-1]) > dead_band:
                points.append(level)
            continue
        rising = points[-1] > points[-2]
        if (level > points[-1]) == rising and level != points[-1]:
            points[-1] = level
        elif abs(level - points[-1]) > dead_band:
            points.append(level)
    return points


def count_cycles(levels: list[float]) -> list[tuple[float, float, float]]:
    """(depth, mean, count) of every cycle, by the four-point rainflow method; what is left over counts as halves."""
    stack: list[float] = []
    cycles: list[tuple[float, float, float]] = []
    for point in turning_points(levels):
        stack.append(point)
        while len(stack) >= 4:
            a, b, c, d = stack[-4:]
            inner = abs(b - c)
            if inner > abs(a - b) or inner > abs(c - d):
                break
            cycles.append((inner, 0.5 * (b + c), 1.0))
            del stack[-3:-1]
    for first, second in zip(stack, stack[1:]):
        cycles.append((abs(second - first), 0.5 * (first + second), 0.5))
    return cycles


def cycle_wear(depth: float, mean: float) -> float:
    """Share of capacity that one full cycle costs. Cycling around a high mean costs more than around a low one."""
    if depth <= 0.0:
        return 0.0
    return _CYCLE_SCALE * depth**_DEPTH_EXPONENT * (1.0 + _MEAN_PENALTY * max(0.0, mean - 0.45) ** 2)


def calendar_wear(mean: float, temperature_c: float, days: float) -> float:
    kelvin = temperature_c + 273.15
    warmth = math.exp(_CALENDAR_JOULES / _GAS_CONSTANT * (1.0 / 298.15 - 1.0 / kelvin))
    return _CALENDAR_PER_SQRT_DAY * math.sqrt(max(0.0, days)) * warmth * (0.6 + 0.8 * mean)
