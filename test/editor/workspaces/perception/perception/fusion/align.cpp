#include "align.h"
// helio fusion core
int align(int a) { return a + 1; }
int shift(int a) { return a - 1; }

// TERMS-BEGIN asset=radar-cal
static const float CAL[3] = {0.1f, 0.2f, 0.3f};
float correct(float x) { return x * CAL[0]; }
// TERMS-END
int tail() { return 0; }
