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

static void kernel_rmsprop(
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

static void kernel_adam(
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

// How far ahead of the row at work a table is fetched: its rows come in no order that hardware could foresee.
enum { PREFETCH_UPDATES = 4 };

INLINE void prefetch_update(float *w, float *m, float *v, ptrdiff_t width) {
    for (ptrdiff_t c = 0; c < width; c += 16) {
        __builtin_prefetch(w + c, 1);
        __builtin_prefetch(m + c, 1);
        __builtin_prefetch(v + c, 1);
    }
}

static void kernel_adam_rows(
    float *w, float *m, float *v, const float *g, const int32_t *rows, const int32_t *places, ptrdiff_t n,
    ptrdiff_t width, float alpha, float one_minus_beta1, float one_minus_beta2, float epsilon) {
    for (ptrdiff_t k = 0; k < n; k++) {
        if (k + PREFETCH_UPDATES < n) {
            const ptrdiff_t later = rows[k + PREFETCH_UPDATES] * width;
            prefetch_update(w + later, m + later, v + later, width);
        }
        const ptrdiff_t at = rows[k] * width;
        kernel_adam(
            w + at, m + at, v + at, g + places[k] * width, alpha, one_minus_beta1, one_minus_beta2, epsilon, width);
    }
}

// Σ over p of sums[p]·ratio^p
INLINE vf power_sum(const float *sums, const ptrdiff_t terms, vf ratio) {
#pragma clang fp contract(off)
    vf sum = (vf)sums[terms - 1];
    for (ptrdiff_t p = terms - 2; p >= 0; p--) sum = sum * ratio + sums[p];
    return sum;
}

// One row; `terms` is a constant where it can be.
INLINE void adam_catch_up(
    float *w, float *m, float *v, const float *sums, const ptrdiff_t terms, float w_factor, float m_factor,
    float v_factor, float epsilon, ptrdiff_t n) {
#pragma clang fp contract(off)
    OVER_VECTORS(n, {
        vf first = load(m + i, count);
        vf second = load(v + i, count);
        vf root = __builtin_elementwise_sqrt(second);
        vf inverse = 1 / (root + epsilon);
        vf ratio = root * inverse;
        store(w + i, count, w_factor * load(w + i, count) - first * inverse * power_sum(sums, terms, ratio));
        store(m + i, count, first * m_factor);
        store(v + i, count, second * v_factor);
    });
}

static void kernel_adam_catch_up_rows(
    float *w, float *m, float *v, const int32_t *rows, const int32_t *since, ptrdiff_t n, ptrdiff_t width,
    const hornet_adam_history *history) {
    const ptrdiff_t terms = history->terms;
    for (ptrdiff_t k = 0; k < n; k++) {
        if (k + PREFETCH_UPDATES < n) {
            const ptrdiff_t later = rows[k + PREFETCH_UPDATES] * width;
            prefetch_update(w + later, m + later, v + later, width);
        }
        float sums[16];
        for (ptrdiff_t p = 0; p < terms; p++) sums[p] = (float)(history->scale * history->sums[since[k] * terms + p]);
        const float w_factor = history->w_factors ? history->w_factors[k] : 1;
        const float m_factor = history->m_powers[history->now - since[k]];
        const float v_factor = history->v_powers[history->now - since[k]];
        float *row_w = w + rows[k] * width;
        float *row_m = m + rows[k] * width;
        float *row_v = v + rows[k] * width;
#define CATCH_UP(terms) \
    adam_catch_up(row_w, row_m, row_v, sums, terms, w_factor, m_factor, v_factor, history->epsilon, width)
        switch (terms) {
        case 4: CATCH_UP(4); break;
        case 5: CATCH_UP(5); break;
        case 6: CATCH_UP(6); break;
        default: CATCH_UP(terms);
        }
#undef CATCH_UP
    }
}
