// Further functions of vectors: roots, logarithms, and the circular and hyperbolic functions with their inverses. The
// polynomials are minimax fits of the relative error.
#ifndef HORNET_VECTOR_FUNCTIONS_H
#define HORNET_VECTOR_FUNCTIONS_H

#include <math.h>

// π/2 rounded, and what that lacks.
#define HALF_PI 0x1.921fb6p0f
#define HALF_PI_REST -0x1.777a5cp-25f

INLINE vf with_sign_of(vf size, vf sign) { return (vf)((vi)size | ((vi)sign & INT32_MIN)); }
INLINE vf vector_sqrt(vf x) { return __builtin_elementwise_sqrt(x); }
// 1 in the lanes of a comparison that hold, else 0.
INLINE vf truth(vi holds) { return (vf)(holds & 0x3f800000); }

INLINE vf vector_abs(vf x) { return magnitude(x); }
INLINE vf vector_sign(vf x) { return x > 0.0f ? (vf)1.0f : x < 0.0f ? (vf)-1.0f : x == 0.0f ? (vf)0.0f : x; }
INLINE vf vector_floor(vf x) { return __builtin_elementwise_floor(x); }
INLINE vf vector_ceil(vf x) { return __builtin_elementwise_ceil(x); }
INLINE vf vector_round(vf x) { return __builtin_elementwise_roundeven(x); }
INLINE vf vector_trunc(vf x) { return __builtin_elementwise_trunc(x); }
INLINE vf vector_rsqrt(vf x) { return 1.0f / vector_sqrt(x); }
INLINE vf vector_is_finite(vf x) { return truth(magnitude(x) < (vf)__builtin_inff()); }
INLINE vf vector_is_infinite(vf x) { return truth(magnitude(x) == (vf)__builtin_inff()); }

INLINE vf vector_expm1(vf x) {
    vf n;
    vf m = exp_mantissa(x, &n);
    // Where n is 0, m − 1 would lose digits: take r + q(r)·r² as it was before 1 was added.
    vf r = x;
    vf q = EXP_4;
    q = q * r + EXP_3;
    q = q * r + EXP_2;
    q = q * r + EXP_1;
    q = q * r + EXP_0;
    vf near = q * (r * r) + r;
    // Half of both terms, so that 2^n is a float where the result still is one.
    vf far = (times_power_of_two(m, n - 1.0f) - 0.5f) * 2.0f;
    vf y = n == 0.0f ? near : far;
    return x == 0.0f ? x : y;
}

// log(sum + lost) + whole·log 2; what the sum has lost by rounding is small.
INLINE vf log_of_sum(vf sum, vf lost, vf whole) {
    vf e;
    vf f = log_parts(sum, &e);
    f += times_power_of_two(lost, e < 25.0f ? -e : (vf)-25.0f);
    return log_with_edges(sum, log_of_parts(f, e + whole));
}

INLINE vf vector_log1p(vf x) {
    vf sum = 1.0f + x;
    vf y = log_of_sum(sum, x - (sum - 1.0f), (vf)0.0f);
    return x == 0.0f ? x : y;
}

// e·exponent_weight + log(1 + f)·weight for x = (1 + f)·2^e, summed in double.
INLINE vf weighted_log(vf x, double exponent_weight, double weight) {
    vf e;
    vf f = log_parts(x, &e);
    vf log = log_of_parts(f, (vf)0.0f);
    vd low = low_doubles(e) * exponent_weight + low_doubles(log) * weight;
    vd high = high_doubles(e) * exponent_weight + high_doubles(log) * weight;
    return log_with_edges(x, from_doubles(low, high));
}
INLINE vf vector_log2(vf x) { return weighted_log(x, 1.0, 0x1.71547652b82fep0); }
INLINE vf vector_log10(vf x) { return weighted_log(x, 0x1.34413509f79ffp-2, 0x1.bcb7b1526e50ep-2); }

INLINE vf vector_cbrt(vf x) {
    vf size = magnitude(x);
    // Cubes have to stay within the normal range.
    vi tiny = size < 0x1p-80f;
    vi huge = size > 0x1p80f;
    vf a = size * (tiny ? (vf)0x1p48f : huge ? (vf)0x1p-48f : (vf)1.0f);
    // A third of the exponent gives the root within 6 %; Halley's step triples its digits.
    vf y = (vf)(__builtin_convertvector(__builtin_convertvector((vi)a, vf) * (1.0f / 3.0f), vi) + 0x2a5119f2);
    for (int step = 0; step < 2; step++) {
        vf cube = y * y * y;
        y -= y * ((cube - a) / (2.0f * cube + a));
    }
    y *= tiny ? (vf)0x1p-16f : huge ? (vf)0x1p16f : (vf)1.0f;
    y = with_sign_of(y, x);
    return ((size > 0.0f) & (size < (vf)__builtin_inff())) ? y : x;
}

