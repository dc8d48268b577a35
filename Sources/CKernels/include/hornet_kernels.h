// The inner loops of Hornet: plain C functions, each chosen at load time for the CPU at hand
// (AVX-512, AVX2 + FMA, NEON, baseline) and each beside a naive twin `hornet_naive_*` that says what it
// computes and that the tests hold it against. Every pointer is annotated with its shape. `n`, `rows` and
// `columns` may be 0 and need not be multiples of anything; pointers need no alignment beyond the type's.
// Unless said otherwise an output may be the same array as an input, but not overlap it partially.
// A result has the same bits wherever its array lies and whatever surrounds it; between instruction sets the
// last bits differ where products are fused with sums.
#ifndef HORNET_KERNELS_H
#define HORNET_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// Elementwise arithmetic: y[n] = a[n] op b[n].
void hornet_add(const float *a /*[n]*/, const float *b /*[n]*/, float *y /*[n]*/, ptrdiff_t n);
void hornet_subtract(const float *a, const float *b, float *y, ptrdiff_t n);
void hornet_multiply(const float *a, const float *b, float *y, ptrdiff_t n);
void hornet_divide(const float *a, const float *b, float *y, ptrdiff_t n);
// y = scale·x + shift
void hornet_affine(const float *x /*[n]*/, float scale, float shift, float *y /*[n]*/, ptrdiff_t n);
// y += scale·x
void hornet_axpy(float scale, const float *x /*[n]*/, float *y /*[n]*/, ptrdiff_t n);
// y += a·b
void hornet_multiply_add(const float *a, const float *b, float *y, ptrdiff_t n);

// y[r, c] = f(a[r·a_row + c·a_step], b[r·b_row + c·b_step]): two operands as broadcasting pairs them. A step is 1, or 0 for
// one number for the whole row, but not 0 for both; rows of y lie together. Comparisons and logic give 1 or 0, and whatever
// is not 0 is true.
#define HORNET_EACH_OPERATION(OPERATION) \
    OPERATION(add, ADD) OPERATION(subtract, SUBTRACT) OPERATION(multiply, MULTIPLY) OPERATION(divide, DIVIDE) \
    OPERATION(maximum, MAXIMUM) OPERATION(minimum, MINIMUM)     /* NaN where either is */ \
    OPERATION(power, POWER)                                     /* C's pow, within 1.1 ulp */ \
    OPERATION(remainder, REMAINDER)                             /* a − b·floor(a / b), with b's sign */ \
    OPERATION(floor_divide, FLOOR_DIVIDE)                       /* floor(a / b) of the exact quotient */ \
    OPERATION(atan2, ATAN2) OPERATION(hypot, HYPOT) \
    OPERATION(equal, EQUAL) OPERATION(not_equal, NOT_EQUAL) OPERATION(less, LESS) OPERATION(less_equal, LESS_EQUAL) \
    OPERATION(and, AND) OPERATION(or, OR) OPERATION(xor, XOR)
#define HORNET_OPERATION_NAME(name, NAME) HORNET_##NAME,
typedef enum { HORNET_EACH_OPERATION(HORNET_OPERATION_NAME) } hornet_operation;
#undef HORNET_OPERATION_NAME
typedef struct {
    ptrdiff_t a_row, b_row, c_row;
    int a_step, b_step, c_step;
} hornet_strides;
void hornet_combine(
    hornet_operation operation, const float *a, const float *b, float *y /*[rows, columns]*/, ptrdiff_t rows,
    ptrdiff_t columns, const hornet_strides *strides);
// y = condition ≠ 0 ? a : b, each with its strides; the condition's are c_row and c_step. Any step may be 0.
void hornet_select(
    const float *condition, const float *a, const float *b, float *y /*[rows, columns]*/, ptrdiff_t rows,
    ptrdiff_t columns, const hornet_strides *strides);
// y = min(max(x, low), high); NaN stays NaN.
void hornet_clip(const float *x /*[n]*/, float low, float high, float *y /*[n]*/, ptrdiff_t n);

