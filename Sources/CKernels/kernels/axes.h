// Reductions along an axis that is not the last, places of extremes, and running sums and products.

INLINE vf larger_of(vf best, vf v) { return ((v > best) | (v != v)) ? v : best; }
INLINE vf smaller_of(vf best, vf v) { return ((v < best) | (v != v)) ? v : best; }

INLINE vf vector_itself(vf x) { return x; }
INLINE vf vector_is_nonzero(vf x) { return truth(x != 0.0f); }

// Sums `vectors` vectors' worth of columns. Blocks of rows are summed by themselves, and their sums with what rounding
// took from the total before, so that the error does not grow with the number of rows.
INLINE void column_block_sums(
    const float *x, ptrdiff_t x_row, float *y, ptrdiff_t rows, const int vectors, ptrdiff_t count, vf (*term)(vf)) {
    enum { block = 64 };
    vf totals[BLOCK_VECTORS];
    vf lost[BLOCK_VECTORS];
    for (int k = 0; k < vectors; k++) totals[k] = lost[k] = 0.0f;
    for (ptrdiff_t start = 0; start < rows; start += block) {
        const ptrdiff_t end = rows - start < block ? rows : start + block;
        vf sums[BLOCK_VECTORS];
        for (int k = 0; k < vectors; k++) sums[k] = 0.0f;
        for (ptrdiff_t r = start; r < end; r++) {
            for (int k = 0; k < vectors; k++) sums[k] += term(load(x + r * x_row + k * LANES, count));
        }
        for (int k = 0; k < vectors; k++) {
            vf total = totals[k] + (sums[k] + lost[k]);
            vf rest = (sums[k] + lost[k]) - (total - totals[k]);
            // Infinite sums leave no rest.
            lost[k] = rest == rest ? rest : (vf)0.0f;
            totals[k] = total;
        }
    }
    for (int k = 0; k < vectors; k++) store(y + k * LANES, count, totals[k]);
}

INLINE void column_block(
    const float *x, ptrdiff_t x_row, float *y, ptrdiff_t rows, const int vectors, ptrdiff_t count, vf (*f)(vf, vf)) {
    vf result[BLOCK_VECTORS];
    for (int k = 0; k < vectors; k++) result[k] = load(x + k * LANES, count);
    for (ptrdiff_t r = 1; r < rows; r++) {
        for (int k = 0; k < vectors; k++) result[k] = f(result[k], load(x + r * x_row + k * LANES, count));
    }
    for (int k = 0; k < vectors; k++) store(y + k * LANES, count, result[k]);
}

static void kernel_reduce_columns(
    hornet_reduction reduction, const float *x, ptrdiff_t x_row, float *y, ptrdiff_t rows, ptrdiff_t columns) {
    switch (reduction) {
    case HORNET_SUM:
        OVER_BLOCKS(columns, column_block_sums(x + c, x_row, y + c, rows, vectors, count, vector_itself););
        break;
    case HORNET_NONZERO:
        OVER_BLOCKS(columns, column_block_sums(x + c, x_row, y + c, rows, vectors, count, vector_is_nonzero););
        break;
    case HORNET_PRODUCT:
        if (rows == 0) {
            OVER_VECTORS(columns, store(y + i, count, (vf)1.0f););
            break;
        }
        OVER_BLOCKS(columns, column_block(x + c, x_row, y + c, rows, vectors, count, pair_multiply););
        break;
    case HORNET_MAX:
        OVER_BLOCKS(columns, column_block(x + c, x_row, y + c, rows, vectors, count, larger_of););
        break;
    case HORNET_MIN:
        OVER_BLOCKS(columns, column_block(x + c, x_row, y + c, rows, vectors, count, smaller_of););
        break;
    }
}

static void kernel_column_sums(const float *x, float *y, ptrdiff_t rows, ptrdiff_t columns) {
    kernel_reduce_columns(HORNET_SUM, x, columns, y, rows, columns);
}

static float kernel_min(const float *x, ptrdiff_t n) {
    vf best[SUM_VECTORS];
    for (int k = 0; k < SUM_VECTORS; k++) best[k] = x[0];
    OVER_GROUPS(n, best[k] = smaller_of(best[k], first_lanes(load(x + i, count), count, x[0])););
    for (int k = 1; k < SUM_VECTORS; k++) best[0] = smaller_of(best[0], best[k]);
    float least = best[0][0];
    for (int k = 1; k < LANES; k++) {
        const float v = best[0][k];
        least = v < least || v != v ? v : least;
    }
    return least;
}

