// Compressed sparse rows times a dense matrix.

// One row for `vectors` vectors of columns (a constant, so that the sums stay in registers), the last of them `count`
// lanes wide: the sums over the stored values first ..< last. Beyond `last`, up to `end`, come those of later rows.
INLINE void sparse_block(
    const int32_t *columns, const float *values, ptrdiff_t first, ptrdiff_t last, ptrdiff_t end, const float *b,
    float *y, ptrdiff_t width, const int vectors, ptrdiff_t count) {
    vf sums[2 * BLOCK_VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) sums[v] = 0.0f;
    for (ptrdiff_t k = first; k < last; k++) {
        if (k + PREFETCH_ROWS < end) {
            const float *later = b + columns[k + PREFETCH_ROWS] * width;
            for (int v = 0; v < vectors * LANES; v += 16) __builtin_prefetch(later + v);
        }
        const float *row = b + columns[k] * width;
        const vf value = values[k];
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) sums[v] += value * load(row + v * LANES, count);
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) store(y + v * LANES, count, sums[v]);
}

static void kernel_sparse_matmul(
    const ptrdiff_t *starts, const int32_t *columns, const float *values, const float *b, float *y, ptrdiff_t rows,
    ptrdiff_t width) {
    const ptrdiff_t end = starts[rows];
    for (ptrdiff_t r = 0; r < rows; r++, y += width) {
        const ptrdiff_t first = starts[r];
        const ptrdiff_t last = starts[r + 1];
        ptrdiff_t done = 0;
        for (; done + 2 * BLOCK_VECTORS * LANES <= width; done += 2 * BLOCK_VECTORS * LANES) {
            sparse_block(columns, values, first, last, end, b + done, y + done, width, 2 * BLOCK_VECTORS, LANES);
        }
        OVER_BLOCKS(
            width - done,
            sparse_block(columns, values, first, last, end, b + done + c, y + done + c, width, vectors, count););
    }
}
