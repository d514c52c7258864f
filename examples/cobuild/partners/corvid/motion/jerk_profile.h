// Corvid Motion GmbH. Confidential under Annex B of TW-CDA-2026-03.
#pragma once

#include <array>

namespace corvid::motion {

// State along the path at one moment: metres, m/s, m/s^2.
struct ProfileState {
  double position = 0.0;
  double speed = 0.0;
  double acceleration = 0.0;
};

// A rest-to-rest move in seven phases of constant jerk: jerk up, hold, jerk down, cruise, and the same mirrored.
class JerkProfile {
 public:
  // Times are chosen so that distance is met exactly; a phase that the distance leaves no room for has length zero.
  static JerkProfile restToRest(double distance, double speed, double acceleration, double jerk);

  double duration() const { return duration_; }
  double peakSpeed() const { return peakSpeed_; }
  const std::array<double, 7>& phases() const { return phases_; }

  // Before the start the state is the start, after the end it is the end.
  ProfileState at(double time) const;

 private:
  std::array<double, 7> phases_{};
  std::array<double, 7> jerks_{};
  double duration_ = 0.0;
  double peakSpeed_ = 0.0;
  double distance_ = 0.0;
};

}  // namespace corvid::motion
