#include "../src/gateway.h"

#include <stdexcept>

#include "../src/limits.h"
#include "check.h"

using namespace edge;

namespace {

ZoneMap floorZones() {
  ZoneMap zones;
  zones.add({"crossing", {{4, 0}, {6, 0}, {6, 3}, {4, 3}}, 0.8});
  zones.add({"repair bay", {{10, 10}, {14, 10}, {14, 14}, {10, 14}}, 0.0});
  return zones;
}

Bytes safetyWord(std::uint8_t vehicle, std::uint16_t sequence, bool safe) {
  return encode({vehicle, 0x11, {static_cast<std::uint8_t>(sequence >> 8), static_cast<std::uint8_t>(sequence), static_cast<std::uint8_t>(safe)}});
}

void zonesAreFoundByTheirBorders() {
  const ZoneMap zones = floorZones();
  CHECK(zones.speedLimitAt({5, 1}) == 0.8);
  CHECK(!zones.speedLimitAt({1, 1}));
  CHECK(zones.forbiddenOn({8, 12}, {16, 12}, 0.3) == "repair bay");
  CHECK(zones.forbiddenOn({8, 9.8}, {16, 9.8}, 0.3) == "repair bay");
  CHECK(!zones.forbiddenOn({8, 9.0}, {16, 9.0}, 0.3));
  const Zone square{"s", {{0, 0}, {2, 0}, {2, 2}, {0, 2}}, 1.0};
  CHECK_NEAR(clearance(square, {1, 1}), -1.0, 1e-9);
  CHECK_NEAR(clearance(square, {5, 6}), 5.0, 1e-9);
  ZoneMap twice = floorZones();
  CHECK_THROWS(twice.add({"crossing", {{0, 0}, {1, 0}, {1, 1}}, 1.0}), std::invalid_argument);
}

void theInterlockStopsOnSilenceSequenceAndUnsafeWords() {
  Interlock interlock;
  CHECK(interlock.permission(0) == Permission::Stop);
  interlock.receive({Source::CorvidVehicle, 1, 3, true, 1000});
  CHECK(interlock.permission(1010) == Permission::Run);
  CHECK(interlock.permission(1100) == Permission::Creep);
  CHECK(interlock.permission(1131) == Permission::Stop);
  interlock.receive({Source::CorvidVehicle, 1, 6, true, 1140});
  CHECK(interlock.permission(1140) == Permission::Run);
  interlock.receive({Source::CorvidVehicle, 1, 7, true, 1180});
  CHECK(interlock.permission(1180) == Permission::Stop);
  interlock.receive({Source::CorvidVehicle, 1, 10, true, 1220});
  CHECK(interlock.permission(1220) == Permission::Stop);
  CHECK(interlock.reset(1220));
  CHECK(interlock.permission(1220) == Permission::Run);
  interlock.receive({Source::EmergencyStop, 2, 1, false, 1221});
  CHECK(!interlock.reset(1221));
}

void theHandshakeAnswersTheSuppliersVectors() { CHECK(Gateway::selfTest()); }

void ordersRespectZonesInterlockAndStoppingDistance() {
  Gateway gateway(floorZones(), corvid::createMotionPlanner());
  const std::vector<Point> route{{0, 1}, {5, 1}, {5, 8}};
  CHECK(gateway.order(1, route, corvid::PayloadClass::Tote, 0).state == OrderState::Refused);
  gateway.receive(safetyWord(1, 3, true), 100);
  const OrderResult accepted = gateway.order(1, route, corvid::PayloadClass::Tote, 110);
  CHECK(accepted.state == OrderState::Accepted);
  double fastest = 0.0;
  for (const auto& setpoint : accepted.plan.setpoints) fastest = std::max(fastest, setpoint.speed);
  CHECK(fastest <= 0.8 + 1e-9);
  CHECK(gateway.order(1, {{8, 12}, {16, 12}}, corvid::PayloadClass::Empty, 110).reason.find("repair bay") != std::string::npos);
  CHECK(gateway.order(1, {{0, 1}, {0.4, 1}}, corvid::PayloadClass::Pallet, 110).reason.find("stopping") != std::string::npos);
  gateway.receive(safetyWord(1, 6, false), 130);
  CHECK(gateway.order(1, route, corvid::PayloadClass::Tote, 131).reason.find("interlock") != std::string::npos);
}

void shuttlesStopLaterWithALoadAndHigherUp() {
  CHECK(shuttleLimits(0, 0).speed <= 3.2);
  CHECK(shuttleStoppingDistance(6, 800) > 0.0);
  CHECK(shuttleLimits(12, 500).speed < shuttleLimits(6, 500).speed);
  CHECK(shuttleLimits(6, 900).deceleration < shuttleLimits(6, 100).deceleration);
}

}  // namespace

int main() {
  zonesAreFoundByTheirBorders();
  theInterlockStopsOnSilenceSequenceAndUnsafeWords();
  theHandshakeAnswersTheSuppliersVectors();
  ordersRespectZonesInterlockAndStoppingDistance();
  shuttlesStopLaterWithALoadAndHigherUp();
  return done("gateway");
}
