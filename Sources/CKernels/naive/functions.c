#include "../include/hornet_naive_kernels.h"

#include <math.h>

#define FUNCTION(name, value) \
    void hornet_naive_##name(const float *x, float *y, ptrdiff_t n) { \
        for (ptrdiff_t i = 0; i < n; i++) { \
            const double v = x[i]; \
            y[i] = (float)(value); \
        } \
    }

FUNCTION(expm1, expm1(v))
FUNCTION(log1p, log1p(v))
FUNCTION(log2, log2(v))
FUNCTION(log10, log10(v))
FUNCTION(cbrt, cbrt(v))
FUNCTION(rsqrt, 1 / sqrt(v))
FUNCTION(sin, sin(v))
FUNCTION(cos, cos(v))
FUNCTION(tan, tan(v))
FUNCTION(asin, asin(v))
FUNCTION(acos, acos(v))
FUNCTION(atan, atan(v))
FUNCTION(sinh, sinh(v))
FUNCTION(cosh, cosh(v))
FUNCTION(asinh, asinh(v))
FUNCTION(acosh, acosh(v))
FUNCTION(atanh, atanh(v))
FUNCTION(erf, erf(v))
FUNCTION(abs, fabs(v))
FUNCTION(sign, v > 0 ? 1 : v < 0 ? -1 : v == 0 ? 0 : v)
FUNCTION(floor, floor(v))
FUNCTION(ceil, ceil(v))
FUNCTION(round, nearbyint(v))
FUNCTION(trunc, trunc(v))
FUNCTION(is_finite, isfinite(v) != 0)
FUNCTION(is_infinite, isinf(v) != 0)
