// Corvid Motion GmbH. Confidential under Annex B of TW-CDA-2026-03.
// The library behind ../api/motion_api.h.
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "../api/motion_api.h"
#include "../tuning/traction.h"
#include "jerk_profile.h"
#include "path_blend.h"

namespace corvid {

namespace {

class C4Planner final : public MotionPlanner {
 public:
  MotionPlan plan(const std::vector<Waypoint>& path, const MotionLimits& limits, double stepSeconds) const override {
    if (!(stepSeconds > 0.0) || !(limits.cornerRadius > 0.0)) {
      throw std::invalid_argument("step and corner radius must be above zero");
    }
    const motion::BlendedPath blended(path, limits.cornerRadius);
    const double speed = cruiseSpeed(blended, limits);
    const auto profile = motion::JerkProfile::restToRest(blended.length(), speed, limits.acceleration, limits.jerk);

    MotionPlan plan;
    plan.length = blended.length();
    plan.duration = profile.duration();
    const auto steps = static_cast<std::size_t>(std::ceil(profile.duration() / stepSeconds));
    plan.setpoints.reserve(steps + 1);
    for (std::size_t i = 0; i <= steps; ++i) {
      const double time = std::min(static_cast<double>(i) * stepSeconds, profile.duration());
      const motion::ProfileState state = profile.at(time);
      const motion::PathPoint point = blended.at(state.position);
      plan.setpoints.push_back({time, point.x, point.y, point.heading, state.speed});
    }
    return plan;
  }

  double stoppingDistance(double speed, PayloadClass payload) const override {
    const tuning::TractionRow row = tuning::tractionFor(payload);
    const double reaction = speed * tuning::kDriveLatencySeconds;
    return reaction + speed * speed / (2.0 * row.deceleration) + row.settleMetres;
  }

 private:
  // One speed for the whole path keeps following vehicles at constant distance; the tightest arc decides it.
  static double cruiseSpeed(const motion::BlendedPath& path, const MotionLimits& limits) {
    const double tightest = path.tightestBetween(0.0, path.length());
    if (tightest == 0.0) {
      return limits.speed;
    }
    return std::min(limits.speed, std::sqrt(tuning::kLateralAcceleration / tightest));
  }
};

}  // namespace

std::unique_ptr<MotionPlanner> createMotionPlanner() { return std::make_unique<C4Planner>(); }

std::string motionLibraryVersion() { return "4.7"; }

}  // namespace corvid
