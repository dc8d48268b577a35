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

void hornet_naive_rmsprop_with_complement(
    float *w, float *v, const float *g, float rate, float rho, float one_minus_rho, float epsilon, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) {
        v[i] = rho * v[i] + one_minus_rho * (g[i] * g[i]);
        w[i] -= rate * g[i] / sqrtf(v[i] + epsilon);
    }
}

void hornet_naive_adam_with_complements(
    float *w, float *m, float *v, const float *g, float alpha, float one_minus_beta1, float one_minus_beta2,
    float epsilon, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) {
        m[i] += (g[i] - m[i]) * one_minus_beta1;
        v[i] += (g[i] * g[i] - v[i]) * one_minus_beta2;
        w[i] -= m[i] * alpha / (sqrtf(v[i]) + epsilon);
    }
}

void hornet_naive_adam_decay_with_complements(
    float *w, float *m, float *v, float alpha, float one_minus_beta1, float one_minus_beta2, float epsilon,
    ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) {
        m[i] -= m[i] * one_minus_beta1;
        v[i] -= v[i] * one_minus_beta2;
        w[i] -= m[i] * alpha / (sqrtf(v[i]) + epsilon);
    }
}

void hornet_naive_adam_catch_up(
    float *w, float *m, float *v, const float *sums, ptrdiff_t terms, float w_factor, float m_factor, float v_factor,
    float epsilon, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) {
        float root = sqrtf(v[i]);
        float inverse = 1 / (root + epsilon);
        float ratio = root * inverse;
        float sum = sums[terms - 1];
        for (ptrdiff_t p = terms - 2; p >= 0; p--) sum = sum * ratio + sums[p];
        w[i] = w_factor * w[i] - m[i] * inverse * sum;
        m[i] *= m_factor;
        v[i] *= v_factor;
    }
}
