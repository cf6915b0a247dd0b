// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/ml/KernelForm.h"
#include "engine/twin/TwinNames.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

/// Vectors of equal numbers side by side ("lanes"), and the functions of them that the twins'
/// kernels need, to single precision (about 2 units in the last place). Double precision exists for
/// tests of gradients and is slow. Everything is inlined into the functions that
/// DT_FOR_EACH_PROCESSOR defines, once for every generation of x86; other processors get one form.

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
/// Defines void name PARAMETERS, which does CALL; ARGUMENTS are the parameters' names.
#define DT_FOR_EACH_PROCESSOR(name, PARAMETERS, ARGUMENTS, CALL)                                   \
    [[gnu::target("arch=x86-64-v4")]] void name##Avx512 PARAMETERS                                 \
    {                                                                                              \
        CALL;                                                                                      \
    }                                                                                              \
    [[gnu::target("arch=x86-64-v3")]] void name##Avx2 PARAMETERS                                   \
    {                                                                                              \
        CALL;                                                                                      \
    }                                                                                              \
    void name##Plain PARAMETERS                                                                    \
    {                                                                                              \
        CALL;                                                                                      \
    }                                                                                              \
    void name PARAMETERS                                                                           \
    {                                                                                              \
        static const auto chosen = ofKernelForm(name##Avx512, name##Avx2, name##Plain);            \
        chosen ARGUMENTS;                                                                          \
    }
#else
#define DT_FOR_EACH_PROCESSOR(name, PARAMETERS, ARGUMENTS, CALL)                                   \
    void name PARAMETERS                                                                           \
    {                                                                                              \
        CALL;                                                                                      \
    }
#endif
#define DT_INLINE [[gnu::always_inline]] inline

namespace dt::lanes {

template <typename T, int L>
struct Of
{
    typedef T Vector __attribute__((vector_size(sizeof(T) * L)));
    using Int = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;
    typedef Int Ints __attribute__((vector_size(sizeof(T) * L)));
};

template <typename T, int L>
using Vector = typename Of<T, L>::Vector;

/// Zeroed memory for vectors with the alignment that they need; std::vector ignores a vector type's
/// alignment.
template <typename T, int L>
class Buffer
{
public:
    explicit Buffer(std::size_t count) :
        m_data(static_cast<Vector<T, L> *>(
            ::operator new (count * sizeof(Vector<T, L>), std::align_val_t{64})))
    {
        __builtin_memset(static_cast<void *>(m_data), 0, count * sizeof(Vector<T, L>));
    }
    ~Buffer() { ::operator delete (m_data, std::align_val_t{64}); }
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;
    [[nodiscard]] Vector<T, L> *data() const { return m_data; }

private:
    Vector<T, L> *m_data;
};

template <typename T, int L>
DT_INLINE Vector<T, L> load(const T *from)
{
    Vector<T, L> v;
    __builtin_memcpy(&v, from, sizeof v);
    return v;
}

template <typename T, int L>
DT_INLINE void store(T *to, Vector<T, L> v)
{
    __builtin_memcpy(to, &v, sizeof v);
}

template <typename T, int L>
DT_INLINE Vector<T, L> all(T value)
{
    return Vector<T, L>{} + value;
}

template <typename T, int L>
DT_INLINE Vector<T, L> exp(Vector<T, L> x)
{
    if constexpr (std::is_same_v<T, float>) {
        // e^x = 2^n e^r with |r| <= ln 2 / 2; polynomial of Cephes' expf.
        x = x < -87.0f ? all<T, L>(-87.0f) : x;
        x = x > 88.0f ? all<T, L>(88.0f) : x;
        const float round = 12582912.0f; // 1.5 * 2^23: adding it rounds to a whole number
        const Vector<T, L> n = (x * 1.44269504088896341f + round) - round;
        const Vector<T, L> r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
        Vector<T, L> p = r * 1.9875691500e-4f + 1.3981999507e-3f;
        p = p * r + 8.3334519073e-3f;
        p = p * r + 4.1665795894e-2f;
        p = p * r + 1.6666665459e-1f;
        p = p * r + 5.0000001201e-1f;
        p = p * r * r + r + 1.0f;
        const auto exponent = (__builtin_convertvector(n, typename Of<T, L>::Ints) + 127) << 23;
        Vector<T, L> power;
        __builtin_memcpy(&power, &exponent, sizeof power);
        return p * power;
    } else {
        for (int i = 0; i < L; ++i)
            x[i] = std::exp(x[i]);
        return x;
    }
}

template <typename T, int L>
DT_INLINE Vector<T, L> log(Vector<T, L> x)
{
    for (int i = 0; i < L; ++i)
        x[i] = std::log(x[i]);
    return x;
}

template <typename T, int L>
DT_INLINE Vector<T, L> inverseRoot(Vector<T, L> x)
{
    for (int i = 0; i < L; ++i)
        x[i] = T(1) / std::sqrt(x[i]);
    return x;
}

template <typename T, int L>
DT_INLINE Vector<T, L> sigmoid(Vector<T, L> x)
{
    return T(1) / (T(1) + exp<T, L>(-x));
}

template <typename T, int L>
DT_INLINE Vector<T, L> tanh(Vector<T, L> x)
{
    if constexpr (std::is_same_v<T, float>) {
        // Near 0 the polynomial of Cephes' tanhf, elsewhere through exp.
        const Vector<T, L> z = x * x;
        Vector<T, L> p = z * -5.70498872745e-3f + 2.06390887954e-2f;
        p = p * z - 5.37397155531e-2f;
        p = p * z + 1.33314422036e-1f;
        p = p * z - 3.33332819422e-1f;
        p = p * z * x + x;
        const Vector<T, L> far = 1.0f - 2.0f / (exp<T, L>(x + x) + 1.0f);
        return z < 0.390625f ? p : far;
    } else {
        for (int i = 0; i < L; ++i)
            x[i] = std::tanh(x[i]);
        return x;
    }
}

/// The normal distribution's integral, (1 + erf(x / sqrt 2)) / 2.
template <typename T, int L>
DT_INLINE Vector<T, L> normalIntegral(Vector<T, L> x)
{
    if constexpr (std::is_same_v<T, float>) {
        // Minimax fraction of erf on [-4, 4], beyond which it is 1 to single precision.
        Vector<T, L> y = x * 0.70710678118654752f;
        y = y < -4.0f ? all<T, L>(-4.0f) : y;
        y = y > 4.0f ? all<T, L>(4.0f) : y;
        const Vector<T, L> z = y * y;
        Vector<T, L> p = z * -2.72614225801306e-10f + 2.77068142495902e-08f;
        p = p * z - 2.10102402082508e-06f;
        p = p * z - 5.69250639462346e-05f;
        p = p * z - 7.34990630326855e-04f;
        p = p * z - 2.95459980854025e-03f;
        p = p * z - 1.60960333262415e-02f;
        Vector<T, L> q = z * -1.45660718464996e-05f - 2.13374055278905e-04f;
        q = q * z - 1.68282697438203e-03f;
        q = q * z - 7.37332916720468e-03f;
        q = q * z - 1.42647390514189e-02f;
        return 0.5f + 0.5f * y * p / q;
    } else {
        for (int i = 0; i < L; ++i)
            x[i] = 0.5 * std::erfc(-x[i] * 0.70710678118654752440);
        return x;
    }
}

template <typename T, int L>
DT_INLINE Vector<T, L> normalDensity(Vector<T, L> x)
{
    return exp<T, L>(T(-0.5) * x * x) * T(0.39894228040143267794);
}

/// Whether a kind exists here: all do except the two-sided ones.
DT_INLINE bool isKnown(ActivationKind kind)
{
    return kind != ActivationKind::TwoSidedLeakyGelu && kind != ActivationKind::TwoSidedLeakySilu
        && kind != ActivationKind::TwoSidedLeakyRelu;
}

template <typename T, int L>
DT_INLINE Vector<T, L> activated(ActivationKind kind, T a, Vector<T, L> x)
{
    const Vector<T, L> zero{};
    switch (kind) {
    case ActivationKind::Relu:
        return x > 0 ? x : zero;
    case ActivationKind::Gelu:
        return x * normalIntegral<T, L>(x);
    case ActivationKind::Silu:
        return x * sigmoid<T, L>(x);
    case ActivationKind::Tanh:
        return tanh<T, L>(x);
    case ActivationKind::Sigmoid:
        return sigmoid<T, L>(x);
    case ActivationKind::LeakyRelu:
        return x > 0 ? x : a * x;
    case ActivationKind::LeakyGelu:
        return T(0.5) * (x * normalIntegral<T, L>(x) + (x > 0 ? x : T(2) * a * x));
    case ActivationKind::LeakySilu:
        return T(0.5) * (x * sigmoid<T, L>(x) + (x > 0 ? x : T(2) * a * x));
    case ActivationKind::LeakyTanh:
        return a * x + (T(1) - a) * tanh<T, L>(x);
    case ActivationKind::LeakySigmoid:
        return a * x + (T(1) - a) * (T(2) * sigmoid<T, L>(x) - T(1));
    default:
        return x;
    }
}

/// Slope of the non-linearity at x.
template <typename T, int L>
DT_INLINE Vector<T, L> slopeOf(ActivationKind kind, T a, Vector<T, L> x)
{
    using V = Vector<T, L>;
    const V zero{};
    const V one = all<T, L>(T(1));
    switch (kind) {
    case ActivationKind::Relu:
        return x > 0 ? one : zero;
    case ActivationKind::Gelu:
        return normalIntegral<T, L>(x) + x * normalDensity<T, L>(x);
    case ActivationKind::Silu: {
        const V s = sigmoid<T, L>(x);
        return s + x * s * (T(1) - s);
    }
    case ActivationKind::Tanh: {
        const V y = tanh<T, L>(x);
        return T(1) - y * y;
    }
    case ActivationKind::Sigmoid: {
        const V s = sigmoid<T, L>(x);
        return s * (T(1) - s);
    }
    case ActivationKind::LeakyRelu:
        return x > 0 ? one : all<T, L>(a);
    case ActivationKind::LeakyGelu:
        return T(0.5)
            * (normalIntegral<T, L>(x) + x * normalDensity<T, L>(x)
               + (x > 0 ? one : all<T, L>(T(2) * a)));
    case ActivationKind::LeakySilu: {
        const V s = sigmoid<T, L>(x);
        return T(0.5) * (s + x * s * (T(1) - s) + (x > 0 ? one : all<T, L>(T(2) * a)));
    }
    case ActivationKind::LeakyTanh: {
        const V y = tanh<T, L>(x);
        return a + (T(1) - a) * (T(1) - y * y);
    }
    case ActivationKind::LeakySigmoid: {
        const V s = sigmoid<T, L>(x);
        return a + (T(1) - a) * T(2) * s * (T(1) - s);
    }
    default:
        return one;
    }
}

} // namespace dt::lanes
