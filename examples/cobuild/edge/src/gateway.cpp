#include "gateway.h"

#include <algorithm>
#include <cmath>

#include "handshake_vectors.h"

namespace edge {

namespace {

constexpr std::uint8_t kSafetyWord = 0x11;
constexpr double kPlanStepSeconds = 0.1;
constexpr double kSafetyMargin = 0.3;

// TERMS-BEGIN asset=corvid-protocol
// The C4's answer: the challenge runs through a 16-bit register with taps 16, 14, 13 and 11, then is whitened.
std::uint16_t scramble(std::uint16_t word) {
  std::uint16_t state = word;
  for (int round = 0; round < 5; ++round) {
    const std::uint16_t bit =
        static_cast<std::uint16_t>(((state >> 0) ^ (state >> 2) ^ (state >> 3) ^ (state >> 5)) & 1u);
    state = static_cast<std::uint16_t>((state >> 1) | (bit << 15));
  }
  return static_cast<std::uint16_t>(state ^ (state << 7) ^ 0x5A3C);
}
// TERMS-END

std::uint32_t sequenceOf(const Bytes& payload) {
  return static_cast<std::uint32_t>((payload[0] << 8) | payload[1]);
}

}  // namespace

std::uint16_t handshakeAnswer(std::uint16_t challenge) { return scramble(challenge); }

bool Gateway::selfTest() {
  return std::all_of(kHandshakeVectors.begin(), kHandshakeVectors.end(),
                     [](const HandshakeVector& v) { return handshakeAnswer(v.challenge) == v.answer; });
}

Gateway::Gateway(ZoneMap zones, std::unique_ptr<corvid::MotionPlanner> planner)
    : zones_(std::move(zones)), planner_(std::move(planner)) {}

double Gateway::limitAlong(const std::vector<Point>& route, double otherwise) const {
  double limit = otherwise;
  for (const Point& point : route) {
    limit = std::min(limit, zones_.speedLimitAt(point).value_or(otherwise));
  }
  return limit;
}

OrderResult Gateway::order(std::uint8_t vehicle, const std::vector<Point>& route, corvid::PayloadClass payload,
                           std::uint64_t nowMillis) {
  OrderResult result;
  const Permission permission = interlock_.permission(nowMillis);
  if (permission == Permission::Stop) {
    result.reason = "the interlock holds vehicle " + std::to_string(vehicle);
    return result;
  }
  for (std::size_t i = 1; i < route.size(); ++i) {
    if (const auto zone = zones_.forbiddenOn(route[i - 1], route[i], kSafetyMargin)) {
      result.reason = "the route touches the forbidden zone " + *zone;
      return result;
    }
  }
  corvid::MotionLimits limits;
  limits.speed = limitAlong(route, limits.speed);
  if (permission == Permission::Creep) {
    limits.speed = std::min(limits.speed, 0.3);
  }
  std::vector<corvid::Waypoint> waypoints;
  for (const Point& point : route) {
    waypoints.push_back({point.x, point.y});
  }
  result.plan = planner_->plan(waypoints, limits, kPlanStepSeconds);
  if (planner_->stoppingDistance(limits.speed, payload) > result.plan.length) {
    result.reason = "the route is shorter than the stopping distance";
    result.plan = {};
    return result;
  }
  result.state = OrderState::Accepted;
  return result;
}

void Gateway::receive(const Bytes& bytes, std::uint64_t nowMillis) {
  for (const std::uint8_t byte : bytes) {
    const auto frame = reader_.push(byte);
    if (!frame || frame->kind != kSafetyWord || frame->payload.size() < 3) {
      continue;
    }
    interlock_.receive(
        {Source::CorvidVehicle, frame->vehicle, sequenceOf(frame->payload), frame->payload[2] == 1, nowMillis});
  }
}

}  // namespace edge
