// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Lanes.h"
#include "engine/ml/TwinKernels.h"

#include <algorithm>
#include <vector>

namespace dt {

namespace {

/// Pieces of time that stay in the first cache.
constexpr std::int64_t Piece = 1024;
constexpr int InputsPerSum = 4;

template <typename T>
struct Rows
{
    const T *g; ///< first output
    std::int64_t gRow;
    const T *x;
    std::int64_t steps;
    std::int64_t dilation;
};

/// The last lanes of a row that does not end with a whole vector.
template <typename T, int L>
DT_INLINE lanes::Vector<T, L> loadRest(const T *from, std::int64_t count)
{
    lanes::Vector<T, L> v{};
    __builtin_memcpy(&v, from, sizeof(T) * static_cast<std::size_t>(count));
    return v;
}

/// Adds to Outputs x Taps sums of vectors, kept in registers meanwhile; time lies in lanes.
template <typename T, int L, int Outputs, int Taps>
DT_INLINE void block(const Rows<T> &r, lanes::Vector<T, L> *sums, int sumRow)
{
    using V = lanes::Vector<T, L>;
    V sum[Outputs][Taps];
    for (int o = 0; o < Outputs; ++o) {
        for (int k = 0; k < Taps; ++k)
            sum[o][k] = sums[o * sumRow + k];
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
    if (t < r.steps) {
        const std::int64_t rest = r.steps - t;
        for (int k = 0; k < Taps; ++k) {
            const V x = loadRest<T, L>(r.x + t + k * r.dilation, rest);
            for (int o = 0; o < Outputs; ++o)
                sum[o][k] += loadRest<T, L>(r.g + o * r.gRow + t, rest) * x;
        }
    }
    for (int o = 0; o < Outputs; ++o) {
        for (int k = 0; k < Taps; ++k)
            sums[o * sumRow + k] = sum[o][k];
    }
}

template <typename T, int L, int Outputs, int Taps>
DT_INLINE void allTaps(const Rows<T> &rows, int taps, lanes::Vector<T, L> *sums)
{
    constexpr int Half = Taps / 2;
    Rows<T> r = rows;
    int k = 0;
    for (; k + Taps <= taps; k += Taps, r.x += Taps * r.dilation)
        block<T, L, Outputs, Taps>(r, sums + k, taps);
    for (; k + Half <= taps; k += Half, r.x += Half * r.dilation)
        block<T, L, Outputs, Half>(r, sums + k, taps);
    for (; k < taps; ++k, r.x += r.dilation)
        block<T, L, Outputs, 1>(r, sums + k, taps);
}

/// Outputs in sub-blocks of `Outputs` rows, then single ones. result (count, inputs of the call,
/// K).
template <typename T, int L, int Outputs, int Taps>
DT_INLINE void gradientSweep(const ConvCall<T> &c, int output, int count, int input, int inputs,
                             T *gWeight)
{
    const std::int64_t xRow = (c.taps - 1) * c.dilation + c.steps;
    const std::int64_t each = std::int64_t{count} * c.taps;
    const lanes::Buffer<T, L> room(static_cast<std::size_t>(inputs * each));
    for (std::int64_t b = 0; b < c.batch; ++b) {
        for (std::int64_t t = 0; t < c.steps; t += Piece) {
            // The gradient's rows stay in the first cache while the inputs pass.
            for (int i = 0; i < inputs; ++i) {
                lanes::Vector<T, L> *sums = room.data() + i * each;
                Rows<T> rows{c.g + (b * c.outputs + output) * c.steps + t, c.steps,
                             c.x + (b * c.inputs + input + i) * xRow + t,
                             std::min(Piece, c.steps - t), c.dilation};
                int o = 0;
                for (; o + Outputs <= count; o += Outputs, rows.g += Outputs * c.steps)
                    allTaps<T, L, Outputs, Taps>(rows, c.taps, sums + o * c.taps);
                for (; o < count; ++o, rows.g += c.steps)
                    allTaps<T, L, 1, Taps>(rows, c.taps, sums + o * c.taps);
            }
        }
    }
    for (int i = 0; i < inputs; ++i) {
        for (int o = 0; o < count; ++o) {
            T *to = gWeight + (std::int64_t{output + o} * c.inputs + input + i) * c.taps;
            const lanes::Vector<T, L> *sums = room.data() + i * each + o * c.taps;
            for (int k = 0; k < c.taps; ++k) {
                T total{};
                for (int lane = 0; lane < L; ++lane)
                    total += sums[k][lane];
                to[k] = total;
            }
        }
    }
}

/// Outputs x Vectors sums in registers: steps [t, t + Vectors L), or fewer in the last vector.
template <typename T, int L, int Outputs, int Vectors>
DT_INLINE void forwardBlock(const ConvCall<T> &c, const T *x, std::int64_t xRow, int output,
                            std::int64_t t, std::int64_t count, T *y)
{
    using V = lanes::Vector<T, L>;
    V total[Outputs][Vectors];
    for (int o = 0; o < Outputs; ++o) {
        for (int v = 0; v < Vectors; ++v)
            total[o][v] = lanes::all<T, L>(c.bias ? c.bias[output + o] : T(0));
    }
    const std::int64_t weightRow = std::int64_t{c.inputs} * c.taps;
    const T *weight = c.weight + output * weightRow;
    // A sum of sums: one long sum of thousands of terms would lose a digit.
    for (int first = 0; first < c.inputs; first += InputsPerSum) {
        V sum[Outputs][Vectors];
        for (int o = 0; o < Outputs; ++o) {
            for (int v = 0; v < Vectors; ++v)
                sum[o][v] = V{};
        }
        for (int i = first; i < std::min(first + InputsPerSum, c.inputs); ++i) {
            const T *from = x + i * xRow + t;
            for (int k = 0; k < c.taps; ++k, from += c.dilation, ++weight) {
                V in[Vectors];
                for (int v = 0; v < Vectors; ++v)
                    in[v] = count == L * Vectors ? lanes::load<T, L>(from + v * L)
                                                 : loadRest<T, L>(from, count);
                for (int o = 0; o < Outputs; ++o) {
                    for (int v = 0; v < Vectors; ++v)
                        sum[o][v] += in[v] * weight[o * weightRow];
                }
            }
        }
        for (int o = 0; o < Outputs; ++o) {
            for (int v = 0; v < Vectors; ++v)
                total[o][v] += sum[o][v];
        }
    }
    for (int o = 0; o < Outputs; ++o) {
        T *to = y + o * c.steps + t;
        if (count == L * Vectors) {
            for (int v = 0; v < Vectors; ++v)
                lanes::store<T, L>(to + v * L, total[o][v]);
        } else {
            __builtin_memcpy(to, &total[o][0], sizeof(T) * static_cast<std::size_t>(count));
        }
    }
}

template <typename T, int L, int Outputs, int Vectors>
DT_INLINE void forwardRows(const ConvCall<T> &c, const T *x, std::int64_t xRow, int output, T *y)
{
    constexpr std::int64_t Wide = L * Vectors;
    std::int64_t t = 0;
    for (; t + Wide <= c.steps; t += Wide)
        forwardBlock<T, L, Outputs, Vectors>(c, x, xRow, output, t, Wide, y);
    for (; t + L <= c.steps; t += L)
        forwardBlock<T, L, Outputs, 1>(c, x, xRow, output, t, L, y);
    if (t < c.steps)
        forwardBlock<T, L, Outputs, 1>(c, x, xRow, output, t, c.steps - t, y);
}

template <typename T, int L, int Outputs, int Vectors>
DT_INLINE void forwardSweep(const ConvCall<T> &c, std::int64_t b, int output, int count, T *y)
{
    const std::int64_t xRow = (c.taps - 1) * c.dilation + c.steps;
    const T *x = c.x + b * c.inputs * xRow;
    y += (b * c.outputs + output) * c.steps;
    int o = 0;
    for (; o + Outputs <= count; o += Outputs)
        forwardRows<T, L, Outputs, Vectors>(c, x, xRow, output + o, y + o * c.steps);
    for (; o < count; ++o)
        forwardRows<T, L, 1, Vectors>(c, x, xRow, output + o, y + o * c.steps);
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
// 32 and 16 registers: blocks of another shape.
[[gnu::target("arch=x86-64-v4")]] void gradientAvx512(const ConvCall<float> &c, int output,
                                                      int count, int input, int inputs, float *g)
{
    gradientSweep<float, 16, 4, 6>(c, output, count, input, inputs, g);
}
[[gnu::target("arch=x86-64-v3")]] void gradientAvx2(const ConvCall<float> &c, int output, int count,
                                                    int input, int inputs, float *g)
{
    gradientSweep<float, 8, 2, 6>(c, output, count, input, inputs, g);
}
[[gnu::target("arch=x86-64-v4")]] void forwardAvx512(const ConvCall<float> &c, std::int64_t b,
                                                     int output, int count, float *y)
{
    forwardSweep<float, 16, 4, 6>(c, b, output, count, y);
}
[[gnu::target("arch=x86-64-v3")]] void forwardAvx2(const ConvCall<float> &c, std::int64_t b,
                                                   int output, int count, float *y)
{
    forwardSweep<float, 8, 4, 3>(c, b, output, count, y);
}
#endif
void gradientPlain(const ConvCall<float> &c, int output, int count, int input, int inputs, float *g)
{
    gradientSweep<float, 4, 2, 4>(c, output, count, input, inputs, g);
}
void forwardPlain(const ConvCall<float> &c, std::int64_t b, int output, int count, float *y)
{
    forwardSweep<float, 4, 4, 2>(c, b, output, count, y);
}

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
const auto gradientFloat = ofKernelForm(gradientAvx512, gradientAvx2, gradientPlain);
const auto forwardFloat = ofKernelForm(forwardAvx512, forwardAvx2, forwardPlain);
#else
const auto gradientFloat = gradientPlain;
const auto forwardFloat = forwardPlain;
#endif

} // namespace

template <>
void convForward<float>(const ConvCall<float> &call, std::int64_t b, int output, float *y)
{
    forwardFloat(call, b, output, std::min(ConvOutputs, call.outputs - output), y);
}

template <>
void convForward<double>(const ConvCall<double> &call, std::int64_t b, int output, double *y)
{
    forwardSweep<double, 4, 4, 2>(call, b, output, std::min(ConvOutputs, call.outputs - output), y);
}

template <>
void convWeightGradient<float>(const ConvCall<float> &call, int output, int input, float *gWeight)
{
    gradientFloat(call, output, std::min(ConvOutputs, call.outputs - output), input,
                  std::min(ConvInputs, call.inputs - input), gWeight);
}

template <>
void convWeightGradient<double>(const ConvCall<double> &call, int output, int input,
                                double *gWeight)
{
    gradientSweep<double, 4, 2, 4>(call, output, std::min(ConvOutputs, call.outputs - output),
                                   input, std::min(ConvInputs, call.inputs - input), gWeight);
}

} // namespace dt
