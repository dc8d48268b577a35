#ifndef HORNET_BENCHMARKS_CBLAS_SHIM_H
#define HORNET_BENCHMARKS_CBLAS_SHIM_H
#include <cblas.h>
#endif
