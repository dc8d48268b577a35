// Words in text: lower case and separators, then where words begin and end.

enum { SEPARATOR = 0xFF };

static ptrdiff_t kernel_lower_text(
    const uint8_t *text, ptrdiff_t n, const uint8_t *separators, int lower, uint8_t *y) {
    static const uint8_t bit_of_row[16] = {1, 2, 4, 8, 16, 32, 64, 128};
    const vb columns = table_of_16(separators), rows = table_of_16(bit_of_row);
    const uint8_t fold = lower ? 'a' - 'A' : 0;
    for (ptrdiff_t i = 0; i < n; i += BYTES) {
        const ptrdiff_t count = n - i < BYTES ? n - i : BYTES;
        const vb v = load_some_bytes(text + i, count);
        const vb separates = (vb)((look_up(columns, v & 15) & look_up(rows, v >> 4)) != 0);
        const vb is_capital = (vb)((vb)(v - 'A') < 26);
        store_bytes(y + i, (v + (is_capital & fold)) | separates);
        const uint64_t beyond = bits_of((vb)(v >= 0x80));
        if (beyond) return i + __builtin_ctzll(beyond);
    }
    return n;
}

// Appends the positions of the set bits, the lowest of which stands for `position`; up to 16 more are written.
INLINE ptrdiff_t append_positions(uint64_t bits, uint32_t position, uint32_t *y, ptrdiff_t count) {
#if defined(HORNET_AVX512)
    const __m512i lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    for (int k = 0; k < BLOCK; k += 16) {
        const __mmask16 some = (__mmask16)(bits >> k);
        const __m512i positions = _mm512_add_epi32(lanes, _mm512_set1_epi32((int)position + k));
        _mm512_storeu_si512(y + count, _mm512_maskz_compress_epi32(some, positions));
        count += __builtin_popcount(some);
    }
    return count;
#else
    for (; bits; bits &= bits - 1) y[count++] = position + (uint32_t)__builtin_ctzll(bits);
    return count;
#endif
}

static ptrdiff_t kernel_word_edges(const uint8_t *text, ptrdiff_t n, uint32_t *edges) {
    ptrdiff_t count = 0;
    uint64_t before = 1;
    for (ptrdiff_t i = 0; i < n; i += BLOCK) {
        const uint64_t separators = block_bits(text + i, SEPARATOR);
        uint64_t changes = separators ^ (separators << 1 | before);
        before = separators >> 63;
        if (n - i < BLOCK) changes &= ((uint64_t)1 << (n - i)) - 1;
        count = append_positions(changes, (uint32_t)i, edges, count);
    }
    return count;
}
