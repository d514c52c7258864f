"""What clients may rely on. Everything behind it may change without notice."""

from __future__ import annotations

from dataclasses import dataclass

from ..energy import charge_curve, degradation
from ..energy.cell_model import CellParameters


@dataclass(frozen=True)
class Pack:
    """A battery pack as the data sheet describes it."""

    cells_in_series: int
    capacity_ah: float

    @property
    def nominal_kwh(self) -> float:
        return self.cells_in_series * 3.2 * self.capacity_ah / 1000.0


@dataclass(frozen=True)
class PackState:
    charge: float  # 0 to 1
    temperature_c: float
    health: float = 1.0  # share of the new capacity that is left


@dataclass(frozen=True)
class ChargeStep:
    minutes: float
    current_a: float
    charge_after: float
    temperature_after_c: float


def advise_charge(pack: Pack, state: PackState, target: float, minutes: float) -> list[ChargeStep]:
    """The gentlest way from the present charge to the target in the given time, in steps of one minute.

    Ends below the target where the time does not suffice. Raises ValueError for a target outside 0 to 1.
    """
    if not 0.0 <= target <= 1.0:
        raise ValueError(f"a target charge of {target} is not between 0 and 1")
    cell = CellParameters(capacity_ah=pack.capacity_ah * state.health)
    steps = charge_curve.gentlest(cell, state.charge, state.temperature_c, target, minutes)
    return [ChargeStep(s.minutes, s.current_a, s.charge, s.temperature_c) for s in steps]


def expected_wear(pack: Pack, charge_history: list[float], temperature_c: float, days: float) -> float:
    """Share of the capacity that this history of charge levels costs, 0 for none."""
    cycles = degradation.count_cycles(charge_history)
    cyclic = sum(degradation.cycle_wear(depth, mean) * count for depth, mean, count in cycles)
    mean = sum(charge_history) / len(charge_history) if charge_history else 0.5
    return cyclic + degradation.calendar_wear(mean, temperature_c, days)
