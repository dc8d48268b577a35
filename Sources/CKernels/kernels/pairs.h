// y = f(a, b) with the operands as broadcasting pairs them, and the choice between two by a condition.

INLINE vf pair_add(vf a, vf b) { return a + b; }
INLINE vf pair_subtract(vf a, vf b) { return a - b; }
INLINE vf pair_multiply(vf a, vf b) { return a * b; }
INLINE vf pair_divide(vf a, vf b) { return a / b; }
INLINE vf pair_maximum(vf a, vf b) { return ((a > b) | (a != a)) ? a : b; }
INLINE vf pair_minimum(vf a, vf b) { return ((a < b) | (a != a)) ? a : b; }
INLINE vf pair_equal(vf a, vf b) { return truth(a == b); }
INLINE vf pair_not_equal(vf a, vf b) { return truth(a != b); }
INLINE vf pair_less(vf a, vf b) { return truth(a < b); }
INLINE vf pair_less_equal(vf a, vf b) { return truth(a <= b); }
INLINE vf pair_and(vf a, vf b) { return truth((a != 0.0f) & (b != 0.0f)); }
INLINE vf pair_or(vf a, vf b) { return truth((a != 0.0f) | (b != 0.0f)); }
INLINE vf pair_xor(vf a, vf b) { return truth((a != 0.0f) ^ (b != 0.0f)); }

INLINE vf pair_hypot(vf a, vf b) {
    vd low = low_doubles(a) * low_doubles(a) + low_doubles(b) * low_doubles(b);
    vd high = high_doubles(a) * high_doubles(a) + high_doubles(b) * high_doubles(b);
    vf y = from_doubles(__builtin_elementwise_sqrt(low), __builtin_elementwise_sqrt(high));
    const vf infinity = __builtin_inff();
    return ((magnitude(a) == infinity) | (magnitude(b) == infinity)) ? infinity : y;
}

INLINE vf pair_atan2(vf y, vf x) {
    vf height = magnitude(y);
    vf width = magnitude(x);
    vi steep = height > width;
    vf smaller = steep ? width : height;
    vf larger = steep ? height : width;
    vf t = smaller == larger ? (smaller == 0.0f ? (vf)0.0f : (vf)1.0f) : smaller / larger;
    vf angle = near_arctangent(t);
    angle = steep ? HALF_PI + (HALF_PI_REST - angle) : angle;
    angle = (vi)x < 0 ? 2.0f * HALF_PI + (2.0f * HALF_PI_REST - angle) : angle;
    return with_sign_of(angle, y);
}

// base-2 logarithm of (1 + f)·2^e in double, within 2^-38: with z = f / (2 + f), log(1 + f) = 2·(z + z³/3 + z⁵/5 + …).
INLINE vd wide_log2(vd f, vd e) {
    vd z = f / (f + 2.0);
    vd w = z * z;
    vd p = 1.0 / 13;
    p = p * w + 1.0 / 11;
    p = p * w + 1.0 / 9;
    p = p * w + 1.0 / 7;
    p = p * w + 1.0 / 5;
    p = p * w + 1.0 / 3;
    p = p * w + 1.0;
    return p * z * 0x1.71547652b82fep1 + e;
}

// t = n + g with |g| <= ½, the result being g·ln 2; t is held where 2^t is infinite or 0.
INLINE vd exponent_parts(vd t, vd *n) {
    t = t > 200.0 ? (vd)200.0 : t;
    t = t < -200.0 ? (vd)-200.0 : t;
    *n = (t + 0x1.8p52) - 0x1.8p52;
    return (t - *n) * 0x1.62e42fefa39efp-1;
}

INLINE vf pair_power(vf a, vf b) {
    vf size = magnitude(a);
    vf e;
    vf f = log_parts(size, &e);
    vd low_n;
    vd high_n;
    vd low = exponent_parts(low_doubles(b) * wide_log2(low_doubles(f), low_doubles(e)), &low_n);
    vd high = exponent_parts(high_doubles(b) * wide_log2(high_doubles(f), high_doubles(e)), &high_n);
    vf ignored;
    vf y = times_power_of_two(exp_mantissa(from_doubles(low, high), &ignored), from_doubles(low_n, high_n));

    const vf infinity = __builtin_inff();
    vi grows = b > 0.0f;
    y = size == 0.0f ? (grows ? (vf)0.0f : infinity) : y;
    y = size == infinity ? (grows ? infinity : (vf)0.0f) : y;
    y = size == 1.0f ? (vf)1.0f : y;
    y = ((a != a) | (b != b)) ? (vf)__builtin_nanf("") : y;
    // A negative base wants a whole exponent and keeps its sign with an odd one.
    vi whole = vector_trunc(b) == b;
    vi odd = whole & (vector_trunc(b * 0.5f) * 2.0f != b);
    y = ((a < 0.0f) & ~whole & (size < infinity)) ? (vf)__builtin_nanf("") : y;
    y = (vf)((vi)y | ((vi)a & odd & INT32_MIN));
    return ((b == 0.0f) | (a == 1.0f)) ? (vf)1.0f : y;
}

