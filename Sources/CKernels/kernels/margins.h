// Dual coordinate descent on margins, a vector of labels at a time.

enum { MARGIN_PARTS = HORNET_MARGIN_LABELS / LANES };

// The margins' rows lie where the hardware does not guess them.
enum { PREFETCH_COLUMNS = 16 };

// targets bit q → 1 or −1 in lane q, for part `part` of the labels.
INLINE vf signs_of(uint32_t targets, int part) {
    vi bit;
    for (int k = 0; k < LANES; k++) bit[k] = 1 << k;
    const vi present = (vi)(int32_t)(targets >> (part * LANES)) & bit;
    return present == 0 ? (vf)-1.0f : (vf)1.0f;
}

static ptrdiff_t kernel_descend_margins(
    const hornet_margin_problem *p, int32_t *order, ptrdiff_t active, float *w, float *alpha, const float *last,
    float *extremes) {
    vf low[MARGIN_PARTS], high[MARGIN_PARTS], bias[MARGIN_PARTS];
    float *const bias_row = w + p->columns * HORNET_MARGIN_LABELS;
    for (int q = 0; q < MARGIN_PARTS; q++) {
        low[q] = __builtin_inff();
        high[q] = -__builtin_inff();
        bias[q] = load(bias_row + q * LANES, LANES);
    }
    for (ptrdiff_t place = 0; place < active; place++) {
        const int32_t row = order[place];
        const ptrdiff_t start = p->starts[row], end = p->starts[row + 1];
        float *const a = alpha + (ptrdiff_t)row * HORNET_MARGIN_LABELS;

        vf sums[MARGIN_PARTS];
        for (int q = 0; q < MARGIN_PARTS; q++) sums[q] = bias[q] * p->bias_input;
        for (ptrdiff_t k = start; k < end; k++) {
            __builtin_prefetch(w + (ptrdiff_t)p->ids[k + PREFETCH_COLUMNS] * HORNET_MARGIN_LABELS);
            const float *from = w + (ptrdiff_t)p->ids[k] * HORNET_MARGIN_LABELS;
            for (int q = 0; q < MARGIN_PARTS; q++) sums[q] += load(from + q * LANES, LANES) * p->values[k];
        }

        vf change[MARGIN_PARTS];
        vi changed = 0, busy = 0;
        for (int q = 0; q < MARGIN_PARTS; q++) {
            const vf sign = signs_of(p->targets[row], q);
            const float *const absent = p->absent + q * LANES, *const present = p->present + q * LANES;
            const vi is_present = sign > 0.0f;
            const vf diagonal = is_present ? load(present, LANES) : load(absent, LANES);
            const vf top = is_present ? load(present + HORNET_MARGIN_LABELS, LANES) : load(absent + HORNET_MARGIN_LABELS, LANES);
            const vf old = load(a + q * LANES, LANES);
            const vf slope = sums[q] * sign - 1.0f + old * diagonal;
            const vi at_zero = old <= 0.0f, at_top = old >= top;
            // Where the box leaves a way down.
            vf open = (at_zero & (slope > 0.0f)) ? (vf)0.0f : slope;
            open = (at_top & (slope < 0.0f)) ? (vf)0.0f : open;
            const vi idle = (at_zero & (slope > load(last + HORNET_MARGIN_LABELS + q * LANES, LANES))) |
                (at_top & (slope < load(last + q * LANES, LANES))) | (top <= 0.0f);
            busy |= ~idle;
            low[q] = open < low[q] ? open : low[q];
            high[q] = open > high[q] ? open : high[q];
            vf next = old - slope / (p->squares[row] + diagonal);
            next = next < 0.0f ? (vf)0.0f : next;
            next = next > top ? top : next;
            change[q] = (next - old) * sign;
            changed |= change[q] != 0.0f;
            store(a + q * LANES, LANES, next);
        }
        if (any_lane(changed)) {
            for (ptrdiff_t k = start; k < end; k++) {
                float *to = w + (ptrdiff_t)p->ids[k] * HORNET_MARGIN_LABELS;
                for (int q = 0; q < MARGIN_PARTS; q++) {
                    store(to + q * LANES, LANES, load(to + q * LANES, LANES) + change[q] * p->values[k]);
                }
            }
            for (int q = 0; q < MARGIN_PARTS; q++) bias[q] += change[q] * p->bias_input;
        } else if (!any_lane(busy)) {
            order[place--] = order[--active];
            order[active] = row;
        }
    }
    for (int q = 0; q < MARGIN_PARTS; q++) {
        store(extremes + q * LANES, LANES, low[q]);
        store(extremes + HORNET_MARGIN_LABELS + q * LANES, LANES, high[q]);
        store(bias_row + q * LANES, LANES, bias[q]);
    }
    return active;
}
