"""Which article lies in which location: frequent articles close to the station, articles bought together side by side."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from .site import Location


@dataclass(frozen=True)
class Article:
    sku: str
    picks_per_day: float
    litres: float


def affinity(baskets: list[list[str]]) -> dict[tuple[str, str], float]:
    """How much more often two articles are ordered together than chance would have it; pairs at or below chance are left out."""
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for basket in baskets:
        articles = sorted(set(basket))
        singles.update(articles)
        pairs.update(combinations(articles, 2))
    total = len(baskets)
    lifts = {}
    for (a, b), together in pairs.items():
        lift = together * total / (singles[a] * singles[b])
        if lift > 1.0 and together > 1:
            lifts[(a, b)] = (lift - 1.0) * together / total
    return lifts


def _first_misfit(articles: list[Article], locations: list[Location]) -> Article | None:
    """The largest article that no assignment can place; None when all fit. Largest to largest decides it."""
    capacities = sorted((location.capacity_litres for location in locations), reverse=True)
    by_size = sorted(articles, key=lambda article: article.litres, reverse=True)
    return next((a for i, a in enumerate(by_size) if i >= len(capacities) or capacities[i] < a.litres), None)


class Slotting:
    """An assignment of articles to locations, one each, that can be improved by swaps."""

    def __init__(self, articles: list[Article], locations: list[Location], lifts: dict[tuple[str, str], float]):
        if len(articles) > len(locations):
            raise ValueError(f"{len(articles)} articles do not fit {len(locations)} locations")
        self._articles = {article.sku: article for article in articles}
        self._lifts = lifts
        self._partners: dict[str, list[tuple[str, float]]] = {sku: [] for sku in self._articles}
        for (a, b), lift in lifts.items():
            if a in self._articles and b in self._articles:
                self._partners[a].append((b, lift))
                self._partners[b].append((a, lift))
        self.place: dict[str, Location] = {}
        self._free: list[Location] = []
        self._fill(articles, locations)

    def _fill(self, articles: list[Article], locations: list[Location]) -> None:
        # The cube-per-order rule (Heskett 1963): much picked and small goes first to the nearest place it fits, unless a
        # larger article would be left without a place.
        open_locations = sorted(locations, key=lambda location: location.metres_to_station)
        waiting = sorted(articles, key=lambda a: a.litres / max(a.picks_per_day, 1e-9))
        misfit = _first_misfit(waiting, open_locations)
        if misfit is not None:
            raise ValueError(f"no location is large enough for {misfit.sku}")
        while waiting:
            article = waiting.pop(0)
            fitting = next(
                location
                for location in open_locations
                if location.capacity_litres >= article.litres
                and _first_misfit(waiting, [other for other in open_locations if other is not location]) is None
            )
            open_locations.remove(fitting)
            self.place[article.sku] = fitting
        self._free = open_locations

    def cost(self) -> float:
        walking = sum(a.picks_per_day * 2 * self.place[sku].metres_to_station for sku, a in self._articles.items())
        apart = sum(lift * self._distance(a, b) for (a, b), lift in self._lifts.items() if a in self.place and b in self.place)
        return walking + 40.0 * apart

    def _distance(self, a: str, b: str) -> float:
        first, second = self.place[a], self.place[b]
        return 6.0 * abs(first.aisle - second.aisle) + abs(first.metres_to_station - second.metres_to_station)

    def _share(self, sku: str) -> float:
        walking = self._articles[sku].picks_per_day * 2 * self.place[sku].metres_to_station
        return walking + 40.0 * sum(lift * self._distance(sku, other) for other, lift in self._partners[sku])

    def improve(self, rounds: int, seed: int) -> float:
        """Tries random swaps and keeps what gets cheaper. Returns the share of the cost that was saved."""
        before = self.cost()
        chance = random.Random(seed)
        skus = sorted(self.place)
        for _ in range(rounds):
            a, b = chance.sample(skus, 2) if len(skus) > 1 else (skus[0], skus[0])
            if a == b or not self._may_swap(a, b):
                continue
            old = self._share(a) + self._share(b)
            self.place[a], self.place[b] = self.place[b], self.place[a]
            if self._share(a) + self._share(b) > old - 1e-9:
                self.place[a], self.place[b] = self.place[b], self.place[a]
        return 1.0 - self.cost() / before if before else 0.0

    def _may_swap(self, a: str, b: str) -> bool:
        return (
            self._articles[a].litres <= self.place[b].capacity_litres
            and self._articles[b].litres <= self.place[a].capacity_litres
        )
