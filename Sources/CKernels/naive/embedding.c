#include "../include/hornet_naive_kernels.h"

#include <math.h>

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

ptrdiff_t hornet_naive_token_sets(
    const int32_t *ids, ptrdiff_t samples, ptrdiff_t time, hornet_stripe stripe, int32_t *slot_of_place, int32_t *rows,
    int32_t *slots, int32_t *positions, int32_t *starts, int32_t *scratch) {
    (void)slot_of_place;
    (void)scratch;
    ptrdiff_t distinct = 0;
    ptrdiff_t count = 0;
    for (ptrdiff_t s = 0; s < samples; s++) {
        starts[s] = (int32_t)count;
        for (ptrdiff_t t = 0; t < time; t++) {
            int32_t id = ids[s * time + t];
            if ((id >> stripe.granule_bits) % (1 << stripe.count_bits) != stripe.stripe) continue;
            ptrdiff_t slot = 0;
            while (slot < distinct && rows[slot] != id) slot++;
            if (slot == distinct) rows[distinct++] = id;
            int is_again = 0;
            for (ptrdiff_t k = starts[s]; k < count; k++) is_again |= slots[k] == slot;
            if (is_again) continue;
            slots[count] = (int32_t)slot;
            positions[count++] = (int32_t)t;
        }
    }
    starts[samples] = (int32_t)count;
    return distinct;
}

void hornet_naive_gather_max_pool_sets(
    const float *table, const int32_t *rows, const int32_t *slots, const int32_t *starts, float *y, int32_t *winner,
    ptrdiff_t batch, ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++) {
        for (ptrdiff_t c = 0; c < width; c++) {
            int32_t best = -1;
            for (ptrdiff_t s = starts[b]; s < starts[b + 1]; s++) {
                if (best < 0 || table[rows[slots[s]] * width + c] > table[rows[best] * width + c]) best = slots[s];
            }
            y[b * width + c] = best < 0 ? -INFINITY : table[rows[best] * width + c];
            winner[b * width + c] = best;
        }
    }
}

static int32_t position_of(const hornet_pool_part *part, ptrdiff_t b, int32_t slot) {
    for (ptrdiff_t s = part->starts[b]; s < part->starts[b + 1]; s++) {
        if (part->slots[s] == slot) return part->positions[s];
    }
    return INT32_MAX;
}

void hornet_naive_combine_maxima(
    const hornet_pool_part *parts, ptrdiff_t count, ptrdiff_t first, ptrdiff_t last, ptrdiff_t width) {
    for (ptrdiff_t b = first; b < last; b++) {
        for (ptrdiff_t i = b * width; i < (b + 1) * width; i++) {
            ptrdiff_t best = 0;
            for (ptrdiff_t p = 1; p < count; p++) {
                float x = parts[p].maxima[i];
                float y = parts[best].maxima[i];
                int is_earlier = position_of(parts + p, b, parts[p].winner[i]) <
                    position_of(parts + best, b, parts[best].winner[i]);
                if (x > y || (x == y && is_earlier)) best = p;
            }
            parts[0].maxima[i] = parts[best].maxima[i];
            for (ptrdiff_t p = 0; p < count; p++) {
                if (p != best) parts[p].winner[i] = -1;
            }
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
    ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < count * width; i++) values[i] = 0;
    for (ptrdiff_t b = 0; b < batch; b++) {
        for (ptrdiff_t c = 0; c < width; c++) {
            int32_t slot = winner[b * width + c];
            if (slot >= 0) values[places[slot] * width + c] += dy[b * width + c];
        }
    }
}

int hornet_naive_ids_are_below(const int32_t *ids, ptrdiff_t n, int32_t bound) {
    for (ptrdiff_t i = 0; i < n; i++) {
        if (ids[i] < 0 || ids[i] >= bound) return 0;
    }
    return 1;
}
