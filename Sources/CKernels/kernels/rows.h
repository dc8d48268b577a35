// Kernels over the rows of a matrix: bias and activation, softmax, binary cross-entropy.

INLINE void bias_rows(float *z, const float *bias, ptrdiff_t rows, ptrdiff_t columns, vf (*function)(vf)) {
    if (!bias) { // then rows do not matter
        OVER_VECTORS(rows * columns, store(z + i, count, function(load(z + i, count))););
        return;
    }
    for (ptrdiff_t r = 0; r < rows; r++, z += columns) {
        OVER_VECTORS(columns, store(z + i, count, function(load(z + i, count) + load(bias + i, count))););
    }
}

static void kernel_bias_activation(
    float *z, const float *bias, ptrdiff_t rows, ptrdiff_t columns, hornet_activation activation) {
    switch (activation) {
    case HORNET_LINEAR:
        if (bias) bias_rows(z, bias, rows, columns, vector_itself);
        break;
    case HORNET_RELU: bias_rows(z, bias, rows, columns, vector_relu); break;
    case HORNET_SIGMOID: bias_rows(z, bias, rows, columns, vector_sigmoid); break;
    case HORNET_TANH: bias_rows(z, bias, rows, columns, vector_tanh); break;
    }
}

static void kernel_softmax(const float *x, float *y, ptrdiff_t rows, ptrdiff_t columns) {
    if (columns <= 0) return;
    for (ptrdiff_t r = 0; r < rows; r++, x += columns, y += columns) {
        // A NaN that the maximum passes over comes back through the sum.
        vf best = x[0];
        OVER_VECTORS(columns, {
            vf v = first_lanes(load(x + i, count), count, best);
            best = v > best ? v : best;
        });
        const float max = max_of_lanes(best);
        vf sums = 0.0f;
        OVER_VECTORS(columns, {
            vf e = vector_exp(load(x + i, count) - max);
            sums += first_lanes(e, count, 0.0f);
            store(y + i, count, e);
        });
        const float sum = sum_of_lanes(sums);
        OVER_VECTORS(columns, store(y + i, count, load(y + i, count) / sum););
    }
}

static void kernel_softmax_backward(
    const float *y, const float *dy, float *dx, ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t r = 0; r < rows; r++, y += columns, dy += columns, dx += columns) {
        const float dot = kernel_dot(y, dy, columns);
        OVER_VECTORS(columns, store(dx + i, count, load(y + i, count) * (load(dy + i, count) - dot)););
    }
}

static void kernel_bce_with_logits(
    const float *z, const float *y, float smoothing, float *loss, ptrdiff_t rows, ptrdiff_t columns) {
    for (ptrdiff_t r = 0; r < rows; r++, z += columns, y += columns) {
        vf sums = 0.0f;
        OVER_VECTORS(columns, {
            vf logit = load(z + i, count);
            vf target = load(y + i, count) * (1.0f - smoothing) + 0.5f * smoothing;
            vf log_term = log1p_to_one(exp_of_minus_magnitude(logit));
            vf element = vector_relu(logit) - logit * target + log_term;
            sums += first_lanes(element, count, 0.0f);
        });
        loss[r] = sum_of_lanes(sums) / (float)columns;
    }
}

static void kernel_bce_with_logits_backward(
    const float *z, const float *y, float smoothing, const float *scale, float *dz, ptrdiff_t rows,
    ptrdiff_t columns) {
    for (ptrdiff_t r = 0; r < rows; r++, z += columns, y += columns, dz += columns) {
        OVER_VECTORS(columns, {
            vf target = load(y + i, count) * (1.0f - smoothing) + 0.5f * smoothing;
            store(dz + i, count, (vector_sigmoid(load(z + i, count)) - target) * scale[r]);
        });
    }
}

static void kernel_focal_with_logits(
    const float *z, const float *y, const float *positive_weight, const float *bias,
    const hornet_focal_options *options, float *loss, float *slope, ptrdiff_t rows, ptrdiff_t columns) {
    const hornet_focal_options o = *options;
    for (ptrdiff_t r = 0; r < rows; r++, z += columns, y += columns, loss += columns, slope += columns) {
        OVER_VECTORS(columns, {
            vf x = load(z + i, count);
            if (bias) x += load(bias + i, count);
            vf t = load(y + i, count) * (1.0f - o.smoothing) + 0.5f * o.smoothing;
            vf no = 1.0f - t;
            vf yes_weight = positive_weight ? t * load(positive_weight + i, count) : t;
            vf no_weight = no / o.negative_scale;

            // What the sigmoid lacks of one is computed as a sigmoid too: it has all its digits.
            vf p = vector_sigmoid(x);
            vf lack = vector_sigmoid(-x);
            vf wide = x * o.negative_scale;
            vf q = vector_sigmoid(wide);
            vi counts = q > o.margin;
            vf q_slope = counts ? q * vector_sigmoid(-wide) * o.negative_scale : (vf)0.0f;
            vf no_loss;
            vf no_slope;
            if (o.margin > 0.0f) {
                q = counts ? q - o.margin : (vf)0.0f;
                no_loss = q < 0.25f ? -log_of_parts(-q, (vf)0.0f) : -vector_log(1.0f - q);
                no_slope = q_slope / (1.0f - q);
            } else {
                no_loss = vector_softplus(wide);
                no_slope = q * o.negative_scale;
            }
            vf cost = yes_weight * vector_softplus(-x) + no_weight * no_loss;
            vf cost_slope = no_weight * no_slope - yes_weight * lack;

            // How far the answer is off. Below the bound the power is as good as zero.
            vf off = t * lack + no * q;
            vf off_slope = no * q_slope - t * p * lack;
            vf gamma = t * o.gamma_positive + no * o.gamma_negative;
            vf base = off < 0x1p-126f ? (vf)0x1p-126f : off;
            vf focus = vector_exp(gamma * vector_log(base));
            store(loss + i, count, focus * cost);
            if (!o.holds_focus) cost_slope += cost * gamma * (off_slope / base);
            store(slope + i, count, focus * cost_slope);
        });
    }
}
