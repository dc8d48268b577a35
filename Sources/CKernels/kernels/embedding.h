// Rows of a table by id, and the maximum over time.

static void kernel_gather_rows(
    const float *table, const int32_t *ids, float *y, ptrdiff_t n, ptrdiff_t width) {
    for (ptrdiff_t i = 0; i < n; i++) {
        memcpy(y + i * width, table + ids[i] * width, (size_t)width * sizeof *y);
    }
}

static void kernel_scatter_add_rows(
    float *table, const int32_t *ids, const float *x, ptrdiff_t n, ptrdiff_t width) {
    for (ptrdiff_t item = 0; item < n; item++, x += width) {
        float *row = table + ids[item] * width;
        OVER_VECTORS(width, store(row + i, count, load(row + i, count) + load(x + i, count)););
    }
}

// How far ahead of the row at work: rows by id lie where the hardware does not guess them.
enum { PREFETCH_ROWS = 8 };

// The maximum over `time` rows of `rows` [*, width], for `vectors` vectors of columns (a constant, so that
// maxima and winners stay in registers), the last of them `count` lanes wide. Row t is ids[t] where `gather`
// (a constant too), else t.
INLINE void pool_block(
    const float *rows, const int gather, const int32_t *ids, float *y, int32_t *winner, ptrdiff_t time,
    ptrdiff_t width, const int vectors, ptrdiff_t count) {
    vf best[BLOCK_VECTORS];
    vi who[BLOCK_VECTORS];
    const int32_t first = gather ? ids[0] : 0;
    for (int k = 0; k < vectors; k++) {
        best[k] = load(rows + first * width + k * LANES, count);
        who[k] = first;
    }
    for (ptrdiff_t t = 1; t < time; t++) {
        const int32_t id = gather ? ids[t] : (int32_t)t;
        const float *row = rows + id * width;
        if (gather && t + PREFETCH_ROWS < time) {
            const float *later = rows + ids[t + PREFETCH_ROWS] * width;
            for (int k = 0; k < vectors * LANES; k += 16) __builtin_prefetch(later + k);
        }
        for (int k = 0; k < vectors; k++) {
            vf v = load(row + k * LANES, count);
            vi greater = v > best[k];
            best[k] = greater ? v : best[k];
            who[k] = greater ? (vi)id : who[k];
        }
    }
    for (int k = 0; k < vectors; k++) {
        store(y + k * LANES, count, best[k]);
        store_ints(winner + k * LANES, count, who[k]);
    }
}

INLINE void pool_rows(
    const float *rows, const int gather, const int32_t *ids, float *y, int32_t *winner, ptrdiff_t time,
    ptrdiff_t width) {
    OVER_BLOCKS(width, pool_block(rows + c, gather, ids, y + c, winner + c, time, width, vectors, count););
}

static void kernel_max_pool(
    const float *x, float *y, int32_t *winner, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++) {
        pool_rows(x + b * time * width, 0, NULL, y + b * width, winner + b * width, time, width);
    }
}

static void kernel_max_pool_backward(
    const float *dy, const int32_t *winner, float *dx, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    memset(dx, 0, (size_t)(batch * time * width) * sizeof *dx);
    for (ptrdiff_t b = 0; b < batch; b++, dy += width, winner += width, dx += time * width) {
        for (ptrdiff_t w = 0; w < width; w++) dx[winner[w] * width + w] = dy[w];
    }
}

static void kernel_gather_max_pool(
    const float *table, const int32_t *ids, float *y, int32_t *winner, ptrdiff_t batch, ptrdiff_t time,
    ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++) {
        pool_rows(table, 1, ids + b * time, y + b * width, winner + b * width, time, width);
    }
}
