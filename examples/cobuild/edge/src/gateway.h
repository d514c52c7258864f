// The gateway: turns routes of the orchestrator into motion orders, and stops everything when the interlock says so.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "../../partners/corvid/api/motion_api.h"
#include "frame.h"
#include "interlock.h"
#include "zone.h"

namespace edge {

enum class OrderState { Accepted, Refused };

struct OrderResult {
  OrderState state = OrderState::Refused;
  std::string reason;
  corvid::MotionPlan plan;
};

// Answers a C4 vehicle's challenge at the start of a session.
std::uint16_t handshakeAnswer(std::uint16_t challenge);

class Gateway {
 public:
  Gateway(ZoneMap zones, std::unique_ptr<corvid::MotionPlanner> planner);

  // True when every reference vector is answered as the supplier says.
  static bool selfTest();

  Interlock& interlock() { return interlock_; }

  OrderResult order(std::uint8_t vehicle, const std::vector<Point>& route, corvid::PayloadClass payload,
                    std::uint64_t nowMillis);

  // Bytes as they arrive from the radio.
  void receive(const Bytes& bytes, std::uint64_t nowMillis);

  unsigned droppedFrames() const { return reader_.dropped(); }

 private:
  double limitAlong(const std::vector<Point>& route, double otherwise) const;

  ZoneMap zones_;
  std::unique_ptr<corvid::MotionPlanner> planner_;
  Interlock interlock_;
  FrameReader reader_;
};

}  // namespace edge
