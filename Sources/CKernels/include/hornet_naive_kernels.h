// The naive twin of every kernel: plain scalar C that says what the kernel computes. Slow; for tests.
// `hornet_naive_x` has the signature of `hornet_x`. Functions and sums are computed in double and rounded
// once, everything else in float, one rounding per operation in the order of the formula.
#ifndef HORNET_NAIVE_KERNELS_H
#define HORNET_NAIVE_KERNELS_H

#include "hornet_kernel_table.h"

#define HORNET_NAIVE_TWIN(name) __typeof__(hornet_##name) hornet_naive_##name;
HORNET_EACH_KERNEL(HORNET_NAIVE_TWIN)
#undef HORNET_NAIVE_TWIN

#endif
