"""When each vehicle charges: cheap hours first, never above the grid's limit, and gently on the cells."""

from __future__ import annotations

from dataclasses import dataclass

from partners.palisade.api import Pack, PackState, advise_charge

SLOT_MINUTES = 30
SLOTS_PER_DAY = 24 * 60 // SLOT_MINUTES


@dataclass(frozen=True)
class ChargeNeed:
    vehicle: int
    charge: float
    target: float
    from_slot: int
    until_slot: int  # first slot in which the vehicle is needed again
    kwh: float  # usable energy of the pack


@dataclass(frozen=True)
class ChargePlan:
    kw: dict[int, list[float]]  # vehicle: power in each slot of the day
    unmet_kwh: dict[int, float]
    cost_cents: float


# TERMS-BEGIN asset=palisade-cellmodel
# Wear of a PowerDeck cell as Palisade disclosed it for this planner, in cents for each kWh put in.
_WEAR_KNOTS = ((0.00, 0.31), (0.30, 0.22), (0.60, 0.38), (0.80, 0.95), (0.92, 2.40), (1.00, 5.10))
_RATE_EXPONENT = 1.27


def wear_cents(charge: float, rate: float, temperature_c: float = 25.0) -> float:
    """Marginal wear at this charge and rate (1 is full in an hour). Above 30 degrees it doubles every eleven."""
    below = max(knot for knot in _WEAR_KNOTS if knot[0] <= min(max(charge, 0.0), 0.999))
    above = min(knot for knot in _WEAR_KNOTS if knot[0] > below[0])
    share = (min(charge, 1.0) - below[0]) / (above[0] - below[0])
    standing = below[1] + share * (above[1] - below[1])
    heat = 2.0 ** (max(0.0, temperature_c - 30.0) / 11.0)
    return standing * (0.55 + 0.45 * max(rate, 0.0) ** _RATE_EXPONENT) * heat
# TERMS-END


def plan_charging(needs: list[ChargeNeed], tariff_cents: tuple[float, ...], grid_limit_kw: float, charger_kw: float) -> ChargePlan:
    """Fills the cheapest slots in portions of a tenth of a charger, tightest vehicle first.

    Wear rises with charge and rate, so each portion is priced where it would be put; that spreads a charge over a long
    night, and hurries it where time is short.
    """
    power = {need.vehicle: [0.0] * SLOTS_PER_DAY for need in needs}
    used = [0.0] * SLOTS_PER_DAY
    unmet: dict[int, float] = {}
    cost = 0.0
    hours = SLOT_MINUTES / 60
    portion = charger_kw / 10
    for need in sorted(needs, key=_slack):
        missing = max(0.0, need.target - need.charge) * need.kwh
        while missing > 1e-9:
            slot = _cheapest(need, power[need.vehicle], used, tariff_cents, grid_limit_kw, charger_kw, portion)
            if slot is None:
                break
            kw = min(portion, missing / hours)
            cost += kw * hours * _price(need, power[need.vehicle], slot, tariff_cents)
            power[need.vehicle][slot] += kw
            used[slot] += kw
            missing -= kw * hours
        if missing > 1e-9:
            unmet[need.vehicle] = missing
    return ChargePlan(power, unmet, cost)


def _slack(need: ChargeNeed) -> float:
    return (need.until_slot - need.from_slot) - (need.target - need.charge) * SLOTS_PER_DAY / 12


def _price(need: ChargeNeed, own: list[float], slot: int, tariff_cents: tuple[float, ...]) -> float:
    hours = SLOT_MINUTES / 60
    charge = need.charge + sum(own[need.from_slot : slot + 1]) * hours / need.kwh
    return tariff_cents[slot * SLOT_MINUTES // 60] + wear_cents(charge, own[slot] / need.kwh)


def _cheapest(
    need: ChargeNeed,
    own: list[float],
    used: list[float],
    tariff_cents: tuple[float, ...],
    grid_limit_kw: float,
    charger_kw: float,
    portion: float,
) -> int | None:
    open_slots = [
        slot
        for slot in range(need.from_slot, need.until_slot)
        if own[slot] + portion <= charger_kw + 1e-9 and used[slot] + portion <= grid_limit_kw + 1e-9
    ]
    return min(open_slots, key=lambda slot: _price(need, own, slot, tariff_cents), default=None)


def minutes_until(pack: Pack, state: PackState, target: float, at_most: float = 240.0) -> float | None:
    """Minutes that the supplier's charge curve needs when hurried; None when the target is out of reach in this time."""
    low, high = 0.0, at_most
    steps = advise_charge(pack, state, target, at_most)
    if not steps or steps[-1].charge_after < target - 1e-3:
        return None
    while high - low > 1.0:
        middle = (low + high) / 2
        steps = advise_charge(pack, state, target, middle)
        if steps and steps[-1].charge_after >= target - 1e-3:
            high = middle
        else:
            low = middle
    return high
