#include "../include/hornet_naive_kernels.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

ptrdiff_t hornet_naive_descend_margins(
    const hornet_margin_problem *p, int32_t *order, ptrdiff_t active, float *w, float *alpha, const float *last,
    float *extremes) {
    enum { labels = HORNET_MARGIN_LABELS };
    float *bias = w + p->columns * labels;
    for (int l = 0; l < labels; l++) {
        extremes[l] = INFINITY;
        extremes[labels + l] = -INFINITY;
    }
    for (ptrdiff_t place = 0; place < active; place++) {
        int32_t row = order[place];
        int changed = 0, busy = 0;
        for (int l = 0; l < labels; l++) {
            int is_present = p->targets[row] >> l & 1;
            float sign = is_present ? 1 : -1;
            float diagonal = (is_present ? p->present : p->absent)[l];
            float top = (is_present ? p->present : p->absent)[labels + l];
            double sum = bias[l] * p->bias_input;
            for (ptrdiff_t k = p->starts[row]; k < p->starts[row + 1]; k++) {
                sum += (double)w[p->ids[k] * labels + l] * p->values[k];
            }
            float old = alpha[row * labels + l];
            float slope = (float)sum * sign - 1 + old * diagonal;
            float open = slope;
            if (old <= 0 && slope > 0) open = 0;
            if (old >= top && open < 0) open = 0;
            int idle = (old <= 0 && slope > last[labels + l]) || (old >= top && slope < last[l]) || top <= 0;
            if (!idle) busy = 1;
            if (open < extremes[l]) extremes[l] = open;
            if (open > extremes[labels + l]) extremes[labels + l] = open;
            float next = old - slope / (p->squares[row] + diagonal);
            if (next < 0) next = 0;
            if (next > top) next = top;
            float change = (next - old) * sign;
            alpha[row * labels + l] = next;
            if (change == 0) continue;
            changed = 1;
            for (ptrdiff_t k = p->starts[row]; k < p->starts[row + 1]; k++) {
                w[p->ids[k] * labels + l] += change * p->values[k];
            }
            bias[l] += change * p->bias_input;
        }
        if (!changed && !busy) {
            order[place--] = order[--active];
            order[active] = row;
        }
    }
    return active;
}
