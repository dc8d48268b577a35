#include "../include/hornet_naive_kernels.h"

#include <math.h>

float hornet_naive_sum(const float *x, ptrdiff_t n) {
    double sum = 0;
    for (ptrdiff_t i = 0; i < n; i++) sum += x[i];
    return (float)sum;
}

float hornet_naive_dot(const float *a, const float *b, ptrdiff_t n) {
    double sum = 0;
    for (ptrdiff_t i = 0; i < n; i++) sum += (double)a[i] * b[i];
    return (float)sum;
}

double hornet_naive_sum_of_squares(const float *x, ptrdiff_t n) {
    double sum = 0;
    for (ptrdiff_t i = 0; i < n; i++) sum += (double)x[i] * x[i];
    return sum;
}

float hornet_naive_max(const float *x, ptrdiff_t n) {
    float best = x[0];
    for (ptrdiff_t i = 0; i < n; i++) {
        if (x[i] != x[i]) return x[i];
        if (x[i] > best) best = x[i];
    }
    return best;
}

int hornet_naive_all_finite(const float *x, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) {
        if (!isfinite(x[i])) return 0;
    }
    return 1;
}

void hornet_naive_column_sums(const float *x, float *y, ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t c = 0; c < columns; c++) {
        double sum = 0;
        for (ptrdiff_t r = 0; r < rows; r++) sum += x[r * columns + c];
        y[c] = (float)sum;
    }
}
