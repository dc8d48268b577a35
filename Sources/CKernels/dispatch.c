// The public kernels: each goes through the table that was chosen when the program was loaded.
#include <string.h>

#include "tables.h"

// Written once, while the program is being loaded, so that reading it needs no synchronisation.
static const hornet_kernel_table *active = &hornet_baseline_table;

#if defined(__x86_64__)

// The built-in checks ask the operating system too: it must save the wide registers.
static int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

static int has_avx512(void) {
    return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
}

__attribute__((constructor)) static void choose(void) {
    __builtin_cpu_init();
    if (has_avx512()) {
        active = &hornet_avx512_table;
    } else if (has_avx2()) {
        active = &hornet_avx2_table;
    }
}

#endif

#define PUBLIC_ENTRY(kernel) .kernel = hornet_##kernel,
static const hornet_kernel_table public_table = {.isa = "public", HORNET_EACH_KERNEL(PUBLIC_ENTRY)};

const hornet_kernel_table *hornet_kernel_table_for(const char *isa) {
#if defined(__x86_64__)
    if (strcmp(isa, "avx512") == 0) return has_avx512() ? &hornet_avx512_table : NULL;
    if (strcmp(isa, "avx2") == 0) return has_avx2() ? &hornet_avx2_table : NULL;
#endif
    if (strcmp(isa, hornet_baseline_table.isa) == 0) return &hornet_baseline_table;
    if (strcmp(isa, "naive") == 0) return &hornet_naive_table;
    if (strcmp(isa, "public") == 0) return &public_table;
    return NULL;
}

const char *hornet_kernel_isa(void) { return active->isa; }

void hornet_add(const float *a, const float *b, float *y, ptrdiff_t n) { active->add(a, b, y, n); }

void hornet_subtract(const float *a, const float *b, float *y, ptrdiff_t n) { active->subtract(a, b, y, n); }

void hornet_multiply(const float *a, const float *b, float *y, ptrdiff_t n) { active->multiply(a, b, y, n); }

void hornet_divide(const float *a, const float *b, float *y, ptrdiff_t n) { active->divide(a, b, y, n); }

void hornet_affine(const float *x, float scale, float shift, float *y, ptrdiff_t n) {
    active->affine(x, scale, shift, y, n);
}

void hornet_axpy(float scale, const float *x, float *y, ptrdiff_t n) { active->axpy(scale, x, y, n); }

void hornet_multiply_add(const float *a, const float *b, float *y, ptrdiff_t n) {
    active->multiply_add(a, b, y, n);
}

void hornet_combine(
    hornet_operation operation, const float *a, const float *b, float *y, ptrdiff_t rows, ptrdiff_t columns,
    const hornet_strides *strides) {
    active->combine(operation, a, b, y, rows, columns, strides);
}

void hornet_select(
    const float *condition, const float *a, const float *b, float *y, ptrdiff_t rows, ptrdiff_t columns,
    const hornet_strides *strides) {
    active->select(condition, a, b, y, rows, columns, strides);
}

void hornet_clip(const float *x, float low, float high, float *y, ptrdiff_t n) { active->clip(x, low, high, y, n); }

#define PUBLIC_FUNCTION(name) \
    void hornet_##name(const float *x, float *y, ptrdiff_t n) { active->name(x, y, n); }
HORNET_EACH_FUNCTION(PUBLIC_FUNCTION)

void hornet_exp(const float *x, float *y, ptrdiff_t n) { active->exp(x, y, n); }

void hornet_log(const float *x, float *y, ptrdiff_t n) { active->log(x, y, n); }

void hornet_sqrt(const float *x, float *y, ptrdiff_t n) { active->sqrt(x, y, n); }

void hornet_tanh(const float *x, float *y, ptrdiff_t n) { active->tanh(x, y, n); }

void hornet_sigmoid(const float *x, float *y, ptrdiff_t n) { active->sigmoid(x, y, n); }

void hornet_softplus(const float *x, float *y, ptrdiff_t n) { active->softplus(x, y, n); }

void hornet_relu(const float *x, float *y, ptrdiff_t n) { active->relu(x, y, n); }

void hornet_tanh_backward(const float *y, const float *dy, float *dx, ptrdiff_t n) {
    active->tanh_backward(y, dy, dx, n);
}

void hornet_sigmoid_backward(const float *y, const float *dy, float *dx, ptrdiff_t n) {
    active->sigmoid_backward(y, dy, dx, n);
}

void hornet_relu_backward(const float *y, const float *dy, float *dx, ptrdiff_t n) {
    active->relu_backward(y, dy, dx, n);
}

float hornet_sum(const float *x, ptrdiff_t n) { return active->sum(x, n); }

float hornet_dot(const float *a, const float *b, ptrdiff_t n) { return active->dot(a, b, n); }

double hornet_sum_of_squares(const float *x, ptrdiff_t n) { return active->sum_of_squares(x, n); }

float hornet_max(const float *x, ptrdiff_t n) { return active->max(x, n); }

