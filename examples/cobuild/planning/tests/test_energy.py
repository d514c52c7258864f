import unittest

from partners.palisade.api import Pack, PackState, advise_charge, expected_wear
from planning.charging import ChargeNeed, SLOTS_PER_DAY, minutes_until, plan_charging, wear_cents

PACK = Pack(cells_in_series=16, capacity_ah=105.0)
FLAT = tuple([20.0] * 24)
NIGHT = tuple([10.0] * 6 + [40.0] * 18)


class TheSuppliersCurve(unittest.TestCase):
    def test_a_long_night_needs_little_current(self):
        hurried = advise_charge(PACK, PackState(0.2, 22.0), 0.9, 60)
        gentle = advise_charge(PACK, PackState(0.2, 22.0), 0.9, 480)
        self.assertGreater(max(s.current_a for s in hurried), 3 * max(s.current_a for s in gentle))
        self.assertAlmostEqual(gentle[-1].charge_after, 0.9, delta=2e-3)

    def test_a_cold_pack_takes_less(self):
        cold = advise_charge(PACK, PackState(0.2, 0.0), 0.9, 20)
        warm = advise_charge(PACK, PackState(0.2, 22.0), 0.9, 20)
        self.assertLess(cold[0].current_a, warm[0].current_a / 3)
        self.assertLess(cold[-1].charge_after, warm[-1].charge_after)

    def test_no_step_gets_too_hot(self):
        steps = advise_charge(PACK, PackState(0.05, 36.0), 1.0, 60)
        self.assertLess(max(s.temperature_after_c for s in steps), 43.0)

    def test_an_impossible_target_is_refused(self):
        with self.assertRaises(ValueError):
            advise_charge(PACK, PackState(0.2, 20.0), 1.2, 60)

    def test_deep_cycles_wear_more_than_the_same_energy_in_shallow_ones(self):
        deep = expected_wear(PACK, [0.9, 0.1] * 10, 25.0, 10)
        shallow = expected_wear(PACK, [0.6, 0.4] * 40, 25.0, 10)
        self.assertGreater(deep, shallow)

    def test_heat_ages_a_pack_that_only_stands(self):
        self.assertGreater(expected_wear(PACK, [0.5], 40.0, 100), 2 * expected_wear(PACK, [0.5], 25.0, 100))


class ChargePlanning(unittest.TestCase):
    def test_wear_rises_with_charge_rate_and_heat(self):
        self.assertLess(wear_cents(0.5, 0.5), wear_cents(0.95, 0.5))
        self.assertLess(wear_cents(0.5, 0.2), wear_cents(0.5, 1.0))
        self.assertAlmostEqual(wear_cents(0.5, 0.5, 41.0), 2 * wear_cents(0.5, 0.5, 30.0))

    def test_cheap_hours_come_first(self):
        need = ChargeNeed(1, 0.2, 0.8, 0, 24, 3.4)
        plan = plan_charging([need], NIGHT, 20.0, 3.0)
        self.assertEqual(sum(plan.kw[1][12:]), 0.0)
        self.assertAlmostEqual(sum(plan.kw[1]) * 0.5, 0.6 * 3.4)

    def test_the_grid_limit_holds_in_every_slot(self):
        needs = [ChargeNeed(v, 0.1, 0.9, 0, 10, 3.4) for v in range(1, 9)]
        plan = plan_charging(needs, FLAT, 5.0, 3.0)
        for slot in range(SLOTS_PER_DAY):
            self.assertLessEqual(sum(plan.kw[v][slot] for v in plan.kw), 5.0 + 1e-6)

    def test_what_cannot_be_charged_is_said(self):
        plan = plan_charging([ChargeNeed(1, 0.1, 0.9, 0, 1, 3.4)], FLAT, 5.0, 2.0)
        self.assertAlmostEqual(plan.unmet_kwh[1], 0.8 * 3.4 - 1.0)

    def test_the_time_until_full_comes_from_the_suppliers_curve(self):
        short = minutes_until(PACK, PackState(0.5, 22.0), 0.7)
        long = minutes_until(PACK, PackState(0.1, 22.0), 0.7)
        self.assertIsNotNone(short)
        self.assertLess(short, long)
        self.assertIsNone(minutes_until(PACK, PackState(0.1, 22.0), 0.9, at_most=5.0))


if __name__ == "__main__":
    unittest.main()
