#include "../include/hornet_naive_kernels.h"

void hornet_naive_sort_words(uint32_t *words, ptrdiff_t n) {
    for (ptrdiff_t i = 1; i < n; i++) {
        for (ptrdiff_t k = i; k > 0 && words[k - 1] > words[k]; k--) {
            const uint32_t word = words[k];
            words[k] = words[k - 1];
            words[k - 1] = word;
        }
    }
}

void hornet_naive_sort_long_words(uint64_t *words, ptrdiff_t n) {
    for (ptrdiff_t i = 1; i < n; i++) {
        for (ptrdiff_t k = i; k > 0 && words[k - 1] > words[k]; k--) {
            const uint64_t word = words[k];
            words[k] = words[k - 1];
            words[k - 1] = word;
        }
    }
}
