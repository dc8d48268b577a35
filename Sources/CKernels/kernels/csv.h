// Where CSV has the bytes that may mean something.

static void kernel_csv_marks(
    const uint8_t *text, ptrdiff_t n, uint8_t separator, uint64_t *quotes, uint64_t *ends) {
    for (ptrdiff_t i = 0; i < n; i += BLOCK) {
        const uint8_t *block = text + i;
        uint8_t padded[BLOCK];
        uint64_t all = ~(uint64_t)0;
        if (n - i < BLOCK) {
            block = memcpy(padded, block, (size_t)(n - i));
            all >>= BLOCK - (n - i);
        }
        quotes[i / BLOCK] = block_bits(block, '"') & all;
        ends[i / BLOCK] =
            (block_bits(block, separator) | block_bits(block, '\n') | block_bits(block, '\r')) & all;
    }
}
