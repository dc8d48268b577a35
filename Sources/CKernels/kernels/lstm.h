// The gates of an LSTM, between two recurrent products. Their functions have neither branch nor cancellation, and give up
// what lies beyond the reach of a gate.

// e^(factor·x) = scale·(1 + rest), for a factor of ±1 or 2 and a result within the range of floats: scale is a power of
// two, rest within 0.42 of 0, where it is exact but for rounding.
typedef struct {
    vf scale, rest;
} exp_parts;

INLINE exp_parts gate_exp(vf x, const float factor) {
    // factor·x = n·ln 2 + r. The sum's last bits are n + 127: shifted up they are the exponent of 2ⁿ.
    vf shifted = x * (factor * 0x1.715476p0f) + (0x1.8p23f + 127);
    vf n = shifted - (0x1.8p23f + 127);
    vf r = factor * x - n * LN2_HIGH - n * LN2_LOW;
    vf q = EXP_4;
    q = q * r + EXP_3;
    q = q * r + EXP_2;
    q = q * r + EXP_1;
    q = q * r + EXP_0;
    return (exp_parts){.scale = (vf)((vi)shifted << 23), .rest = q * (r * r) + r};
}

// NaN passes.
INLINE vf clamped(vf x, float limit) {
    x = x > limit ? (vf)limit : x;
    return x < -limit ? (vf)-limit : x;
}

// 1 / (1 + e⁻ˣ), not below e⁻⁸⁷.
INLINE vf gate_sigmoid(vf x) {
    exp_parts e = gate_exp(clamped(x, 87.0f), -1.0f);
    return 1.0f / (e.scale * e.rest + (e.scale + 1.0f));
}

// With m = e²ˣ − 1, in which nothing cancels near 0: m / (m + 2).
INLINE vf gate_tanh(vf x) {
    exp_parts e = gate_exp(clamped(x, 20.0f), 2.0f);
    vf m = e.scale * e.rest + (e.scale - 1.0f);
    return m / (m + 2.0f);
}

static void kernel_lstm_gates(
    float *z, const float *c, float *shown, const ptrdiff_t *next, float *h_after, float *c_after, ptrdiff_t rows,
    ptrdiff_t units) {
    for (ptrdiff_t r = 0; r < rows; r++, z += 4 * units, c += units) {
        float *new_h = h_after + next[r] * units, *new_c = c_after + next[r] * units;
        OVER_VECTORS(units, {
            vf input = gate_sigmoid(load(z + i, count));
            vf forget = gate_sigmoid(load(z + units + i, count));
            vf candidate = gate_tanh(load(z + 2 * units + i, count));
            vf output = gate_sigmoid(load(z + 3 * units + i, count));
            vf state = forget * load(c + i, count) + input * candidate;
            vf seen = gate_tanh(state);
            store(new_c + i, count, state);
            store(new_h + i, count, output * seen);
            if (shown) {
                store(z + i, count, input);
                store(z + units + i, count, forget);
                store(z + 2 * units + i, count, candidate);
                store(z + 3 * units + i, count, output);
                store(shown + i, count, seen);
            }
        });
        if (shown) shown += units;
    }
}

static void kernel_lstm_gates_backward(
    float *gates, const float *c, const float *shown, const ptrdiff_t *next, const float *dh_after,
    const float *dc_after, float *dc, ptrdiff_t rows, ptrdiff_t units) {
    for (ptrdiff_t r = 0; r < rows; r++, gates += 4 * units, c += units, shown += units, dc += units) {
        const float *dh_row = dh_after + next[r] * units, *dc_row = dc_after + next[r] * units;
        OVER_VECTORS(units, {
            vf input = load(gates + i, count);
            vf forget = load(gates + units + i, count);
            vf candidate = load(gates + 2 * units + i, count);
            vf output = load(gates + 3 * units + i, count);
            vf seen = load(shown + i, count), dh = load(dh_row + i, count);
            vf dstate = dh * output * (1.0f - seen * seen) + load(dc_row + i, count);
            store(gates + i, count, dstate * candidate * (input * (1.0f - input)));
            store(gates + units + i, count, dstate * load(c + i, count) * (forget * (1.0f - forget)));
            store(gates + 2 * units + i, count, dstate * input * (1.0f - candidate * candidate));
            store(gates + 3 * units + i, count, dh * seen * (output * (1.0f - output)));
            store(dc + i, count, dstate * forget);
        });
    }
}