// Elementwise functions y[n] = f(x[n]). NaN in gives NaN out, infinities give the limits, denormals are numbers
// like others (unless flushed, see below). Beside each, the largest error in ulp against double precision on
// AVX-512, AVX2 and SSE2: over every float (exp, log), or every float with 2^-14 <= |x| <= 110 and one in a
// hundred of the others (tanh, sigmoid, softplus).
void hornet_exp(const float *x /*[n]*/, float *y /*[n]*/, ptrdiff_t n); // 0.81
void hornet_log(const float *x, float *y, ptrdiff_t n);                 // 0.82; −∞ at ±0, NaN below
void hornet_sqrt(const float *x, float *y, ptrdiff_t n);                // 0.5
void hornet_tanh(const float *x, float *y, ptrdiff_t n);                // 1.35
void hornet_sigmoid(const float *x, float *y, ptrdiff_t n);             // 1.97; 1 / (1 + exp(−x))
void hornet_softplus(const float *x, float *y, ptrdiff_t n);            // 1.58; log(1 + exp(x)), no overflow
void hornet_relu(const float *x, float *y, ptrdiff_t n);                // max(x, 0), +0 for −0; NaN stays NaN

// Further functions: void hornet_<name>(const float *x /*[n]*/, float *y /*[n]*/, ptrdiff_t n), with C's edges. Behind each
// line the largest errors in ulp, over random floats of every exponent and denser ones where most numbers lie.
#define HORNET_EACH_FUNCTION(FUNCTION) \
    FUNCTION(expm1) FUNCTION(log1p) FUNCTION(log2) FUNCTION(log10)  /* 2.48, 1.37, 1.41, 1.52 */ \
    FUNCTION(cbrt) FUNCTION(rsqrt) FUNCTION(erf)                    /* 0.96, 1.47, 1.30 */ \
    FUNCTION(sin) FUNCTION(cos) FUNCTION(tan)                       /* 1.5, 1.5, 2.9 */ \
    FUNCTION(asin) FUNCTION(acos) FUNCTION(atan)                    /* 2.27, 1.07, 1.63 */ \
    FUNCTION(sinh) FUNCTION(cosh)                                   /* 1.58, 1.17 */ \
    FUNCTION(asinh) FUNCTION(acosh) FUNCTION(atanh)                 /* 1.71, 1.92, 1.92 */ \
    FUNCTION(abs) FUNCTION(sign)                                    /* exact, as what follows; sign: 0 at ±0 */ \
    FUNCTION(floor) FUNCTION(ceil) FUNCTION(round) FUNCTION(trunc)  /* round: halves to even */ \
    FUNCTION(is_finite) FUNCTION(is_infinite)                       /* 1 or 0 */
#define HORNET_DECLARE_FUNCTION(name) void hornet_##name(const float *x, float *y, ptrdiff_t n);
HORNET_EACH_FUNCTION(HORNET_DECLARE_FUNCTION)
#undef HORNET_DECLARE_FUNCTION

// Gradients from the function's own result y: dx = dy · f'(x).
void hornet_tanh_backward(const float *y /*[n]*/, const float *dy /*[n]*/, float *dx /*[n]*/, ptrdiff_t n);
void hornet_sigmoid_backward(const float *y, const float *dy, float *dx, ptrdiff_t n);
void hornet_relu_backward(const float *y, const float *dy, float *dx, ptrdiff_t n); // dy where y > 0

// Reductions, in an order that depends on n alone (the same bits on every run; `sum` on every CPU too).
float hornet_sum(const float *x /*[n]*/, ptrdiff_t n);
float hornet_dot(const float *a /*[n]*/, const float *b /*[n]*/, ptrdiff_t n);
double hornet_sum_of_squares(const float *x /*[n]*/, ptrdiff_t n); // accumulated in double
float hornet_max(const float *x /*[n], n >= 1*/, ptrdiff_t n);     // NaN when any element is
float hornet_min(const float *x /*[n], n >= 1*/, ptrdiff_t n);     // NaN when any element is
float hornet_product(const float *x /*[n]*/, ptrdiff_t n);         // 1 of nothing
ptrdiff_t hornet_count_nonzero(const float *x /*[n]*/, ptrdiff_t n);
// The first i with x[i] = value, or with a NaN where value is one; n when there is none.
ptrdiff_t hornet_find(const float *x /*[n]*/, ptrdiff_t n, float value);
// 1 when every element is finite.
int hornet_all_finite(const float *x /*[n]*/, ptrdiff_t n);
// y[c] = sum over r of x[r, c]
void hornet_column_sums(
    const float *x /*[rows, columns]*/, float *y /*[columns]*/, ptrdiff_t rows, ptrdiff_t columns);

