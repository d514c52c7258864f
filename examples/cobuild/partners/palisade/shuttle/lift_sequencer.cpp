// Palisade Automation Ltd. Confidential under Annex B of TW-CDA-2026-03.
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "../api/lift_api.h"

namespace palisade {

namespace {

constexpr double kLiftSpeed = 2.2;
constexpr double kLiftAcceleration = 1.1;
constexpr double kTransferSeconds = 3.4;
// A call that has waited this long is served next, whatever the detour costs.
constexpr double kPatienceSeconds = 90.0;

struct Open {
  LiftCall call;
  bool aboard;
};

class LookAheadController final : public LiftController {
 public:
  explicit LookAheadController(double spacing) : spacing_(spacing) {}

  double travelTime(int fromLevel, int toLevel) const override {
    const double distance = spacing_ * std::abs(toLevel - fromLevel);
    const double toSpeed = kLiftSpeed * kLiftSpeed / kLiftAcceleration;
    if (distance < toSpeed) {
      return 2.0 * std::sqrt(distance / kLiftAcceleration);
    }
    return 2.0 * kLiftSpeed / kLiftAcceleration + (distance - toSpeed) / kLiftSpeed;
  }

  std::vector<LiftStop> schedule(const std::vector<LiftCall>& calls, int startLevel, int capacity) const override {
    if (capacity < 1) {
      throw std::invalid_argument("a lift carries at least one load");
    }
    std::vector<Open> open;
    for (const LiftCall& call : calls) {
      open.push_back({call, false});
    }
    std::vector<LiftStop> stops;
    double now = 0.0;
    int level = startLevel;
    int aboard = 0;
    int direction = 1;
    while (!open.empty()) {
      const std::size_t next = choose(open, now, level, direction, aboard < capacity);
      Open& chosen = open[next];
      const int target = chosen.aboard ? chosen.call.toLevel : chosen.call.fromLevel;
      now = std::max(now + travelTime(level, target), chosen.aboard ? 0.0 : chosen.call.readyAt);
      if (target != level) {
        direction = target > level ? 1 : -1;
      }
      level = target;
      stops.push_back({chosen.call.id, level, now, !chosen.aboard});
      now += kTransferSeconds;
      if (chosen.aboard) {
        --aboard;
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(next));
      } else {
        ++aboard;
        chosen.aboard = true;
      }
    }
    return stops;
  }

 private:
  // Elevator rule with look-ahead: continue in the direction of travel, prefer drops on the way, and pay for a reversal
  // only when nothing is left ahead or somebody has waited beyond patience.
  std::size_t choose(const std::vector<Open>& open, double now, int level, int direction, bool hasRoom) const {
    std::size_t best = open.size();
    double bestCost = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < open.size(); ++i) {
      const Open& candidate = open[i];
      if (!candidate.aboard && !hasRoom) {
        continue;
      }
      const int target = candidate.aboard ? candidate.call.toLevel : candidate.call.fromLevel;
      const double waited = candidate.aboard ? 0.0 : now - candidate.call.readyAt;
      double cost = travelTime(level, target);
      if (!candidate.aboard) {
        cost += std::max(0.0, candidate.call.readyAt - now - cost);
      }
      if ((target - level) * direction < 0) {
        cost += travelTime(0, 4);
      }
      if (candidate.aboard) {
        cost -= 0.5 * kTransferSeconds;
      }
      if (waited > kPatienceSeconds) {
        cost -= 10.0 * (waited - kPatienceSeconds);
      }
      if (cost < bestCost) {
        bestCost = cost;
        best = i;
      }
    }
    return best;
  }

  double spacing_;
};

}  // namespace

std::unique_ptr<LiftController> createLiftController(double levelSpacingMetres) {
  if (!(levelSpacingMetres > 0.0)) {
    throw std::invalid_argument("levels need a positive spacing");
  }
  return std::make_unique<LookAheadController>(levelSpacingMetres);
}

}  // namespace palisade
