// What every CPU of the architecture has: 4 lanes of SSE2 or NEON, or whatever the compiler makes of them.
#include <string.h>

#if defined(__aarch64__)
    #include <arm_neon.h>
#endif

#include "../tables.h"

#define LANES 4
#define GEMM_VECTORS 3
#define GEMM_WIDEST 8

#if defined(__x86_64__)
    #define ISA "sse2"
    #define BLOCK_VECTORS 4
    #define GEMM_ROWS 4
#elif defined(__aarch64__)
    #define ISA "neon"
    #define BLOCK_VECTORS 8
    #define GEMM_ROWS 8
#else
    #define ISA "portable"
    #define BLOCK_VECTORS 4
    #define GEMM_ROWS 4
#endif

#include "../kernels/all.h"

const hornet_kernel_table hornet_baseline_table = {.isa = ISA, HORNET_EACH_KERNEL(KERNEL_ENTRY)};
