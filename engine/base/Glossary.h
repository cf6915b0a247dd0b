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
    std::string key; ///< what links call it, e.g. "magnesium-block"
    std::string name; ///< e.g. "Magnesium block"
    std::vector<std::string> aliases; ///< other names of the same thing
    std::string text; ///< a few sentences, Markdown
};

/// A place where a text uses a word of the glossary; begin and length in bytes.
struct GlossaryHit
{
    std::size_t begin = 0;
    std::size_t length = 0;
    std::string key;
};

/// The words that the program explains. Read from one Markdown text (docs/guide/glossary.md), which
/// is a chapter of the guide as well: a heading of the second level is a word, what follows is what
/// it means, which may begin with other names: "Also called a, b."
class Glossary
{
public:
    Glossary() = default;
    /// Refuses a word without a meaning and a name given twice; the Error says the line.
    static Result<Glossary> parse(std::string_view markdown);

    [[nodiscard]] const std::vector<GlossaryEntry> &entries() const { return m_entries; }
    /// The word with this key; nullptr when there is none.
    [[nodiscard]] const GlossaryEntry *find(std::string_view key) const;
    /// Where a text uses these words: each word once, in the order of the text, and only the
    /// longest of words that overlap. An abbreviation must be written exactly as it is here; other
    /// words are found in any case and with an s at their end.
    [[nodiscard]] std::vector<GlossaryHit> wordsIn(std::string_view text) const;

private:
    std::vector<GlossaryEntry> m_entries;
};

/// What a link to a heading has after its '#': the heading in lower case, with hyphens for blanks.
std::string headingAnchor(std::string_view heading);

} // namespace dt
