#ifndef HORNET_OPENBLAS_SHIM_H
#define HORNET_OPENBLAS_SHIM_H
#include <cblas.h>
#include <lapacke.h>
#endif
