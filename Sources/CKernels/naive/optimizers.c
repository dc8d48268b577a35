#include "../include/hornet_naive_kernels.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

void hornet_naive_sgd(float *w, const float *g, float rate, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) w[i] -= rate * g[i];
}

void hornet_naive_sgd_momentum(
    float *w, float *velocity, const float *g, float rate, float momentum, int nesterov, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) {
        velocity[i] = momentum * velocity[i] - rate * g[i];
        w[i] += nesterov ? momentum * velocity[i] - rate * g[i] : velocity[i];
    }
}

void hornet_naive_rmsprop(
    float *w, float *v, const float *g, float rate, float rho, float one_minus_rho, float epsilon, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) {
        v[i] = rho * v[i] + one_minus_rho * (g[i] * g[i]);
        w[i] -= rate * g[i] / sqrtf(v[i] + epsilon);
    }
}

void hornet_naive_adam(
    float *w, float *m, float *v, const float *g, float alpha, float one_minus_beta1, float one_minus_beta2,
    float epsilon, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) {
        m[i] += (g[i] - m[i]) * one_minus_beta1;
        v[i] += (g[i] * g[i] - v[i]) * one_minus_beta2;
        w[i] -= m[i] * alpha / (sqrtf(v[i]) + epsilon);
    }
}

void hornet_naive_adam_rows(
    float *w, float *m, float *v, const float *g, const int32_t *rows, const int32_t *places, ptrdiff_t n,
    ptrdiff_t width, float alpha, float one_minus_beta1, float one_minus_beta2, float epsilon) {
    for (ptrdiff_t k = 0; k < n; k++) {
        ptrdiff_t at = rows[k] * width;
        hornet_naive_adam(
            w + at, m + at, v + at, g + places[k] * width, alpha, one_minus_beta1, one_minus_beta2, epsilon, width);
    }
}

void hornet_naive_adam_catch_up_rows(
    float *w, float *m, float *v, const int32_t *rows, const int32_t *since, ptrdiff_t n, ptrdiff_t width,
    const hornet_adam_history *history) {
    for (ptrdiff_t k = 0; k < n; k++) {
        const double *sums = history->sums + since[k] * history->terms;
        for (ptrdiff_t i = rows[k] * width; i < rows[k] * width + width; i++) {
            float root = sqrtf(v[i]);
            float inverse = 1 / (root + history->epsilon);
            float ratio = root * inverse;
            float sum = (float)(history->scale * sums[history->terms - 1]);
            for (ptrdiff_t p = history->terms - 2; p >= 0; p--) sum = sum * ratio + (float)(history->scale * sums[p]);
            float w_factor = history->w_factors ? history->w_factors[k] : 1;
            w[i] = w_factor * w[i] - m[i] * inverse * sum;
            m[i] *= history->m_powers[history->now - since[k]];
            v[i] *= history->v_powers[history->now - since[k]];
        }
    }
}