// y[c] = the sum, product, maximum or minimum over r of x[r·x_row + c], or how many are not 0. Of no rows sums are 0,
// products 1; maxima and minima need a row, and are NaN where any element is. A sum's rounding does not grow with the rows.
typedef enum { HORNET_SUM, HORNET_PRODUCT, HORNET_MAX, HORNET_MIN, HORNET_NONZERO } hornet_reduction;
void hornet_reduce_columns(
    hornet_reduction reduction, const float *x /*[rows, columns]*/, ptrdiff_t x_row, float *y /*[columns]*/,
    ptrdiff_t rows, ptrdiff_t columns);
// y[c] = the first r with the largest x[r·x_row + c], or smallest; the first NaN where there is one. rows >= 1.
void hornet_column_extremes(
    const float *x /*[rows, columns]*/, ptrdiff_t x_row, int32_t *y /*[columns]*/, ptrdiff_t rows, ptrdiff_t columns,
    int smallest);
// y[i] = x[0] + … + x[i], or the product.
void hornet_cumulative(hornet_reduction reduction, const float *x /*[n]*/, float *y /*[n]*/, ptrdiff_t n);

// Row-wise: z[r, :] += bias, then the activation in place.
typedef enum {
    HORNET_LINEAR = 0,
    HORNET_RELU = 1,
    HORNET_SIGMOID = 2,
    HORNET_TANH = 3,
} hornet_activation;
void hornet_bias_activation(
    float *z /*[rows, columns]*/, const float *bias /*[columns] or NULL*/, ptrdiff_t rows, ptrdiff_t columns,
    hornet_activation activation);
// y[r, :] = exp(x[r, :] − max) / sum
void hornet_softmax(
    const float *x /*[rows, columns]*/, float *y /*[rows, columns]*/, ptrdiff_t rows, ptrdiff_t columns);
// dx[r, :] = y·(dy − Σ y·dy)
void hornet_softmax_backward(
    const float *y /*[rows, columns]*/, const float *dy /*[rows, columns]*/, float *dx /*[rows, columns]*/,
    ptrdiff_t rows, ptrdiff_t columns);

// Binary cross-entropy on logits. With target t = y·(1 − smoothing) + smoothing/2:
// loss[r] = mean over c of max(z, 0) − z·t + log1p(exp(−|z|)).
void hornet_bce_with_logits(
    const float *z /*[rows, columns]*/, const float *y /*[rows, columns]*/, float smoothing,
    float *loss /*[rows]*/, ptrdiff_t rows, ptrdiff_t columns);
// dz[r, c] = (sigmoid(z) − t) · scale[r]
void hornet_bce_with_logits_backward(
    const float *z /*[rows, columns]*/, const float *y /*[rows, columns]*/, float smoothing,
    const float *scale /*[rows]*/, float *dz /*[rows, columns]*/, ptrdiff_t rows, ptrdiff_t columns);

// The binary cross-entropies that tell easy answers from hard ones. With x = z + bias, p = sigmoid(x),
// q = max(sigmoid(negative_scale·x) − margin, 0) and t = y·(1 − smoothing) + smoothing/2:
//     cost = −t·positive_weight·log p − (1 − t)/negative_scale·log(1 − q)
//     loss = cost·(t·(1 − p) + (1 − t)·q)^(t·gamma_positive + (1 − t)·gamma_negative)
// slope = d loss / dz; where `holds_focus`, as if the power were a constant. negative_scale > 0, 0 <= margin < 1.
typedef struct {
    float smoothing, gamma_positive, gamma_negative, margin, negative_scale;
    int holds_focus;
} hornet_focal_options;
void hornet_focal_with_logits(
    const float *z /*[rows, columns]*/, const float *y /*[rows, columns]*/,
    const float *positive_weight /*[columns] or NULL for 1*/, const float *bias /*[columns] or NULL for 0*/,
    const hornet_focal_options *options, float *loss /*[rows, columns]*/, float *slope /*[rows, columns]*/,
    ptrdiff_t rows, ptrdiff_t columns);

