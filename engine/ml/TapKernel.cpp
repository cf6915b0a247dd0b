// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Lanes.h"
#include "engine/ml/TwinKernels.h"

#include <algorithm>
#include <vector>

namespace dt {

namespace {

/// Pieces of time that stay in the first cache.
constexpr std::int64_t Piece = 1024;

template <typename T>
struct Rows
{
    const T *g; ///< first output
    std::int64_t gRow;
    const T *x;
    std::int64_t steps;
    std::int64_t dilation;
};

/// Outputs x Taps sums in registers, time in lanes.
template <typename T, int L, int Outputs, int Taps>
DT_INLINE void block(const Rows<T> &r, T *sums, int sumRow)
{
    using V = lanes::Vector<T, L>;
    V sum[Outputs][Taps];
    for (int o = 0; o < Outputs; ++o) {
        for (int k = 0; k < Taps; ++k)
            sum[o][k] = V{};
    }
    std::int64_t t = 0;
    for (; t + L <= r.steps; t += L) {
        V g[Outputs];
        for (int o = 0; o < Outputs; ++o)
            g[o] = lanes::load<T, L>(r.g + o * r.gRow + t);
        for (int k = 0; k < Taps; ++k) {
            const V x = lanes::load<T, L>(r.x + t + k * r.dilation);
            for (int o = 0; o < Outputs; ++o)
                sum[o][k] += g[o] * x;
        }
    }
    for (int o = 0; o < Outputs; ++o) {
        for (int k = 0; k < Taps; ++k) {
            T total{};
            for (int i = 0; i < L; ++i)
                total += sum[o][k][i];
            for (std::int64_t rest = t; rest < r.steps; ++rest)
                total += r.g[o * r.gRow + rest] * r.x[rest + k * r.dilation];
            sums[o * sumRow + k] += total;
        }
    }
}

template <typename T, int L, int Outputs, int Taps>
DT_INLINE void allTaps(const Rows<T> &rows, int taps, T *sums)
{
    Rows<T> r = rows;
    int k = 0;
    for (; k + Taps <= taps; k += Taps, r.x += Taps * r.dilation)
        block<T, L, Outputs, Taps>(r, sums + k, taps);
    for (; k < taps; ++k, r.x += r.dilation)
        block<T, L, Outputs, 1>(r, sums + k, taps);
}

/// Sub-blocks of `Outputs` rows, then single ones.
template <typename T, int L, int Outputs, int Taps>
DT_INLINE void gradient(const TapCall<T> &c, int output, int count, int input, T *sums)
{
    const std::int64_t xRow = (c.taps - 1) * c.dilation + c.steps;
    for (std::int64_t b = 0; b < c.batch; ++b) {
        for (std::int64_t t = 0; t < c.steps; t += Piece) {
            Rows<T> rows{c.g + (b * c.outputs + output) * c.steps + t, c.steps,
                         c.x + (b * c.inputs + input) * xRow + t, std::min(Piece, c.steps - t),
                         c.dilation};
            int o = 0;
            for (; o + Outputs <= count; o += Outputs, rows.g += Outputs * c.steps)
                allTaps<T, L, Outputs, Taps>(rows, c.taps, sums + o * c.taps);
            for (; o < count; ++o, rows.g += c.steps)
                allTaps<T, L, 1, Taps>(rows, c.taps, sums + o * c.taps);
        }
    }
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
// 32 and 16 registers: blocks of another shape.
[[gnu::target("arch=x86-64-v4")]] void gradientAvx512(const TapCall<float> &c, int output,
                                                      int count, int input, float *sums)
{
    gradient<float, 16, 4, 6>(c, output, count, input, sums);
}
[[gnu::target("arch=x86-64-v3")]] void gradientAvx2(const TapCall<float> &c, int output, int count,
                                                    int input, float *sums)
{
    gradient<float, 8, 2, 6>(c, output, count, input, sums);
}
#endif
void gradientPlain(const TapCall<float> &c, int output, int count, int input, float *sums)
{
    gradient<float, 4, 2, 4>(c, output, count, input, sums);
}

void gradientFloat(const TapCall<float> &c, int output, int count, int input, float *sums)
{
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
    static const auto chosen = __builtin_cpu_supports("x86-64-v4") ? gradientAvx512
        : __builtin_cpu_supports("x86-64-v3")                      ? gradientAvx2
                                                                   : gradientPlain;
    chosen(c, output, count, input, sums);
#else
    gradientPlain(c, output, count, input, sums);
#endif
}

void gradientDouble(const TapCall<double> &c, int output, int count, int input, double *sums)
{
    gradient<double, 4, 2, 4>(c, output, count, input, sums);
}

template <typename T, typename Function>
void tapGradientOf(const TapCall<T> &call, int output, int input, T *gWeight, Function function)
{
    const int count = std::min(TapOutputs, call.outputs - output);
    std::vector<T> sums(static_cast<std::size_t>(count) * static_cast<std::size_t>(call.taps));
    function(call, output, count, input, sums.data());
    for (int o = 0; o < count; ++o)
        std::copy_n(sums.begin() + o * call.taps, call.taps,
                    gWeight + (std::int64_t{output + o} * call.inputs + input) * call.taps);
}

} // namespace

template <>
void tapGradient<float>(const TapCall<float> &call, int output, int input, float *gWeight)
{
    tapGradientOf(call, output, input, gWeight, gradientFloat);
}

template <>
void tapGradient<double>(const TapCall<double> &call, int output, int input, double *gWeight)
{
    tapGradientOf(call, output, input, gWeight, gradientDouble);
}

} // namespace dt
