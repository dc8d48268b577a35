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