// C[i, j] (+)= Σ over p of A[i, p]·B[p, j], for matrices that fit the caches: rows of B and C are contiguous and lie
// `b_row` and `c_row` floats apart, A[i, p] is a[i·a_row + p·a_step], which also reads a transposed matrix. Adds to C where
// `accumulate`, else writes it. Every element is computed by itself, in the order of p: its bits do not depend on
// m and n, so work may be cut anywhere. C is neither A nor B.
void hornet_gemm(
    const float *a /*[m, k]*/, ptrdiff_t a_row, ptrdiff_t a_step, const float *b /*[k, n]*/, ptrdiff_t b_row,
    float *c /*[m, n]*/, ptrdiff_t c_row, ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, int accumulate);
// y[c, r] = x[r, c]; rows of x and y lie `x_row` and `y_row` floats apart. y is not x.
void hornet_transpose(
    const float *x /*[rows, columns]*/, ptrdiff_t x_row, float *y /*[columns, rows]*/, ptrdiff_t y_row, ptrdiff_t rows,
    ptrdiff_t columns);

// Inverted dropout: y[i] = kept where 32 random bits are at least `threshold`, else 0. The bits are those of SplitMix64:
// the numbers mix(state + (k + 1)·gamma), k = 0, 1, … serve two elements each, the lower half first. `threshold` is
// within 0 ... 2^32.
void hornet_dropout_factors(
    uint64_t state, uint64_t gamma, uint64_t threshold, float kept, float *y /*[n]*/, ptrdiff_t n);

// Uniform numbers: y[i] = min(low + range·u, last), u = 24 random bits · 2^-24, of the numbers
// mix(state + (i + 1)·gamma) of SplitMix64.
void hornet_uniform(
    uint64_t state, uint64_t gamma, float low, float range, float last, float *y /*[n]*/, ptrdiff_t n);

// One step of an LSTM, after the recurrent product. z[r, :] = [i f ĉ o] of `units` each; c′ = σ(f)·c + σ(i)·tanh(ĉ) and
// h′ = σ(o)·tanh(c′) go to the rows next[r] of two tables, c′ may take the place of c. What the way back needs is kept:
// in z the functions' results, in `shown` tanh(c′); with NULL for `shown` nothing is. The functions are within 2.5 ulp,
// but σ is at least e⁻⁸⁷.
void hornet_lstm_gates(
    float *z /*[rows, 4·units]*/, const float *c /*[rows, units]*/, float *shown /*[rows, units] or NULL*/,
    const ptrdiff_t *next /*[rows]*/, float *h_after /*[…, units]*/, float *c_after /*[…, units]*/, ptrdiff_t rows,
    ptrdiff_t units);
// Turns the gates into the gradients of z, from those of h′ and c′ in the rows next[r] of their tables, and writes the
// gradient of c. That may be in the table, but no other row of it.
void hornet_lstm_gates_backward(
    float *gates /*[rows, 4·units]*/, const float *c /*[rows, units]*/, const float *shown /*[rows, units]*/,
    const ptrdiff_t *next /*[rows]*/, const float *dh_after /*[…, units]*/, const float *dc_after /*[…, units]*/,
    float *dc /*[rows, units]*/, ptrdiff_t rows, ptrdiff_t units);

// Embedding. ids are within 0..<vocabulary: the caller has checked.
// y[i, :] = table[ids[i], :]
void hornet_gather_rows(
    const float *table /*[vocabulary, width]*/, const int32_t *ids /*[n]*/, float *y /*[n, width]*/,
    ptrdiff_t n, ptrdiff_t width);
// table[ids[i], :] += x[i, :], in ascending i
void hornet_scatter_add_rows(
    float *table /*[vocabulary, width]*/, const int32_t *ids /*[n]*/, const float *x /*[n, width]*/,
    ptrdiff_t n, ptrdiff_t width);
// y[b, :] = max over t of x[b, t, :]; winner[b, w] = the first t that reaches it. time >= 1. A later element
// wins only if it is greater, so a NaN at t = 0 stays and later ones are passed over. No output may be `x`.
void hornet_max_pool(
    const float *x /*[batch, time, width]*/, float *y /*[batch, width]*/, int32_t *winner /*[batch, width]*/,
    ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width);
