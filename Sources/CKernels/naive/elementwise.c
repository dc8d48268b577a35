#include "../include/hornet_naive_kernels.h"

#include <math.h>

// One rounding per operation: the reference must not depend on what the compiler fuses.
#pragma STDC FP_CONTRACT OFF

void hornet_naive_add(const float *a, const float *b, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = a[i] + b[i];
}

void hornet_naive_subtract(const float *a, const float *b, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = a[i] - b[i];
}

void hornet_naive_multiply(const float *a, const float *b, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = a[i] * b[i];
}

void hornet_naive_divide(const float *a, const float *b, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = a[i] / b[i];
}

void hornet_naive_affine(const float *x, float scale, float shift, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = scale * x[i] + shift;
}

void hornet_naive_axpy(float scale, const float *x, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] += scale * x[i];
}

void hornet_naive_multiply_add(const float *a, const float *b, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] += a[i] * b[i];
}

void hornet_naive_exp(const float *x, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = (float)exp((double)x[i]);
}

void hornet_naive_log(const float *x, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = (float)log((double)x[i]);
}

void hornet_naive_sqrt(const float *x, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = sqrtf(x[i]);
}

void hornet_naive_tanh(const float *x, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = (float)tanh((double)x[i]);
}

void hornet_naive_sigmoid(const float *x, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = (float)(1 / (1 + exp(-(double)x[i])));
}

void hornet_naive_softplus(const float *x, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) {
        double z = x[i];
        y[i] = (float)(z > 0 ? z + log1p(exp(-z)) : log1p(exp(z)));
    }
}

void hornet_naive_relu(const float *x, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) y[i] = x[i] <= 0 ? 0 : x[i];
}

void hornet_naive_tanh_backward(const float *y, const float *dy, float *dx, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) dx[i] = dy[i] * (1 - y[i] * y[i]);
}

void hornet_naive_sigmoid_backward(const float *y, const float *dy, float *dx, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) dx[i] = dy[i] * (y[i] * (1 - y[i]));
}

void hornet_naive_relu_backward(const float *y, const float *dy, float *dx, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
}

void hornet_naive_dropout_factors(
    uint64_t state, uint64_t gamma, uint64_t threshold, float kept, float *y, ptrdiff_t n) {
    uint64_t bits = 0;
    for (ptrdiff_t i = 0; i < n; i++) {
        if (i % 2 == 0) {
            state += gamma;
            bits = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
            bits ^= bits >> 31;
        } else {
            bits >>= 32;
        }
        y[i] = (bits & 0xffffffff) >= threshold ? kept : 0;
    }
}

void hornet_naive_uniform(
    uint64_t state, uint64_t gamma, float low, float range, float last, float *y, ptrdiff_t n) {
#pragma STDC FP_CONTRACT OFF
    for (ptrdiff_t i = 0; i < n; i++) {
        state += gamma;
        uint64_t bits = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBu;
        bits ^= bits >> 31;
        float x = (float)(bits >> 40) * 0x1p-24f * range + low;
        y[i] = x < last ? x : last;
    }
}
