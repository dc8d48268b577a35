// The tables of this build, for `dispatch.c` to choose from.
#ifndef HORNET_TABLES_H
#define HORNET_TABLES_H

#include "include/hornet_kernel_table.h"

#if defined(__x86_64__)
extern const hornet_kernel_table hornet_avx512_table;
extern const hornet_kernel_table hornet_avx2_table;
#endif
extern const hornet_kernel_table hornet_baseline_table;
extern const hornet_kernel_table hornet_naive_table;

#endif
