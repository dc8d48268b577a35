#include "../include/hornet_naive_kernels.h"

void hornet_naive_sparse_matmul(
    const ptrdiff_t *starts, const int32_t *columns, const float *values, const float *b, float *y, ptrdiff_t rows,
    ptrdiff_t width) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        for (ptrdiff_t w = 0; w < width; w++) {
            double sum = 0;
            for (ptrdiff_t k = starts[r]; k < starts[r + 1]; k++) sum += (double)values[k] * b[columns[k] * width + w];
            y[r * width + w] = (float)sum;
        }
    }
}
