// One table of kernels per instruction set. Users of the kernels want `hornet_kernels.h`; tables let tests
// run every set that the CPU has, side by side and without switching anything under other threads.
#ifndef HORNET_KERNEL_TABLE_H
#define HORNET_KERNEL_TABLE_H

#include "hornet_kernels.h"

// Every kernel that exists once per instruction set, by its name without the prefix.
#define HORNET_EACH_KERNEL(KERNEL) \
    KERNEL(add) KERNEL(subtract) KERNEL(multiply) KERNEL(divide) KERNEL(affine) KERNEL(axpy) \
    KERNEL(multiply_add) KERNEL(combine) KERNEL(select) KERNEL(clip) HORNET_EACH_FUNCTION(KERNEL) \
    KERNEL(exp) KERNEL(log) KERNEL(sqrt) KERNEL(tanh) KERNEL(sigmoid) KERNEL(softplus) KERNEL(relu) \
    KERNEL(tanh_backward) KERNEL(sigmoid_backward) KERNEL(relu_backward) \
    KERNEL(sum) KERNEL(dot) KERNEL(sum_of_squares) KERNEL(max) KERNEL(all_finite) KERNEL(column_sums) \
    KERNEL(min) KERNEL(product) KERNEL(count_nonzero) KERNEL(find) KERNEL(reduce_columns) KERNEL(column_extremes) \
    KERNEL(cumulative) \
    KERNEL(bias_activation) KERNEL(softmax) KERNEL(softmax_backward) KERNEL(bce_with_logits) \
    KERNEL(bce_with_logits_backward) KERNEL(focal_with_logits) \
    KERNEL(gemm) KERNEL(transpose) \
    KERNEL(lstm_gates) KERNEL(lstm_gates_backward) \
    KERNEL(gather_rows) KERNEL(scatter_add_rows) KERNEL(max_pool) KERNEL(max_pool_backward) \
    KERNEL(gather_max) KERNEL(token_sets) KERNEL(gather_max_pool_sets) KERNEL(combine_maxima) \
    KERNEL(compact_winners) KERNEL(scatter_winners) KERNEL(ids_are_below) KERNEL(dropout_factors) KERNEL(uniform) \
    KERNEL(sparse_matmul) KERNEL(sort_words) KERNEL(sort_long_words) \
    KERNEL(sgd) KERNEL(sgd_momentum) KERNEL(rmsprop) KERNEL(adam) KERNEL(adam_rows) KERNEL(adam_catch_up_rows) \
    KERNEL(descend_margins) \
    KERNEL(lower_text) KERNEL(word_edges) KERNEL(csv_marks) KERNEL(is_utf8)

#define HORNET_TABLE_FIELD(name) __typeof__(hornet_##name) *name;
typedef struct {
    const char *isa;
    HORNET_EACH_KERNEL(HORNET_TABLE_FIELD)
} hornet_kernel_table;
#undef HORNET_TABLE_FIELD

// The kernels written for `isa`: "avx512", "avx2", "sse2", "neon" or "portable"; also "naive", the twins, and
// "public", the functions of `hornet_kernels.h`. NULL when this build or this CPU has no such set.
const hornet_kernel_table *hornet_kernel_table_for(const char *isa);

#endif
