// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

namespace dt {

/// Where the window uses words of the glossary (engine/base/Glossary.h): a table of widgets' names,
/// so that forms and plots know nothing of the glossary. A field or plot stands for the label
/// before it.
struct TermPlace
{
    std::string_view widget; ///< object name
    /// Keys of entries, separated by blanks; AnyTerm to search the text for words.
    std::string_view keys;
    /// The label is a sentence: only words of these entries are links, each to all of them.
    bool sentence = false;
};

inline constexpr std::string_view AnyTerm = "*";

std::span<const TermPlace> termPlaces();

} // namespace dt
