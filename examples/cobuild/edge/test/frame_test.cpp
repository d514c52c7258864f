#include "../src/frame.h"

#include <stdexcept>
#include <string>

#include "check.h"

using edge::Bytes;
using edge::Frame;
using edge::FrameReader;

namespace {

std::vector<Frame> readAll(FrameReader& reader, const Bytes& wire) {
  std::vector<Frame> frames;
  for (const std::uint8_t byte : wire) {
    if (auto frame = reader.push(byte)) frames.push_back(*frame);
  }
  return frames;
}

void knowsTheStandardChecksum() {
  const std::string text = "123456789";
  CHECK(edge::checksum(Bytes(text.begin(), text.end())) == 0x29B1);
}

void readsBackWhatItWritesWhateverTheBytes() {
  Frame frame{3, 0x7E, {}};
  for (int byte = 0; byte < 240; ++byte) frame.payload.push_back(static_cast<std::uint8_t>(byte + 20));
  FrameReader reader;
  const auto frames = readAll(reader, edge::encode(frame));
  CHECK(frames.size() == 1);
  CHECK(frames[0].vehicle == 3 && frames[0].kind == 0x7E && frames[0].payload == frame.payload);
  CHECK(reader.dropped() == 0);
}

void findsItsWayBackAfterDamage() {
  Bytes wire = edge::encode({1, 2, {9, 9, 9}});
  wire[3] ^= 0x01;
  const Bytes sound = edge::encode({1, 2, {5}});
  wire.insert(wire.end(), sound.begin(), sound.end());
  FrameReader reader;
  const auto frames = readAll(reader, wire);
  CHECK(frames.size() == 1);
  CHECK(frames[0].payload == Bytes{5});
  CHECK(reader.dropped() == 1);
}

void countsNoiseBetweenFrames() {
  FrameReader reader;
  CHECK(readAll(reader, {1, 2, 3}).empty());
  CHECK(reader.dropped() == 3);
  CHECK_THROWS(edge::encode({1, 1, Bytes(241)}), std::length_error);
}

}  // namespace

int main() {
  knowsTheStandardChecksum();
  readsBackWhatItWritesWhateverTheBytes();
  findsItsWayBackAfterDamage();
  countsNoiseBetweenFrames();
  return done("frame");
}
