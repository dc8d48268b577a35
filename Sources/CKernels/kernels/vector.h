// The vectors that every kernel is written in: LANES floats at once, whole or in part.
//
// The file that includes this says, before it does:
//   LANES          floats in a vector: 16, 8 or 4
//   BLOCK_VECTORS  vectors that a kernel may keep two values each of in registers: 8 or 4
//   HORNET_AVX512 or HORNET_AVX2 where those instructions may be used
#ifndef HORNET_VECTOR_H
#define HORNET_VECTOR_H

#define INLINE static inline __attribute__((always_inline, unused))

typedef float vf __attribute__((ext_vector_type(LANES)));
typedef int32_t vi __attribute__((ext_vector_type(LANES)));
typedef double vd __attribute__((ext_vector_type(LANES / 2)));
typedef float vh __attribute__((ext_vector_type(LANES / 2)));
typedef int32_t vhi __attribute__((ext_vector_type(LANES / 2)));
typedef int64_t vl __attribute__((ext_vector_type(LANES / 2)));
typedef float v4f __attribute__((ext_vector_type(4)));
typedef float v2f __attribute__((ext_vector_type(2)));
typedef double v4d __attribute__((ext_vector_type(4)));
typedef double v2d __attribute__((ext_vector_type(2)));

// p[0 ..< count] in the first lanes, 0 in the others; nothing else is read. 0 < count <= LANES.
INLINE vf load(const float *p, ptrdiff_t count) {
    vf v;
    if (count == LANES) {
        __builtin_memcpy(&v, p, sizeof v);
        return v;
    }
#if defined(HORNET_AVX512)
    return (vf)_mm512_maskz_loadu_ps((__mmask16)((1u << count) - 1), p);
#elif defined(HORNET_AVX2)
    return (vf)_mm256_maskload_ps(p, _mm256_loadu_si256((const __m256i *)(const void *)(lane_masks + 8 - count)));
#else
    float part[LANES] = {0};
    for (ptrdiff_t k = 0; k < count; k++) part[k] = p[k];
    __builtin_memcpy(&v, part, sizeof v);
    return v;
#endif
}

// The first `count` lanes to p[0 ..< count]; nothing else is written.
INLINE void store(float *p, ptrdiff_t count, vf v) {
    if (count == LANES) {
        __builtin_memcpy(p, &v, sizeof v);
        return;
    }
#if defined(HORNET_AVX512)
    _mm512_mask_storeu_ps(p, (__mmask16)((1u << count) - 1), (__m512)v);
#elif defined(HORNET_AVX2)
    _mm256_maskstore_ps(
        p, _mm256_loadu_si256((const __m256i *)(const void *)(lane_masks + 8 - count)), (__m256)v);
#else
    float part[LANES];
    __builtin_memcpy(part, &v, sizeof v);
    for (ptrdiff_t k = 0; k < count; k++) p[k] = part[k];
#endif
}

INLINE void store_ints(int32_t *p, ptrdiff_t count, vi v) { store((float *)(void *)p, count, (vf)v); }

// `v` in the first `count` lanes, `other` beyond them.
INLINE vf first_lanes(vf v, ptrdiff_t count, vf other) {
    if (count == LANES) return v;
    vi lane;
    for (int k = 0; k < LANES; k++) lane[k] = k;
    return lane < (vi)(int32_t)count ? v : other;
}

// Runs the statements for every vector of 0 ..< n; they see `i`, where it starts, and `count`, its lanes.
// All but the last are whole. Lanes do not mix, so a result has the same bits wherever its element lies.
#define OVER_VECTORS(n, ...)                                  \
    do {                                                      \
        ptrdiff_t i = 0;                                      \
        for (; i + LANES <= (n); i += LANES) {                \
            enum { count = LANES };                           \
            __VA_ARGS__                                       \
        }                                                     \
        if (i < (n)) {                                        \
            const ptrdiff_t count = (n) - i;                  \
            __VA_ARGS__                                       \
        }                                                     \
    } while (0)

// Runs the statements for blocks of 0 ..< columns; they see `c`, where the block starts, `vectors`, its
// vectors (a constant), and `count`, the lanes of each. Widest blocks first.
#define OVER_BLOCKS(columns, ...)                                                          \
    do {                                                                                   \
        ptrdiff_t c = 0;                                                                   \
        OVER_BLOCKS_OF(BLOCK_VECTORS, columns, __VA_ARGS__);                               \
        if (BLOCK_VECTORS > 4) OVER_BLOCKS_OF(4, columns, __VA_ARGS__);                    \
        OVER_BLOCKS_OF(2, columns, __VA_ARGS__);                                           \
        OVER_BLOCKS_OF(1, columns, __VA_ARGS__);                                           \
        if (c < (columns)) {                                                               \
            enum { vectors = 1 };                                                          \
            const ptrdiff_t count = (columns) - c;                                         \
            __VA_ARGS__                                                                    \
        }                                                                                  \
    } while (0)
#define OVER_BLOCKS_OF(size, columns, ...)                                                 \
    for (; c + (size) * LANES <= (columns); c += (size) * LANES) {                         \
        enum { vectors = (size), count = LANES };                                          \
        __VA_ARGS__                                                                        \
    }

// The sum of all lanes: halves onto halves.
INLINE float sum_of_lanes(vf v) {
#if LANES == 16
    vh eight = v.lo + v.hi;
    v4f four = eight.lo + eight.hi;
#elif LANES == 8
    v4f four = v.lo + v.hi;
#else
    v4f four = v;
#endif
    v2f two = four.lo + four.hi;
    return two.x + two.y;
}

INLINE double sum_of_double_lanes(vd v) {
#if LANES == 16
    v4d four = v.lo + v.hi;
    v2d two = four.lo + four.hi;
#elif LANES == 8
    v2d two = v.lo + v.hi;
#else
    v2d two = v;
#endif
    return two.x + two.y;
}

INLINE float max_of_lanes(vf v) {
    float best = v[0];
    for (int k = 1; k < LANES; k++) best = v[k] > best ? v[k] : best;
    return best;
}

INLINE int any_lane(vi v) {
    int32_t any = 0;
    for (int k = 0; k < LANES; k++) any |= v[k];
    return any != 0;
}

// Both halves of a vector in double precision, and back.
INLINE vd low_doubles(vf v) { return __builtin_convertvector(v.lo, vd); }
INLINE vd high_doubles(vf v) { return __builtin_convertvector(v.hi, vd); }
INLINE vf from_doubles(vd low, vd high) {
    vf v;
    v.lo = __builtin_convertvector(low, vh);
    v.hi = __builtin_convertvector(high, vh);
    return v;
}

// x·2^n for integral n in −252 ... 254, rounded once.
INLINE vf times_power_of_two(vf x, vf n) {
#if defined(HORNET_AVX512)
    return (vf)_mm512_scalef_ps((__m512)x, (__m512)n);
#else
    // Adding 1.5·2²³ leaves n in the low bits. Two factors, because 2^n alone may be no normal float.
    vi whole = (vi)(n + 0x1.8p23f) - 0x4b400000;
    vi half = whole >> 1;
    return x * (vf)((half + 127) << 23) * (vf)((whole - half + 127) << 23);
#endif
}

#endif