// Circular functions ---------------------------------------------------------------------------------------------

// The largest |x| whose quarter turns are counted here: beyond, the C library's function is asked.
#define MOST_TURNS 0x1p16f

#if defined(HORNET_AVX512) || defined(HORNET_AVX2)

// x = turns·π/2 + r with |r| <= π/4 (and a little), the result being r. A fused product loses nothing before it is
// subtracted, so three floats of π/2 are enough.
INLINE vf quarter_turns(vf x, vi *turns) {
    vf n = (x * 0x1.45f306p-1f + 0x1.8p23f) - 0x1.8p23f;
    *turns = __builtin_convertvector(n, vi);
    vf r = x - n * HALF_PI;
    r = r - n * HALF_PI_REST;
    return r + n * 0x1.ee59dap-50f;
}

#else

INLINE vd reduced(vd x, vhi *turns) {
    vd n = (x * 0x1.45f306dc9c883p-1 + 0x1.8p52) - 0x1.8p52;
    *turns = __builtin_convertvector(n, vhi);
    // π/2 in two parts, the first of 33 bits, so that its product with n is exact.
    return x - n * 0x1.921fb544p0 - n * 0x1.0b4611a626331p-34;
}

// The same without fused products, in double.
INLINE vf quarter_turns(vf x, vi *turns) {
    vhi low_turns;
    vhi high_turns;
    vd low = reduced(low_doubles(x), &low_turns);
    vd high = reduced(high_doubles(x), &high_turns);
    turns->lo = low_turns;
    turns->hi = high_turns;
    return from_doubles(low, high);
}

#endif

INLINE vf near_sine(vf r) {
    vf z = r * r;
    vf p = 0x1.6cd732p-19f;
    p = p * z - 0x1.a00f98p-13f;
    p = p * z + 0x1.111108p-7f;
    p = p * z - 0x1.555556p-3f;
    return p * (r * z) + r;
}

INLINE vf near_cosine(vf r) {
    vf z = r * r;
    vf p = 0x1.99eap-16f;
    p = p * z - 0x1.6c0c2ep-10f;
    p = p * z + 0x1.55554ap-5f;
    vf head = 1.0f - 0.5f * z;
    vf lost = (1.0f - head) - 0.5f * z;
    return head + (p * (z * z) + lost);
}

// Where |x| is too large (or not a number), the C library's answer.
INLINE vf with_far_lanes(vf x, vf y, double (*function)(double)) {
    vi far = ~(magnitude(x) <= MOST_TURNS);
    if (any_lane(far)) {
        for (int k = 0; k < LANES; k++) y[k] = far[k] ? (float)function((double)x[k]) : y[k];
    }
    return y;
}

// sin(x + shift·π/2)
INLINE vf shifted_sine(vf x, int32_t shift) {
    vi turns;
    vf r = quarter_turns(magnitude(x) <= MOST_TURNS ? x : (vf)0.0f, &turns);
    turns += shift;
    vf y = (turns & 1) != 0 ? near_cosine(r) : near_sine(r);
    return (vf)((vi)y ^ ((turns & 2) << 30));
}

INLINE vf vector_sin(vf x) { return with_far_lanes(x, x == 0.0f ? x : shifted_sine(x, 0), sin); }
INLINE vf vector_cos(vf x) { return with_far_lanes(x, shifted_sine(x, 1), cos); }

INLINE vf vector_tan(vf x) {
    vi turns;
    vf r = quarter_turns(magnitude(x) <= MOST_TURNS ? x : (vf)0.0f, &turns);
    vf sine = near_sine(r);
    vf cosine = near_cosine(r);
    vi odd = (turns & 1) != 0;
    vf y = (odd ? -cosine : sine) / (odd ? sine : cosine);
    return with_far_lanes(x, x == 0.0f ? x : y, tan);
}

// asin(s) for s = √z in [0, ½].
INLINE vf near_arcsine(vf s, vf z) {
    vf p = 0x1.34441cp-5f;
    p = p * z + 0x1.d67f84p-7f;
    p = p * z + 0x1.04bd9cp-5f;
    p = p * z + 0x1.6ca99cp-5f;
    p = p * z + 0x1.3338ap-4f;
    p = p * z + 0x1.55554cp-3f;
    return p * (s * z) + s;
}

// What asin(|x|) comes from: asin(|x|) itself up to ½, else asin of √((1 − |x|)/2), where `large` is true.
INLINE vf arcsine_of_magnitude(vf x, vi *large) {
    vf size = magnitude(x);
    *large = size > 0.5f;
    vf z = *large ? (1.0f - size) * 0.5f : size * size;
    return near_arcsine(*large ? vector_sqrt(z) : size, z);
}

INLINE vf vector_asin(vf x) {
    vi large;
    vf y = arcsine_of_magnitude(x, &large);
    return with_sign_of(large ? HALF_PI + (HALF_PI_REST - 2.0f * y) : y, x);
}

