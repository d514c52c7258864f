// TERMS-FILE asset=corvid-protocol
// Reference vectors of the C4 link handshake, delivered by Corvid Motion GmbH for the gateway's self-test.
#pragma once

#include <array>
#include <cstdint>

namespace edge {

struct HandshakeVector {
  std::uint16_t challenge;
  std::uint16_t answer;
};

inline constexpr std::array<HandshakeVector, 4> kHandshakeVectors{{
    {0x0000, 0x5A3C},
    {0x0001, 0x523C},
    {0x1234, 0x622D},
    {0xFFFF, 0xA243},
}};

}  // namespace edge
