#include "frame.h"

#include <stdexcept>

namespace edge {

namespace {

constexpr std::uint8_t kStart = 0x7E;
constexpr std::uint8_t kEscape = 0x7D;
constexpr std::uint8_t kFlip = 0x20;
constexpr std::size_t kLargestPayload = 240;

void putEscaped(Bytes& out, std::uint8_t byte) {
  if (byte == kStart || byte == kEscape) {
    out.push_back(kEscape);
    byte ^= kFlip;
  }
  out.push_back(byte);
}

}  // namespace

std::uint16_t checksum(const Bytes& bytes) {
  std::uint16_t crc = 0xFFFF;
  for (const std::uint8_t byte : bytes) {
    crc ^= static_cast<std::uint16_t>(byte << 8);
    for (int bit = 0; bit < 8; ++bit) {
      crc = static_cast<std::uint16_t>((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
    }
  }
  return crc;
}

Bytes encode(const Frame& frame) {
  if (frame.payload.size() > kLargestPayload) {
    throw std::length_error("a frame carries at most 240 bytes");
  }
  Bytes body{frame.vehicle, frame.kind};
  body.insert(body.end(), frame.payload.begin(), frame.payload.end());
  const std::uint16_t crc = checksum(body);
  body.push_back(static_cast<std::uint8_t>(crc >> 8));
  body.push_back(static_cast<std::uint8_t>(crc & 0xFF));

  Bytes wire{kStart};
  for (const std::uint8_t byte : body) {
    putEscaped(wire, byte);
  }
  wire.push_back(kStart);
  return wire;
}

std::optional<Frame> FrameReader::push(std::uint8_t byte) {
  if (byte == kStart) {
    // The same byte ends one frame and starts the next, so an empty body is only the gap between two frames.
    const bool complete = inside_ && !body_.empty();
    inside_ = true;
    if (!complete) {
      return std::nullopt;
    }
    return finish();
  }
  if (!inside_) {
    ++dropped_;
    return std::nullopt;
  }
  if (byte == kEscape) {
    escaped_ = true;
    return std::nullopt;
  }
  body_.push_back(escaped_ ? static_cast<std::uint8_t>(byte ^ kFlip) : byte);
  escaped_ = false;
  if (body_.size() > kLargestPayload + 4) {
    body_.clear();
    inside_ = false;
    ++dropped_;
  }
  return std::nullopt;
}

std::optional<Frame> FrameReader::finish() {
  Bytes body;
  body.swap(body_);
  escaped_ = false;
  if (body.size() < 4) {
    ++dropped_;
    return std::nullopt;
  }
  const std::uint16_t stated = static_cast<std::uint16_t>((body[body.size() - 2] << 8) | body[body.size() - 1]);
  body.resize(body.size() - 2);
  if (checksum(body) != stated) {
    ++dropped_;
    return std::nullopt;
  }
  Frame frame;
  frame.vehicle = body[0];
  frame.kind = body[1];
  frame.payload.assign(body.begin() + 2, body.end());
  return frame;
}

}  // namespace edge
