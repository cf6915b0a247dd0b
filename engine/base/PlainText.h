// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace dt {

/// A text file without the marks that some programs put around it: the byte order mark of UTF-8,
/// and DOS's end mark (0x1a, also in a row or with zeros behind it).
inline std::string_view withoutMarks(std::string_view text)
{
    constexpr std::string_view OrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(OrderMark))
        text.remove_prefix(OrderMark.size());
    constexpr std::string_view Behind("\x1a\0 \t\r\n", 6);
    const std::size_t mark = text.find('\x1a');
    if (mark != std::string_view::npos
        && text.find_first_not_of(Behind, mark) == std::string_view::npos)
        text = text.substr(0, mark);
    return text;
}

/// The text without the blanks, tabs and line ends around it.
inline std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view Blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(Blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(Blanks) - first + 1);
}

} // namespace dt
