// Vectors of BYTES bytes, as many as a vector of floats has, and blocks of 64 of them as one bit each.
#ifndef HORNET_BYTES_H
#define HORNET_BYTES_H

#include <stdbool.h>

#define BYTES (4 * LANES)
enum { BLOCK = 64 };

typedef uint8_t vb __attribute__((ext_vector_type(BYTES)));
typedef bool vbits __attribute__((ext_vector_type(BYTES)));

INLINE vb load_bytes(const uint8_t *p) {
    vb v;
    __builtin_memcpy(&v, p, sizeof v);
    return v;
}

INLINE void store_bytes(uint8_t *p, vb v) { __builtin_memcpy(p, &v, sizeof v); }

// p[0 ..< count] in the first lanes, 0 in the others; nothing else is read. 0 < count <= BYTES.
INLINE vb load_some_bytes(const uint8_t *p, ptrdiff_t count) {
    if (count == BYTES) return load_bytes(p);
#if defined(HORNET_AVX512)
    return (vb)_mm512_maskz_loadu_epi8(((__mmask64)1 << count) - 1, p);
#else
    uint8_t part[BYTES] = {0};
    memcpy(part, p, (size_t)count);
    return load_bytes(part);
#endif
}

// A bit for each lane whose byte in `truth` is set (−1) and not 0, the first lane lowest.
INLINE uint64_t bits_of(vb truth) {
    const vbits bits = __builtin_convertvector(truth, vbits);
    uint64_t mask = 0;
    __builtin_memcpy(&mask, &bits, sizeof bits);
    return mask;
}

// A bit for each byte of p[0 ..< 64] that is `byte`.
INLINE uint64_t block_bits(const uint8_t *p, uint8_t byte) {
    uint64_t mask = 0;
    for (int k = 0; k < BLOCK; k += BYTES) mask |= bits_of((vb)(load_bytes(p + k) == byte)) << k;
    return mask;
}

// 16 bytes in every quarter of the vector: a table for `look_up`.
INLINE vb table_of_16(const uint8_t *p) {
    vb v;
    for (int k = 0; k < BYTES; k += 16) __builtin_memcpy((uint8_t *)&v + k, p, 16);
    return v;
}

// table[index] in each lane. Indices are below 16.
INLINE vb look_up(vb table, vb index) {
#if defined(HORNET_AVX512)
    return (vb)_mm512_shuffle_epi8((__m512i)table, (__m512i)index);
#elif defined(HORNET_AVX2)
    return (vb)_mm256_shuffle_epi8((__m256i)table, (__m256i)index);
#elif defined(__aarch64__)
    return (vb)vqtbl1q_u8((uint8x16_t)table, (uint8x16_t)index);
#else
    uint8_t from[BYTES], at[BYTES], to[BYTES];
    store_bytes(from, table);
    store_bytes(at, index);
    for (int k = 0; k < BYTES; k++) to[k] = from[at[k]];
    return load_bytes(to);
#endif
}

#endif
