// Assertions that also hold in release builds, and count.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>

inline int checks = 0;

#define CHECK(condition)                                                        \
  do {                                                                          \
    ++checks;                                                                   \
    if (!(condition)) {                                                         \
      std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      std::exit(1);                                                             \
    }                                                                           \
  } while (false)

#define CHECK_NEAR(actual, expected, tolerance) CHECK(std::abs((actual) - (expected)) <= (tolerance))

#define CHECK_THROWS(expression, type) \
  do {                                 \
    bool thrown = false;               \
    try {                              \
      (void)(expression);              \
    } catch (const type&) {            \
      thrown = true;                   \
    }                                  \
    CHECK(thrown);                     \
  } while (false)

inline int done(const char* name) {
  std::printf("%s: %d checks passed\n", name, checks);
  return 0;
}
