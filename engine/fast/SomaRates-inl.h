// SPDX-License-Identifier: GPL-3.0-or-later
// Kinetics of the somatic channels (docs/BIOPHYSICS.md, section 2) on vectors of voltages. Formulas
// that share an exponential are evaluated together, and a steady state and a rate share a division.
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

/// A gate relaxes towards `target` with `rate` [1/ms].
struct Relaxation
{
    V target;
    V rate;
};

/// All gates at once. Rates hold the temperature factor.
struct SomaRates
{
    Relaxation gate[FastGateCount];
};

/// z itself, or a small number in place of zero: the formulas below divide by something that is
/// proportional to z there, and the quotient's limit is reached within 1e-10.
HWY_INLINE V awayFromZero(V z)
{
    const V small = num(1.0e-6);
    return hn::IfThenElse(hn::Lt(hn::Abs(z), small), small, z);
}

/// 1/(1 + e), and `rate` = top / bottom, with one division.
HWY_INLINE Relaxation sigmoid(V e, V top, V bottom)
{
    const V one = num(1.0);
    const V open = hn::Add(one, e);
    const V inverse = hn::Div(one, hn::Mul(open, bottom));
    return {hn::Mul(bottom, inverse), hn::Mul(hn::Mul(top, open), inverse)};
}

/// Sodium channels: alpha = a linoid(z), beta = b linoid(-z), where linoid(z) = z/(1 - exp(-z)) and
/// e = exp(-z). Then alpha/(alpha + beta) = a/(a + b e) and alpha + beta = z (a + b e)/(1 - e).
HWY_INLINE Relaxation linoidPair(V z, V e, double a, double b, bool falling, double factor)
{
    const V one = num(1.0);
    // Near z = 0 exp(-z) = 1 - z.
    const V safe = awayFromZero(z);
    const V bottom = hn::IfThenElse(hn::Lt(hn::Abs(z), num(1.0e-6)), num(1.0e-6), hn::Sub(one, e));
    const V sum = hn::MulAdd(e, num(b), num(a));
    const V inverse = hn::Div(one, hn::Mul(bottom, sum));
    const V share = hn::Mul(bottom, inverse); // 1/(a + b e)
    const V target = falling ? hn::Mul(hn::Mul(e, num(b)), share) : hn::Mul(num(a), share);
    const V rate = hn::Mul(hn::Mul(hn::Mul(safe, num(factor)), hn::Mul(sum, sum)), inverse);
    return {target, rate};
}

