// Corvid Motion GmbH. Confidential under Annex B of TW-CDA-2026-03.
#include "jerk_profile.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace corvid::motion {

namespace {

struct Ramp {
  double jerkTime;
  double holdTime;
  double total() const { return 2.0 * jerkTime + holdTime; }
};

// Time-optimal ramp from rest to the given speed. Below a^2/j the acceleration limit is never reached.
Ramp rampTo(double speed, double acceleration, double jerk) {
  if (speed * jerk < acceleration * acceleration) {
    return {std::sqrt(speed / jerk), 0.0};
  }
  const double jerkTime = acceleration / jerk;
  return {jerkTime, speed / acceleration - jerkTime};
}

// A symmetric ramp covers its mean speed times its duration.
double rampDistance(double speed, double acceleration, double jerk) {
  return 0.5 * speed * rampTo(speed, acceleration, jerk).total();
}

// The highest speed that two ramps fit into the distance. Distance grows monotonically with speed, so bisection is safe
// where the closed form changes branch.
double reachableSpeed(double distance, double speed, double acceleration, double jerk) {
  if (2.0 * rampDistance(speed, acceleration, jerk) <= distance) {
    return speed;
  }
  const double atKnee = acceleration * acceleration / jerk;
  if (2.0 * rampDistance(std::min(atKnee, speed), acceleration, jerk) >= distance) {
    return std::cbrt(0.25 * distance * distance * jerk);
  }
  double low = atKnee;
  double high = speed;
  for (int round = 0; round < 60; ++round) {
    const double middle = 0.5 * (low + high);
    (2.0 * rampDistance(middle, acceleration, jerk) <= distance ? low : high) = middle;
  }
  return low;
}

}  // namespace

JerkProfile JerkProfile::restToRest(double distance, double speed, double acceleration, double jerk) {
  if (!(distance >= 0.0) || !(speed > 0.0) || !(acceleration > 0.0) || !(jerk > 0.0)) {
    throw std::invalid_argument("a profile needs a distance of zero or more and limits above zero");
  }
  JerkProfile profile;
  profile.distance_ = distance;
  if (distance == 0.0) {
    return profile;
  }
  const double peak = reachableSpeed(distance, speed, acceleration, jerk);
  const Ramp ramp = rampTo(peak, acceleration, jerk);
  const double cruise = std::max(0.0, (distance - 2.0 * rampDistance(peak, acceleration, jerk)) / peak);
  profile.peakSpeed_ = peak;
  profile.phases_ = {ramp.jerkTime, ramp.holdTime, ramp.jerkTime, cruise, ramp.jerkTime, ramp.holdTime, ramp.jerkTime};
  profile.jerks_ = {jerk, 0.0, -jerk, 0.0, -jerk, 0.0, jerk};
  for (const double phase : profile.phases_) {
    profile.duration_ += phase;
  }
  return profile;
}

ProfileState JerkProfile::at(double time) const {
  if (time >= duration_) {
    return {distance_, 0.0, 0.0};
  }
  ProfileState state;
  double left = std::max(0.0, time);
  for (std::size_t i = 0; i < phases_.size() && left > 0.0; ++i) {
    const double t = std::min(left, phases_[i]);
    const double j = jerks_[i];
    state.position += t * (state.speed + t * (0.5 * state.acceleration + t * j / 6.0));
    state.speed += t * (state.acceleration + 0.5 * t * j);
    state.acceleration += t * j;
    left -= t;
  }
  return state;
}

}  // namespace corvid::motion
