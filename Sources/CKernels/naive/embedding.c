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

void hornet_naive_gather_max(
    const float *table, const int32_t *ids, float *y, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++) {
        for (ptrdiff_t w = 0; w < width; w++) {
            float best = table[ids[b * time] * width + w];
            for (ptrdiff_t t = 1; t < time; t++) {
                float x = table[ids[b * time + t] * width + w];
                if (x > best) best = x;
            }
            y[b * width + w] = best;
        }
    }
}

void hornet_naive_gather_max_pool_sets(
    const float *table, const int32_t *rows, const int32_t *slots, const int32_t *starts, float *y, int32_t *winner,
    ptrdiff_t batch, ptrdiff_t columns, ptrdiff_t stride) {
    for (ptrdiff_t b = 0; b < batch; b++) {
        for (ptrdiff_t c = 0; c < columns; c++) {
            int32_t best = slots[starts[b]];
            for (ptrdiff_t s = starts[b] + 1; s < starts[b + 1]; s++) {
                if (table[rows[slots[s]] * stride + c] > table[rows[best] * stride + c]) best = slots[s];
            }
            y[b * stride + c] = table[rows[best] * stride + c];
            winner[b * stride + c] = best;
        }
    }
}

ptrdiff_t hornet_naive_compact_winners(
    const int32_t *winner, ptrdiff_t n, const int32_t *rows, int32_t *places, int32_t *winning_rows,
    ptrdiff_t distinct) {
    ptrdiff_t count = 0;
    for (ptrdiff_t k = 0; k < distinct; k++) {
        int won = 0;
        for (ptrdiff_t i = 0; i < n; i++) won |= winner[i] == k;
        if (!won) continue;
        places[k] = (int32_t)count;
        winning_rows[count++] = rows[k];
    }
    return count;
}

void hornet_naive_scatter_winners(
    const float *dy, const int32_t *winner, const int32_t *places, float *values, ptrdiff_t batch, ptrdiff_t count,
    ptrdiff_t columns, ptrdiff_t stride) {
    for (ptrdiff_t k = 0; k < count; k++) {
        for (ptrdiff_t c = 0; c < columns; c++) values[k * stride + c] = 0;
    }
    for (ptrdiff_t b = 0; b < batch; b++) {
        for (ptrdiff_t c = 0; c < columns; c++) values[places[winner[b * stride + c]] * stride + c] += dy[b * stride + c];
    }
}

int hornet_naive_ids_are_below(const int32_t *ids, ptrdiff_t n, int32_t bound) {
    for (ptrdiff_t i = 0; i < n; i++) {
        if (ids[i] < 0 || ids[i] >= bound) return 0;
    }
    return 1;
}
