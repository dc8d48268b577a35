// Sums and maxima. A sum runs in 32 columns whatever the vector length, element i in column i mod 32, and
// the columns are folded in halves: every instruction set adds in the same order.

enum { SUM_VECTORS = 32 / LANES };

// Runs the statements for every vector of 0 ..< n, in groups of 32 elements; they see `i`, where the vector
// starts, `k`, its place in the group, and `count`, its lanes. The last group may be partial.
#define OVER_GROUPS(n, ...)                                                           \
    do {                                                                              \
        ptrdiff_t group = 0;                                                          \
        for (; group + 32 <= (n); group += 32) {                                      \
            for (int k = 0; k < SUM_VECTORS; k++) {                                   \
                const ptrdiff_t i = group + k * LANES;                                \
                enum { count = LANES };                                               \
                __VA_ARGS__                                                           \
            }                                                                         \
        }                                                                             \
        for (int k = 0; k < SUM_VECTORS; k++) {                                       \
            const ptrdiff_t i = group + k * LANES;                                    \
            const ptrdiff_t count = (n) - i < LANES ? (n) - i : LANES;                \
            if (count > 0) {                                                          \
                __VA_ARGS__                                                           \
            }                                                                         \
        }                                                                             \
    } while (0)

INLINE float fold(vf *sums) {
    for (int half = SUM_VECTORS / 2; half > 0; half /= 2) {
        for (int k = 0; k < half; k++) sums[k] += sums[k + half];
    }
    return sum_of_lanes(sums[0]);
}

static float kernel_sum(const float *x, ptrdiff_t n) {
    vf sums[SUM_VECTORS] = {0};
    OVER_GROUPS(n, sums[k] += load(x + i, count););
    return fold(sums);
}

static float kernel_dot(const float *a, const float *b, ptrdiff_t n) {
    vf sums[SUM_VECTORS] = {0};
    OVER_GROUPS(n, sums[k] += load(a + i, count) * load(b + i, count););
    return fold(sums);
}

static double kernel_sum_of_squares(const float *x, ptrdiff_t n) {
    vd low = 0.0;
    vd high = 0.0;
    OVER_VECTORS(n, {
        vf v = load(x + i, count);
        vd first = __builtin_convertvector(v.lo, vd);
        vd second = __builtin_convertvector(v.hi, vd);
        low += first * first;
        high += second * second;
    });
    return sum_of_double_lanes(low + high);
}

static float kernel_max(const float *x, ptrdiff_t n) {
    vf best[SUM_VECTORS];
    vi unordered[SUM_VECTORS] = {0};
    for (int k = 0; k < SUM_VECTORS; k++) best[k] = x[0];
    OVER_GROUPS(n, {
        vf v = first_lanes(load(x + i, count), count, x[0]);
        unordered[k] |= v != v;
        best[k] = v > best[k] ? v : best[k];
    });
    for (int k = 1; k < SUM_VECTORS; k++) {
        unordered[0] |= unordered[k];
        best[0] = best[k] > best[0] ? best[k] : best[0];
    }
    return any_lane(unordered[0]) ? __builtin_nanf("") : max_of_lanes(best[0]);
}

static int kernel_all_finite(const float *x, ptrdiff_t n) {
    enum { block = 4096 }; // looked at whole, then left early when something is wrong
    for (ptrdiff_t start = 0; start < n; start += block) {
        ptrdiff_t length = n - start < block ? n - start : block;
        vi wrong = 0;
        OVER_VECTORS(length, wrong |= magnitude(load(x + start + i, count)) < (vf)__builtin_inff() ? 0 : (vi)-1;);
        if (any_lane(wrong)) return 0;
    }
    return 1;
}
