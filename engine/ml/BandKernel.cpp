// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ml/Lanes.h"
#include "engine/ml/TwinKernels.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace dt {

namespace {

constexpr int L = 16;

template <typename T>
using V = lanes::Vector<T, L>;

template <typename T>
DT_INLINE V<T> laneNumbers()
{
    V<T> v;
    for (int i = 0; i < L; ++i)
        v[i] = T(i);
    return v;
}

/// L rows of (rows, d) from row `from` on, turned so that a row is a lane; rows beyond are 0.
template <typename T>
DT_INLINE void turn(const T *rows, std::int64_t from, std::int64_t count, int d, V<T> *out)
{
    for (int i = 0; i < d; ++i)
        out[i] = V<T>{};
    const int filled = static_cast<int>(std::min<std::int64_t>(L, count - from));
    for (int lane = 0; lane < filled; ++lane) {
        for (int i = 0; i < d; ++i)
            out[i][lane] = rows[(from + lane) * d + i];
    }
}

template <typename T>
DT_INLINE void turnBack(const V<T> *in, std::int64_t from, std::int64_t count, int d, T *rows)
{
    const int filled = static_cast<int>(std::min<std::int64_t>(L, count - from));
    for (int lane = 0; lane < filled; ++lane) {
        for (int i = 0; i < d; ++i)
            rows[(from + lane) * d + i] = in[i][lane];
    }
}

template <typename T>
DT_INLINE V<T> dot(const V<T> *a, const T *b, int d)
{
    V<T> sum{};
    for (int i = 0; i < d; ++i)
        sum += a[i] * b[i];
    return sum;
}

template <typename T>
DT_INLINE void forwardAll(const BandCall<T> &c, T *y, T *logSum, V<T> *scores, V<T> *q, V<T> *sum)
{
    const int d = c.width;
    const T scale = T(1) / std::sqrt(T(d));
    const std::int64_t before = c.keys - c.queries;
    const V<T> lane = laneNumbers<T>();
    for (std::int64_t i0 = 0; i0 < c.queries; i0 += L) {
        turn(c.q, i0, c.queries, d, q);
        const std::int64_t own = i0 + before; // key at which lane 0 stands
        const std::int64_t first = std::max<std::int64_t>(0, own - c.window + 1);
        const std::int64_t last = std::min(c.keys - 1, own + L - 1);
        V<T> largest = lanes::all<T, L>(T(-1e30));
        for (std::int64_t j = first; j <= last; ++j) {
            const T position = T(j - own); // a lane sees it when lane - window < position <= lane
            V<T> s = dot(q, c.k + j * d, d) * scale;
            s = lane < position ? lanes::all<T, L>(T(-1e30)) : s;
            s = lane - T(c.window) >= position ? lanes::all<T, L>(T(-1e30)) : s;
            scores[j - first] = s;
            largest = s > largest ? s : largest;
        }
        V<T> total{};
        for (int i = 0; i < d; ++i)
            sum[i] = V<T>{};
        for (std::int64_t j = first; j <= last; ++j) {
            const V<T> s = scores[j - first];
            const V<T> p = s > T(-1e29) ? lanes::exp<T, L>(s - largest) : V<T>{};
            total += p;
            for (int i = 0; i < d; ++i)
                sum[i] += p * c.v[j * d + i];
        }
        for (int i = 0; i < d; ++i)
            sum[i] /= total;
        turnBack(sum, i0, c.queries, d, y);
        const V<T> log = lanes::log<T, L>(total) + largest;
        for (int a = 0; a < L && i0 + a < c.queries; ++a)
            logSum[i0 + a] = log[a];
    }
}

/// Queries in lanes: gradient of q. along[i] becomes the product of y and its gradient.
template <typename T>
DT_INLINE void backwardQueries(const BandCall<T> &c, const T *y, const T *logSum, const T *gy,
                               T *gq, T *along, V<T> *q, V<T> *g, V<T> *out)
{
    const int d = c.width;
    const T scale = T(1) / std::sqrt(T(d));
    const std::int64_t before = c.keys - c.queries;
    const V<T> lane = laneNumbers<T>();
    for (std::int64_t i0 = 0; i0 < c.queries; i0 += L) {
        turn(c.q, i0, c.queries, d, q);
        turn(gy, i0, c.queries, d, g);
        turn(y, i0, c.queries, d, out);
        V<T> product{};
        for (int i = 0; i < d; ++i) {
            product += g[i] * out[i];
            out[i] = V<T>{};
        }
        turnBack(&product, i0, c.queries, 1, along);
        V<T> log;
        turn(logSum, i0, c.queries, 1, &log);
        const std::int64_t own = i0 + before;
        const std::int64_t first = std::max<std::int64_t>(0, own - c.window + 1);
        const std::int64_t last = std::min(c.keys - 1, own + L - 1);
        for (std::int64_t j = first; j <= last; ++j) {
            const T position = T(j - own);
            V<T> p = lanes::exp<T, L>(dot(q, c.k + j * d, d) * scale - log);
            p = lane < position ? V<T>{} : p;
            p = lane - T(c.window) >= position ? V<T>{} : p;
            const V<T> gs = p * (dot(g, c.v + j * d, d) - product) * scale;
            for (int i = 0; i < d; ++i)
                out[i] += gs * c.k[j * d + i];
        }
        turnBack(out, i0, c.queries, d, gq);
    }
}

/// Keys in lanes: gradients of k and v.
template <typename T>
DT_INLINE void backwardKeys(const BandCall<T> &c, const T *logSum, const T *gy, const T *along,
                            T *gk, T *gv, V<T> *k, V<T> *v, V<T> *outK, V<T> *outV)
{
    const int d = c.width;
    const T scale = T(1) / std::sqrt(T(d));
    const std::int64_t before = c.keys - c.queries;
    const V<T> lane = laneNumbers<T>();
    for (std::int64_t j0 = 0; j0 < c.keys; j0 += L) {
        turn(c.k, j0, c.keys, d, k);
        turn(c.v, j0, c.keys, d, v);
        for (int i = 0; i < d; ++i)
            outK[i] = outV[i] = V<T>{};
        const std::int64_t first = std::max<std::int64_t>(0, j0 - before);
        const std::int64_t last = std::min(c.queries - 1, j0 + L - 1 + c.window - 1 - before);
        for (std::int64_t i0 = first; i0 <= last; ++i0) {
            const T position = T(i0 + before - j0); // sees lane when position - window < lane <= it
            const T *q = c.q + i0 * d;
            const T *g = gy + i0 * d;
            V<T> p = lanes::exp<T, L>(dot(k, q, d) * scale - logSum[i0]);
            p = lane > position ? V<T>{} : p;
            p = lane + T(c.window) <= position ? V<T>{} : p;
            const V<T> gs = p * (dot(v, g, d) - along[i0]) * scale;
            for (int i = 0; i < d; ++i) {
                outK[i] += gs * q[i];
                outV[i] += p * g[i];
            }
        }
        turnBack(outK, j0, c.keys, d, gk);
        turnBack(outV, j0, c.keys, d, gv);
    }
}

template <typename T>
DT_INLINE void backwardAll(const BandCall<T> &c, const T *y, const T *logSum, const T *gy, T *gq,
                           T *gk, T *gv, T *along, V<T> *work)
{
    const int d = c.width;
    backwardQueries(c, y, logSum, gy, gq, along, work, work + d, work + 2 * d);
    backwardKeys(c, logSum, gy, along, gk, gv, work, work + d, work + 2 * d, work + 3 * d);
}

DT_FOR_EACH_PROCESSOR(forwardFloat,
                      (const BandCall<float> &c, float *y, float *logSum, V<float> *scores,
                       V<float> *q, V<float> *sum),
                      (c, y, logSum, scores, q, sum),
                      forwardAll<float>(c, y, logSum, scores, q, sum))
DT_FOR_EACH_PROCESSOR(backwardFloat,
                      (const BandCall<float> &c, const float *y, const float *logSum,
                       const float *gy, float *gq, float *gk, float *gv, float *along,
                       V<float> *work),
                      (c, y, logSum, gy, gq, gk, gv, along, work),
                      backwardAll<float>(c, y, logSum, gy, gq, gk, gv, along, work))

void forwardDouble(const BandCall<double> &c, double *y, double *logSum, V<double> *scores,
                   V<double> *q, V<double> *sum)
{
    forwardAll<double>(c, y, logSum, scores, q, sum);
}

void backwardDouble(const BandCall<double> &c, const double *y, const double *logSum,
                    const double *gy, double *gq, double *gk, double *gv, double *along,
                    V<double> *work)
{
    backwardAll<double>(c, y, logSum, gy, gq, gk, gv, along, work);
}

template <typename T, typename Sweep>
void forward(const BandCall<T> &call, T *y, T *logSum, Sweep sweep)
{
    const auto d = static_cast<std::size_t>(call.width);
    const auto span = static_cast<std::size_t>(std::min(call.window, call.keys) + L);
    const lanes::Buffer<T, L> work(span + 2 * d);
    sweep(call, y, logSum, work.data(), work.data() + span, work.data() + span + d);
}

template <typename T, typename Sweep>
void backward(const BandCall<T> &call, const T *y, const T *logSum, const T *gy, T *gq, T *gk,
              T *gv, Sweep sweep)
{
    const lanes::Buffer<T, L> work(4 * static_cast<std::size_t>(call.width));
    std::vector<T> along(static_cast<std::size_t>(call.queries));
    sweep(call, y, logSum, gy, gq, gk, gv, along.data(), work.data());
}

} // namespace

template <>
void bandForward<float>(const BandCall<float> &call, float *y, float *logSum)
{
    forward(call, y, logSum, forwardFloat);
}

template <>
void bandForward<double>(const BandCall<double> &call, double *y, double *logSum)
{
    forward(call, y, logSum, forwardDouble);
}

template <>
void bandBackward<float>(const BandCall<float> &call, const float *y, const float *logSum,
                         const float *gy, float *gq, float *gk, float *gv)
{
    backward(call, y, logSum, gy, gq, gk, gv, backwardFloat);
}

template <>
void bandBackward<double>(const BandCall<double> &call, const double *y, const double *logSum,
                          const double *gy, double *gq, double *gk, double *gv)
{
    backward(call, y, logSum, gy, gq, gk, gv, backwardDouble);
}

} // namespace dt
