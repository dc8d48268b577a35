// UTF-8 by three tables, as in J. Keiser and D. Lemire, "Validating UTF-8 in less than one instruction per byte",
// Software: Practice and Experience 51 (2021). Each error is one bit; it is there when all three tables, of the two
// halves of a byte and the upper half of the next one, say that it may be.

enum {
    TOO_SHORT = 1,      // a lead that something else than a continuation follows
    TOO_LONG = 2,       // a continuation after ASCII
    OVERLONG_3 = 4,     // E0 80 … 9F
    TOO_LARGE = 8,      // F4 90 … BF, F5 … FF
    SURROGATE = 16,     // ED A0 … BF
    OVERLONG_2 = 32,    // C0, C1
    TOO_LARGE_80 = 64,  // F5 80 … 8F and above
    OVERLONG_4 = 64,    // F0 80 … 8F
    TWO_CONTINUATIONS = 128,  // right where a third or fourth byte is due, else wrong
    ANY_LOW = TOO_SHORT | TOO_LONG | TWO_CONTINUATIONS,
    ANY_LARGE = ANY_LOW | TOO_LARGE | TOO_LARGE_80,
    ANY_CONTINUATION = TOO_LONG | OVERLONG_2 | TWO_CONTINUATIONS,
};

// Not 0 where a byte of p[0 ..< BYTES] is wrong after the three before it.
INLINE vb utf8_errors(const uint8_t *p) {
    static const uint8_t of_high[16] = {
        TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
        TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS, TWO_CONTINUATIONS,
        TOO_SHORT | OVERLONG_2, TOO_SHORT, TOO_SHORT | OVERLONG_3 | SURROGATE,
        TOO_SHORT | TOO_LARGE | TOO_LARGE_80 | OVERLONG_4};
    static const uint8_t of_low[16] = {
        ANY_LOW | OVERLONG_2 | OVERLONG_3 | OVERLONG_4, ANY_LOW | OVERLONG_2, ANY_LOW, ANY_LOW, ANY_LOW | TOO_LARGE,
        ANY_LARGE, ANY_LARGE, ANY_LARGE, ANY_LARGE, ANY_LARGE, ANY_LARGE, ANY_LARGE, ANY_LARGE,
        ANY_LARGE | SURROGATE, ANY_LARGE, ANY_LARGE};
    static const uint8_t of_next[16] = {
        TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
        ANY_CONTINUATION | OVERLONG_3 | OVERLONG_4 | TOO_LARGE_80, ANY_CONTINUATION | OVERLONG_3 | TOO_LARGE,
        ANY_CONTINUATION | SURROGATE | TOO_LARGE, ANY_CONTINUATION | SURROGATE | TOO_LARGE,
        TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT};
    const vb last = load_bytes(p - 1);
    const vb found = look_up(table_of_16(of_high), last >> 4) & look_up(table_of_16(of_low), last & 15) &
        look_up(table_of_16(of_next), load_bytes(p) >> 4);
    const vb is_due = (vb)(load_bytes(p - 2) >= 0xE0) | (vb)(load_bytes(p - 3) >= 0xF0);
    return found ^ (is_due & TWO_CONTINUATIONS);
}

static int kernel_is_utf8(const uint8_t *text, ptrdiff_t n) {
    enum { BEFORE = 3 };
    vb errors = 0;
    uint64_t beyond_ascii = 0;
    // The last block is not whole, so that zeros follow the text.
    for (ptrdiff_t i = 0; i <= n; i += BYTES) {
        const uint8_t *p = text + i;
        uint8_t padded[BEFORE + BYTES];
        if (i == 0 || n - i < BYTES) {
            memset(padded, 0, sizeof padded);
            const ptrdiff_t before = i == 0 ? 0 : BEFORE, count = n - i < BYTES ? n - i : BYTES;
            memcpy(padded + BEFORE - before, p - before, (size_t)(before + count));
            p = padded + BEFORE;
        }
        const uint64_t before = beyond_ascii;
        beyond_ascii = bits_of((vb)(load_bytes(p) >= 0x80));
        if (before | beyond_ascii) errors |= utf8_errors(p);
    }
    return bits_of((vb)(errors != 0)) == 0;
}
