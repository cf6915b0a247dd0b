// SPDX-License-Identifier: GPL-3.0-or-later
// Kinetics of the somatic channels (docs/BIOPHYSICS.md, section 2) on vectors of voltages. Formulas
// that share an exponential are evaluated together, and the two quotients of a gate share a
// division with those of another gate.
#if defined(DT_FAST_SOMA_RATES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef DT_FAST_SOMA_RATES_INL_H
#undef DT_FAST_SOMA_RATES_INL_H
#else
#define DT_FAST_SOMA_RATES_INL_H
#endif

#include "engine/fast/FastState.h"
#include "engine/fast/VectorMath-inl.h"

#include <cmath>

HWY_BEFORE_NAMESPACE();
namespace dt {
namespace HWY_NAMESPACE {

/// Voltages farther from 0 mV are taken to be this far: all gates are fully open or closed there,
/// and no exponential leaves the range of numbers.
inline constexpr double RatesUpToMv = 500.0;

/// Every gate relaxes towards `target` with `rate` [1/ms], which includes the temperature factor.
struct SomaRates
{
    V target[FastGateCount];
    V rate[FastGateCount];
};

/// z itself, or a small number in place of zero: the formulas below divide by something that is
/// proportional to z there, and the quotient's limit is reached within 1e-10.
HWY_INLINE V awayFromZero(V z)
{
    const V small = num(1.0e-6);
    return hn::IfThenElse(hn::Lt(hn::Abs(z), small), small, z);
}

/// A gate before its two divisions, by `sum` for the target and by `bottom` for the rate. One
/// division does for both: with i = 1/(sum x bottom), 1/sum is bottom x i and 1/bottom is sum x i.
struct Undivided
{
    V sum;
    V bottom;
    V top; ///< the rate is top / bottom, or
    bool rateIsSum = false; ///< top x sum / bottom
    V share; ///< the target is share / sum
};

HWY_INLINE void divided(const Undivided &g, V inverse, V &target, V &rate)
{
    target = hn::Mul(hn::Mul(g.share, g.bottom), inverse);
    V over = hn::Mul(g.sum, inverse);
    if (g.rateIsSum)
        over = hn::Mul(over, g.sum);
    rate = hn::Mul(g.top, over);
}

/// target 1/(1 + e), rate top / bottom.
HWY_INLINE Undivided sigmoid(V e, V top, V bottom)
{
    return {hn::Add(num(1.0), e), bottom, top, false, num(1.0)};
}

/// target share / sum, rate top sum / bottom.
HWY_INLINE Undivided ratio(V share, V sum, V top, V bottom)
{
    return {sum, bottom, top, true, share};
}

/// alpha = a linoid(z), beta = b linoid(-z), where linoid(z) = z/(1 - exp(-z)) and e = exp(-z):
/// then alpha/(alpha + beta) = a/(a + b e) and alpha + beta = z (a + b e)/(1 - e). A falling gate
/// has the roles of alpha and beta exchanged.
HWY_INLINE Undivided linoidPair(V z, V e, double a, double b, bool falling, double factor)
{
    // Near z = 0 both z and 1 - exp(-z) are replaced by the same small number.
    const V small = num(1.0e-6);
    const auto atZero = hn::Lt(hn::Abs(z), small);
    const V safe = hn::IfThenElse(atZero, small, z);
    const V bottom = hn::IfThenElse(atZero, small, hn::Sub(num(1.0), e));
    const V share = falling ? hn::Mul(num(b), e) : num(a);
    return ratio(share, hn::MulAdd(e, num(b), num(a)), hn::Mul(safe, num(factor)), bottom);
}

HWY_INLINE SomaRates somaRates(V voltage)
{
    const double q = std::pow(2.3, 1.3); // (34 - 21)/10
    const V one = num(1.0);
    const V v = hn::Min(hn::Max(voltage, num(-RatesUpToMv)), num(RatesUpToMv));
    SomaRates rates;
    const auto grown = [](V x, double perMv) { return exponential(hn::Mul(x, num(perMv))); };
    const auto above = [&](double mv) { return hn::Sub(v, num(mv)); };
    const auto put = [&](FastGate first, const Undivided &a, FastGate second, const Undivided &b) {
        V i = hn::Mul(a.sum, a.bottom);
        V j = hn::Mul(b.sum, b.bottom);
        invert(i, j);
        divided(a, i, rates.target[first], rates.rate[first]);
        divided(b, j, rates.target[second], rates.rate[second]);
    };

    // Exponentials that several channels share.
    const V e12 = grown(above(-38.0), -1.0 / 12.0);
    const V e6 = hn::Mul(e12, e12); // exp(-(v + 38)/6)
    const V e10 = grown(above(-35.0), 0.1);
    const V e5 = hn::Mul(e10, e10); // exp((v + 35)/5)
    const V slow = hn::Add(one, e5);

    // Im: alpha = 3.3e-3 e10, beta = 3.3e-3/e10. Ca_LVAst m: tau = (5 + 20/slow)/q.
    put(GateIm, ratio(e5, slow, num(q * 3.3e-3), e10), GateCaLvaM,
        sigmoid(hn::Mul(e6, num(std::exp(-2.0 / 6.0))), hn::Mul(num(q), slow),
                hn::MulAdd(slow, num(5.0), num(20.0))));
    {
        // Ca_LVAst h, and Ca_HVA m: alpha = 0.055 w/(exp(w/3.8) - 1), w = -27 - v.
        const V slower = hn::Add(one, grown(above(-50.0), 1.0 / 7.0));
        const V w = awayFromZero(hn::Neg(above(-27.0)));
        const V rise = hn::Sub(grown(w, 1.0 / 3.8), one);
        const V beta = hn::Mul(num(0.94), grown(above(-75.0), -1.0 / 17.0));
        const V alpha = hn::Mul(num(0.055), w);
        put(GateCaLvaH,
            sigmoid(grown(above(-90.0), 1.0 / 6.4), hn::Mul(num(q), slower),
                    hn::MulAdd(slower, num(20.0), num(50.0))),
            GateCaHvaM, ratio(alpha, hn::MulAdd(beta, rise, alpha), one, rise));
    }
    {
        // Ca_HVA h: beta = 0.0065/open. SKv3_1.
        const V open = hn::Add(one, grown(above(-15.0), -1.0 / 28.0));
        const V alpha = hn::Mul(hn::Mul(num(0.000457), grown(above(-13.0), -1.0 / 50.0)), open);
        put(GateCaHvaH, ratio(alpha, hn::Add(alpha, num(0.0065)), one, open), GateSkv3,
            sigmoid(grown(above(18.7), -1.0 / 9.7),
                    hn::Add(one, grown(above(-46.56), -1.0 / 44.14)), num(4.0)));
    }
    {
        // Sodium: exp(-(v + shift)/6) for every shift is e6 times a constant.
        const auto pair = [&](double shift, double a, double b, bool falling) {
            const V e = hn::Mul(e6, num(std::exp((38.0 - shift) / 6.0)));
            return linoidPair(hn::Mul(above(-shift), num(1.0 / 6.0)), e, a, b, falling, q * 6.0);
        };
        put(GateNaTaM, pair(38.0, 0.182, 0.124, false), GateNaTsM, pair(32.0, 0.182, 0.124, false));
        put(GateNaTaH, pair(66.0, 0.015, 0.015, true), GateNaTsH, pair(60.0, 0.015, 0.015, true));
    }
    {
        // Nap_Et2: m with a sixth of NaTa_t's rate.
        const V z1 = awayFromZero(above(-17.0));
        const V z2 = awayFromZero(above(-64.4));
        const V b1 = hn::Sub(grown(z1, 1.0 / 4.63), one);
        const V b2 = hn::Sub(one, grown(z2, -1.0 / 2.63));
        const V top = hn::MulAdd(hn::Mul(z1, num(q * 2.88e-6)), b2,
                                 hn::Mul(hn::Mul(z2, num(q * 6.94e-6)), b1));
        const V close = hn::Mul(e10, num(std::exp(1.38))); // exp((v + 48.8)/10)
        put(GateNapM, sigmoid(grown(above(-52.6), -1.0 / 4.6), one, one), GateNapH,
            sigmoid(close, top, hn::Mul(b1, b2)));
        rates.rate[GateNapM] = hn::Mul(rates.rate[GateNaTaM], num(1.0 / 6.0));
    }
    const V u = above(-10.0); // K_Pst and K_Tst
    const auto bell = [&](double centre, double width) {
        const V x = hn::Mul(hn::Sub(u, num(centre)), num(1.0 / width));
        return exponential(hn::Neg(hn::Mul(x, x)));
    };
    {
        // Ih: alpha = 0.00643 w/(exp(w/11.9) - 1), w = v + 154.9. K_Pst m.
        const V w = awayFromZero(above(-154.9));
        const V rise = hn::Sub(grown(w, 1.0 / 11.9), one);
        const V beta = hn::Mul(num(0.193), grown(v, 1.0 / 33.1));
        const V alpha = hn::Mul(num(0.00643), w);
        const auto low = hn::Lt(u, num(-50.0));
        const V swing = exponential(hn::Mul(u, hn::IfThenElse(low, num(0.026), num(-0.026))));
        const V tau = hn::MulAdd(swing, hn::IfThenElse(low, num(175.03), num(13.0)), num(1.25));
        put(GateIh, ratio(alpha, hn::MulAdd(beta, rise, alpha), one, rise), GateKPM,
            sigmoid(hn::Mul(e12, num(std::exp(27.0 / 12.0))), num(q), tau));
    }
    {
        const V lift = hn::MulAdd(hn::Add(u, num(55.0)), num(24.0), num(1010.0));
        put(GateKPH,
            sigmoid(grown(hn::Add(u, num(54.0)), 1.0 / 11.0), num(q),
                    hn::MulAdd(lift, bell(-75.0, 48.0), num(360.0))),
            GateKTM,
            sigmoid(grown(u, -1.0 / 19.0), num(q),
                    hn::MulAdd(bell(-71.0, 59.0), num(0.92), num(0.34))));
    }
    {
        const Undivided g = sigmoid(hn::Mul(e10, num(std::exp(4.1))), num(q), // exp((u + 66)/10)
                                    hn::MulAdd(bell(-73.0, 23.0), num(49.0), num(8.0)));
        divided(g, hn::Div(one, hn::Mul(g.sum, g.bottom)), rates.target[GateKTH],
                rates.rate[GateKTH]);
    }
    return rates;
}

/// What is left of a gate's distance to its target after a step of `rate` x dt. Gates that are
/// always slow need no squarings, but only with steps of at most 1/40 ms.
HWY_INLINE V leftOf(int gate, V rateDt, bool shortSteps)
{
    if (!shortSteps)
        return exponential(hn::Max(hn::Neg(rateDt), num(-LargestExponent)));
    switch (gate) {
    case GateCaLvaM:
    case GateCaLvaH:
    case GateCaHvaH:
    case GateNapH:
    case GateKPM:
    case GateKPH:
    case GateKTM:
    case GateKTH:
        return fallen<0>(rateDt);
    default:
        return fallen<5>(rateDt);
    }
}

} // namespace HWY_NAMESPACE
} // namespace dt
HWY_AFTER_NAMESPACE();
#endif