// dx[b, winner[b, w], w] = dy[b, w], all else 0
void hornet_max_pool_backward(
    const float *dy /*[batch, width]*/, const int32_t *winner /*[batch, width]*/, float *dx /*[batch, time, width]*/,
    ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width);
// Gather and max-pool without the [batch, time, width] array: y[b, :] = max over t of table[ids[b, t], :]. NaN as
// above.
void hornet_gather_max(
    const float *table /*[vocabulary, width]*/, const int32_t *ids /*[batch, time]*/, float *y /*[batch, width]*/,
    ptrdiff_t batch, ptrdiff_t time, ptrdiff_t width);
// The distinct rows of one stripe of a table that a batch of samples names, and each sample's set of them. Row r belongs
// to stripe (r >> granule_bits) mod 2^count_bits, where the rows of the stripe are numbered on; `slot_of_place` has a -1 for
// each of these numbers, before and after. rows[slot], in order of first use; sample s has
// slots[starts[s] ..< starts[s + 1]], each once, with positions[...] in the sample. Returns the number of distinct rows.
typedef struct {
    int stripe, count_bits, granule_bits;
} hornet_stripe;
ptrdiff_t hornet_token_sets(
    const int32_t *ids /*[samples, time]*/, ptrdiff_t samples, ptrdiff_t time, hornet_stripe stripe,
    int32_t *slot_of_place, int32_t *rows /*[samples·time]*/, int32_t *slots /*[samples·time]*/,
    int32_t *positions /*[samples·time]*/, int32_t *starts /*[samples + 1]*/,
    int32_t *scratch /*[samples·time + 2·time]*/);
// The same over sets of rows: y[b, :] = max over slots s of slots[starts[b] ..< starts[b + 1]] of table[rows[s], :];
// winner[b, c] = the slot that reached it first. Of an empty set the maxima are −∞ and the winners -1.
void hornet_gather_max_pool_sets(
    const float *table /*[vocabulary, width]*/, const int32_t *rows /*[distinct]*/, const int32_t *slots,
    const int32_t *starts /*[batch + 1]*/, float *y /*[batch, width]*/, int32_t *winner /*[batch, width]*/,
    ptrdiff_t batch, ptrdiff_t width);
// Where a table is divided: the maxima over the sets of one part.
typedef struct {
    const int32_t *slots;
    const int32_t *positions; // where in its sample each of `slots` stands
    const int32_t *starts /*[batch + 1]*/;
    float *maxima /*[batch, width]*/;
    int32_t *winner /*[batch, width]*/;
} hornet_pool_part;
// For the samples first ..< last: parts[0].maxima becomes the largest of all parts, and of equals the one whose winner
// stands first in the sample wins; the winners of the other parts become -1. No sample is empty in all parts.
void hornet_combine_maxima(
    const hornet_pool_part *parts /*[count]*/, ptrdiff_t count, ptrdiff_t first, ptrdiff_t last, ptrdiff_t width);
// The way back. The distinct rows that won anything, in their order, and each one's place among them; what the others'
// places are is undefined. places[-1] is written too. Returns how many they are.
ptrdiff_t hornet_compact_winners(
    const int32_t *winner /*[n], within -1 ..< distinct*/, ptrdiff_t n, const int32_t *rows /*[distinct]*/,
    int32_t *places /*[-1 ..< distinct]*/, int32_t *winning_rows /*[distinct]*/, ptrdiff_t distinct);
// values[places[winner[b, c]], c] = Σ over b of dy[b, c], all else 0; the winner -1 has no place.
void hornet_scatter_winners(
    const float *dy /*[batch, width]*/, const int32_t *winner /*[batch, width]*/, const int32_t *places,
    float *values /*[count, width]*/, ptrdiff_t batch, ptrdiff_t count, ptrdiff_t width);
// Whether all ids are within 0 ..< bound.
int hornet_ids_are_below(const int32_t *ids /*[n]*/, ptrdiff_t n, int32_t bound);

// Compressed sparse rows times a matrix: y[r, :] = Σ values[k]·b[columns[k], :] over k in starts[r] ..< starts[r + 1],
// added in this order, so that the bits do not depend on how the rows are cut. No output may be `b`.
void hornet_sparse_matmul(
    const ptrdiff_t *starts /*[rows + 1]*/, const int32_t *columns, const float *values, const float *b /*[*, width]*/,
    float *y /*[rows, width]*/, ptrdiff_t rows, ptrdiff_t width);

