// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/TwinChecker.h"

#include "engine/base/NumberText.h"
#include "engine/base/Words.h"

#include <algorithm>
#include <type_traits>

namespace dt {

void TwinChecker::range(const char *field, double value, const NumberRange &range)
{
    if (!(value >= range.least && value <= range.most)) // catches NaN
        fail(field,
             std::string("The twin's ") + field + " of " + formatNumber(value)
                 + " is outside the range of " + formatNumber(range.least) + " to "
                 + formatNumber(range.most) + ".");
}

void TwinChecker::ranges(const char *field, const std::vector<int> &values,
                         const NumberRange &range)
{
    for (const int value : values)
        this->range(field, value, range);
}

void TwinChecker::norm(const char *field, const NetworkField::Norm &norm)
{
    if (norm.allowed.empty()
        || std::find(norm.allowed.begin(), norm.allowed.end(), *norm.value) != norm.allowed.end())
        return;
    std::vector<std::string_view> names;
    for (const NormType type : norm.allowed)
        names.push_back(normTypeName(type));
    fail(field,
         std::string("The twin's ") + field + " cannot be '"
             + std::string(normTypeName(*norm.value)) + "'. Use " + listedWithOr(names) + ".");
}

void TwinChecker::fields(const std::vector<NetworkField> &fields)
{
    for (const NetworkField &field : fields) {
        const auto check = [&](const auto &value) {
            using Value = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<Value, int *> || std::is_same_v<Value, double *>)
                range(field.key, *value, field.range);
            else if constexpr (std::is_same_v<Value, NetworkField::Automatic>)
                range(field.key, *value.value,
                      *value.value > 0 ? field.range : NumberRange{0.0, field.range.most});
            else if constexpr (std::is_same_v<Value, std::vector<int> *>)
                ranges(field.key, *value, field.range);
            else if constexpr (std::is_same_v<Value, NetworkField::Norm>)
                norm(field.key, value);
        };
        std::visit(check, field.value);
    }
}

void TwinChecker::fail(const std::string &field, const std::string &message)
{
    if (!m_failed)
        m_error = {ErrorCode::InvalidValue, message, field};
    m_failed = true;
}

} // namespace dt
