"""Published interface of Palisade's energy library. This folder is open to everybody in the programme."""

from .energy_api import ChargeStep, Pack, PackState, advise_charge, expected_wear

__all__ = ["ChargeStep", "Pack", "PackState", "advise_charge", "expected_wear"]
