// Published interface of the Corvid C4 motion library. This folder is open to everybody in the programme.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace corvid {

// A point to pass, in metres in the site's frame. The vehicle stops at the last one.
struct Waypoint {
  double x = 0.0;
  double y = 0.0;
};

// What the vehicle may do on this stretch. Units: m/s, m/s^2, m/s^3, m.
struct MotionLimits {
  double speed = 1.6;
  double acceleration = 0.9;
  double jerk = 2.4;
  double cornerRadius = 0.45;
};

// Where the vehicle should be at one moment of a plan.
struct Setpoint {
  double time = 0.0;
  double x = 0.0;
  double y = 0.0;
  double heading = 0.0;
  double speed = 0.0;
};

struct MotionPlan {
  std::vector<Setpoint> setpoints;
  double length = 0.0;    // metres along the path
  double duration = 0.0;  // seconds
};

enum class PayloadClass { Empty, Tote, Pallet };

class MotionPlanner {
 public:
  virtual ~MotionPlanner() = default;

  // Plans from rest to rest. Throws std::invalid_argument for fewer than two distinct waypoints or limits that are not
  // positive.
  virtual MotionPlan plan(const std::vector<Waypoint>& path, const MotionLimits& limits, double stepSeconds) const = 0;

  // Metres needed to stop from this speed with this payload.
  virtual double stoppingDistance(double speed, PayloadClass payload) const = 0;
};

std::unique_ptr<MotionPlanner> createMotionPlanner();

// Version of the library, as "major.minor".
std::string motionLibraryVersion();

}  // namespace corvid
