// AVX2 with FMA: 8 lanes, 16 registers.
#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "../tables.h"

#define LANES 8
#define BLOCK_VECTORS 4
#define GEMM_ROWS 4 // × 3 vectors: 12 sums
#define GEMM_VECTORS 3
#define GEMM_WIDEST 8
#define HORNET_AVX2 1

// The eight from 8 − count on have `count` lanes set.
static const int32_t lane_masks[16] = {-1, -1, -1, -1, -1, -1, -1, -1};

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "../kernels/all.h"
#pragma clang attribute pop

const hornet_kernel_table hornet_avx2_table = {.isa = "avx2", HORNET_EACH_KERNEL(KERNEL_ENTRY)};

#else
typedef int hornet_no_avx2; // a C file is not allowed to be empty
#endif
