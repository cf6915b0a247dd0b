// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// One word of the field and what it means here.
struct GlossaryEntry
{
    std::string key; ///< as in links, e.g. "magnesium-block"
    std::string name; ///< e.g. "Magnesium block"
    std::vector<std::string> aliases; ///< other names of the same thing
    std::string text; ///< a few sentences, Markdown
};

/// A word of the glossary within a text, in bytes.
struct GlossaryHit
{
    std::size_t begin = 0;
    std::size_t length = 0;
    std::string key;
};

/// The words that the program explains. Read from one Markdown text (docs/guide/glossary.md), which
/// is a chapter of the guide as well: a heading of the second level is a word, what follows is what
/// it means, and other names of it may come first: "Also called a, b."
class Glossary
{
public:
    Glossary() = default;
    /// Refuses a word without a meaning and two words of one name, with the line.
    static Result<Glossary> parse(std::string_view markdown);

    [[nodiscard]] const std::vector<GlossaryEntry> &entries() const { return m_entries; }
    /// nullptr when there is none.
    [[nodiscard]] const GlossaryEntry *find(std::string_view key) const;
    /// Where a text uses these words, each once, in its order; of overlapping ones the longest.
    /// Abbreviations count as they are written only, other words with any case and an s behind.
    [[nodiscard]] std::vector<GlossaryHit> wordsIn(std::string_view text) const;

private:
    std::vector<GlossaryEntry> m_entries;
};

/// What a link to a heading is called behind its '#': lower case, hyphens for blanks.
std::string headingAnchor(std::string_view heading);

} // namespace dt