// Words in rising order, in place, by a network of comparisons; n is a power of two, 16 or more. Best up to a thousand.
void hornet_sort_words(uint32_t *words /*[n]*/, ptrdiff_t n);
void hornet_sort_long_words(uint64_t *words /*[n]*/, ptrdiff_t n);

// Optimizer updates of Keras 3, in place. `n` elements that lie together. Every operation rounds by itself, in
// the order of the formula, so that all instruction sets give the same bits.
// w −= rate·g
void hornet_sgd(float *w /*[n]*/, const float *g /*[n]*/, float rate, ptrdiff_t n);
// velocity = momentum·velocity − rate·g; w += nesterov ? momentum·velocity − rate·g : velocity
void hornet_sgd_momentum(
    float *w /*[n]*/, float *velocity /*[n]*/, const float *g /*[n]*/, float rate, float momentum, int nesterov,
    ptrdiff_t n);
// Keras computes 1 − beta and 1 − rho in double and rounds the difference once: pass Float(1 - beta2) computed from a
// Double.
// v = rho·v + (1 − rho)·g²; w −= rate·g / sqrt(v + epsilon)
void hornet_rmsprop(
    float *w /*[n]*/, float *v /*[n]*/, const float *g /*[n]*/, float rate, float rho, float one_minus_rho,
    float epsilon, ptrdiff_t n);
// m += (g − m)(1 − beta1); v += (g² − v)(1 − beta2); w −= m·alpha / (sqrt(v) + epsilon),
// alpha = rate·sqrt(1 − beta2^t) / (1 − beta1^t)
void hornet_adam(
    float *w /*[n]*/, float *m /*[n]*/, float *v /*[n]*/, const float *g /*[n]*/, float alpha,
    float one_minus_beta1, float one_minus_beta2, float epsilon, ptrdiff_t n);
// The same for rows of a table: the gradient of row rows[k] is row places[k] of g.
void hornet_adam_rows(
    float *w /*[vocabulary, width]*/, float *m, float *v, const float *g /*[*, width]*/, const int32_t *rows /*[n]*/,
    const int32_t *places /*[n]*/, ptrdiff_t n, ptrdiff_t width, float alpha, float one_minus_beta1, float one_minus_beta2,
    float epsilon);
// Many steps of Adam without gradient at once, for the rows rows[k], which step since[k] left: with
// s = sqrt(v), w = w_factors[k]·w − m/(s + epsilon) · Σ over p of (scale·sums[since[k], p])·(s/(s + epsilon))^p, then
// m *= m_powers[gap], v *= v_powers[gap] with gap = now − since[k]. terms is within 1 ... 16.
typedef struct {
    const double *sums /*[now, terms]*/;
    ptrdiff_t terms;
    double scale;
    const float *w_factors /*[n], or NULL for 1*/;
    const float *m_powers /*[now + 1]*/, *v_powers /*[now + 1]*/;
    int32_t now;
    float epsilon;
} hornet_adam_history;
void hornet_adam_catch_up_rows(
    float *w /*[vocabulary, width]*/, float *m, float *v, const int32_t *rows /*[n]*/, const int32_t *since /*[n]*/,
    ptrdiff_t n, ptrdiff_t width, const hornet_adam_history *history);

// Linear support vector machines by dual coordinate descent (Hsieh et al. 2008), HORNET_MARGIN_LABELS labels at once. For
// label l with sign s[i] = ±1, kept in step: w[:, l] = Σ over i of alpha[i, l]·s[i]·x[i, :], x having `bias_input` as its
// last column. One pass over the rows in `order`: slope = s·(x[i]·w) − 1 + alpha·diagonal,
// alpha = min(max(alpha − slope / (squares[i] + diagonal), 0), top), and w follows.
enum { HORNET_MARGIN_LABELS = 16 };
typedef struct {
    ptrdiff_t columns /*of x, without the last one*/;
    const ptrdiff_t *starts /*[rows + 1]*/;
    const int32_t *ids /*[stored + 16]: the columns; what is beyond has to be a column too*/;
    const float *values /*[stored]*/;
    const float *squares /*[rows]: Σ x[i, :]²*/;
    const uint16_t *targets /*[rows]: bit l is set where s = 1*/;
    const float *absent, *present /*[2, labels]: diagonal and top where s = −1 and where s = 1; top 0 leaves alpha at 0*/;
    float bias_input;
} hornet_margin_problem;
// extremes[0, l] and [1, l] get the least and the greatest slope that the bounds of alpha leave open: both near 0 when the
// label is done. A row whose every alpha sits at a bound, with a slope outside `last` (the extremes before, [2, labels]),
// goes to the end of `order`; returns how many rows stay in front.
ptrdiff_t hornet_descend_margins(
    const hornet_margin_problem *problem, int32_t *order /*[active]*/, ptrdiff_t active,
    float *w /*[columns + 1, labels]*/, float *alpha /*[rows, labels]*/, const float *last /*[2, labels]*/,
    float *extremes /*[2, labels]*/);

