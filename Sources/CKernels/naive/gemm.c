#include "../include/hornet_naive_kernels.h"

void hornet_naive_gemm(
    const float *a, ptrdiff_t a_row, ptrdiff_t a_step, const float *b, ptrdiff_t b_row, float *c, ptrdiff_t c_row,
    ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, int accumulate) {
    for (ptrdiff_t i = 0; i < m; i++) {
        for (ptrdiff_t j = 0; j < n; j++) {
            double sum = accumulate ? c[i * c_row + j] : 0;
            for (ptrdiff_t p = 0; p < k; p++) sum += (double)a[i * a_row + p * a_step] * b[p * b_row + j];
            c[i * c_row + j] = (float)sum;
        }
    }
}

void hornet_naive_transpose(
    const float *x, ptrdiff_t x_row, float *y, ptrdiff_t y_row, ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        for (ptrdiff_t c = 0; c < columns; c++) y[c * y_row + r] = x[r * x_row + c];
    }
}
