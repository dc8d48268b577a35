#include "../include/hornet_naive_kernels.h"

#include <math.h>

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }

void hornet_naive_lstm_gates(
    float *z, const float *c, float *shown, const ptrdiff_t *next, float *h_after, float *c_after, ptrdiff_t rows,
    ptrdiff_t units) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        float *gates = z + r * 4 * units;
        for (ptrdiff_t u = 0; u < units; u++) {
            const double input = sigmoid(gates[u]), forget = sigmoid(gates[units + u]);
            const double candidate = tanh(gates[2 * units + u]), output = sigmoid(gates[3 * units + u]);
            const double state = forget * c[r * units + u] + input * candidate;
            c_after[next[r] * units + u] = (float)state;
            h_after[next[r] * units + u] = (float)(output * tanh(state));
            if (shown) {
                gates[u] = (float)input;
                gates[units + u] = (float)forget;
                gates[2 * units + u] = (float)candidate;
                gates[3 * units + u] = (float)output;
                shown[r * units + u] = (float)tanh(state);
            }
        }
    }
}

void hornet_naive_lstm_gates_backward(
    float *gates, const float *c, const float *shown, const ptrdiff_t *next, const float *dh_after,
    const float *dc_after, float *dc, ptrdiff_t rows, ptrdiff_t units) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        float *row = gates + r * 4 * units;
        for (ptrdiff_t u = 0; u < units; u++) {
            const double input = row[u], forget = row[units + u], candidate = row[2 * units + u];
            const double output = row[3 * units + u], seen = shown[r * units + u];
            const double dh = dh_after[next[r] * units + u];
            const double dstate = dh * output * (1 - seen * seen) + dc_after[next[r] * units + u];
            row[u] = (float)(dstate * candidate * input * (1 - input));
            row[units + u] = (float)(dstate * c[r * units + u] * forget * (1 - forget));
            row[2 * units + u] = (float)(dstate * input * (1 - candidate * candidate));
            row[3 * units + u] = (float)(dh * seen * output * (1 - output));
            dc[r * units + u] = (float)(dstate * forget);
        }
    }
}
