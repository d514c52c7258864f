#include "interlock.h"

#include "limits.h"

namespace edge {

namespace {

// Everything from here to the end of the block is part of the certificate TW-SC-0117 of all three parties.
// TERMS-BEGIN asset=safety-interlock
constexpr std::uint64_t kCurtainSilenceMillis = 60;
constexpr std::uint64_t kStopButtonSilenceMillis = 120;

// TERMS-BEGIN asset=corvid-protocol
// The C4 repeats its safety word every 40 ms and may skip two; the counter runs in steps of three and wraps at 0xFFF0,
// so that a frozen radio buffer is told from a slow one.
constexpr std::uint64_t kCorvidSilenceMillis = 130;
constexpr std::uint32_t kCorvidStep = 3;
constexpr std::uint32_t kCorvidWrap = 0xFFF0;

bool corvidFollows(std::uint32_t previous, std::uint32_t next) {
  const std::uint32_t distance = (next + kCorvidWrap - previous) % kCorvidWrap;
  return distance % kCorvidStep == 0 && distance / kCorvidStep >= 1 && distance / kCorvidStep <= 3;
}
// TERMS-END

std::uint64_t silenceLimit(Source source) {
  switch (source) {
    case Source::LightCurtain:
      return kCurtainSilenceMillis;
    case Source::EmergencyStop:
      return kStopButtonSilenceMillis;
    case Source::CorvidVehicle:
      return kCorvidSilenceMillis;
    case Source::PalisadeShuttle:
      return kShuttleSilenceMillis;
  }
  return 0;
}

bool follows(const Signal& previous, const Signal& next) {
  if (next.millis < previous.millis) {
    return false;
  }
  if (next.source == Source::CorvidVehicle) {
    return corvidFollows(previous.sequence, next.sequence);
  }
  return next.sequence == previous.sequence + 1;
}
// TERMS-END

}  // namespace

Interlock::Device* Interlock::find(Source source, std::uint16_t device) {
  for (Device& known : devices_) {
    if (known.last.source == source && known.last.device == device) {
      return &known;
    }
  }
  return nullptr;
}

// TERMS-BEGIN asset=safety-interlock
void Interlock::receive(const Signal& signal) {
  Device* known = find(signal.source, signal.device);
  if (known == nullptr) {
    devices_.push_back({signal, true});
    known = &devices_.back();
  } else {
    known->trusted = follows(known->last, signal);
    known->last = signal;
  }
  if (!known->trusted || !signal.safe) {
    latched_ = true;
  }
}

bool Interlock::allSafe(std::uint64_t nowMillis) const {
  for (const Device& device : devices_) {
    const std::uint64_t silence = nowMillis > device.last.millis ? nowMillis - device.last.millis : 0;
    if (!device.trusted || !device.last.safe || silence > silenceLimit(device.last.source)) {
      return false;
    }
  }
  return !devices_.empty();
}

Permission Interlock::permission(std::uint64_t nowMillis) const {
  if (latched_ || !allSafe(nowMillis)) {
    return Permission::Stop;
  }
  // A device that has used more than half of its silence is probably on a bad radio link: slow down before it is lost.
  for (const Device& device : devices_) {
    const std::uint64_t silence = nowMillis > device.last.millis ? nowMillis - device.last.millis : 0;
    if (2 * silence > silenceLimit(device.last.source)) {
      return Permission::Creep;
    }
  }
  return Permission::Run;
}

bool Interlock::reset(std::uint64_t nowMillis) {
  if (!allSafe(nowMillis)) {
    return false;
  }
  latched_ = false;
  return true;
}
// TERMS-END

}  // namespace edge
