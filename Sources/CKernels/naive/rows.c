#include "../include/hornet_naive_kernels.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

void hornet_naive_bias_activation(
    float *z, const float *bias, ptrdiff_t rows, ptrdiff_t columns, hornet_activation activation) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        float *row = z + r * columns;
        if (bias) hornet_naive_add(row, bias, row, columns);
        switch (activation) {
        case HORNET_LINEAR: break;
        case HORNET_RELU: hornet_naive_relu(row, row, columns); break;
        case HORNET_SIGMOID: hornet_naive_sigmoid(row, row, columns); break;
        case HORNET_TANH: hornet_naive_tanh(row, row, columns); break;
        }
    }
}

void hornet_naive_softmax(const float *x, float *y, ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t r = 0; r < rows && columns > 0; r++, x += columns, y += columns) {
        double max = hornet_naive_max(x, columns);
        double sum = 0;
        for (ptrdiff_t c = 0; c < columns; c++) sum += exp(x[c] - max);
        for (ptrdiff_t c = 0; c < columns; c++) y[c] = (float)(exp(x[c] - max) / sum);
    }
}

void hornet_naive_softmax_backward(
    const float *y, const float *dy, float *dx, ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t r = 0; r < rows; r++, y += columns, dy += columns, dx += columns) {
        float dot = hornet_naive_dot(y, dy, columns);
        for (ptrdiff_t c = 0; c < columns; c++) dx[c] = y[c] * (dy[c] - dot);
    }
}

void hornet_naive_bce_with_logits(
    const float *z, const float *y, float smoothing, float *loss, ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t r = 0; r < rows; r++, z += columns, y += columns) {
        double sum = 0;
        for (ptrdiff_t c = 0; c < columns; c++) {
            double logit = z[c];
            double target = y[c] * (1 - (double)smoothing) + (double)smoothing / 2;
            sum += (logit <= 0 ? 0 : logit) - logit * target + log1p(exp(-fabs(logit)));
        }
        loss[r] = (float)(sum / (double)columns);
    }
}

void hornet_naive_bce_with_logits_backward(
    const float *z, const float *y, float smoothing, const float *scale, float *dz, ptrdiff_t rows,
    ptrdiff_t columns) {
    for (ptrdiff_t r = 0; r < rows; r++, z += columns, y += columns, dz += columns) {
        for (ptrdiff_t c = 0; c < columns; c++) {
            double target = y[c] * (1 - (double)smoothing) + (double)smoothing / 2;
            dz[c] = (float)((1 / (1 + exp(-(double)z[c])) - target) * scale[r]);
        }
    }
}
