import json
import tempfile
import unittest
from pathlib import Path

from planning.forecast import best_smoothing, forecast
from planning.plan_day import describe
from planning.site import Location, SiteError, load_site
from planning.slotting import Article, Slotting, affinity
from planning.waves import Order, plan_waves

ROOT = Path(__file__).resolve().parents[2]
WEEK = [100.0, 110.0, 120.0, 130.0, 180.0, 200.0, 40.0]


class Forecasting(unittest.TestCase):
    def test_a_steady_week_repeats_itself(self):
        result = forecast(WEEK * 6, 7)
        for expected, actual in zip(WEEK, result.expected):
            self.assertAlmostEqual(expected, actual, delta=2.0)

    def test_growth_is_followed_but_damped(self):
        history = [day * (1.04**week) for week in range(10) for day in WEEK]
        ahead = forecast(history, 70, best_smoothing(history)).expected
        self.assertGreater(ahead[0], history[-7])
        self.assertLess(sum(ahead[-7:]) / sum(ahead[:7]), 1.04**9)

    def test_two_weeks_are_needed(self):
        with self.assertRaisesRegex(ValueError, "13 days are not enough"):
            forecast((WEEK * 2)[:13], 1)


class SlottingArticles(unittest.TestCase):
    def setUp(self):
        self.locations = [Location(f"L{i}", i % 3, 5.0 + i, 50.0 if i % 2 else 20.0) for i in range(12)]
        self.articles = [Article(f"S{i}", 3.0 + (i * 5) % 11, 10.0 + 15.0 * (i % 2)) for i in range(10)]

    def test_everything_lies_where_it_fits_and_alone(self):
        slotting = Slotting(self.articles, self.locations, {})
        slotting.improve(500, seed=3)
        self.assertEqual(len({location.name for location in slotting.place.values()}), len(self.articles))
        for article in self.articles:
            self.assertLessEqual(article.litres, slotting.place[article.sku].capacity_litres)

    def test_swaps_never_make_it_worse(self):
        baskets = [["S1", "S4"], ["S1", "S4", "S2"], ["S3"], ["S4", "S1"], ["S2", "S9"]]
        slotting = Slotting(self.articles, self.locations, affinity(baskets))
        before = slotting.cost()
        saved = slotting.improve(800, seed=5)
        self.assertLessEqual(slotting.cost(), before)
        self.assertAlmostEqual(saved, 1 - slotting.cost() / before)

    def test_articles_bought_together_attract_each_other_and_others_do_not(self):
        lifts = affinity([["a", "b"], ["a", "b"], ["c"], ["c", "a"]])
        self.assertIn(("a", "b"), lifts)
        self.assertNotIn(("a", "c"), lifts)

    def test_too_many_or_too_large_articles_are_refused(self):
        with self.assertRaisesRegex(ValueError, "do not fit"):
            Slotting(self.articles, self.locations[:3], {})
        with self.assertRaisesRegex(ValueError, "large enough for XL"):
            Slotting([Article("XL", 1.0, 900.0)], self.locations, {})


class Waves(unittest.TestCase):
    def test_an_order_meets_its_carrier_or_is_called_late(self):
        orders = [Order(f"o{i}", 480 + 60 * (i % 4), (("low", 12.0),)) for i in range(60)]
        plan = plan_waves(orders, {"low": 100.0}, 360, 720, 60, packing=15)
        placed = [(wave, order) for wave in plan.waves for order in wave.orders]
        self.assertEqual(len(placed) + len(plan.late), len(orders))
        for wave, order in placed:
            self.assertLessEqual(wave.ends + 15, order.carrier_leaves)
        for wave in plan.waves:
            self.assertLessEqual(wave.load["low"], 100.0 + 1e-9)
        self.assertTrue(plan.late)

    def test_the_load_is_levelled(self):
        orders = [Order(f"o{i}", 720, (("low", 10.0),)) for i in range(8)]
        plan = plan_waves(orders, {"low": 100.0}, 480, 720, 60, packing=0)
        self.assertLess(max(wave.load["low"] for wave in plan.waves), 80.0)

    def test_an_unknown_zone_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "the zone roof"):
            plan_waves([Order("o1", 900, (("roof", 1.0),))], {"low": 10.0}, 360, 720, 60, 0)


class TheSite(unittest.TestCase):
    def test_the_sample_gives_a_plan(self):
        text = describe(load_site(ROOT / "config" / "sample" / "site.json"))
        self.assertEqual(len(text.splitlines()), 4)
        self.assertIn("0 vehicles not full in time", text)

    def test_at_the_handover_the_later_shift_counts(self):
        site = load_site(ROOT / "config" / "sample" / "site.json")
        self.assertEqual(site.shift_at(850).name, "late")
        self.assertIsNone(site.shift_at(60))

    def test_a_missing_field_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "broken.json"
            path.write_text(json.dumps({"name": "x"}), encoding="utf-8")
            with self.assertRaisesRegex(SiteError, "broken.json: 'locations'"):
                load_site(path)


if __name__ == "__main__":
    unittest.main()
