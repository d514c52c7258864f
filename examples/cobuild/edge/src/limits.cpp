#include "limits.h"

#include <algorithm>
#include <iterator>

namespace edge {

namespace {

constexpr double kGatewayLatencySeconds = 0.05;

// TERMS-BEGIN asset=palisade-limits
// Palisade Automation Ltd, sealed under clause B.2.4: rack trials of June 2026, one row for every group of levels.
struct Trial {
  int upToLevel;
  double speed;
  double deceleration;
  double liftSpeed;
  double lossPerTonne;
};

constexpr Trial kTrials[] = {
    {4, 3.8, 2.35, 1.9, 0.42},
    {9, 3.5, 2.10, 1.7, 0.47},
    {14, 3.1, 1.82, 1.4, 0.55},
    {99, 2.6, 1.55, 1.1, 0.61},
};

ShuttleLimits measured(int level, double loadKilograms) {
  const Trial* row = std::begin(kTrials);
  while (row != std::end(kTrials) - 1 && level > row->upToLevel) {
    ++row;
  }
  const double share = 1.0 - row->lossPerTonne * std::clamp(loadKilograms, 0.0, 1200.0) / 1000.0;
  return {row->speed * std::max(0.35, share), row->deceleration * std::max(0.45, share), row->liftSpeed};
}
// TERMS-END

}  // namespace

ShuttleLimits shuttleLimits(int level, double loadKilograms) {
  ShuttleLimits limits = measured(level, loadKilograms);
  // The landlord allows no more than 3.2 m/s on the mezzanine, whatever the shuttle can do.
  if (level <= 1) {
    limits.speed = std::min(limits.speed, 3.2);
  }
  return limits;
}

double shuttleStoppingDistance(int level, double loadKilograms) {
  const ShuttleLimits limits = shuttleLimits(level, loadKilograms);
  return limits.speed * kGatewayLatencySeconds + limits.speed * limits.speed / (2.0 * limits.deceleration);
}

}  // namespace edge
