// Safety zones of the floor, as polygons in metres.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace edge {

struct Point {
  double x;
  double y;
};

struct Zone {
  std::string name;
  std::vector<Point> corners;  // in order; the last joins the first
  double speedLimit;           // m/s; 0 forbids entry
};

bool contains(const Zone& zone, Point point);

// Metres from the point to the zone's border, 0 on the border, negative inside.
double clearance(const Zone& zone, Point point);

class ZoneMap {
 public:
  // Throws std::invalid_argument for a zone with fewer than three corners or a name that is taken.
  void add(Zone zone);

  // The lowest limit of all zones that contain the point; nothing outside every zone.
  std::optional<double> speedLimitAt(Point point) const;

  // The name of the forbidden zone that a straight move from one point to another would touch, with this margin.
  std::optional<std::string> forbiddenOn(Point from, Point to, double margin) const;

 private:
  std::vector<Zone> zones_;
};

}  // namespace edge
