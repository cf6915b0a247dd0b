// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/twin/NetworkField.h"

#include <string>
#include <vector>

namespace dt {

/// Checks what a spec holds and remembers the first thing that is wrong, in a sentence that names
/// the field.
class TwinChecker
{
public:
    void range(const char *field, double value, const NumberRange &range);
    void ranges(const char *field, const std::vector<int> &values, const NumberRange &range);
    /// Checks numbers, lists and norms; the other values cannot be wrong.
    void fields(const std::vector<NetworkField> &fields);
    void fail(const std::string &field, const std::string &message);

    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] Status status() const { return m_failed ? Status(m_error) : Status(Done{}); }

private:
    void norm(const char *field, const NetworkField::Norm &norm);

    bool m_failed = false;
    Error m_error;
};

} // namespace dt