float hornet_min(const float *x, ptrdiff_t n) { return active->min(x, n); }

float hornet_product(const float *x, ptrdiff_t n) { return active->product(x, n); }

ptrdiff_t hornet_count_nonzero(const float *x, ptrdiff_t n) { return active->count_nonzero(x, n); }

ptrdiff_t hornet_find(const float *x, ptrdiff_t n, float value) { return active->find(x, n, value); }

void hornet_reduce_columns(
    hornet_reduction reduction, const float *x, ptrdiff_t x_row, float *y, ptrdiff_t rows, ptrdiff_t columns) {
    active->reduce_columns(reduction, x, x_row, y, rows, columns);
}

void hornet_column_extremes(
    const float *x, ptrdiff_t x_row, int32_t *y, ptrdiff_t rows, ptrdiff_t columns, int smallest) {
    active->column_extremes(x, x_row, y, rows, columns, smallest);
}

void hornet_cumulative(hornet_reduction reduction, const float *x, float *y, ptrdiff_t n) {
    active->cumulative(reduction, x, y, n);
}

int hornet_all_finite(const float *x, ptrdiff_t n) { return active->all_finite(x, n); }

void hornet_column_sums(const float *x, float *y, ptrdiff_t rows, ptrdiff_t columns) {
    active->column_sums(x, y, rows, columns);
}

void hornet_bias_activation(
    float *z, const float *bias, ptrdiff_t rows, ptrdiff_t columns, hornet_activation activation) {
    active->bias_activation(z, bias, rows, columns, activation);
}

void hornet_softmax(const float *x, float *y, ptrdiff_t rows, ptrdiff_t columns) {
    active->softmax(x, y, rows, columns);
}

void hornet_softmax_backward(const float *y, const float *dy, float *dx, ptrdiff_t rows, ptrdiff_t columns) {
    active->softmax_backward(y, dy, dx, rows, columns);
}

void hornet_bce_with_logits(
    const float *z, const float *y, float smoothing, float *loss, ptrdiff_t rows, ptrdiff_t columns) {
    active->bce_with_logits(z, y, smoothing, loss, rows, columns);
}

void hornet_bce_with_logits_backward(
    const float *z, const float *y, float smoothing, const float *scale, float *dz, ptrdiff_t rows,
    ptrdiff_t columns) {
    active->bce_with_logits_backward(z, y, smoothing, scale, dz, rows, columns);
}

void hornet_focal_with_logits(
    const float *z, const float *y, const float *positive_weight, const float *bias,
    const hornet_focal_options *options, float *loss, float *slope, ptrdiff_t rows, ptrdiff_t columns) {
    active->focal_with_logits(z, y, positive_weight, bias, options, loss, slope, rows, columns);
}

void hornet_gemm(
    const float *a, ptrdiff_t a_row, ptrdiff_t a_step, const float *b, ptrdiff_t b_row, float *c, ptrdiff_t c_row,
    ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, int accumulate) {
    active->gemm(a, a_row, a_step, b, b_row, c, c_row, m, n, k, accumulate);
}

void hornet_transpose(
    const float *x, ptrdiff_t x_row, float *y, ptrdiff_t y_row, ptrdiff_t rows, ptrdiff_t columns) {
    active->transpose(x, x_row, y, y_row, rows, columns);
}

void hornet_lstm_gates(
    float *z, const float *c, float *shown, const ptrdiff_t *next, float *h_after, float *c_after, ptrdiff_t rows,
    ptrdiff_t units) {
    active->lstm_gates(z, c, shown, next, h_after, c_after, rows, units);
}

void hornet_lstm_gates_backward(
    float *gates, const float *c, const float *shown, const ptrdiff_t *next, const float *dh_after,
    const float *dc_after, float *dc, ptrdiff_t rows, ptrdiff_t units) {
    active->lstm_gates_backward(gates, c, shown, next, dh_after, dc_after, dc, rows, units);
}

void hornet_gather_rows(const float *table, const int32_t *ids, float *y, ptrdiff_t n, ptrdiff_t width) {
    active->gather_rows(table, ids, y, n, width);
}

void hornet_scatter_add_rows(float *table, const int32_t *ids, const float *x, ptrdiff_t n, ptrdiff_t width) {
    active->scatter_add_rows(table, ids, x, n, width);
}

void hornet_max_pool(
    const float *x, float *y, int32_t *winner, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    active->max_pool(x, y, winner, batch, time, width);
}

void hornet_max_pool_backward(
    const float *dy, const int32_t *winner, float *dx, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    active->max_pool_backward(dy, winner, dx, batch, time, width);
}

void hornet_gather_max(
    const float *table, const int32_t *ids, float *y, ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width) {
    active->gather_max(table, ids, y, batch, time, width);
}

