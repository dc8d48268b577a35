// A sorting network for words of one type: the bitonic one, in which each word is compared with the mirrored one of its
// block, then at halving distances, and the smaller always goes first (Batcher 1968). No branch depends on the words.
//
// Included once for each type, with WORD (unsigned), WIDTH (words in a vector, 2 to 16) and NETWORK(name) defined.

typedef WORD NETWORK(v) __attribute__((ext_vector_type(WIDTH)));

INLINE NETWORK(v) NETWORK(load)(const WORD *p) {
    NETWORK(v) v;
    __builtin_memcpy(&v, p, sizeof v);
    return v;
}

INLINE void NETWORK(store)(WORD *p, NETWORK(v) v) { __builtin_memcpy(p, &v, sizeof v); }

// Lane i compared with lane i ^ x, where h is the highest bit of x.
#define COMPARE_LANES(v, x, h)                                                                     \
    do {                                                                                           \
        const NETWORK(v) other = __builtin_shufflevector(v, v, LANES_XOR(x));                      \
        const NETWORK(v) low = __builtin_elementwise_min(v, other), high = __builtin_elementwise_max(v, other); \
        (v) = __builtin_shufflevector(low, high, LANES_BY(h));                                     \
    } while (0)

// A vector whose lanes come from sorted blocks of half a vector, one rising and one falling, or the like.
INLINE NETWORK(v) NETWORK(merge_lanes)(NETWORK(v) v) {
#if WIDTH >= 16
    COMPARE_LANES(v, 8, 8);
#endif
#if WIDTH >= 8
    COMPARE_LANES(v, 4, 4);
#endif
#if WIDTH >= 4
    COMPARE_LANES(v, 2, 2);
#endif
    COMPARE_LANES(v, 1, 1);
    return v;
}

INLINE NETWORK(v) NETWORK(sort_lanes)(NETWORK(v) v) {
    COMPARE_LANES(v, 1, 1);
#if WIDTH >= 4
    COMPARE_LANES(v, 3, 2);
    COMPARE_LANES(v, 1, 1);
#endif
#if WIDTH >= 8
    COMPARE_LANES(v, 7, 4);
    COMPARE_LANES(v, 2, 2);
    COMPARE_LANES(v, 1, 1);
#endif
#if WIDTH >= 16
    COMPARE_LANES(v, 15, 8);
    COMPARE_LANES(v, 4, 4);
    COMPARE_LANES(v, 2, 2);
    COMPARE_LANES(v, 1, 1);
#endif
    return v;
}

INLINE void NETWORK(sort)(WORD *words, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i += WIDTH) NETWORK(store)(words + i, NETWORK(sort_lanes)(NETWORK(load)(words + i)));
    for (ptrdiff_t block = 2 * WIDTH; block <= n; block *= 2) {
        for (ptrdiff_t start = 0; start < n; start += block) {
            WORD *first = words + start, *last = words + start + block - WIDTH;
            for (; first < last; first += WIDTH, last -= WIDTH) {
                const NETWORK(v) a = NETWORK(load)(first), mirrored = NETWORK(load)(last);
                const NETWORK(v) b = __builtin_shufflevector(mirrored, mirrored, LANES_XOR(WIDTH - 1));
                const NETWORK(v) high = __builtin_elementwise_max(a, b);
                NETWORK(store)(first, __builtin_elementwise_min(a, b));
                NETWORK(store)(last, __builtin_shufflevector(high, high, LANES_XOR(WIDTH - 1)));
            }
        }
        for (ptrdiff_t distance = block / 4; distance >= WIDTH; distance /= 2) {
            for (ptrdiff_t start = 0; start < n; start += 2 * distance) {
                for (WORD *p = words + start; p < words + start + distance; p += WIDTH) {
                    const NETWORK(v) a = NETWORK(load)(p), b = NETWORK(load)(p + distance);
                    NETWORK(store)(p, __builtin_elementwise_min(a, b));
                    NETWORK(store)(p + distance, __builtin_elementwise_max(a, b));
                }
            }
        }
        for (ptrdiff_t i = 0; i < n; i += WIDTH) NETWORK(store)(words + i, NETWORK(merge_lanes)(NETWORK(load)(words + i)));
    }
}

#undef COMPARE_LANES
