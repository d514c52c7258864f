"""The plan of one day, as text: python3 -m planning.plan_day config/sample/site.json"""

from __future__ import annotations

import sys
from pathlib import Path

from .charging import ChargeNeed, plan_charging
from .forecast import best_smoothing, forecast
from .site import Site, load_site
from .slotting import Article, Slotting, affinity
from .waves import Order, plan_waves

_SAMPLE_HISTORY = [412.0, 398.0, 420.0, 455.0, 610.0, 720.0, 180.0, 430.0, 402.0, 441.0, 470.0, 640.0, 755.0, 190.0,
                   436.0, 419.0, 450.0, 492.0, 655.0, 790.0, 201.0]


def describe(site: Site) -> str:
    smoothing = best_smoothing(_SAMPLE_HISTORY)
    demand = forecast(_SAMPLE_HISTORY, 1, smoothing).expected[0]
    articles = [Article(f"SKU-{i:03d}", demand / (i + 4), 4.0 + (i * 7) % 20) for i in range(len(site.locations) - 1)]
    baskets = [[f"SKU-{i % 5:03d}", f"SKU-{(i % 5) + 1:03d}"] for i in range(40)]
    slotting = Slotting(articles, list(site.locations), affinity(baskets))
    saved = slotting.improve(2000, seed=11)
    orders = [Order(f"O{i:04d}", 600 + 60 * (i % 8), (("low", 6.0), ("high", 2.0 + i % 3))) for i in range(int(demand / 8))]
    waves = plan_waves(orders, {"low": 120.0, "high": 90.0}, 360, 1080, 60, packing=20)
    needs = [ChargeNeed(v, 0.2 + 0.05 * v, 0.9, 0, 12, 3.4) for v in range(1, 5)]
    charging = plan_charging(needs, site.tariff_cents, site.grid_limit_kw, charger_kw=2.2)
    return "\n".join(
        [
            f"{site.name}: {demand:.0f} order lines expected",
            f"slotting: {len(articles)} articles, {100 * saved:.0f} % less walking after swaps",
            f"waves: {sum(1 for w in waves.waves if w.orders)} used, {len(waves.late)} orders cannot meet their carrier",
            f"charging: {charging.cost_cents / 100:.2f} EUR, {len(charging.unmet_kwh)} vehicles not full in time",
        ]
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 -m planning.plan_day SITE.json")
    print(describe(load_site(Path(sys.argv[1]))))
