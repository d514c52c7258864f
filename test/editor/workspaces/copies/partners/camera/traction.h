

namespace north::tuning {

struct TractionRow {
  PayloadClass payload;
  double deceleration;  // m/s^2, fifth percentile of 240 stops
  double settleMetres;  // pitch and settle after the wheels stand
};

inline constexpr double kDriveLatencySeconds = 0.085;
inline constexpr double kLateralAcceleration = 0.62;

inline constexpr TractionRow kTraction[] = {
    {PayloadClass::Empty, 1.94, 0.012},
    {PayloadClass::Tote, 1.71, 0.021},
    {PayloadClass::Pallet, 1.18, 0.048},
};

inline TractionRow tractionFor(PayloadClass payload) {
  for (const TractionRow& row : kTraction) {
    if (row.payload == payload) {
      return row;
    }
  }
  return kTraction[2];
}

// Speed-dependent gains of the heading loop. Between rows the gains are interpolated linearly.
struct GainRow {
  double speed;
  double proportional;
  double derivative;
};

inline constexpr GainRow kHeadingGains[] = {
    {0.0, 5.20, 0.31},
    {0.4, 4.35, 0.38},
    {0.9, 3.10, 0.52},
    {1.6, 2.05, 0.71},
};

inline GainRow headingGains(double speed) {
  const GainRow* previous = &kHeadingGains[0];
  for (const GainRow& row : kHeadingGains) {
    if (speed <= row.speed) {
      const double span = row.speed - previous->speed;
      const double share = span > 0.0 ? (speed - previous->speed) / span : 0.0;
      return {speed, previous->proportional + share * (row.proportional - previous->proportional),
              previous->derivative + share * (row.derivative - previous->derivative)};
    }
    previous = &row;
  }
  return *previous;
}

}  // namespace north::tuning
