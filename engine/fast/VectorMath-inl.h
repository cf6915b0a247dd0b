// SPDX-License-Identifier: GPL-3.0-or-later
// Elementary functions on vectors of doubles, compiled once for each instruction set. No include
// guard of the usual kind: Highway includes this file several times.
#if defined(DT_FAST_VECTOR_MATH_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef DT_FAST_VECTOR_MATH_INL_H
#undef DT_FAST_VECTOR_MATH_INL_H
#else
#define DT_FAST_VECTOR_MATH_INL_H
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace dt {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using D = hn::ScalableTag<double>;
using V = hn::Vec<D>;

HWY_INLINE V num(double x)
{
    return hn::Set(D(), x);
}

/// exp(x), within 3e-16 relative. Arguments beyond +-345 are taken as +-345, so that a product of
/// two results stays finite.
HWY_INLINE V exponential(V x)
{
    // 2^f on -1/2..1/2, interpolated at Chebyshev's points in long double: 3e-17 relative.
    constexpr double C[] = {1.0,
                            0.6931471805599453,
                            0.2402265069591016,
                            0.05550410866482163,
                            0.009618129107587223,
                            0.0013333558146405434,
                            0.0001540353046375614,
                            1.5252733842758916e-05,
                            1.3215432520547035e-06,
                            1.0178056472371986e-07,
                            7.074197066047615e-09,
                            4.455930741563682e-10};
    const D d;
    const hn::RebindToSigned<D> di;
    const V log2e = num(1.4426950408889634);
    const V magic = num(6755399441055744.0); // 1.5 2^52: adding it rounds to whole numbers
    x = hn::Min(hn::Max(x, num(-345.0)), num(345.0));
    const V shifted = hn::MulAdd(x, log2e, magic);
    const V f = hn::MulSub(x, log2e, hn::Sub(shifted, magic));
    V p = num(C[11]);
    p = hn::MulAdd(p, f, num(C[10]));
    p = hn::MulAdd(p, f, num(C[9]));
    p = hn::MulAdd(p, f, num(C[8]));
    p = hn::MulAdd(p, f, num(C[7]));
    p = hn::MulAdd(p, f, num(C[6]));
    p = hn::MulAdd(p, f, num(C[5]));
    p = hn::MulAdd(p, f, num(C[4]));
    p = hn::MulAdd(p, f, num(C[3]));
    p = hn::MulAdd(p, f, num(C[2]));
    p = hn::MulAdd(p, f, num(C[1]));
    p = hn::MulAdd(p, f, num(C[0]));
    // The low bits of `shifted` are the whole number: it goes into the exponent.
    return hn::BitCast(d, hn::Add(hn::BitCast(di, p), hn::ShiftLeft<52>(hn::BitCast(di, shifted))));
}

} // namespace HWY_NAMESPACE
} // namespace dt
HWY_AFTER_NAMESPACE();
#endif
