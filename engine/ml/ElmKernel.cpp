// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/ElmKernel.h"

#include "engine/ml/Lanes.h"

#include <algorithm>

namespace dt {

namespace {

constexpr int L = ElmLanes;

template <typename T>
using V = lanes::Vector<T, L>;

/// y_j = start_j + sum_i matrix[i][j] x_i for j in [from, from + Count): the matrix is laid out so
/// that the outputs of one input lie side by side.
template <typename T, int Count>
DT_INLINE void productBlock(const T *matrix, int rows, int columns, int from, const T *start,
                            const V<T> *x, V<T> *y)
{
    V<T> sum[Count];
    for (int c = 0; c < Count; ++c)
        sum[c] = lanes::all<T, L>(start ? start[from + c] : T(0));
    const T *row = matrix + from;
    for (int i = 0; i < rows; ++i, row += columns) {
        const V<T> xi = x[i];
        for (int c = 0; c < Count; ++c)
            sum[c] += xi * row[c];
    }
    for (int c = 0; c < Count; ++c)
        y[from + c] = sum[c];
}

template <typename T>
DT_INLINE void product(const T *matrix, int rows, int columns, const T *start, const V<T> *x,
                       V<T> *y)
{
    int j = 0;
    for (; j + 8 <= columns; j += 8)
        productBlock<T, 8>(matrix, rows, columns, j, start, x, y);
    for (; j < columns; ++j)
        productBlock<T, 1>(matrix, rows, columns, j, start, x, y);
}

template <typename T>
DT_INLINE void keep(T *to, std::int64_t step, int width, const V<T> *values)
{
    if (to)
        __builtin_memcpy(to + step * width * L, values,
                         sizeof(V<T>) * static_cast<std::size_t>(width));
}

template <typename T>
DT_INLINE V<T> at(const T *from, std::int64_t step, int width, int i)
{
    return lanes::load<T, L>(from + (step * width + i) * L);
}

template <typename T>
int widest(const ElmShape<T> &shape)
{
    return std::max(shape.inputs + shape.memory,
                    *std::max_element(shape.widths.begin(), shape.widths.end()));
}

template <typename T>
DT_INLINE void forwardSweep(const ElmShape<T> &shape, const T *driven, T *sState, T *mState,
                            const ElmKept<T> &kept, V<T> *u, V<T> *a, V<T> *b, V<T> *s, V<T> *m)
{
    const int inputs = shape.inputs;
    const int memory = shape.memory;
    const int width = inputs + memory;
    const std::size_t layers = shape.widths.size();
    for (int i = 0; i < inputs; ++i)
        s[i] = lanes::load<T, L>(sState + i * L);
    for (int j = 0; j < memory; ++j)
        m[j] = lanes::load<T, L>(mState + j * L);
    for (std::int64_t t = 0; t < shape.steps; ++t) {
        for (int i = 0; i < inputs; ++i)
            u[i] = s[i] = shape.kappaS[i] * s[i] + at(driven, t, inputs, i);
        keep(kept.synapses, t, inputs, s);
        for (int j = 0; j < memory; ++j)
            u[inputs + j] = shape.kappaM[j] * m[j];

        V<T> mean{};
        V<T> inverse = lanes::all<T, L>(T(1));
        if (shape.norm == NormType::Layer) {
            for (int i = 0; i < width; ++i)
                mean += u[i];
            mean /= T(width);
        }
        if (shape.norm != NormType::None) {
            V<T> square{};
            for (int i = 0; i < width; ++i)
                square += (u[i] - mean) * (u[i] - mean);
            inverse = lanes::inverseRoot<T, L>(square / T(width) + shape.normEps);
        }
        for (int i = 0; i < width; ++i) {
            a[i] = (u[i] - mean) * inverse;
            if (shape.normWeight)
                a[i] *= shape.normWeight[i];
            if (shape.normBias)
                a[i] += shape.normBias[i];
        }
        keep(kept.normalised, t, width, a);
        if (kept.centre) {
            lanes::store<T, L>(kept.centre + t * 2 * L, mean);
            lanes::store<T, L>(kept.centre + (t * 2 + 1) * L, inverse);
        }

        int in = width;
        for (std::size_t l = 0; l < layers; ++l) {
            const int out = shape.widths[l];
            product(shape.transposed[l], in, out, shape.biases[l], a, b);
            keep(kept.linear[l], t, out, b);
            if (l + 1 < layers) {
                for (int j = 0; j < out; ++j)
                    a[j] = lanes::activated<T, L>(shape.activation, shape.slope, b[j]);
                keep(kept.active[l], t, out, a);
            }
            in = out;
        }
        for (int j = 0; j < memory; ++j) {
            const V<T> delta = lanes::activated<T, L>(shape.postActivation, shape.postSlope, b[j]);
            m[j] = u[inputs + j] + shape.lambda * (T(1) - shape.kappaM[j]) * delta;
        }
        keep(kept.memory, t, memory, m);
    }
    keep(sState, 0, inputs, s);
    keep(mState, 0, memory, m);
}

template <typename T>
DT_INLINE void backwardSweep(const ElmShape<T> &shape, const ElmKept<T> &kept, const T *mBefore,
                             const ElmGradients<T> &g, V<T> *a, V<T> *b, V<T> *gs, V<T> *gm,
                             V<T> *gKappa, V<T> *gWeight, V<T> *gBias)
{
    const int inputs = shape.inputs;
    const int memory = shape.memory;
    const int width = inputs + memory;
    const std::size_t layers = shape.widths.size();
    for (std::int64_t t = shape.steps - 1; t >= 0; --t) {
        const T *before = t > 0 ? kept.memory + (t - 1) * memory * L : mBefore;
        // Through the update of the memory.
        for (int j = 0; j < memory; ++j) {
            gm[j] += at(g.memory, t, memory, j);
            const V<T> z = at(kept.linear[layers - 1], t, memory, j);
            const V<T> delta = lanes::activated<T, L>(shape.postActivation, shape.postSlope, z);
            gKappa[j] += gm[j] * (at(before, 0, memory, j) - shape.lambda * delta);
            b[j] = gm[j] * (shape.lambda * (T(1) - shape.kappaM[j]))
                * lanes::slopeOf<T, L>(shape.postActivation, shape.postSlope, z);
        }
        // Through the layers, last to first; a becomes the gradient of what the first one saw.
        for (std::size_t l = layers; l-- > 0;) {
            const int out = shape.widths[l];
            const int in = l == 0 ? width : shape.widths[l - 1];
            keep(g.linear[l], t, out, b);
            product<T>(shape.weights[l], out, in, nullptr, b, a);
            if (l > 0) {
                for (int i = 0; i < in; ++i)
                    b[i] = a[i]
                        * lanes::slopeOf<T, L>(shape.activation, shape.slope,
                                               at(kept.linear[l - 1], t, in, i));
            }
        }
        // Through the norm: y = n w + b, n = (u - mean) inverse.
        const V<T> mean = lanes::load<T, L>(kept.centre + t * 2 * L);
        const V<T> inverse = lanes::load<T, L>(kept.centre + (t * 2 + 1) * L);
        V<T> sum{};
        V<T> product{};
        for (int i = 0; i < width; ++i) {
            const V<T> u = i < inputs
                ? at(kept.synapses, t, inputs, i)
                : shape.kappaM[i - inputs] * at(before, 0, memory, i - inputs);
            const V<T> n = (u - mean) * inverse;
            gWeight[i] += a[i] * n;
            gBias[i] += a[i];
            if (shape.normWeight)
                a[i] *= shape.normWeight[i];
            b[i] = n;
            sum += a[i];
            product += a[i] * n;
        }
        if (shape.norm != NormType::None) {
            const V<T> shift = shape.norm == NormType::Layer ? sum / T(width) : V<T>{};
            for (int i = 0; i < width; ++i)
                a[i] = inverse * (a[i] - shift - b[i] * (product / T(width)));
        }
        // Into both states.
        for (int i = 0; i < inputs; ++i) {
            b[i] = gs[i] + a[i];
            gs[i] = shape.kappaS[i] * b[i];
        }
        keep(g.driven, t, inputs, b);
        for (int j = 0; j < memory; ++j) {
            const V<T> into = a[inputs + j];
            gKappa[j] += into * at(before, 0, memory, j);
            gm[j] = shape.kappaM[j] * (gm[j] + into);
        }
    }
    keep(g.kappaM, 0, memory, gKappa);
    keep(g.normWeight, 0, width, gWeight);
    keep(g.normBias, 0, width, gBias);
}

DT_FOR_EACH_PROCESSOR(forwardFloat,
                      (const ElmShape<float> &shape, const float *driven, float *s, float *m,
                       const ElmKept<float> &kept, V<float> *work, int width),
                      (shape, driven, s, m, kept, work, width),
                      forwardSweep<float>(shape, driven, s, m, kept, work, work + width,
                                          work + 2 * width, work + 3 * width, work + 4 * width))

DT_FOR_EACH_PROCESSOR(backwardFloat,
                      (const ElmShape<float> &shape, const ElmKept<float> &kept, const float *m,
                       const ElmGradients<float> &g, V<float> *work, int width),
                      (shape, kept, m, g, work, width),
                      backwardSweep<float>(shape, kept, m, g, work, work + width, work + 2 * width,
                                           work + 3 * width, work + 4 * width, work + 5 * width,
                                           work + 6 * width))

} // namespace

template <>
void elmForward<float>(const ElmShape<float> &shape, const float *driven, float *s, float *m,
                       const ElmKept<float> &kept)
{
    const int width = widest(shape);
    const lanes::Buffer<float, L> work(5 * static_cast<std::size_t>(width));
    forwardFloat(shape, driven, s, m, kept, work.data(), width);
}

template <>
void elmForward<double>(const ElmShape<double> &shape, const double *driven, double *s, double *m,
                        const ElmKept<double> &kept)
{
    const int width = widest(shape);
    const lanes::Buffer<double, L> work(5 * static_cast<std::size_t>(width));
    V<double> *at = work.data();
    forwardSweep<double>(shape, driven, s, m, kept, at, at + width, at + 2 * width, at + 3 * width,
                         at + 4 * width);
}

template <>
void elmBackward<float>(const ElmShape<float> &shape, const ElmKept<float> &kept, const float *m,
                        const ElmGradients<float> &gradients)
{
    const int width = widest(shape);
    const lanes::Buffer<float, L> work(7 * static_cast<std::size_t>(width));
    backwardFloat(shape, kept, m, gradients, work.data(), width);
}

template <>
void elmBackward<double>(const ElmShape<double> &shape, const ElmKept<double> &kept,
                         const double *m, const ElmGradients<double> &gradients)
{
    const int width = widest(shape);
    const lanes::Buffer<double, L> work(7 * static_cast<std::size_t>(width));
    V<double> *at = work.data();
    backwardSweep<double>(shape, kept, m, gradients, at, at + width, at + 2 * width, at + 3 * width,
                          at + 4 * width, at + 5 * width, at + 6 * width);
}

} // namespace dt
