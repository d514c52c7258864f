"""The site as planning sees it, read from a JSON file in config/."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Location:
    name: str
    aisle: int
    metres_to_station: float
    capacity_litres: float


@dataclass(frozen=True)
class Shift:
    name: str
    starts_minute: int
    ends_minute: int
    pickers: int


@dataclass(frozen=True)
class Site:
    name: str
    locations: tuple[Location, ...]
    shifts: tuple[Shift, ...]
    grid_limit_kw: float
    tariff_cents: tuple[float, ...]  # per kWh, one for each hour of the day

    def shift_at(self, minute: int) -> Shift | None:
        """The shift at a minute of the day; the later one where two overlap at the handover."""
        return next((s for s in reversed(self.shifts) if s.starts_minute <= minute < s.ends_minute), None)


class SiteError(ValueError):
    """The file does not describe a site; the message says what is wrong."""


def load_site(path: Path) -> Site:
    data = json.loads(path.read_text(encoding="utf-8"))
    try:
        site = Site(
            name=data["name"],
            locations=tuple(Location(**entry) for entry in data["locations"]),
            shifts=tuple(Shift(**entry) for entry in data["shifts"]),
            grid_limit_kw=float(data["grid_limit_kw"]),
            tariff_cents=tuple(float(price) for price in data["tariff_cents"]),
        )
    except (KeyError, TypeError) as missing:
        raise SiteError(f"{path.name}: {missing}") from missing
    if len(site.tariff_cents) != 24:
        raise SiteError(f"{path.name}: a tariff has 24 hours, not {len(site.tariff_cents)}")
    names = [location.name for location in site.locations]
    if len(set(names)) != len(names):
        raise SiteError(f"{path.name}: two locations share a name")
    return site
