// Published interface of the Palisade lift controller. This folder is open to everybody in the programme.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace palisade {

// A load that waits at one level and wants to go to another.
struct LiftCall {
  std::uint32_t id = 0;
  int fromLevel = 0;
  int toLevel = 0;
  double readyAt = 0.0;  // seconds
};

struct LiftStop {
  std::uint32_t callId = 0;
  int level = 0;
  double arrival = 0.0;  // seconds
  bool pickUp = false;
};

class LiftController {
 public:
  virtual ~LiftController() = default;
  // The stops of the lift, in order of time. Every call has one pick-up and, later, one drop.
  virtual std::vector<LiftStop> schedule(const std::vector<LiftCall>& calls, int startLevel, int capacity) const = 0;
  // Seconds from rest at one level to rest at the other.
  virtual double travelTime(int fromLevel, int toLevel) const = 0;
};

// Levels are equally spaced. Throws std::invalid_argument for a spacing that is not positive.
std::unique_ptr<LiftController> createLiftController(double levelSpacingMetres);

}  // namespace palisade
