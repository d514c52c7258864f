"""Demand of the next days, by triple exponential smoothing with a multiplicative week (Winters 1960)."""

from __future__ import annotations

from dataclasses import dataclass

WEEK = 7


@dataclass(frozen=True)
class Smoothing:
    level: float = 0.3
    trend: float = 0.05
    season: float = 0.25
    damping: float = 0.92


@dataclass(frozen=True)
class Forecast:
    expected: list[float]
    fitted: list[float]
    mean_absolute_error: float


def forecast(history: list[float], days: int, smoothing: Smoothing = Smoothing()) -> Forecast:
    """Expected demand for the days after the history. Needs two full weeks; raises ValueError otherwise."""
    if len(history) < 2 * WEEK:
        raise ValueError(f"{len(history)} days are not enough; two weeks are needed")
    first, second = history[:WEEK], history[WEEK : 2 * WEEK]
    level = sum(first) / WEEK
    trend = (sum(second) - sum(first)) / WEEK / WEEK
    season = [day / level if level else 1.0 for day in first]
    fitted: list[float] = []
    for index, actual in enumerate(history):
        slot = index % WEEK
        expected = (level + smoothing.damping * trend) * season[slot]
        fitted.append(expected)
        previous = level
        deseasoned = actual / season[slot] if season[slot] else actual
        level = smoothing.level * deseasoned + (1 - smoothing.level) * (level + smoothing.damping * trend)
        trend = smoothing.trend * (level - previous) + (1 - smoothing.trend) * smoothing.damping * trend
        if level:
            season[slot] = smoothing.season * actual / level + (1 - smoothing.season) * season[slot]
    expected_days: list[float] = []
    reach = 0.0
    for ahead in range(1, days + 1):
        reach += smoothing.damping**ahead
        expected_days.append(max(0.0, (level + reach * trend) * season[(len(history) + ahead - 1) % WEEK]))
    errors = [abs(a - f) for a, f in zip(history[WEEK:], fitted[WEEK:])]
    return Forecast(expected_days, fitted, sum(errors) / len(errors))


def best_smoothing(history: list[float]) -> Smoothing:
    """The parameters of a coarse grid with the smallest error one day ahead."""
    candidates = [
        Smoothing(level, trend, season)
        for level in (0.1, 0.2, 0.35, 0.5)
        for trend in (0.0, 0.05, 0.15)
        for season in (0.1, 0.25, 0.4)
    ]
    return min(candidates, key=lambda candidate: forecast(history, 1, candidate).mean_absolute_error)
