// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Lanes.h"
#include "engine/ml/TwinKernels.h"

#include <algorithm>
#include <vector>

namespace dt {

namespace {

constexpr int L = 16;

template <typename T>
using V = lanes::Vector<T, L>;

/// Up to L numbers; lanes beyond are 0.
template <typename T>
DT_INLINE V<T> loadPart(const T *from, int count)
{
    if (count == L)
        return lanes::load<T, L>(from);
    V<T> v{};
    __builtin_memcpy(&v, from, sizeof(T) * static_cast<std::size_t>(count));
    return v;
}

template <typename T>
DT_INLINE void storePart(T *to, V<T> v, int count)
{
    if (count == L)
        lanes::store<T, L>(to, v);
    else
        __builtin_memcpy(to, &v, sizeof(T) * static_cast<std::size_t>(count));
}

/// 1 / sqrt(mean square + eps) over the channels at L steps from t.
template <typename T>
DT_INLINE V<T> inverseDeviation(const NormCall<T> &c, std::int64_t t, int count)
{
    V<T> square{};
    for (int i = 0; i < c.channels; ++i) {
        const V<T> x = loadPart(c.x + i * c.xRow + t, count);
        square += x * x;
    }
    return lanes::inverseRoot<T, L>(square / T(c.channels) + c.eps);
}

template <typename T>
DT_INLINE void forwardAll(const NormCall<T> &c, T *y)
{
    for (std::int64_t t = 0; t < c.steps; t += L) {
        const int count = static_cast<int>(std::min<std::int64_t>(L, c.steps - t));
        const V<T> inverse = inverseDeviation(c, t, count);
        for (int i = 0; i < c.channels; ++i) {
            const V<T> u = loadPart(c.x + i * c.xRow + t, count) * inverse * c.weight[i];
            storePart(y + i * c.steps + t, lanes::activated<T, L>(c.activation, c.slope, u), count);
        }
    }
}

/// With n = x r and u = n w: dx = r (du w - n mean(du w n)).
template <typename T>
DT_INLINE void backwardAll(const NormCall<T> &c, const T *gy, std::int64_t gyRow, T *gx,
                           V<T> *gWeight, V<T> *gn)
{
    for (std::int64_t t = 0; t < c.steps; t += L) {
        const int count = static_cast<int>(std::min<std::int64_t>(L, c.steps - t));
        const V<T> inverse = inverseDeviation(c, t, count);
        V<T> along{};
        for (int i = 0; i < c.channels; ++i) {
            const V<T> n = loadPart(c.x + i * c.xRow + t, count) * inverse;
            const V<T> gu = loadPart(gy + i * gyRow + t, count)
                * lanes::slopeOf<T, L>(c.activation, c.slope, n * c.weight[i]);
            gWeight[i] += gu * n;
            gn[i] = gu * c.weight[i];
            along += gn[i] * n;
        }
        along /= T(c.channels);
        for (int i = 0; i < c.channels; ++i) {
            const V<T> n = loadPart(c.x + i * c.xRow + t, count) * inverse;
            storePart(gx + i * c.steps + t, inverse * (gn[i] - n * along), count);
        }
    }
}

DT_FOR_EACH_PROCESSOR(forwardFloat, (const NormCall<float> &c, float *y), (c, y),
                      forwardAll<float>(c, y))
DT_FOR_EACH_PROCESSOR(backwardFloat,
                      (const NormCall<float> &c, const float *gy, std::int64_t gyRow, float *gx,
                       V<float> *gWeight, V<float> *gn),
                      (c, gy, gyRow, gx, gWeight, gn),
                      backwardAll<float>(c, gy, gyRow, gx, gWeight, gn))

void backwardDouble(const NormCall<double> &c, const double *gy, std::int64_t gyRow, double *gx,
                    V<double> *gWeight, V<double> *gn)
{
    backwardAll<double>(c, gy, gyRow, gx, gWeight, gn);
}

template <typename T, typename Backward>
void backward(const NormCall<T> &call, const T *gy, std::int64_t gyRow, T *gx, T *gWeight,
              Backward sweep)
{
    const auto channels = static_cast<std::size_t>(call.channels);
    const lanes::Buffer<T, L> work(2 * channels);
    sweep(call, gy, gyRow, gx, work.data(), work.data() + channels);
    for (std::size_t i = 0; i < channels; ++i) {
        for (int lane = 0; lane < L; ++lane)
            gWeight[i] += work.data()[i][lane];
    }
}

} // namespace

template <>
void normActivationForward<float>(const NormCall<float> &call, float *y)
{
    forwardFloat(call, y);
}

template <>
void normActivationForward<double>(const NormCall<double> &call, double *y)
{
    forwardAll<double>(call, y);
}

template <>
void normActivationBackward<float>(const NormCall<float> &call, const float *gy, std::int64_t gyRow,
                                   float *gx, float *gWeight)
{
    backward(call, gy, gyRow, gx, gWeight, backwardFloat);
}

template <>
void normActivationBackward<double>(const NormCall<double> &call, const double *gy,
                                    std::int64_t gyRow, double *gx, double *gWeight)
{
    backward(call, gy, gyRow, gx, gWeight, backwardDouble);
}

} // namespace dt
