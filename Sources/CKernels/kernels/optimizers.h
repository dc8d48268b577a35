// Optimizer updates, one pass over the arrays. Nothing is fused: multiplications and additions round one by
// one, and roots and quotients are the real ones, so that all instruction sets and Keras agree to the bit.

static void kernel_sgd(float *w, const float *g, float rate, ptrdiff_t n) {
#pragma clang fp contract(off)
    OVER_VECTORS(n, store(w + i, count, load(w + i, count) - rate * load(g + i, count)););
}

static void kernel_sgd_momentum(
    float *w, float *velocity, const float *g, float rate, float momentum, int nesterov, ptrdiff_t n) {
#pragma clang fp contract(off)
    OVER_VECTORS(n, {
        vf push = rate * load(g + i, count);
        vf speed = momentum * load(velocity + i, count) - push;
        store(velocity + i, count, speed);
        vf step = nesterov ? momentum * speed - push : speed;
        store(w + i, count, load(w + i, count) + step);
    });
}

static void kernel_rmsprop_with_complement(
    float *w, float *v, const float *g, float rate, float rho, float one_minus_rho, float epsilon, ptrdiff_t n) {
#pragma clang fp contract(off)
    OVER_VECTORS(n, {
        vf gradient = load(g + i, count);
        vf mean = rho * load(v + i, count) + one_minus_rho * (gradient * gradient);
        store(v + i, count, mean);
        vf step = rate * gradient / __builtin_elementwise_sqrt(mean + epsilon);
        store(w + i, count, load(w + i, count) - step);
    });
}

static void kernel_adam_with_complements(
    float *w, float *m, float *v, const float *g, float alpha, float one_minus_beta1, float one_minus_beta2,
    float epsilon, ptrdiff_t n) {
#pragma clang fp contract(off)
    OVER_VECTORS(n, {
        vf gradient = load(g + i, count);
        vf first = load(m + i, count);
        vf second = load(v + i, count);
        first += (gradient - first) * one_minus_beta1;
        second += (gradient * gradient - second) * one_minus_beta2;
        store(m + i, count, first);
        store(v + i, count, second);
        vf step = first * alpha / (__builtin_elementwise_sqrt(second) + epsilon);
        store(w + i, count, load(w + i, count) - step);
    });
}

static void kernel_adam_decay_with_complements(
    float *w, float *m, float *v, float alpha, float one_minus_beta1, float one_minus_beta2, float epsilon,
    ptrdiff_t n) {
#pragma clang fp contract(off)
    OVER_VECTORS(n, {
        vf first = load(m + i, count);
        vf second = load(v + i, count);
        first -= first * one_minus_beta1;
        second -= second * one_minus_beta2;
        store(m + i, count, first);
        store(v + i, count, second);
        vf step = first * alpha / (__builtin_elementwise_sqrt(second) + epsilon);
        store(w + i, count, load(w + i, count) - step);
    });
}

static void kernel_adam_catch_up(
    float *w, float *m, float *v, const float *sums, ptrdiff_t terms, float w_factor, float m_factor, float v_factor,
    float epsilon, ptrdiff_t n) {
#pragma clang fp contract(off)
    OVER_VECTORS(n, {
        vf first = load(m + i, count);
        vf second = load(v + i, count);
        vf root = __builtin_elementwise_sqrt(second);
        vf inverse = 1 / (root + epsilon);
        vf ratio = root * inverse;
        vf sum = (vf)sums[terms - 1];
        for (ptrdiff_t p = terms - 2; p >= 0; p--) sum = sum * ratio + sums[p];
        store(w + i, count, w_factor * load(w + i, count) - first * inverse * sum);
        store(m + i, count, first * m_factor);
        store(v + i, count, second * v_factor);
    });
}
