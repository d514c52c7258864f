#include "zone.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace edge {

namespace {

double distanceToSegment(Point p, Point a, Point b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double square = dx * dx + dy * dy;
  const double share = square > 0.0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0, 1.0) : 0.0;
  return std::hypot(p.x - (a.x + share * dx), p.y - (a.y + share * dy));
}

}  // namespace

bool contains(const Zone& zone, Point point) {
  bool inside = false;
  const std::size_t count = zone.corners.size();
  for (std::size_t i = 0, j = count - 1; i < count; j = i++) {
    const Point a = zone.corners[i];
    const Point b = zone.corners[j];
    const bool crosses = (a.y > point.y) != (b.y > point.y);
    if (crosses && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x) {
      inside = !inside;
    }
  }
  return inside;
}

double clearance(const Zone& zone, Point point) {
  double nearest = std::numeric_limits<double>::infinity();
  const std::size_t count = zone.corners.size();
  for (std::size_t i = 0, j = count - 1; i < count; j = i++) {
    nearest = std::min(nearest, distanceToSegment(point, zone.corners[j], zone.corners[i]));
  }
  return contains(zone, point) ? -nearest : nearest;
}

void ZoneMap::add(Zone zone) {
  if (zone.corners.size() < 3) {
    throw std::invalid_argument("a zone needs three corners");
  }
  for (const Zone& known : zones_) {
    if (known.name == zone.name) {
      throw std::invalid_argument("there is already a zone of this name");
    }
  }
  zones_.push_back(std::move(zone));
}

std::optional<double> ZoneMap::speedLimitAt(Point point) const {
  std::optional<double> limit;
  for (const Zone& zone : zones_) {
    if (contains(zone, point)) {
      limit = std::min(limit.value_or(zone.speedLimit), zone.speedLimit);
    }
  }
  return limit;
}

std::optional<std::string> ZoneMap::forbiddenOn(Point from, Point to, double margin) const {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  const double step = std::max(0.05, margin / 2.0);
  const int samples = static_cast<int>(std::ceil(length / step));
  for (int i = 0; i <= samples; ++i) {
    const double share = samples == 0 ? 0.0 : static_cast<double>(i) / samples;
    const Point point{from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
    for (const Zone& zone : zones_) {
      if (zone.speedLimit == 0.0 && clearance(zone, point) <= margin) {
        return zone.name;
      }
    }
  }
  return std::nullopt;
}

}  // namespace edge
