// The tables of this build, for `dispatch.c` to choose from.
#ifndef HORNET_TABLES_H
#define HORNET_TABLES_H

#include "include/hornet_kernel_table.h"

extern const hornet_kernel_table hornet_naive_table;

#endif
