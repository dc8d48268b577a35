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

// Row `t` of those that a maximum is taken over: row t, row ids[t], or row rows[ids[t]].
typedef enum { ROW_BY_NUMBER, ROW_BY_ID, ROW_BY_SLOT } row_order;

INLINE const float *pooled_row(
    const float *table, const row_order order, const int32_t *ids, const int32_t *rows, ptrdiff_t t, ptrdiff_t stride) {
    switch (order) {
    case ROW_BY_NUMBER: return table + t * stride;
    case ROW_BY_ID: return table + ids[t] * stride;
    case ROW_BY_SLOT: return table + rows[ids[t]] * stride;
    }
}

// The maximum over `time` rows, for `vectors` vectors of columns (a constant, so that maxima and winners stay in
// registers), the last of them `count` lanes wide. `order` is a constant too. The winner is t, or ids[t].
INLINE void pool_block(
    const float *table, const row_order order, const int32_t *ids, const int32_t *rows, float *y, int32_t *winner,
    ptrdiff_t time, ptrdiff_t stride, const int vectors, ptrdiff_t count) {
    vf best[BLOCK_VECTORS];
    vi who[BLOCK_VECTORS];
    const float *row = pooled_row(table, order, ids, rows, 0, stride);
    for (int k = 0; k < vectors; k++) {
        best[k] = load(row + k * LANES, count);
        who[k] = order == ROW_BY_NUMBER ? 0 : ids[0];
    }
    for (ptrdiff_t t = 1; t < time; t++) {
        row = pooled_row(table, order, ids, rows, t, stride);
        if (order != ROW_BY_NUMBER && t + PREFETCH_ROWS < time) {
            const float *later = pooled_row(table, order, ids, rows, t + PREFETCH_ROWS, stride);
            for (int k = 0; k < vectors * LANES; k += 16) __builtin_prefetch(later + k);
        }
        const int32_t name = order == ROW_BY_NUMBER ? (int32_t)t : ids[t];
        for (int k = 0; k < vectors; k++) {
            vf v = load(row + k * LANES, count);
            vi greater = v > best[k];
            best[k] = greater ? v : best[k];
            if (winner) who[k] = greater ? (vi)name : who[k];
        }
    }
    for (int k = 0; k < vectors; k++) {
        store(y + k * LANES, count, best[k]);
        if (winner) store_ints(winner + k * LANES, count, who[k]);
    }
}

static void kernel_max_pool(
    const float *x, float *y, int32_t *winner, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++, x += time * width, y += width, winner += width) {
        OVER_BLOCKS(width, pool_block(x + c, ROW_BY_NUMBER, NULL, NULL, y + c, winner + c, time, width, vectors, count););
    }
}

static void kernel_max_pool_backward(
    const float *dy, const int32_t *winner, float *dx, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    memset(dx, 0, (size_t)(batch * time * width) * sizeof *dx);
    for (ptrdiff_t b = 0; b < batch; b++, dy += width, winner += width, dx += time * width) {
        for (ptrdiff_t w = 0; w < width; w++) dx[winner[w] * width + w] = dy[w];
    }
}

static void kernel_gather_max(
    const float *table, const int32_t *ids, float *y, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    for (ptrdiff_t b = 0; b < batch; b++, ids += time, y += width) {
        OVER_BLOCKS(width, pool_block(table + c, ROW_BY_ID, ids, NULL, y + c, NULL, time, width, vectors, count););
    }
}

static void kernel_gather_max_pool_sets(
    const float *table, const int32_t *rows, const int32_t *slots, const int32_t *starts, float *y, int32_t *winner,
    ptrdiff_t batch, ptrdiff_t columns, ptrdiff_t stride) {
    for (ptrdiff_t b = 0; b < batch; b++, y += stride, winner += stride) {
        const int32_t *set = slots + starts[b];
        const ptrdiff_t size = starts[b + 1] - starts[b];
        OVER_BLOCKS(
            columns, pool_block(table + c, ROW_BY_SLOT, set, rows, y + c, winner + c, size, stride, vectors, count););
    }
}

static ptrdiff_t kernel_compact_winners(
    const int32_t *winner, ptrdiff_t n, const int32_t *rows, int32_t *places, int32_t *winning_rows,
    ptrdiff_t distinct) {
    memset(places, 0, (size_t)distinct * sizeof *places);
    for (ptrdiff_t i = 0; i < n; i++) places[winner[i]] = 1;
    ptrdiff_t count = 0;
    for (ptrdiff_t k = 0; k < distinct; k++) {
        // Without a branch: what is written for a row that won nothing is written over.
        const int32_t won = places[k];
        winning_rows[count] = rows[k];
        places[k] = (int32_t)count;
        count += won;
    }
    return count;
}

static void kernel_scatter_winners(
    const float *dy, const int32_t *winner, const int32_t *places, float *values, ptrdiff_t batch, ptrdiff_t count,
    ptrdiff_t columns, ptrdiff_t stride) {
    for (ptrdiff_t k = 0; k < count; k++) memset(values + k * stride, 0, (size_t)columns * sizeof *values);
    for (ptrdiff_t b = 0; b < batch; b++, dy += stride, winner += stride) {
        for (ptrdiff_t c = 0; c < columns; c++) values[places[winner[c]] * stride + c] += dy[c];
    }
}

static int kernel_ids_are_below(const int32_t *ids, ptrdiff_t n, int32_t bound) {
    uint32_t largest = 0;
    for (ptrdiff_t i = 0; i < n; i++) largest = (uint32_t)ids[i] > largest ? (uint32_t)ids[i] : largest;
    return n <= 0 || (bound > 0 && largest < (uint32_t)bound);
}