static float kernel_product(const float *x, ptrdiff_t n) {
    vf products[SUM_VECTORS];
    for (int k = 0; k < SUM_VECTORS; k++) products[k] = 1.0f;
    OVER_GROUPS(n, products[k] *= first_lanes(load(x + i, count), count, (vf)1.0f););
    for (int k = 1; k < SUM_VECTORS; k++) products[0] *= products[k];
    float product = products[0][0];
    for (int k = 1; k < LANES; k++) product *= products[0][k];
    return product;
}

static ptrdiff_t kernel_count_nonzero(const float *x, ptrdiff_t n) {
    vi counts = 0;
    OVER_VECTORS(n, counts -= load(x + i, count) != 0.0f;);
    ptrdiff_t total = 0;
    for (int k = 0; k < LANES; k++) total += counts[k];
    return total;
}

static ptrdiff_t kernel_find(const float *x, ptrdiff_t n, float value) {
    const vi wants_nan = value != value ? (vi)-1 : (vi)0;
    OVER_VECTORS(n, {
        vf v = load(x + i, count);
        vi found = (v == value) | ((v != v) & wants_nan);
        if (any_lane(found)) {
            for (ptrdiff_t k = 0; k < count; k++) {
                if (found[k]) return i + k;
            }
        }
    });
    return n;
}

INLINE void column_block_places(
    const float *x, ptrdiff_t x_row, int32_t *y, ptrdiff_t rows, ptrdiff_t count, const int smallest) {
    vf best = load(x, count);
    vi place = 0;
    for (ptrdiff_t r = 1; r < rows; r++) {
        vf v = load(x + r * x_row, count);
        vi better = (smallest ? v < best : v > best) | ((v != v) & (best == best));
        best = better ? v : best;
        place = better ? (vi)(int32_t)r : place;
    }
    store_ints(y, count, place);
}

static void kernel_column_extremes(
    const float *x, ptrdiff_t x_row, int32_t *y, ptrdiff_t rows, ptrdiff_t columns, int smallest) {
    if (smallest) {
        OVER_VECTORS(columns, column_block_places(x + i, x_row, y + i, rows, count, 1););
    } else {
        OVER_VECTORS(columns, column_block_places(x + i, x_row, y + i, rows, count, 0););
    }
}

// `v` moved up by some lanes, `fill` in the lanes that become free.
#if LANES == 16
    #define UP_1(v, fill) __builtin_shufflevector(v, fill, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)
    #define UP_2(v, fill) __builtin_shufflevector(v, fill, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)
    #define UP_4(v, fill) __builtin_shufflevector(v, fill, 16, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
    #define UP_8(v, fill) __builtin_shufflevector(v, fill, 16, 16, 16, 16, 16, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7)
#elif LANES == 8
    #define UP_1(v, fill) __builtin_shufflevector(v, fill, 8, 0, 1, 2, 3, 4, 5, 6)
    #define UP_2(v, fill) __builtin_shufflevector(v, fill, 8, 8, 0, 1, 2, 3, 4, 5)
    #define UP_4(v, fill) __builtin_shufflevector(v, fill, 8, 8, 8, 8, 0, 1, 2, 3)
    #define UP_8(v, fill) (fill)
#else
    #define UP_1(v, fill) __builtin_shufflevector(v, fill, 4, 0, 1, 2)
    #define UP_2(v, fill) __builtin_shufflevector(v, fill, 4, 4, 0, 1)
    #define UP_4(v, fill) (fill)
    #define UP_8(v, fill) (fill)
#endif

// Each lane combined with those before it: distances double.
INLINE vf running_lanes(vf v, vf fill, vf (*f)(vf, vf)) {
    v = f(v, UP_1(v, fill));
    v = f(v, UP_2(v, fill));
    if (LANES > 4) v = f(v, UP_4(v, fill));
    if (LANES > 8) v = f(v, UP_8(v, fill));
    return v;
}

INLINE void run_along(const float *x, float *y, ptrdiff_t n, float start, vf (*f)(vf, vf)) {
    const vf fill = start;
    vf carried = start;
    OVER_VECTORS(n, {
        vf v = f(running_lanes(load(x + i, count), fill, f), carried);
        carried = v[LANES - 1];
        store(y + i, count, v);
    });
}

static void kernel_cumulative(hornet_reduction reduction, const float *x, float *y, ptrdiff_t n) {
    if (reduction == HORNET_SUM) run_along(x, y, n, 0.0f, pair_add);
    if (reduction == HORNET_PRODUCT) run_along(x, y, n, 1.0f, pair_multiply);
}
