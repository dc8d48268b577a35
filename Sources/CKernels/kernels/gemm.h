// Products of matrices that fit the caches, and transposes. Each element of a product is one chain of fused
// multiply-adds in the order of k, whatever tile it lies in: cutting the work differently changes no bit.

// A tile keeps GEMM_ROWS × GEMM_VECTORS sums in registers; rows of B stay in the second-level cache.
enum { GEMM_DEPTH = 256 };

// C[rows, vectors] (+)= A·B for `rows` × `vectors` (constants), the last vector `count` lanes wide.
INLINE void gemm_tile(
    const float *a, ptrdiff_t a_row, ptrdiff_t a_step, const float *b, ptrdiff_t b_row, float *c, ptrdiff_t c_row,
    ptrdiff_t k, int accumulate, const int rows, const int vectors, ptrdiff_t count) {
    vf sums[GEMM_ROWS][GEMM_WIDEST];
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int j = 0; j < vectors; j++) {
            sums[r][j] = accumulate ? load(c + r * c_row + j * LANES, j < vectors - 1 ? LANES : count) : 0.0f;
        }
    }
    for (ptrdiff_t p = 0; p < k; p++, a += a_step, b += b_row) {
        vf right[GEMM_WIDEST];
#pragma clang loop unroll(full)
        for (int j = 0; j < vectors; j++) right[j] = load(b + j * LANES, j < vectors - 1 ? LANES : count);
#pragma clang loop unroll(full)
        for (int r = 0; r < rows; r++) {
            const vf left = a[r * a_row];
#pragma clang loop unroll(full)
            for (int j = 0; j < vectors; j++) sums[r][j] += left * right[j];
        }
    }
#pragma clang loop unroll(full)
    for (int r = 0; r < rows; r++) {
#pragma clang loop unroll(full)
        for (int j = 0; j < vectors; j++) store(c + r * c_row + j * LANES, j < vectors - 1 ? LANES : count, sums[r][j]);
    }
}

// All rows of C for a block of columns.
INLINE void gemm_columns(
    const float *a, ptrdiff_t a_row, ptrdiff_t a_step, const float *b, ptrdiff_t b_row, float *c, ptrdiff_t c_row,
    ptrdiff_t m, ptrdiff_t k, int accumulate, const int vectors, ptrdiff_t count) {
    for (; m >= GEMM_ROWS; m -= GEMM_ROWS, a += GEMM_ROWS * a_row, c += GEMM_ROWS * c_row) {
        gemm_tile(a, a_row, a_step, b, b_row, c, c_row, k, accumulate, GEMM_ROWS, vectors, count);
    }
#define TILE(rows) \
    case rows: gemm_tile(a, a_row, a_step, b, b_row, c, c_row, k, accumulate, rows, vectors, count); break;
    switch (m) {
        TILE(1) TILE(2) TILE(3)
#if GEMM_ROWS > 4
        TILE(4) TILE(5) TILE(6) TILE(7)
#endif
    }
#undef TILE
}

// The same for few rows, which leave registers for more columns: `vectors` sums hide each other's latency.
INLINE void gemm_row(
    const float *a, ptrdiff_t a_step, const float *b, ptrdiff_t b_row, float *c, ptrdiff_t n, ptrdiff_t k,
    int accumulate) {
#define COLUMNS(vectors) \
    for (; n >= (vectors) * LANES; n -= (vectors) * LANES, b += (vectors) * LANES, c += (vectors) * LANES) { \
        gemm_tile(a, 0, a_step, b, b_row, c, 0, k, accumulate, 1, vectors, LANES); \
    }
    COLUMNS(GEMM_WIDEST)
    COLUMNS(4)
    COLUMNS(2)
    COLUMNS(1)
#undef COLUMNS
    if (n > 0) gemm_tile(a, 0, a_step, b, b_row, c, 0, k, accumulate, 1, 1, n);
}

