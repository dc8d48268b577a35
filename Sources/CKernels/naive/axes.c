#include "../include/hornet_naive_kernels.h"

float hornet_naive_min(const float *x, ptrdiff_t n) {
    float best = x[0];
    for (ptrdiff_t i = 0; i < n; i++) {
        if (x[i] != x[i]) return x[i];
        if (x[i] < best) best = x[i];
    }
    return best;
}

float hornet_naive_product(const float *x, ptrdiff_t n) {
    double product = 1;
    for (ptrdiff_t i = 0; i < n; i++) product *= x[i];
    return (float)product;
}

ptrdiff_t hornet_naive_count_nonzero(const float *x, ptrdiff_t n) {
    ptrdiff_t total = 0;
    for (ptrdiff_t i = 0; i < n; i++) total += x[i] != 0;
    return total;
}

ptrdiff_t hornet_naive_find(const float *x, ptrdiff_t n, float value) {
    ptrdiff_t i = 0;
    while (i < n && x[i] != value && !(x[i] != x[i] && value != value)) i++;
    return i;
}

void hornet_naive_reduce_columns(
    hornet_reduction reduction, const float *x, ptrdiff_t x_row, float *y, ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t c = 0; c < columns; c++) {
        const int extreme = reduction == HORNET_MAX || reduction == HORNET_MIN;
        double result = extreme ? x[c] : reduction == HORNET_PRODUCT;
        for (ptrdiff_t r = 0; r < rows; r++) {
            const double v = x[r * x_row + c];
            switch (reduction) {
            case HORNET_SUM: result += v; break;
            case HORNET_NONZERO: result += v != 0; break;
            case HORNET_PRODUCT: result *= v; break;
            case HORNET_MAX: result = v > result || v != v ? v : result; break;
            case HORNET_MIN: result = v < result || v != v ? v : result; break;
            }
        }
        y[c] = (float)result;
    }
}

void hornet_naive_column_extremes(
    const float *x, ptrdiff_t x_row, int32_t *y, ptrdiff_t rows, ptrdiff_t columns, int smallest) {
    for (ptrdiff_t c = 0; c < columns; c++) {
        ptrdiff_t best = 0;
        for (ptrdiff_t r = 1; r < rows; r++) {
            const float v = x[r * x_row + c];
            const float found = x[best * x_row + c];
            if ((smallest ? v < found : v > found) || (v != v && found == found)) best = r;
        }
        y[c] = (int32_t)best;
    }
}

void hornet_naive_cumulative(hornet_reduction reduction, const float *x, float *y, ptrdiff_t n) {
    double result = reduction == HORNET_SUM ? 0 : 1;
    for (ptrdiff_t i = 0; i < n; i++) {
        result = reduction == HORNET_SUM ? result + x[i] : result * x[i];
        y[i] = (float)result;
    }
}
