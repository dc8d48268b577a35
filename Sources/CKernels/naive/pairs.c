#include "../include/hornet_naive_kernels.h"

#include <math.h>

static float rest(float a, float b) {
    double rest = fmod((double)a, (double)b);
    if (b != 0 && rest != 0 && (b < 0) != (rest < 0)) rest += (double)b;
    return (float)(b != 0 && rest == 0 ? copysign(0, (double)b) : rest);
}

// NumPy's, in double: floats of less than 30 bits of quotient come out exactly.
static float floored(float a, float b) {
    if (b == 0) return a / b;
    double rest = fmod((double)a, (double)b);
    double quotient = ((double)a - rest) / (double)b;
    if (rest != 0 && (b < 0) != (rest < 0)) quotient -= 1;
    return (float)(quotient != 0 ? floor(quotient + 0.5) : copysign(0, (double)a / (double)b));
}

static float combined(hornet_operation operation, float a, float b) {
    switch (operation) {
    case HORNET_ADD: return a + b;
    case HORNET_SUBTRACT: return a - b;
    case HORNET_MULTIPLY: return a * b;
    case HORNET_DIVIDE: return a / b;
    case HORNET_MAXIMUM: return a > b || a != a ? a : b;
    case HORNET_MINIMUM: return a < b || a != a ? a : b;
    case HORNET_POWER: return (float)pow((double)a, (double)b);
    case HORNET_REMAINDER: return rest(a, b);
    case HORNET_FLOOR_DIVIDE: return floored(a, b);
    case HORNET_ATAN2: return (float)atan2((double)a, (double)b);
    case HORNET_HYPOT: return (float)hypot((double)a, (double)b);
    case HORNET_EQUAL: return a == b;
    case HORNET_NOT_EQUAL: return a != b;
    case HORNET_LESS: return a < b;
    case HORNET_LESS_EQUAL: return a <= b;
    case HORNET_AND: return a != 0 && b != 0;
    case HORNET_OR: return a != 0 || b != 0;
    case HORNET_XOR: return (a != 0) != (b != 0);
    }
    return 0;
}

void hornet_naive_combine(
    hornet_operation operation, const float *a, const float *b, float *y, ptrdiff_t rows, ptrdiff_t columns,
    const hornet_strides *s) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        for (ptrdiff_t c = 0; c < columns; c++) {
            y[r * columns + c] = combined(operation, a[r * s->a_row + c * s->a_step], b[r * s->b_row + c * s->b_step]);
        }
    }
}

void hornet_naive_select(
    const float *condition, const float *a, const float *b, float *y, ptrdiff_t rows, ptrdiff_t columns,
    const hornet_strides *s) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        for (ptrdiff_t c = 0; c < columns; c++) {
            const int chooses_first = condition[r * s->c_row + c * s->c_step] != 0;
            y[r * columns + c] = chooses_first ? a[r * s->a_row + c * s->a_step] : b[r * s->b_row + c * s->b_step];
        }
    }
}

void hornet_naive_clip(const float *x, float low, float high, float *y, ptrdiff_t n) {
    for (ptrdiff_t i = 0; i < n; i++) {
        const float v = x[i] < low ? low : x[i];
        y[i] = v > high ? high : v;
    }
}
