// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <exception>
#include <new>
#include <string>
#include <type_traits>

namespace dt {

/// Returns the Result of `work`; an exception that it throws becomes an Error. Meant for work on
/// other threads, where nobody would catch it: in practice memory that runs out.
template <typename Work>
std::invoke_result_t<Work> caught(const Work &work)
{
    try {
        return work();
    } catch (const std::bad_alloc &) {
        return Error{ErrorCode::Engine,
                     "There is not enough memory for this. Close other programs, or choose a "
                     "smaller twin or data set.",
                     {}};
    } catch (const std::exception &e) {
        return Error{ErrorCode::Engine,
                     std::string("This went wrong: ") + e.what()
                         + ". Close other programs if memory ran out, and try again.",
                     {}};
    }
}

} // namespace dt
