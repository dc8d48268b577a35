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

void hornet_naive_focal_with_logits(
    const float *z, const float *y, const float *positive_weight, const float *bias,
    const hornet_focal_options *options, float *loss, float *slope, ptrdiff_t rows, ptrdiff_t columns) {
    const double scale = options->negative_scale;
    const double margin = options->margin;
    for (ptrdiff_t i = 0; i < rows * columns; i++) {
        double x = (double)z[i] + (bias ? (double)bias[i % columns] : 0);
        double t = y[i] * (1 - (double)options->smoothing) + (double)options->smoothing / 2;
        double weight = positive_weight ? (double)positive_weight[i % columns] : 1;
        double p = 1 / (1 + exp(-x));
        double lack = 1 / (1 + exp(x));
        double q = 1 / (1 + exp(-scale * x));
        double q_slope = q > margin ? q / (1 + exp(scale * x)) * scale : 0;
        double no_loss = scale * x > 0 ? scale * x + log1p(exp(-scale * x)) : log1p(exp(scale * x));
        double no_slope = q * scale;
        if (margin > 0) {
            q = q > margin ? q - margin : 0;
            no_loss = -log1p(-q);
            no_slope = q_slope / (1 - q);
        }
        double cost = t * weight * (x < 0 ? -x + log1p(exp(x)) : log1p(exp(-x))) + (1 - t) / scale * no_loss;
        double cost_slope = (1 - t) / scale * no_slope - t * weight * lack;
        double off = t * lack + (1 - t) * q;
        double gamma = t * (double)options->gamma_positive + (1 - t) * (double)options->gamma_negative;
        double focus = pow(off, gamma);
        if (!options->holds_focus && off > 0) {
            cost_slope += cost * gamma * ((1 - t) * q_slope - t * p * lack) / off;
        }
        loss[i] = (float)(focus * cost);
        slope[i] = (float)(focus * cost_slope);
    }
}
