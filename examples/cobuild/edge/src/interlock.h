// The jointly certified interlock between people, mobile robots and shuttles.
#pragma once

#include <cstdint>
#include <vector>

namespace edge {

enum class Source { LightCurtain, EmergencyStop, CorvidVehicle, PalisadeShuttle };

struct Signal {
  Source source;
  std::uint16_t device;
  std::uint32_t sequence;
  bool safe;
  std::uint64_t millis;
};

enum class Permission { Run, Creep, Stop };

class Interlock {
 public:
  // A signal out of sequence or from the past is as good as an unsafe one.
  void receive(const Signal& signal);

  // What vehicles may do at this time. Silence of a known device beyond its limit stops them.
  Permission permission(std::uint64_t nowMillis) const;

  // A stop stays until a person resets it, and a reset counts only while every device reports safe.
  bool reset(std::uint64_t nowMillis);

 private:
  struct Device {
    Signal last;
    bool trusted;
  };

  Device* find(Source source, std::uint16_t device);
  bool allSafe(std::uint64_t nowMillis) const;

  std::vector<Device> devices_;
  bool latched_ = false;
};

}  // namespace edge