// Text. Separators stand as 0xFF, a byte that UTF-8 does not have.
// For the bytes before the first one beyond ASCII (128 or more), the number of which is returned: y[i] = 0xFF where
// bit text[i] / 16 of separators[text[i] % 16] is set, else text[i], in lower case if `lower`. Writes up to 63 bytes
// beyond them. `y` is another array.
ptrdiff_t hornet_lower_text(
    const uint8_t *text /*[n]*/, ptrdiff_t n, const uint8_t *separators /*[16]*/, int lower, uint8_t *y /*[n + 63]*/);
// The i, ascending, where a word begins or ends: one of text[i − 1] and text[i] is 0xFF and the other is not.
// text[−1] counts as 0xFF. Returns their number; writes up to 16 more. Reads up to 63 bytes beyond the text.
ptrdiff_t hornet_word_edges(const uint8_t *text /*[n + 63]*/, ptrdiff_t n, uint32_t *edges /*[n + 16]*/);

// A bit for each byte, the first one lowest: quotes has those of '"', ends those of the separator, \n and \r.
void hornet_csv_marks(
    const uint8_t *text /*[n]*/, ptrdiff_t n, uint8_t separator, uint64_t *quotes /*[n / 64, rounded up]*/,
    uint64_t *ends /*[n / 64, rounded up]*/);
// 1 when the text is well-formed UTF-8 (Unicode 16, table 3-7).
int hornet_is_utf8(const uint8_t *text /*[n]*/, ptrdiff_t n);

// Begins to bring x[n] into the cache: for rows that will be needed soon and that no hardware can foresee.
static inline void hornet_prefetch(const float *x /*[n]*/, ptrdiff_t n) {
    enum { line = 16 };
    for (ptrdiff_t i = 0; i < n; i += line) __builtin_prefetch(x + i, 1);
}
// The same for one cache line.
static inline void hornet_prefetch_line(const void *p) { __builtin_prefetch(p, 1); }
// The same for any bytes that will only be read.
static inline void hornet_prefetch_bytes(const void *x, ptrdiff_t bytes) {
    enum { line = 64 };
    for (ptrdiff_t i = 0; i < bytes; i += line) __builtin_prefetch((const char *)x + i, 0);
}

// Denormals slow arithmetic down a hundredfold where a decaying average reaches them. Around a stretch of
// computing on one thread: flush_denormals makes this thread read and write them as zero and returns the
// mode it had, restore_denormals brings that back.
unsigned hornet_flush_denormals(void);
void hornet_restore_denormals(unsigned mode);
// The mode of this thread, to be restored on another one that shares its work.
unsigned hornet_denormal_mode(void);

// Around every call of BLAS and LAPACK, never one within another: no process is forked in between.
void hornet_begin_blas(void);
void hornet_end_blas(void);

// How many processors this thread may run on.
int hornet_processor_count(void);

// Lets a few cycles pass while this thread waits for another one. Not by PAUSE on x86: a virtual machine takes a loop
// of it for a thread that had better be suspended.
static inline void hornet_spin_pause(void) {
#if defined(__x86_64__)
    unsigned long delay = 1;
    __asm__ volatile("imul %0, %0\n\timul %0, %0\n\timul %0, %0\n\timul %0, %0" : "+r"(delay));
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

// The instruction set in use: "avx512", "avx2", "sse2", "neon" or "portable".
const char *hornet_kernel_isa(void);

#endif
