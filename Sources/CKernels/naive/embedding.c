#include "../include/hornet_naive_kernels.h"

void hornet_naive_gather_rows(
    const float *table, const int32_t *ids, float *y, ptrdiff_t n, ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < n; i++) {
        for (ptrdiff_t w = 0; w < width; w++) y[i * width + w] = table[ids[i] * width + w];
    }
}

void hornet_naive_scatter_add_rows(
    float *table, const int32_t *ids, const float *x, ptrdiff_t n, ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < n; i++) {
        for (ptrdiff_t w = 0; w < width; w++) table[ids[i] * width + w] += x[i * width + w];
    }
}

void hornet_naive_max_pool(
    const float *x, float *y, int32_t *winner, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++) {
        for (ptrdiff_t w = 0; w < width; w++) {
            const float *series = x + b * time * width + w;
            ptrdiff_t best = 0;
            for (ptrdiff_t t = 1; t < time; t++) {
                if (series[t * width] > series[best * width]) best = t;
            }
            y[b * width + w] = series[best * width];
            winner[b * width + w] = (int32_t)best;
        }
    }
}

void hornet_naive_max_pool_backward(
    const float *dy, const int32_t *winner, float *dx, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < batch * time * width; i++) dx[i] = 0;
    for (ptrdiff_t b = 0; b < batch; b++) {
        for (ptrdiff_t w = 0; w < width; w++) {
            ptrdiff_t t = winner[b * width + w];
            dx[(b * time + t) * width + w] = dy[b * width + w];
        }
    }
}

void hornet_naive_gather_max_pool(
    const float *table, const int32_t *ids, float *y, int32_t *winner, ptrdiff_t batch, ptrdiff_t time,
    ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++) {
        for (ptrdiff_t w = 0; w < width; w++) {
            int32_t best = ids[b * time];
            for (ptrdiff_t t = 1; t < time; t++) {
                int32_t id = ids[b * time + t];
                if (table[id * width + w] > table[best * width + w]) best = id;
            }
            y[b * width + w] = table[best * width + w];
            winner[b * width + w] = best;
        }
    }
}
