#include "../include/hornet_naive_kernels.h"

ptrdiff_t hornet_naive_lower_text(
    const uint8_t *text, ptrdiff_t n, const uint8_t *separators, int lower, uint8_t *y) {
    for (ptrdiff_t i = 0; i < n; i++) {
        uint8_t c = text[i];
        if (c >= 0x80) return i;
        if (separators[c & 15] >> (c >> 4) & 1) {
            y[i] = 0xFF;
        } else {
            y[i] = lower && c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
        }
    }
    return n;
}

ptrdiff_t hornet_naive_word_edges(const uint8_t *text, ptrdiff_t n, uint32_t *edges) {
    ptrdiff_t count = 0;
    int was_separator = 1;
    for (ptrdiff_t i = 0; i < n; i++) {
        int is_separator = text[i] == 0xFF;
        if (is_separator != was_separator) edges[count++] = (uint32_t)i;
        was_separator = is_separator;
    }
    return count;
}

void hornet_naive_csv_marks(
    const uint8_t *text, ptrdiff_t n, uint8_t separator, uint64_t *quotes, uint64_t *ends) {
    for (ptrdiff_t i = 0; i < n; i++) {
        if (i % 64 == 0) quotes[i / 64] = ends[i / 64] = 0;
        uint64_t bit = (uint64_t)1 << i % 64;
        if (text[i] == '"') quotes[i / 64] |= bit;
        if (text[i] == separator || text[i] == '\n' || text[i] == '\r') ends[i / 64] |= bit;
    }
}

// The table of well-formed sequences in the Unicode standard, 3.9.
int hornet_naive_is_utf8(const uint8_t *text, ptrdiff_t n) {
    ptrdiff_t i = 0;
    while (i < n) {
        uint8_t lead = text[i++];
        int count = lead < 0x80 ? 0 : lead < 0xC2 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : lead < 0xF5 ? 3 : -1;
        if (count < 0 || n - i < count) return 0;
        for (int k = 0; k < count; k++) {
            uint8_t low = 0x80, high = 0xBF;
            if (k == 0 && lead == 0xE0) low = 0xA0;
            if (k == 0 && lead == 0xED) high = 0x9F;
            if (k == 0 && lead == 0xF0) low = 0x90;
            if (k == 0 && lead == 0xF4) high = 0x8F;
            if (text[i] < low || text[i] > high) return 0;
            i++;
        }
    }
    return 1;
}
