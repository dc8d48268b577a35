// exp, log, tanh and sigmoid of vectors. The polynomials are minimax fits of the relative error.
#ifndef HORNET_VECTOR_MATH_H
#define HORNET_VECTOR_MATH_H

// ln 2 in two parts: nine bits, whose product with an exponent is exact, and the rest.
#define LN2_HIGH 0x1.63p-1f
#define LN2_LOW -0x1.bd0106p-13f

// exp(r) = 1 + r + q(r)·r² for |r| <= ln 2 / 2, within 4e-9 besides rounding.
#define EXP_0 0x1.fffffcp-2f
#define EXP_1 0x1.55549p-3f
#define EXP_2 0x1.5558f8p-5f
#define EXP_3 0x1.123b02p-7f
#define EXP_4 0x1.6a2256p-10f

INLINE vf magnitude(vf x) { return (vf)((vi)x & 0x7fffffff); }

// exp(x) = m·2^n, the result being m.
INLINE vf exp_mantissa(vf x, vf *exponent) {
    // Beyond these half of the result is infinite or zero anyway; NaN passes both comparisons by.
    x = x > 90.0f ? (vf)90.0f : x;
    x = x < -104.0f ? (vf)-104.0f : x;
    // x = n·ln 2 + r with |r| <= ln 2 / 2: adding and subtracting 1.5·2²³ rounds n to an integer.
    vf shifted = x * 0x1.715476p0f + 0x1.8p23f;
    vf n = shifted - 0x1.8p23f;
    vf r = x - n * LN2_HIGH - n * LN2_LOW;
    vf q = EXP_4;
    q = q * r + EXP_3;
    q = q * r + EXP_2;
    q = q * r + EXP_1;
    q = q * r + EXP_0;
    // What 1 + r loses by rounding joins the small term.
    vf sum = 1.0f + r;
    vf lost = r - (sum - 1.0f);
    *exponent = n;
    return sum + (q * (r * r) + lost);
}

INLINE vf vector_exp(vf x) {
    vf n;
    vf m = exp_mantissa(x, &n);
    return times_power_of_two(m, n);
}

// e·ln 2 + log(1 + f) for f in [√½ − 1, ½] and integral e, within 4e-9 besides rounding.
INLINE vf log_of_parts(vf f, vf e) {
    vf p = 0x1.89b9bep-5f;
    p = p * f - 0x1.ac4deep-4f;
    p = p * f + 0x1.f0d48cp-4f;
    p = p * f - 0x1.02cd9ep-3f;
    p = p * f + 0x1.232528p-3f;
    p = p * f - 0x1.55130ep-3f;
    p = p * f + 0x1.99a2f6p-3f;
    p = p * f - 0x1.0000b6p-2f;
    p = p * f + 0x1.55554cp-2f;
    vf square = f * f;
    vf small = p * (f * square) + e * LN2_LOW;
    small = small - 0.5f * square;
    return e * LN2_HIGH + (f + small);
}

// x = (1 + f)·2^e with f in [√½ − 1, √2 − 1], the result being f; for x > 0.
INLINE vf log_parts(vf x, vf *e) {
    const int32_t root_half = 0x3f3504f3;
    // Denormals are brought into the normal range first.
    vi tiny = x < 0x1p-126f;
    vi bits = (vi)(tiny ? x * 0x1p23f : x) - root_half;
    *e = __builtin_convertvector(bits >> 23, vf) - (tiny ? (vf)23.0f : (vf)0.0f);
    return (vf)((bits & 0x7fffff) + root_half) - 1.0f;
}

// A logarithm `y` of x, put right where x is not a positive number.
INLINE vf log_with_edges(vf x, vf y) {
    y = x == (vf)__builtin_inff() ? x : y;
    return x > 0.0f ? y : (x == 0.0f ? (vf)-__builtin_inff() : (vf)__builtin_nanf(""));
}

INLINE vf vector_log(vf x) {
    vf e;
    vf f = log_parts(x, &e);
    return log_with_edges(x, log_of_parts(f, e));
}

// log(1 + u) for u in [0, 1]; NaN stays NaN.
INLINE vf log1p_to_one(vf u) {
    vi upper = u > 0.5f;
    return log_of_parts(upper ? (u - 1.0f) * 0.5f : u, upper ? (vf)1.0f : (vf)0.0f);
}

INLINE vf vector_tanh(vf x) {
    vf size = magnitude(x);
    vf large = 1.0f - 2.0f / (vector_exp(size * 2.0f) + 1.0f);
    // Near zero that would cancel: x + p(x²)·x³, within 5e-9 up to 0.625 besides rounding.
    vf square = size * size;
    vf p = -0x1.75e1ccp-8f;
    p = p * square + 0x1.52269cp-6f;
    p = p * square - 0x1.b83c5ap-5f;
    p = p * square + 0x1.110726p-3f;
    p = p * square - 0x1.555532p-2f;
    vf small = p * (size * square) + size;
    vf y = size < 0.625f ? small : large;
    return (vf)((vi)y | ((vi)x & INT32_MIN));
}

// exp(−|x|), which neither side of zero can overflow.
INLINE vf exp_of_minus_magnitude(vf x) { return vector_exp((vf)((vi)x | INT32_MIN)); }

INLINE vf vector_sigmoid(vf x) {
    vf e = exp_of_minus_magnitude(x);
    vf sum = 1.0f + e;
    vf lost = e - (sum - 1.0f); // by rounding; the quotient is the smaller by that part
    vf y = (x < 0.0f ? e : (vf)1.0f) / sum;
    return y - y * lost;
}

INLINE vf vector_relu(vf x) { return x <= 0.0f ? (vf)0.0f : x; }

INLINE vf vector_softplus(vf x) { return vector_relu(x) + log1p_to_one(exp_of_minus_magnitude(x)); }

#endif
