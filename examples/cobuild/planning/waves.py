"""Orders into waves: what leaves the building together is picked together, and no zone is asked for more than it can do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Order:
    number: str
    carrier_leaves: int  # minute of the day
    minutes_by_zone: tuple[tuple[str, float], ...]
    priority: int = 0

    @property
    def minutes(self) -> float:
        return sum(minutes for _, minutes in self.minutes_by_zone)


@dataclass
class Wave:
    starts: int
    length: int
    orders: list[Order] = field(default_factory=list)
    load: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @property
    def ends(self) -> int:
        return self.starts + self.length


@dataclass(frozen=True)
class WavePlan:
    waves: list[Wave]
    late: list[Order]


def plan_waves(orders: list[Order], capacity: dict[str, float], start: int, end: int, length: int, packing: int) -> WavePlan:
    """Places every order in the latest wave that still meets its carrier, and moves work forward where a zone is full.

    `capacity` is picking minutes a wave and zone. An order whose carrier cannot be met is in `late`, never silently in a
    later wave. Raises ValueError for a zone without capacity.
    """
    waves = [Wave(minute, length) for minute in range(start, end - length + 1, length)]
    late: list[Order] = []
    # Late first: an order that could go into any wave must not take the place of one that has a single choice.
    for order in sorted(orders, key=lambda o: (o.carrier_leaves, -o.priority, -o.minutes)):
        for zone, _ in order.minutes_by_zone:
            if zone not in capacity:
                raise ValueError(f"order {order.number} needs the zone {zone}, which has no capacity")
        possible = [wave for wave in waves if wave.ends + packing <= order.carrier_leaves]
        chosen = next((wave for wave in reversed(possible) if _fits(wave, order, capacity)), None)
        if chosen is None:
            late.append(order)
            continue
        chosen.orders.append(order)
        for zone, minutes in order.minutes_by_zone:
            chosen.load[zone] += minutes
    return WavePlan(_levelled(waves, capacity), late)


def _fits(wave: Wave, order: Order, capacity: dict[str, float]) -> bool:
    return all(wave.load[zone] + minutes <= capacity[zone] for zone, minutes in order.minutes_by_zone)


def _levelled(waves: list[Wave], capacity: dict[str, float]) -> list[Wave]:
    """Pulls orders into earlier, emptier waves until the busiest zone of neighbours is about even."""
    for earlier, later in zip(waves, waves[1:]):
        for order in sorted(later.orders, key=lambda o: o.carrier_leaves):
            gain = _utilisation(later, capacity) - _utilisation(earlier, capacity)
            if gain <= 0.1:
                break
            if not _fits(earlier, order, capacity):
                continue
            later.orders.remove(order)
            earlier.orders.append(order)
            for zone, minutes in order.minutes_by_zone:
                later.load[zone] -= minutes
                earlier.load[zone] += minutes
    return waves


def _utilisation(wave: Wave, capacity: dict[str, float]) -> float:
    return max((wave.load[zone] / limit for zone, limit in capacity.items() if limit > 0), default=0.0)
