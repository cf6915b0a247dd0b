// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Glossary.h"

#include "engine/base/PlainText.h"

#include <algorithm>
#include <cctype>

namespace dt {

namespace {

constexpr std::string_view WordMark = "## ";
constexpr std::string_view AliasMark = "Also called ";

bool isAscii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}

/// Letters of other alphabets (λ, ²) are part of a word, too.
bool inWord(char c)
{
    return !isAscii(c) || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// AUC, R2, f-I curve: with other letters than at the beginning of a word it is another word.
bool isAbbreviation(std::string_view name)
{
    return std::any_of(name.begin() + 1, name.end(),
                       [](char c) { return !isAscii(c) || (c >= 'A' && c <= 'Z'); })
        || name.size() < 3;
}

bool sameAt(std::string_view text, std::size_t at, std::string_view name)
{
    if (text.size() - at < name.size())
        return false;
    const bool exact = isAbbreviation(name);
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (exact ? text[at + i] != name[i] : lower(text[at + i]) != lower(name[i]))
            return false;
    }
    return true;
}

/// Length of the name, or of its plural, when it stands there as a word of its own; else 0.
std::size_t wordAt(std::string_view text, std::size_t at, std::string_view name)
{
    if ((at > 0 && inWord(text[at - 1])) || !sameAt(text, at, name))
        return 0;
    std::size_t end = at + name.size();
    if (end < text.size() && text[end] == 's')
        ++end;
    return end == text.size() || !inWord(text[end]) ? end - at : 0;
}

std::vector<std::string> takeAliases(std::string_view &body)
{
    std::vector<std::string> aliases;
    if (!body.starts_with(AliasMark))
        return aliases;
    const std::size_t end = std::min(body.find('.'), body.size());
    std::string_view list = body.substr(AliasMark.size(), end - AliasMark.size());
    body = trimmed(body.substr(std::min(end + 1, body.size())));
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        if (const std::string_view alias = trimmed(list.substr(0, comma)); !alias.empty())
            aliases.emplace_back(alias);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return aliases;
}

} // namespace

std::string headingAnchor(std::string_view heading)
{
    std::string anchor;
    for (const char c : trimmed(heading)) {
        if (inWord(c) || c == '-' || c == '_')
            anchor += lower(c);
        else if (c == ' ')
            anchor += '-';
    }
    return anchor;
}

Result<Glossary> Glossary::parse(std::string_view markdown)
{
    struct Heading
    {
        std::size_t begin;
        std::size_t textBegin;
        int line;
    };
    std::vector<Heading> headings;
    int line = 0;
    for (std::size_t at = 0; at < markdown.size();) {
        const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
        ++line;
        if (markdown.substr(at).starts_with(WordMark))
            headings.push_back({at, end, line});
        at = end + 1;
    }
    Glossary glossary;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        const Heading &h = headings[i];
        const std::size_t end = i + 1 < headings.size() ? headings[i + 1].begin : markdown.size();
        GlossaryEntry entry;
        entry.name = trimmed(
            markdown.substr(h.begin + WordMark.size(), h.textBegin - h.begin - WordMark.size()));
        entry.key = headingAnchor(entry.name);
        std::string_view body = trimmed(markdown.substr(h.textBegin, end - h.textBegin));
        entry.aliases = takeAliases(body);
        entry.text = body;
        const auto refuse = [&](const std::string &why) {
            return Error{ErrorCode::Format,
                         "Line " + std::to_string(h.line) + " of the glossary: \"" + entry.name
                             + "\" " + why,
                         entry.name};
        };
        if (entry.key.empty() || entry.text.empty())
            return refuse("has no meaning. Write one below it.");
        if (glossary.find(entry.key))
            return refuse("is there already. Make the two one.");
        glossary.m_entries.push_back(std::move(entry));
    }
    return glossary;
}

const GlossaryEntry *Glossary::find(std::string_view key) const
{
    const auto it = std::find_if(m_entries.begin(), m_entries.end(),
                                 [&](const GlossaryEntry &e) { return e.key == key; });
    return it == m_entries.end() ? nullptr : &*it;
}

std::vector<GlossaryHit> Glossary::wordsIn(std::string_view text) const
{
    std::vector<GlossaryHit> hits;
    for (std::size_t at = 0; at < text.size();) {
        GlossaryHit best;
        for (const GlossaryEntry &entry : m_entries) {
            const auto consider = [&](std::string_view name) {
                const std::size_t length = wordAt(text, at, name);
                if (length > best.length)
                    best = {at, length, entry.key};
            };
            consider(entry.name);
            for (const std::string &alias : entry.aliases)
                consider(alias);
        }
        if (best.length == 0) {
            ++at;
            continue;
        }
        at += best.length;
        if (std::none_of(hits.begin(), hits.end(),
                         [&](const GlossaryHit &hit) { return hit.key == best.key; }))
            hits.push_back(std::move(best));
    }
    return hits;
}

} // namespace dt
