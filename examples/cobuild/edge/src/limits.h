// Limits of the vehicles, as the gateway enforces them.
#pragma once

#include <cstdint>

namespace edge {

inline constexpr std::uint64_t kShuttleSilenceMillis = 90;

struct ShuttleLimits {
  double speed;         // m/s
  double deceleration;  // m/s^2
  double liftSpeed;     // m/s
};

// The limits at this rack level with this load, in kilograms.
ShuttleLimits shuttleLimits(int level, double loadKilograms);

// Metres that a shuttle needs to stop at this rack level.
double shuttleStoppingDistance(int level, double loadKilograms);

}  // namespace edge