static void kernel_gemm(
    const float *a, ptrdiff_t a_row, ptrdiff_t a_step, const float *b, ptrdiff_t b_row, float *c, ptrdiff_t c_row,
    ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, int accumulate) {
    if (k <= 0 && !accumulate) {
        for (ptrdiff_t r = 0; r < m; r++) memset(c + r * c_row, 0, (size_t)n * sizeof *c);
    }
    for (ptrdiff_t p = 0; p < k; p += GEMM_DEPTH, a += GEMM_DEPTH * a_step, b += GEMM_DEPTH * b_row) {
        const ptrdiff_t depth = k - p < GEMM_DEPTH ? k - p : GEMM_DEPTH;
        const int more = accumulate || p > 0;
        if (m == 1) {
            gemm_row(a, a_step, b, b_row, c, n, depth, more);
            continue;
        }
        ptrdiff_t j = 0;
#define COLUMNS(vectors, count) gemm_columns(a, a_row, a_step, b + j, b_row, c + j, c_row, m, depth, more, vectors, count)
        for (; j + GEMM_VECTORS * LANES <= n; j += GEMM_VECTORS * LANES) COLUMNS(GEMM_VECTORS, LANES);
        const ptrdiff_t rest = n - j;
        if (rest > 2 * LANES) {
            COLUMNS(3, rest - 2 * LANES);
        } else if (rest > LANES) {
            COLUMNS(2, rest - LANES);
        } else if (rest > 0) {
            COLUMNS(1, rest);
        }
#undef COLUMNS
    }
}

// 2·LANES floats from the first (or second) halves of a and b, taking turns.
#if LANES == 16
    #define FIRST_HALVES 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23
    #define SECOND_HALVES 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31
#elif LANES == 8
    #define FIRST_HALVES 0, 8, 1, 9, 2, 10, 3, 11
    #define SECOND_HALVES 4, 12, 5, 13, 6, 14, 7, 15
#else
    #define FIRST_HALVES 0, 4, 1, 5
    #define SECOND_HALVES 2, 6, 3, 7
#endif

// Transposes a square of vectors in place: interleaving the upper with the lower half log2(LANES) times.
INLINE void transpose_square(vf square[LANES]) {
#pragma clang loop unroll(full)
    for (int stage = 1; stage < LANES; stage *= 2) {
        vf next[LANES];
#pragma clang loop unroll(full)
        for (int k = 0; k < LANES / 2; k++) {
            next[2 * k] = __builtin_shufflevector(square[k], square[k + LANES / 2], FIRST_HALVES);
            next[2 * k + 1] = __builtin_shufflevector(square[k], square[k + LANES / 2], SECOND_HALVES);
        }
#pragma clang loop unroll(full)
        for (int k = 0; k < LANES; k++) square[k] = next[k];
    }
}

static void kernel_transpose(const float *x, ptrdiff_t x_row, float *y, ptrdiff_t y_row, ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t r = 0; r < rows; r += LANES) {
        const ptrdiff_t height = rows - r < LANES ? rows - r : LANES;
        for (ptrdiff_t c = 0; c < columns; c += LANES) {
            const ptrdiff_t width = columns - c < LANES ? columns - c : LANES;
            vf square[LANES] = {0};
            if (height == LANES && width == LANES) {
#pragma clang loop unroll(full)
                for (int k = 0; k < LANES; k++) square[k] = load(x + (r + k) * x_row + c, LANES);
            } else {
                for (ptrdiff_t k = 0; k < height; k++) square[k] = load(x + (r + k) * x_row + c, width);
            }
            transpose_square(square);
            if (height == LANES && width == LANES) {
#pragma clang loop unroll(full)
                for (int k = 0; k < LANES; k++) store(y + (c + k) * y_row + r, LANES, square[k]);
            } else {
                for (ptrdiff_t k = 0; k < width; k++) store(y + (c + k) * y_row + r, height, square[k]);
            }
        }
    }
}