HWY_INLINE SomaRates somaRates(V v)
{
    const double q = std::pow(2.3, 1.3); // (34 - 21)/10
    const V one = num(1.0);
    SomaRates rates;
    const auto expLinear = [&](double shift, double perMv) {
        return exponential(hn::Mul(hn::Add(v, num(shift)), num(perMv)));
    };

    // Exponentials that several channels share.
    const V e12 = expLinear(38.0, -1.0 / 12.0);
    const V e6 = hn::Mul(e12, e12); // exp(-(v + 38)/6)
    const V e10 = expLinear(35.0, 0.1);
    const V e5 = hn::Mul(e10, e10); // exp((v + 35)/5)

    // Im: a = 3.3e-3 e10, b = 3.3e-3/e10.
    {
        const V sum = hn::Add(e5, one);
        const V inverse = hn::Div(one, hn::Mul(e10, sum));
        rates.gate[GateIm] = {hn::Mul(hn::Mul(e5, e10), inverse),
                              hn::Mul(hn::Mul(num(q * 3.3e-3), hn::Mul(sum, sum)), inverse)};
    }
    // Ca_LVAst
    {
        const V e40 = hn::Mul(e6, num(std::exp(-2.0 / 6.0)));
        const V slow = hn::Add(one, e5); // tau = (5 + 20/slow)/q
        rates.gate[GateCaLvaM] =
            sigmoid(e40, hn::Mul(num(q), slow), hn::MulAdd(slow, num(5.0), num(20.0)));
        const V e90 = expLinear(90.0, 1.0 / 6.4);
        const V slower = hn::Add(one, expLinear(50.0, 1.0 / 7.0));
        rates.gate[GateCaLvaH] =
            sigmoid(e90, hn::Mul(num(q), slower), hn::MulAdd(slower, num(20.0), num(50.0)));
    }
    // Ca_HVA: a = 0.055 w/(exp(w/3.8) - 1), w = -27 - v.
    {
        const V w = awayFromZero(hn::Sub(num(-27.0), v));
        const V grown = hn::Sub(exponential(hn::Mul(w, num(1.0 / 3.8))), one);
        const V beta = hn::Mul(num(0.94), expLinear(75.0, -1.0 / 17.0));
        const V top = hn::Mul(num(0.055), w);
        const V sum = hn::MulAdd(beta, grown, top); // (a + b) grown
        const V inverse = hn::Div(one, hn::Mul(sum, grown));
        rates.gate[GateCaHvaM] = {hn::Mul(hn::Mul(top, grown), inverse),
                                  hn::Mul(hn::Mul(sum, sum), inverse)};
        const V alpha = hn::Mul(num(0.000457), expLinear(13.0, -1.0 / 50.0));
        const V open = hn::Add(one, expLinear(15.0, -1.0 / 28.0));
        const V total = hn::MulAdd(alpha, open, num(0.0065)); // (a + b) open
        const V over = hn::Div(one, hn::Mul(total, open));
        rates.gate[GateCaHvaH] = {hn::Mul(hn::Mul(alpha, hn::Mul(open, open)), over),
                                  hn::Mul(hn::Mul(total, total), over)};
    }
    // SKv3_1
    rates.gate[GateSkv3] = sigmoid(expLinear(-18.7, -1.0 / 9.7),
                                   hn::Add(one, expLinear(46.56, -1.0 / 44.14)), num(4.0));
    // Sodium: exp(-(v + s)/6) for every s is e6 times a constant.
    {
        const auto pair = [&](double shift, double a, double b, bool falling) {
            const V z = hn::Mul(hn::Add(v, num(shift)), num(1.0 / 6.0));
            const V e = hn::Mul(e6, num(std::exp((38.0 - shift) / 6.0)));
            return linoidPair(z, e, a, b, falling, q * 6.0);
        };
        rates.gate[GateNaTaM] = pair(38.0, 0.182, 0.124, false);
        rates.gate[GateNaTsM] = pair(32.0, 0.182, 0.124, false);
        rates.gate[GateNaTaH] = pair(66.0, 0.015, 0.015, true);
        rates.gate[GateNaTsH] = pair(60.0, 0.015, 0.015, true);
    }
    // Nap_Et2: m with a sixth of NaTa_t's rate.
    {
        const V e = expLinear(52.6, -1.0 / 4.6);
        rates.gate[GateNapM] = {hn::Div(one, hn::Add(one, e)),
                                hn::Mul(rates.gate[GateNaTaM].rate, num(1.0 / 6.0))};
        const V z1 = awayFromZero(hn::Add(v, num(17.0)));
        const V z2 = awayFromZero(hn::Add(v, num(64.4)));
        const V b1 = hn::Sub(exponential(hn::Mul(z1, num(1.0 / 4.63))), one);
        const V b2 = hn::Sub(one, exponential(hn::Mul(z2, num(-1.0 / 2.63))));
        const V top = hn::MulAdd(hn::Mul(z1, num(q * 2.88e-6)), b2,
                                 hn::Mul(hn::Mul(z2, num(q * 6.94e-6)), b1));
        const V close = hn::Mul(e10, num(std::exp(1.38))); // exp((v + 48.8)/10)
        rates.gate[GateNapH] = sigmoid(close, top, hn::Mul(b1, b2));
    }
    // Ih: a = 0.00643 w/(exp(w/11.9) - 1), w = v + 154.9.
    {
        const V w = awayFromZero(hn::Add(v, num(154.9)));
        const V grown = hn::Sub(exponential(hn::Mul(w, num(1.0 / 11.9))), one);
        const V beta = hn::Mul(num(0.193), expLinear(0.0, 1.0 / 33.1));
        const V top = hn::Mul(num(0.00643), w);
        const V sum = hn::MulAdd(beta, grown, top);
        const V inverse = hn::Div(one, hn::Mul(sum, grown));
        rates.gate[GateIh] = {hn::Mul(hn::Mul(top, grown), inverse),
                              hn::Mul(hn::Mul(sum, sum), inverse)};
    }
    // K_Pst, u = v + 10.
    {
        const V u = hn::Add(v, num(10.0));
        const auto low = hn::Lt(u, num(-50.0));
        const V swing = exponential(hn::Mul(u, hn::IfThenElse(low, num(0.026), num(-0.026))));
        const V tau = hn::MulAdd(swing, hn::IfThenElse(low, num(175.03), num(13.0)), num(1.25));
        const V e11 = hn::Mul(e12, num(std::exp(27.0 / 12.0))); // exp(-(u + 1)/12)
        rates.gate[GateKPM] = sigmoid(e11, num(q), tau);
        const V bell = hn::Mul(hn::Add(u, num(75.0)), num(1.0 / 48.0));
        const V lift = hn::MulAdd(hn::Add(u, num(55.0)), num(24.0), num(1010.0));
        const V slow = hn::MulAdd(lift, exponential(hn::Neg(hn::Mul(bell, bell))), num(360.0));
        rates.gate[GateKPH] =
            sigmoid(exponential(hn::Mul(hn::Add(u, num(54.0)), num(1.0 / 11.0))), num(q), slow);
    }
    // K_Tst, u = v + 10.
    {
        const V u = hn::Add(v, num(10.0));
        const V bellM = hn::Mul(hn::Add(u, num(71.0)), num(1.0 / 59.0));
        const V bellH = hn::Mul(hn::Add(u, num(73.0)), num(1.0 / 23.0));
        const V tauM =
            hn::MulAdd(exponential(hn::Neg(hn::Mul(bellM, bellM))), num(0.92), num(0.34));
        const V tauH = hn::MulAdd(exponential(hn::Neg(hn::Mul(bellH, bellH))), num(49.0), num(8.0));
        rates.gate[GateKTM] = sigmoid(exponential(hn::Mul(u, num(-1.0 / 19.0))), num(q), tauM);
        const V e76 = hn::Mul(e10, num(std::exp(4.1))); // exp((u + 66)/10)
        rates.gate[GateKTH] = sigmoid(e76, num(q), tauH);
    }
    return rates;
}

} // namespace HWY_NAMESPACE
} // namespace dt
HWY_AFTER_NAMESPACE();
#endif
