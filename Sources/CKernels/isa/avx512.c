// AVX-512: 16 lanes, 32 registers.
#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "../tables.h"

#define LANES 16
#define BLOCK_VECTORS 8
#define GEMM_ROWS 8 // × 3 vectors: 24 sums
#define GEMM_VECTORS 3
#define GEMM_WIDEST 8
#define HORNET_AVX512 1

#pragma clang attribute push( \
    __attribute__((target("avx2,fma,avx512f,avx512vl,avx512dq,avx512bw"))), apply_to = function)
#include "../kernels/all.h"
#pragma clang attribute pop

const hornet_kernel_table hornet_avx512_table = {.isa = "avx512", HORNET_EACH_KERNEL(KERNEL_ENTRY)};

#else
typedef int hornet_no_avx512; // a C file is not allowed to be empty
#endif