INLINE vf vector_acos(vf x) {
    vi large;
    vf y = arcsine_of_magnitude(x, &large);
    vf far = x < 0.0f ? 2.0f * HALF_PI + (2.0f * HALF_PI_REST - 2.0f * y) : 2.0f * y;
    return large ? far : HALF_PI + (HALF_PI_REST - with_sign_of(y, x));
}

// atan(t) for t in [0, 1].
INLINE vf near_arctangent(vf t) {
    vf z = t * t;
    vf p = -0x1.d62dbap-10f;
    p = p * z + 0x1.65a522p-7f;
    p = p * z - 0x1.fed03ep-6f;
    p = p * z + 0x1.dac952p-5f;
    p = p * z - 0x1.583466p-4f;
    p = p * z + 0x1.c099fp-4f;
    p = p * z - 0x1.2421b4p-3f;
    p = p * z + 0x1.9991fep-3f;
    p = p * z - 0x1.55553ep-2f;
    return p * (t * z) + t;
}

INLINE vf vector_atan(vf x) {
    vf size = magnitude(x);
    vi large = size > 1.0f;
    vf y = near_arctangent(large ? 1.0f / size : size);
    return with_sign_of(large ? HALF_PI + (HALF_PI_REST - y) : y, x);
}

// Hyperbolic functions -------------------------------------------------------------------------------------------

// exp(|x|) / 2, which is a float wherever sinh and cosh are.
INLINE vf half_exp_of_magnitude(vf x) {
    vf n;
    vf m = exp_mantissa(magnitude(x), &n);
    return times_power_of_two(m, n - 1.0f);
}

INLINE vf vector_sinh(vf x) {
    vf size = magnitude(x);
    vf half = half_exp_of_magnitude(x);
    vf large = half - 0.25f / half;
    vf z = size * size;
    vf p = 1.0f / 39916800.0f;
    p = p * z + 1.0f / 362880.0f;
    p = p * z + 1.0f / 5040.0f;
    p = p * z + 1.0f / 120.0f;
    p = p * z + 1.0f / 6.0f;
    return with_sign_of(size < 1.0f ? p * (size * z) + size : large, x);
}

INLINE vf vector_cosh(vf x) {
    vf half = half_exp_of_magnitude(x);
    return half + 0.25f / half;
}

// log(1 + t), or log(2·size) where that is large.
INLINE vf log1p_or_double(vf t, vf size) {
    vi large = size >= 0x1p20f;
    vf sum = large ? size : 1.0f + t;
    return log_of_sum(sum, large ? (vf)0.0f : t - (sum - 1.0f), truth(large));
}

INLINE vf vector_asinh(vf x) {
    vf size = magnitude(x);
    vf square = size * size;
    vf y = log1p_or_double(size + square / (1.0f + vector_sqrt(1.0f + square)), size);
    return with_sign_of(size == 0.0f ? size : y, x);
}

INLINE vf vector_acosh(vf x) {
    vf t = x - 1.0f;
    vf y = log1p_or_double(t + vector_sqrt(2.0f * t + t * t), x);
    return x < 1.0f ? (vf)__builtin_nanf("") : y;
}

INLINE vf vector_atanh(vf x) {
    vf size = magnitude(x);
    return with_sign_of(0.5f * vector_log1p(2.0f * size / (1.0f - size)), x);
}

INLINE vf vector_erf(vf x) {
    vf size = magnitude(x);
    vf z = size * size;
    vf p = 0x1.5cd4acp-14f;
    p = p * z - 0x1.aa3f2ep-11f;
    p = p * z + 0x1.54c7f6p-8f;
    p = p * z - 0x1.b80e9p-6f;
    p = p * z + 0x1.ce2e0ap-4f;
    p = p * z - 0x1.812742p-2f;
    p = p * z + 0x1.06eba8p-3f;
    vf small = p * size + size;
    // log(1 − erf(x)) up to 4, from where on erf is 1.
    vf a = size > 4.0f ? (vf)4.0f : size;
    vf q = -0x1.5ecdbep-16f;
    q = q * a + 0x1.c54d6p-12f;
    q = q * a - 0x1.10aa0ap-8f;
    q = q * a + 0x1.9b195ap-6f;
    q = q * a - 0x1.bb565p-4f;
    q = q * a - 0x1.444b42p-1f;
    q = q * a - 0x1.212698p0f;
    q = q * a + 0x1.65ac22p-13f;
    return with_sign_of(size < 0.92f ? small : 1.0f - vector_exp(q), x);
}

#define FUNCTION_KERNEL(name)                                                         \
    static void kernel_##name(const float *x, float *y, ptrdiff_t n) {                \
        OVER_VECTORS(n, store(y + i, count, vector_##name(load(x + i, count))););     \
    }
HORNET_EACH_FUNCTION(FUNCTION_KERNEL)

#endif