// What a floored division leaves and gives, as NumPy defines them: the rest has the sign of b.
INLINE float rest_of(float a, float b, float *quotient) {
    double rest = fmod((double)a, (double)b);
    if (b == 0.0f) {
        *quotient = a / b;
        return (float)rest;
    }
    double whole = ((double)a - rest) / (double)b;
    if (rest != 0.0) {
        if ((b < 0.0f) != (rest < 0.0)) {
            rest += (double)b;
            whole -= 1.0;
        }
    } else {
        rest = copysign(0.0, (double)b);
    }
    *quotient = (float)(whole != 0.0 ? floor(whole + 0.5) : copysign(0.0, (double)a / (double)b));
    return (float)rest;
}

// The same for half a vector whose quotients have less than 30 bits: then the product is exact. `whole` gets the quotient.
INLINE vd wide_rest(vd a, vd b, vd *whole) {
    vd q = __builtin_elementwise_floor(a / b);
    vd rest = a - q * b;
    // a / b may have been rounded up to a whole number.
    vl missed = b < 0.0 ? rest > 0.0 : rest < 0.0;
    *whole = missed ? q - 1.0 : q;
    return missed ? rest + b : rest;
}

INLINE vf floored(vf a, vf b, int wants_rest) {
    vd low_q;
    vd high_q;
    vd low = wide_rest(low_doubles(a), low_doubles(b), &low_q);
    vd high = wide_rest(high_doubles(a), high_doubles(b), &high_q);
    vf rest = from_doubles(low, high);
    vf q = from_doubles(low_q, high_q);
    vf y = wants_rest ? (rest == 0.0f ? with_sign_of((vf)0.0f, b) : rest) : q;
    vi far = ~((magnitude(q) < 0x1p29f) & (magnitude(b) < (vf)__builtin_inff()) & (b != 0.0f));
    if (any_lane(far)) {
        for (int k = 0; k < LANES; k++) {
            if (!far[k]) continue;
            float quotient;
            const float exact = rest_of(a[k], b[k], &quotient);
            y[k] = wants_rest ? exact : quotient;
        }
    }
    return y;
}

INLINE vf pair_remainder(vf a, vf b) { return floored(a, b, 1); }
INLINE vf pair_floor_divide(vf a, vf b) { return floored(a, b, 0); }

INLINE void combine_rows(
    const float *a, const float *b, float *y, ptrdiff_t rows, ptrdiff_t columns, const hornet_strides *s,
    vf (*f)(vf, vf)) {
    for (ptrdiff_t r = 0; r < rows; r++, a += s->a_row, b += s->b_row, y += columns) {
        if (!s->b_step) {
            const vf scalar = *b;
            OVER_VECTORS(columns, store(y + i, count, f(load(a + i, count), scalar)););
        } else if (!s->a_step) {
            const vf scalar = *a;
            OVER_VECTORS(columns, store(y + i, count, f(scalar, load(b + i, count))););
        } else {
            OVER_VECTORS(columns, store(y + i, count, f(load(a + i, count), load(b + i, count))););
        }
    }
}

#define COMBINE_CASE(name, NAME) \
    case HORNET_##NAME: combine_rows(a, b, y, rows, columns, strides, pair_##name); break;
static void kernel_combine(
    hornet_operation operation, const float *a, const float *b, float *y, ptrdiff_t rows, ptrdiff_t columns,
    const hornet_strides *strides) {
    switch (operation) { HORNET_EACH_OPERATION(COMBINE_CASE) }
}

static void kernel_select(
    const float *condition, const float *a, const float *b, float *y, ptrdiff_t rows, ptrdiff_t columns,
    const hornet_strides *s) {
    for (ptrdiff_t r = 0; r < rows; r++) {
        if (!s->c_step) {
            // The whole row is of one kind.
            const float *from = *condition != 0.0f ? a : b;
            const int steps = *condition != 0.0f ? s->a_step : s->b_step;
            OVER_VECTORS(columns, store(y + i, count, steps ? load(from + i, count) : (vf)*from););
        } else if (s->a_step && s->b_step) {
            OVER_VECTORS(columns, {
                store(y + i, count, load(condition + i, count) != 0.0f ? load(a + i, count) : load(b + i, count));
            });
        } else {
            OVER_VECTORS(columns, {
                vf yes = s->a_step ? load(a + i, count) : (vf)*a;
                vf no = s->b_step ? load(b + i, count) : (vf)*b;
                store(y + i, count, load(condition + i, count) != 0.0f ? yes : no);
            });
        }
        condition += s->c_row;
        a += s->a_row;
        b += s->b_row;
        y += columns;
    }
}

static void kernel_clip(const float *x, float low, float high, float *y, ptrdiff_t n) {
    OVER_VECTORS(n, {
        vf v = load(x + i, count);
        v = v < low ? (vf)low : v;
        store(y + i, count, v > high ? (vf)high : v);
    });
}
