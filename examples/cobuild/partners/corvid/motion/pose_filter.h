// Corvid Motion GmbH. Confidential under Annex B of TW-CDA-2026-03.
#pragma once

#include <array>

namespace corvid::motion {

struct Pose {
  double x = 0.0;
  double y = 0.0;
  double heading = 0.0;
};

// Extended Kalman filter over x, y, heading: wheel odometry predicts, floor markers correct.
class PoseFilter {
 public:
  PoseFilter(Pose start, double positionSigma, double headingSigma);

  // Both wheels' travel since the last call, in metres.
  void predict(double leftTravel, double rightTravel, double wheelBase);

  // A floor marker seen at a known place. Returns false, and changes nothing, for a sighting that is too far off to be
  // the marker it claims to be.
  bool correct(Pose sighting, double positionSigma, double headingSigma);

  Pose pose() const { return pose_; }
  double positionUncertainty() const;

 private:
  Pose pose_;
  std::array<std::array<double, 3>, 3> covariance_{};
};

}  // namespace corvid::motion
