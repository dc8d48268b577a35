// Short sorts.

#define XOR_2(x) 0 ^ (x), 1 ^ (x)
#define XOR_4(x) XOR_2(x), 2 ^ (x), 3 ^ (x)
#define XOR_8(x) XOR_4(x), 4 ^ (x), 5 ^ (x), 6 ^ (x), 7 ^ (x)
#define XOR_16(x) XOR_8(x), 8 ^ (x), 9 ^ (x), 10 ^ (x), 11 ^ (x), 12 ^ (x), 13 ^ (x), 14 ^ (x), 15 ^ (x)
// Lane i of the first vector where bit h of i is clear, of the second where it is set.
#define BY(i, h, width) ((i) & (h) ? (i) + (width) : (i))
#define BY_2(h, width) BY(0, h, width), BY(1, h, width)
#define BY_4(h, width) BY_2(h, width), BY(2, h, width), BY(3, h, width)
#define BY_8(h, width) BY_4(h, width), BY(4, h, width), BY(5, h, width), BY(6, h, width), BY(7, h, width)
#define BY_16(h, width) \
    BY_8(h, width), BY(8, h, width), BY(9, h, width), BY(10, h, width), BY(11, h, width), BY(12, h, width), \
        BY(13, h, width), BY(14, h, width), BY(15, h, width)

#define WORD uint32_t
#define NETWORK(name) words_##name
#if LANES == 16
    #define WIDTH 16
    #define LANES_XOR(x) XOR_16(x)
    #define LANES_BY(h) BY_16(h, 16)
#elif LANES == 8
    #define WIDTH 8
    #define LANES_XOR(x) XOR_8(x)
    #define LANES_BY(h) BY_8(h, 8)
#else
    #define WIDTH 4
    #define LANES_XOR(x) XOR_4(x)
    #define LANES_BY(h) BY_4(h, 4)
#endif
#include "network.h"
#undef WORD
#undef NETWORK
#undef WIDTH
#undef LANES_XOR
#undef LANES_BY

#define WORD uint64_t
#define NETWORK(name) long_words_##name
#if LANES == 16
    #define WIDTH 8
    #define LANES_XOR(x) XOR_8(x)
    #define LANES_BY(h) BY_8(h, 8)
#elif LANES == 8
    #define WIDTH 4
    #define LANES_XOR(x) XOR_4(x)
    #define LANES_BY(h) BY_4(h, 4)
#else
    #define WIDTH 2
    #define LANES_XOR(x) XOR_2(x)
    #define LANES_BY(h) BY_2(h, 2)
#endif
#include "network.h"
#undef WORD
#undef NETWORK
#undef WIDTH
#undef LANES_XOR
#undef LANES_BY

static void kernel_sort_words(uint32_t *words, ptrdiff_t n) { words_sort(words, n); }

static void kernel_sort_long_words(uint64_t *words, ptrdiff_t n) { long_words_sort(words, n); }
