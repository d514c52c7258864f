// Corvid Motion GmbH. Confidential under Annex B of TW-CDA-2026-03.
#include "path_blend.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace corvid::motion {

namespace {

constexpr double kCoincident = 1e-6;
constexpr double kPi = 3.14159265358979323846;

double wrap(double angle) {
  while (angle > kPi) angle -= 2.0 * kPi;
  while (angle <= -kPi) angle += 2.0 * kPi;
  return angle;
}

double distanceBetween(Waypoint a, Waypoint b) { return std::hypot(b.x - a.x, b.y - a.y); }

Waypoint towards(Waypoint from, Waypoint to, double distance) {
  const double whole = distanceBetween(from, to);
  return {from.x + (to.x - from.x) * distance / whole, from.y + (to.y - from.y) * distance / whole};
}

std::vector<Waypoint> withoutRepeats(const std::vector<Waypoint>& corners) {
  std::vector<Waypoint> kept;
  for (const Waypoint& corner : corners) {
    if (kept.empty() || distanceBetween(kept.back(), corner) > kCoincident) {
      kept.push_back(corner);
    }
  }
  return kept;
}

}  // namespace

BlendedPath::BlendedPath(const std::vector<Waypoint>& corners, double radius) {
  const std::vector<Waypoint> points = withoutRepeats(corners);
  if (points.size() < 2) {
    throw std::invalid_argument("a path needs two distinct waypoints");
  }
  // An arc may use at most half of each segment, or two neighbouring arcs would overlap.
  Waypoint from = points.front();
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const Waypoint before = points[i - 1];
    const Waypoint corner = points[i];
    const Waypoint after = points[i + 1];
    const double headingIn = std::atan2(corner.y - before.y, corner.x - before.x);
    const double headingOut = std::atan2(after.y - corner.y, after.x - corner.x);
    const double turn = wrap(headingOut - headingIn);
    const double half = std::tan(std::abs(turn) / 2.0);
    const double room = 0.5 * std::min(distanceBetween(before, corner), distanceBetween(corner, after));
    const bool reversal = std::abs(std::abs(turn) - kPi) < 1e-3;
    const double setback = reversal ? 0.0 : std::min(radius * half, room);
    if (std::abs(turn) < 1e-4 || setback < kCoincident) {
      addLine(from, corner);
      from = corner;
      continue;
    }
    const Waypoint entry = towards(corner, before, setback);
    addLine(from, entry);
    addArc(entry, headingIn, turn, setback / half);
    from = towards(corner, after, setback);
  }
  addLine(from, points.back());
}

void BlendedPath::addLine(Waypoint from, Waypoint to) {
  const double length = distanceBetween(from, to);
  if (length < kCoincident) {
    return;
  }
  starts_.push_back(length_);
  pieces_.push_back({from.x, from.y, std::atan2(to.y - from.y, to.x - from.x), length, 0.0});
  length_ += length;
}

void BlendedPath::addArc(Waypoint from, double heading, double turn, double radius) {
  const double length = std::abs(turn) * radius;
  starts_.push_back(length_);
  pieces_.push_back({from.x, from.y, heading, length, std::copysign(1.0 / radius, turn)});
  length_ += length;
}

PathPoint BlendedPath::at(double distance) const {
  const double clamped = std::clamp(distance, 0.0, length_);
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), clamped);
  const std::size_t index = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, next - starts_.begin() - 1));
  const PathPiece& piece = pieces_[index];
  const double along = clamped - starts_[index];
  if (piece.curvature == 0.0) {
    return {piece.startX + along * std::cos(piece.startHeading), piece.startY + along * std::sin(piece.startHeading),
            piece.startHeading, 0.0};
  }
  const double heading = piece.startHeading + along * piece.curvature;
  return {piece.startX + (std::sin(heading) - std::sin(piece.startHeading)) / piece.curvature,
          piece.startY - (std::cos(heading) - std::cos(piece.startHeading)) / piece.curvature, wrap(heading), piece.curvature};
}

double BlendedPath::tightestBetween(double from, double to) const {
  double tightest = 0.0;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    if (starts_[i] <= to && starts_[i] + pieces_[i].length >= from) {
      tightest = std::max(tightest, std::abs(pieces_[i].curvature));
    }
  }
  return tightest;
}

}  // namespace corvid::motion
