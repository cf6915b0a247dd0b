// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinNames.h"

#include <functional>
#include <variant>
#include <vector>

namespace dt {

/// What a number may be, both ends included.
struct NumberRange
{
    double least = 0.0;
    double most = 0.0;
};

/// One setting of a network as spec files hold it. A field points into the config that it was made
/// for and must not outlive it. Each kind lists its fields (NetworkKind.h). Reading and writing
/// them (engine/json/TwinJson.cpp) and checking them (TwinChecker.cpp) is the same code for all
/// kinds.
struct NetworkField
{
    /// A whole number that the network chooses itself when it is 0, which is null in files. The
    /// range is that of other numbers.
    struct Automatic
    {
        int *value;
    };
    /// A choice of two, each with its word in files. The first is 0 in the enumeration.
    struct Word
    {
        template <typename Enum>
        Word(Enum &value, const char *firstWord, const char *secondWord) :
            first(firstWord), second(secondWord), isSecond([&value] { return value != Enum{}; }),
            choose([&value](bool toSecond) { value = static_cast<Enum>(toSecond ? 1 : 0); })
        {
        }
        const char *first;
        const char *second;
        std::function<bool()> isSecond;
        std::function<void(bool toSecond)> choose;
    };
    struct Norm
    {
        NormType *value;
        std::vector<NormType> allowed = {}; ///< empty: all of them
        std::string_view (*nameOf)(NormType) = normTypeName; ///< names in files
    };
    /// A value that is always written the same, because the reference expects it, and never read.
    struct Constant
    {
        bool value;
    };
    using Value = std::variant<int *, double *, bool *, std::vector<int> *, ActivationKind *,
                               Automatic, Word, Norm, Constant>;

    const char *key; ///< its name in spec files and error sentences
    Value value;
    NumberRange range = {}; ///< what a number, or every number of a list, may be
    /// Called when a file says null. It sets what null stands for, if that has any effect, and
    /// returns whether null is allowed beside the fields that were read before. Empty: null is not
    /// allowed, or has the meaning that the type of the value gives it.
    std::function<bool()> takeNull = {};
};

/// A size by which people make a network larger or smaller in a form. It points into a config as a
/// field does.
struct NetworkSize
{
    const char *name; ///< "tcnLayers" for the widget tcnLayersField
    const char *label;
    const char *unit;
    NumberRange range; ///< narrower than that of files
    std::variant<int *, double *> value;
    std::function<void()> adapt = {}; ///< called after a change, to change what goes with it

    [[nodiscard]] double get() const
    {
        return std::visit([](const auto *v) { return static_cast<double>(*v); }, value);
    }
    void set(double to) const
    {
        std::visit([to](auto *v) { *v = static_cast<std::decay_t<decltype(*v)>>(to); }, value);
        if (adapt)
            adapt();
    }
};

} // namespace dt
