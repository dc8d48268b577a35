// y = f(x), y = f(a, b): arithmetic, functions and their gradients.

static void kernel_add(const float *a, const float *b, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, load(a + i, count) + load(b + i, count)););
}

static void kernel_subtract(const float *a, const float *b, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, load(a + i, count) - load(b + i, count)););
}

static void kernel_multiply(const float *a, const float *b, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, load(a + i, count) * load(b + i, count)););
}

static void kernel_divide(const float *a, const float *b, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, load(a + i, count) / load(b + i, count)););
}

static void kernel_affine(const float *x, float scale, float shift, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, load(x + i, count) * scale + shift););
}

static void kernel_axpy(float scale, const float *x, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, load(x + i, count) * scale + load(y + i, count)););
}

static void kernel_multiply_add(const float *a, const float *b, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, load(a + i, count) * load(b + i, count) + load(y + i, count)););
}

static void kernel_exp(const float *x, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, vector_exp(load(x + i, count))););
}

static void kernel_log(const float *x, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, vector_log(load(x + i, count))););
}

static void kernel_sqrt(const float *x, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, __builtin_elementwise_sqrt(load(x + i, count))););
}

static void kernel_tanh(const float *x, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, vector_tanh(load(x + i, count))););
}

static void kernel_sigmoid(const float *x, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, vector_sigmoid(load(x + i, count))););
}

static void kernel_softplus(const float *x, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, vector_softplus(load(x + i, count))););
}

static void kernel_relu(const float *x, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, store(y + i, count, vector_relu(load(x + i, count))););
}

static void kernel_tanh_backward(const float *y, const float *dy, float *dx, ptrdiff_t n) {
    OVER_VECTORS(n, {
        vf result = load(y + i, count);
        store(dx + i, count, load(dy + i, count) * (1.0f - result * result));
    });
}

static void kernel_sigmoid_backward(const float *y, const float *dy, float *dx, ptrdiff_t n) {
    OVER_VECTORS(n, {
        vf result = load(y + i, count);
        store(dx + i, count, load(dy + i, count) * (result * (1.0f - result)));
    });
}

static void kernel_relu_backward(const float *y, const float *dy, float *dx, ptrdiff_t n) {
    OVER_VECTORS(n, store(dx + i, count, load(y + i, count) > 0.0f ? load(dy + i, count) : (vf)0.0f););
}

// Stafford's variant 13 of the MurmurHash3 finalizer.
INLINE uint64_t mixed_bits(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static void kernel_dropout_factors(
    uint64_t state, uint64_t gamma, uint64_t threshold, float kept, float *y, ptrdiff_t n) {
    for (ptrdiff_t pair = 0; pair < n / 2; pair++) {
        const uint64_t bits = mixed_bits(state + gamma * (uint64_t)(pair + 1));
        y[2 * pair] = (bits & 0xffffffff) >= threshold ? kept : 0.0f;
        y[2 * pair + 1] = bits >> 32 >= threshold ? kept : 0.0f;
    }
    if (n & 1) {
        const uint64_t bits = mixed_bits(state + gamma * (uint64_t)(n / 2 + 1));
        y[n - 1] = (bits & 0xffffffff) >= threshold ? kept : 0.0f;
    }
}

static void kernel_uniform(
    uint64_t state, uint64_t gamma, float low, float range, float last, float *y, ptrdiff_t n) {
#pragma clang fp contract(off)
    for (ptrdiff_t i = 0; i < n; i++) {
        const float u = (float)(int32_t)(mixed_bits(state + gamma * (uint64_t)(i + 1)) >> 40) * 0x1p-24f;
        const float x = u * range + low;
        y[i] = x < last ? x : last;
    }
}
