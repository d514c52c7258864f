// Corvid Motion GmbH. Confidential under Annex B of TW-CDA-2026-03.
#include "pose_filter.h"

#include <cmath>

namespace corvid::motion {

namespace {

using Matrix = std::array<std::array<double, 3>, 3>;

// 99.9 % of a chi-square distribution with three degrees of freedom.
constexpr double kGate = 16.27;
// Slip of a polyurethane tyre on sealed concrete, as variance per metre travelled.
constexpr double kSlipPerMetre = 4.0e-4;
constexpr double kTwistPerMetre = 9.0e-4;

double wrap(double angle) { return std::atan2(std::sin(angle), std::cos(angle)); }

Matrix multiply(const Matrix& a, const Matrix& b) {
  Matrix product{};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      for (int k = 0; k < 3; ++k) product[row][column] += a[row][k] * b[k][column];
    }
  }
  return product;
}

Matrix transpose(const Matrix& a) {
  Matrix flipped{};
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) flipped[column][row] = a[row][column];
  }
  return flipped;
}

Matrix inverse(const Matrix& m) {
  const double c00 = m[1][1] * m[2][2] - m[1][2] * m[2][1];
  const double c01 = m[1][2] * m[2][0] - m[1][0] * m[2][2];
  const double c02 = m[1][0] * m[2][1] - m[1][1] * m[2][0];
  const double determinant = m[0][0] * c00 + m[0][1] * c01 + m[0][2] * c02;
  Matrix result{};
  result[0] = {c00 / determinant, (m[0][2] * m[2][1] - m[0][1] * m[2][2]) / determinant,
               (m[0][1] * m[1][2] - m[0][2] * m[1][1]) / determinant};
  result[1] = {c01 / determinant, (m[0][0] * m[2][2] - m[0][2] * m[2][0]) / determinant,
               (m[0][2] * m[1][0] - m[0][0] * m[1][2]) / determinant};
  result[2] = {c02 / determinant, (m[0][1] * m[2][0] - m[0][0] * m[2][1]) / determinant,
               (m[0][0] * m[1][1] - m[0][1] * m[1][0]) / determinant};
  return result;
}

}  // namespace

PoseFilter::PoseFilter(Pose start, double positionSigma, double headingSigma) : pose_(start) {
  covariance_[0][0] = positionSigma * positionSigma;
  covariance_[1][1] = positionSigma * positionSigma;
  covariance_[2][2] = headingSigma * headingSigma;
}

void PoseFilter::predict(double leftTravel, double rightTravel, double wheelBase) {
  const double travel = 0.5 * (leftTravel + rightTravel);
  const double turn = (rightTravel - leftTravel) / wheelBase;
  const double middle = pose_.heading + 0.5 * turn;
  pose_.x += travel * std::cos(middle);
  pose_.y += travel * std::sin(middle);
  pose_.heading = wrap(pose_.heading + turn);

  const Matrix jacobian{{{1.0, 0.0, -travel * std::sin(middle)}, {0.0, 1.0, travel * std::cos(middle)}, {0.0, 0.0, 1.0}}};
  covariance_ = multiply(multiply(jacobian, covariance_), transpose(jacobian));
  const double metres = std::abs(travel) + 0.25 * std::abs(turn);
  covariance_[0][0] += kSlipPerMetre * metres;
  covariance_[1][1] += kSlipPerMetre * metres;
  covariance_[2][2] += kTwistPerMetre * metres;
}

bool PoseFilter::correct(Pose sighting, double positionSigma, double headingSigma) {
  Matrix innovation = covariance_;
  innovation[0][0] += positionSigma * positionSigma;
  innovation[1][1] += positionSigma * positionSigma;
  innovation[2][2] += headingSigma * headingSigma;
  const Matrix precision = inverse(innovation);
  const std::array<double, 3> residual{sighting.x - pose_.x, sighting.y - pose_.y, wrap(sighting.heading - pose_.heading)};
  double mahalanobis = 0.0;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) mahalanobis += residual[i] * precision[i][j] * residual[j];
  }
  if (mahalanobis > kGate) {
    return false;
  }
  const Matrix gain = multiply(covariance_, precision);
  std::array<double, 3> step{};
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) step[i] += gain[i][j] * residual[j];
  }
  pose_.x += step[0];
  pose_.y += step[1];
  pose_.heading = wrap(pose_.heading + step[2]);
  const Matrix reduction = multiply(gain, covariance_);
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) covariance_[i][j] -= reduction[i][j];
  }
  return true;
}

double PoseFilter::positionUncertainty() const { return std::sqrt(covariance_[0][0] + covariance_[1][1]); }

}  // namespace corvid::motion
