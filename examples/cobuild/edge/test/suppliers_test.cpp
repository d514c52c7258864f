// Acceptance tests of the suppliers' libraries, through their published interfaces only.
#include <algorithm>
#include <map>
#include <stdexcept>

#include "../../partners/corvid/api/motion_api.h"
#include "../../partners/palisade/api/lift_api.h"
#include "check.h"

namespace {

void aPlanEndsAtRestAtTheLastWaypoint() {
  const auto planner = corvid::createMotionPlanner();
  const auto plan = planner->plan({{0, 0}, {6, 0}, {6, 4}, {6, 4}, {1, 4}}, {}, 0.05);
  CHECK_NEAR(plan.setpoints.back().x, 1.0, 1e-6);
  CHECK_NEAR(plan.setpoints.back().y, 4.0, 1e-6);
  CHECK(plan.setpoints.back().speed == 0.0);
  CHECK(plan.length < 15.0 && plan.length > 14.0);
}

void aPlanKeepsItsLimits() {
  const auto planner = corvid::createMotionPlanner();
  const corvid::MotionLimits limits;
  for (const double metres : {0.02, 0.4, 1.5, 4.0, 40.0}) {
    const double step = 0.01;
    const auto plan = planner->plan({{0, 0}, {metres, 0}}, limits, step);
    CHECK_NEAR(plan.length, metres, 1e-9);
    double travelled = 0.0;
    for (std::size_t i = 1; i < plan.setpoints.size(); ++i) {
      const auto& before = plan.setpoints[i - 1];
      const auto& now = plan.setpoints[i];
      CHECK(now.speed <= limits.speed + 1e-9);
      CHECK(std::abs(now.speed - before.speed) <= limits.acceleration * step + 1e-9);
      CHECK(now.x >= before.x - 1e-9);
      travelled += 0.5 * (now.speed + before.speed) * (now.time - before.time);
    }
    CHECK_NEAR(travelled, metres, 0.01);
  }
}

void aPlanNeedsTwoPlacesAndPositiveLimits() {
  const auto planner = corvid::createMotionPlanner();
  CHECK_THROWS(planner->plan({{1, 1}, {1, 1}}, {}, 0.1), std::invalid_argument);
  corvid::MotionLimits none;
  none.jerk = 0.0;
  CHECK_THROWS(planner->plan({{0, 0}, {1, 0}}, none, 0.1), std::invalid_argument);
}

void aLoadedVehicleNeedsLongerToStop() {
  const auto planner = corvid::createMotionPlanner();
  CHECK(planner->stoppingDistance(1.2, corvid::PayloadClass::Pallet) > planner->stoppingDistance(1.2, corvid::PayloadClass::Empty));
}

void theLiftServesEveryCallOnceAndNeverOverloads() {
  const auto lift = palisade::createLiftController(1.9);
  std::vector<palisade::LiftCall> calls;
  for (std::uint32_t i = 0; i < 40; ++i) {
    const int from = static_cast<int>((i * 7) % 15);
    calls.push_back({i, from, from == 4 ? 9 : 4, i * 6.0});
  }
  const auto stops = lift->schedule(calls, 0, 2);
  CHECK(stops.size() == 2 * calls.size());
  std::map<std::uint32_t, double> pickedUp;
  int aboard = 0;
  double last = 0.0;
  for (const auto& stop : stops) {
    CHECK(stop.arrival >= last);
    last = stop.arrival;
    const auto& call = calls[stop.callId];
    if (stop.pickUp) {
      CHECK(stop.level == call.fromLevel && stop.arrival >= call.readyAt);
      pickedUp[stop.callId] = stop.arrival;
      CHECK(++aboard <= 2);
    } else {
      CHECK(stop.level == call.toLevel && pickedUp.count(stop.callId) == 1);
      --aboard;
    }
  }
}

void aLongerTripTakesLonger() {
  const auto lift = palisade::createLiftController(1.9);
  for (int level = 1; level < 14; ++level) CHECK(lift->travelTime(0, level) < lift->travelTime(0, level + 1));
  CHECK(lift->travelTime(3, 3) == 0.0);
  CHECK_THROWS(palisade::createLiftController(0.0), std::invalid_argument);
}

}  // namespace

int main() {
  aPlanEndsAtRestAtTheLastWaypoint();
  aPlanKeepsItsLimits();
  aPlanNeedsTwoPlacesAndPositiveLimits();
  aLoadedVehicleNeedsLongerToStop();
  theLiftServesEveryCallOnceAndNeverOverloads();
  aLongerTripTakesLonger();
  return done("suppliers");
}
