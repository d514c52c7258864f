// Corvid Motion GmbH. Confidential under Annex B of TW-CDA-2026-03.
#pragma once

#include <vector>

#include "../api/motion_api.h"

namespace corvid::motion {

// One piece of a blended path: a straight line (curvature 0) or an arc.
struct PathPiece {
  double startX;
  double startY;
  double startHeading;
  double length;
  double curvature;  // 1/m, positive to the left
};

struct PathPoint {
  double x;
  double y;
  double heading;
  double curvature;
};

// A polyline whose corners are replaced by tangent arcs, as wide as the neighbouring segments allow.
class BlendedPath {
 public:
  BlendedPath(const std::vector<Waypoint>& corners, double radius);

  double length() const { return length_; }
  const std::vector<PathPiece>& pieces() const { return pieces_; }
  PathPoint at(double distance) const;

  // The largest absolute curvature between two distances.
  double tightestBetween(double from, double to) const;

 private:
  void addLine(Waypoint from, Waypoint to);
  void addArc(Waypoint from, double heading, double turn, double radius);

  std::vector<PathPiece> pieces_;
  std::vector<double> starts_;
  double length_ = 0.0;
};

}  // namespace corvid::motion
