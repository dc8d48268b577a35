#include "../include/hornet_naive_kernels.h"
#include "../tables.h"

#define ENTRY(kernel) .kernel = hornet_naive_##kernel,
const hornet_kernel_table hornet_naive_table = {.isa = "naive", HORNET_EACH_KERNEL(ENTRY)};