ptrdiff_t hornet_token_sets(
    const int32_t *ids, ptrdiff_t samples, ptrdiff_t time, hornet_stripe stripe, int32_t *slot_of_place, int32_t *rows,
    int32_t *slots, int32_t *positions, int32_t *starts, int32_t *scratch) {
    return active->token_sets(ids, samples, time, stripe, slot_of_place, rows, slots, positions, starts, scratch);
}

void hornet_gather_max_pool_sets(
    const float *table, const int32_t *rows, const int32_t *slots, const int32_t *starts, float *y, int32_t *winner,
    ptrdiff_t batch, ptrdiff_t width) {
    active->gather_max_pool_sets(table, rows, slots, starts, y, winner, batch, width);
}

void hornet_combine_maxima(
    const hornet_pool_part *parts, ptrdiff_t count, ptrdiff_t first, ptrdiff_t last, ptrdiff_t width) {
    active->combine_maxima(parts, count, first, last, width);
}

ptrdiff_t hornet_compact_winners(
    const int32_t *winner, ptrdiff_t n, const int32_t *rows, int32_t *places, int32_t *winning_rows,
    ptrdiff_t distinct) {
    return active->compact_winners(winner, n, rows, places, winning_rows, distinct);
}

void hornet_scatter_winners(
    const float *dy, const int32_t *winner, const int32_t *places, float *values, ptrdiff_t batch, ptrdiff_t count,
    ptrdiff_t width) {
    active->scatter_winners(dy, winner, places, values, batch, count, width);
}

void hornet_sparse_matmul(
    const ptrdiff_t *starts, const int32_t *columns, const float *values, const float *b, float *y, ptrdiff_t rows,
    ptrdiff_t width) {
    active->sparse_matmul(starts, columns, values, b, y, rows, width);
}

int hornet_ids_are_below(const int32_t *ids, ptrdiff_t n, int32_t bound) {
    return active->ids_are_below(ids, n, bound);
}

void hornet_dropout_factors(
    uint64_t state, uint64_t gamma, uint64_t threshold, float kept, float *y, ptrdiff_t n) {
    active->dropout_factors(state, gamma, threshold, kept, y, n);
}

void hornet_uniform(
    uint64_t state, uint64_t gamma, float low, float range, float last, float *y, ptrdiff_t n) {
    active->uniform(state, gamma, low, range, last, y, n);
}

void hornet_sgd(float *w, const float *g, float rate, ptrdiff_t n) { active->sgd(w, g, rate, n); }

void hornet_sgd_momentum(
    float *w, float *velocity, const float *g, float rate, float momentum, int nesterov, ptrdiff_t n) {
    active->sgd_momentum(w, velocity, g, rate, momentum, nesterov, n);
}

void hornet_rmsprop(
    float *w, float *v, const float *g, float rate, float rho, float one_minus_rho, float epsilon, ptrdiff_t n) {
    active->rmsprop(w, v, g, rate, rho, one_minus_rho, epsilon, n);
}

void hornet_adam(
    float *w, float *m, float *v, const float *g, float alpha, float one_minus_beta1, float one_minus_beta2,
    float epsilon, ptrdiff_t n) {
    active->adam(w, m, v, g, alpha, one_minus_beta1, one_minus_beta2, epsilon, n);
}

void hornet_adam_rows(
    float *w, float *m, float *v, const float *g, const int32_t *rows, const int32_t *places, ptrdiff_t n,
    ptrdiff_t width, float alpha, float one_minus_beta1, float one_minus_beta2, float epsilon) {
    active->adam_rows(w, m, v, g, rows, places, n, width, alpha, one_minus_beta1, one_minus_beta2, epsilon);
}

void hornet_adam_catch_up_rows(
    float *w, float *m, float *v, const int32_t *rows, const int32_t *since, ptrdiff_t n, ptrdiff_t width,
    const hornet_adam_history *history) {
    active->adam_catch_up_rows(w, m, v, rows, since, n, width, history);
}

ptrdiff_t hornet_descend_margins(
    const hornet_margin_problem *problem, int32_t *order, ptrdiff_t count, float *w, float *alpha, const float *last,
    float *extremes) {
    return active->descend_margins(problem, order, count, w, alpha, last, extremes);
}

void hornet_sort_words(uint32_t *words, ptrdiff_t n) { active->sort_words(words, n); }

void hornet_sort_long_words(uint64_t *words, ptrdiff_t n) { active->sort_long_words(words, n); }

ptrdiff_t hornet_lower_text(
    const uint8_t *text, ptrdiff_t n, const uint8_t *separators, int lower, uint8_t *y) {
    return active->lower_text(text, n, separators, lower, y);
}

ptrdiff_t hornet_word_edges(const uint8_t *text, ptrdiff_t n, uint32_t *edges) {
    return active->word_edges(text, n, edges);
}

void hornet_csv_marks(
    const uint8_t *text, ptrdiff_t n, uint8_t separator, uint64_t *quotes, uint64_t *ends) {
    active->csv_marks(text, n, separator, quotes, ends);
}

int hornet_is_utf8(const uint8_t *text, ptrdiff_t n) { return active->is_utf8(text, n); }
