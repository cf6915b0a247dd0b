// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <functional>
#include <map>
#include <string>

/// The rate formulas of docs/BIOPHYSICS.md, section 2, written again from the page, in long
/// double, with the limit where a quotient is 0/0.
namespace dt::test::reference {

using Real = long double;

inline const Real Q = std::pow(2.3L, (34.0L - 21.0L) / 10.0L);

/// x/(1 - exp(-x/k)), k at x = 0
inline Real rising(Real x, Real k)
{
    return x == 0.0L ? k : x / -std::expm1(-x / k);
}

struct Gates
{
    Real mInf = 0;
    Real mTau = 0;
    Real hInf = 0;
    Real hTau = 0;
};

inline Gates fromRates(Real am, Real bm, Real ah, Real bh, Real q)
{
    return {am / (am + bm), 1 / (q * (am + bm)), ah / (ah + bh), 1 / (q * (ah + bh))};
}

inline Gates im(Real v)
{
    const Real a = 3.3e-3L * std::exp(0.1L * (v + 35));
    const Real b = 3.3e-3L * std::exp(-0.1L * (v + 35));
    return {a / (a + b), 1 / (Q * (a + b)), 0, 0};
}

inline Gates caLvast(Real v)
{
    const Real u = v + 10;
    return {1 / (1 + std::exp(-(u + 30) / 6)), (5 + 20 / (1 + std::exp((u + 25) / 5))) / Q,
            1 / (1 + std::exp((u + 80) / 6.4L)), (20 + 50 / (1 + std::exp((u + 40) / 7))) / Q};
}

inline Gates caHva(Real v)
{
    // 0.055 (-27 - V)/(exp((-27 - V)/3.8) - 1)
    return fromRates(0.055L * rising(v + 27, 3.8L), 0.94L * std::exp((-75 - v) / 17),
                     0.000457L * std::exp((-13 - v) / 50), 0.0065L / (std::exp((-v - 15) / 28) + 1),
                     1);
}

inline Gates skv31(Real v)
{
    return {1 / (1 + std::exp(-(v - 18.7L) / 9.7L)), 4 / (1 + std::exp(-(v + 46.56L) / 44.14L)), 0,
            0};
}

inline Gates sodium(Real v, Real m, Real h)
{
    return fromRates(0.182L * rising(v + m, 6), 0.124L * rising(-(v + m), 6),
                     0.015L * rising(-(v + h), 6), 0.015L * rising(v + h, 6), Q);
}

inline Gates napEt2(Real v)
{
    const Real rates = 0.182L * rising(v + 38, 6) + 0.124L * rising(-(v + 38), 6);
    const Real ah = 2.88e-6L * rising(-(v + 17), 4.63L);
    const Real bh = 6.94e-6L * rising(v + 64.4L, 2.63L);
    return {1 / (1 + std::exp(-(v + 52.6L) / 4.6L)), 6 / (Q * rates),
            1 / (1 + std::exp((v + 48.8L) / 10)), 1 / (Q * (ah + bh))};
}

inline Gates ih(Real v)
{
    const Real a = 0.00643L * rising(-(v + 154.9L), 11.9L);
    const Real b = 0.193L * std::exp(v / 33.1L);
    return {a / (a + b), 1 / (a + b), 0, 0};
}

inline Gates kPst(Real v)
{
    const Real u = v + 10;
    const Real mTau =
        u < -50 ? 1.25L + 175.03L * std::exp(0.026L * u) : 1.25L + 13 * std::exp(-0.026L * u);
    const Real z = (u + 75) / 48;
    return {1 / (1 + std::exp(-(u + 1) / 12)), mTau / Q, 1 / (1 + std::exp((u + 54) / 11)),
            (360 + (1010 + 24 * (u + 55)) * std::exp(-z * z)) / Q};
}

inline Gates kTst(Real v)
{
    const Real u = v + 10;
    const Real m = (u + 71) / 59;
    const Real h = (u + 73) / 23;
    return {1 / (1 + std::exp(-u / 19)), (0.34L + 0.92L * std::exp(-m * m)) / Q,
            1 / (1 + std::exp((u + 66) / 10)), (8 + 49 * std::exp(-h * h)) / Q};
}

/// SK_E2's zInf of the calcium concentration [mM].
inline Real skZInf(Real cai)
{
    constexpr Real Least = 1e-7; // as a double
    const Real c = cai < Least ? cai + Least : cai;
    return 1 / (1 + std::pow(0.00043L / c, 4.8L));
}

/// One conductance of the soma: i = gbar m^p h^q (V - E).
struct Channel
{
    std::function<Gates(Real)> gates;
    int m = 1; ///< p
    int h = 0; ///< q; 0 = no such gate
    std::string current; ///< hoc's name of it
    std::string reversal; ///< hoc's name, or a number
};

inline const std::map<std::string, Channel> Channels{
    {"Im", {im, 1, 0, "ik", "ek"}},
    {"Ca_LVAst", {caLvast, 2, 1, "ica", "eca"}},
    {"Ca_HVA", {caHva, 2, 1, "ica", "eca"}},
    {"SKv3_1", {skv31, 1, 0, "ik", "ek"}},
    {"NaTs2_t", {[](Real v) { return sodium(v, 32, 60); }, 3, 1, "ina", "ena"}},
    {"NaTa_t", {[](Real v) { return sodium(v, 38, 66); }, 3, 1, "ina", "ena"}},
    {"Nap_Et2", {napEt2, 3, 1, "ina", "ena"}},
    {"Ih", {ih, 1, 0, "ihcn_Ih", "ehcn_Ih"}},
    {"K_Tst", {kTst, 4, 1, "ik", "ek"}},
    {"K_Pst", {kPst, 2, 1, "ik", "ek"}},
};

} // namespace dt::test::reference
