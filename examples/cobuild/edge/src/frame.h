// Byte frames between gateway and vehicle: start byte, escaped body, checksum.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace edge {

using Bytes = std::vector<std::uint8_t>;

struct Frame {
  std::uint8_t vehicle = 0;
  std::uint8_t kind = 0;
  Bytes payload;
};

// CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF.
std::uint16_t checksum(const Bytes& bytes);

// A frame ready for the wire. Payloads above 240 bytes throw std::length_error.
Bytes encode(const Frame& frame);

// Collects bytes as they arrive and gives frames as they complete. Bytes between frames, frames with a wrong checksum
// and frames that never end are counted and dropped.
class FrameReader {
 public:
  std::optional<Frame> push(std::uint8_t byte);
  unsigned dropped() const { return dropped_; }

 private:
  std::optional<Frame> finish();

  Bytes body_;
  bool inside_ = false;
  bool escaped_ = false;
  unsigned dropped_ = 0;
};

}  // namespace edge
