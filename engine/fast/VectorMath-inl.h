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

/// c[0] + c[1] x + ... by Horner's rule.
template <std::size_t N>
HWY_INLINE V polynomial(V x, const double (&c)[N])
{
    V p = num(c[N - 1]);
    for (std::size_t i = N - 1; i-- > 0;)
        p = hn::MulAdd(p, x, num(c[i]));
    return p;
}

/// exp(x) within 2e-14 relative, for arguments within +-LargestExponent. Callers make sure of that
/// range.
inline constexpr double LargestExponent = 345.0; ///< so that a product of two results stays finite

HWY_INLINE V withinRange(V x)
{
    return hn::Min(hn::Max(x, num(-LargestExponent)), num(LargestExponent));
}

HWY_INLINE V exponential(V x)
{
    // 2^f on -1/2..1/2, interpolated at Chebyshev's points.
    constexpr double C[] = {1.0000000000000135,    0.6931471805599462,     0.2402265069564034,
                            0.05550410866465166,   0.00961812919393429,    0.0013333558200796013,
                            0.0001540343375126647, 1.5252672924257465e-05, 1.3259645241948732e-06,
                            1.020590550210069e-07};
    const D d;
    const hn::RebindToSigned<D> di;
    const V log2e = num(1.4426950408889634);
    const V magic = num(6755399441055744.0); // 1.5 2^52: adding it rounds to whole numbers
    const V shifted = hn::MulAdd(x, log2e, magic);
    const V f = hn::MulSub(x, log2e, hn::Sub(shifted, magic));
    const V p = polynomial(f, C);
    // The low bits of `shifted` are the whole number: it goes into the exponent.
    return hn::BitCast(d, hn::Add(hn::BitCast(di, p), hn::ShiftLeft<52>(hn::BitCast(di, shifted))));
}

/// exp(-x) for x >= 0 within 4e-13 relative up to x = 2^Squarings / 4; beyond that, the value
/// there.
template <int Squarings>
HWY_INLINE V fallen(V x)
{
    constexpr double C[] = {0.9999999999999897,    -0.9999999999947052,    0.49999999955474544,
                            -0.1666666523875371,   0.04166644146262216,    -0.008331399993507639,
                            0.0013796520647710306, -0.00017517460584167208};
    constexpr double Scale = 1.0 / (1 << Squarings);
    V p = polynomial(hn::Min(Squarings ? hn::Mul(x, num(Scale)) : x, num(0.25)), C);
    for (int i = 0; i < Squarings; ++i)
        p = hn::Mul(p, p);
    return p;
}

/// Replaces both numbers by their inverses with a single division.
HWY_INLINE void invert(V &a, V &b)
{
    const V both = hn::Div(num(1.0), hn::Mul(a, b));
    const V first = hn::Mul(b, both);
    b = hn::Mul(a, both);
    a = first;
}

} // namespace HWY_NAMESPACE
} // namespace dt
HWY_AFTER_NAMESPACE();
#endif
