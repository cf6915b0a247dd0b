// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/NumberText.h"

#include "engine/base/PlainText.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace dt {

namespace {

constexpr std::size_t ThousandDigits = 3;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

/// What thousands are grouped behind: one to three digits that do not begin with 0.
bool isFirstGroup(std::string_view text)
{
    return isDigits(text) && text.size() <= ThousandDigits && text.front() != '0';
}

bool isGroup(std::string_view text)
{
    return isDigits(text) && text.size() == ThousandDigits;
}

std::string_view unsignedPart(std::string_view text)
{
    if (!text.empty() && (text.front() == '+' || text.front() == '-'))
        text.remove_prefix(1);
    return text;
}

std::string joined(const std::vector<std::string_view> &parts, const char *between)
{
    std::string text;
    for (const std::string_view part : parts)
        text += (text.empty() ? "" : between) + std::string(part);
    return text;
}

std::string quoted(const std::string &text)
{
    return '"' + text + '"';
}

/// Numbers that follow one another with nothing but a comma between them.
using Chunk = std::vector<std::string_view>;

struct Tokens
{
    std::vector<Chunk> chunks;
    std::vector<bool> blankOnly; ///< before chunk i: no comma, only blanks
};

/// Nothing when a number is missing between two commas.
std::optional<Tokens> tokensOf(std::string_view text)
{
    Tokens tokens;
    bool glued = false;
    bool blankOnly = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        while (at < text.size() && !isBlank(text[at]) && text[at] != ',')
            ++at;
        if (at == from)
            return std::nullopt;
        if (!glued) {
            tokens.chunks.emplace_back();
            tokens.blankOnly.push_back(blankOnly);
        }
        tokens.chunks.back().push_back(text.substr(from, at - from));
        const std::size_t end = at;
        while (at < text.size() && isBlank(text[at]))
            ++at;
        blankOnly = at == text.size() || text[at] != ',';
        glued = false;
        if (blankOnly)
            continue;
        const bool blankBefore = at > end;
        ++at;
        if (at == text.size())
            return std::nullopt;
        glued = !blankBefore && !isBlank(text[at]);
        while (at < text.size() && isBlank(text[at]))
            ++at;
        if (at == text.size())
            return std::nullopt;
    }
    return tokens;
}

/// All groups together as one number, in the limits.
bool isAllowed(const std::string &text, const ListLimits &limits)
{
    const std::optional<double> value = numberOf(text);
    return value && *value >= limits.min && *value <= limits.max
        && !(limits.whole && *value != std::floor(*value));
}

/// The one number that a chunk may also be; "" when it can only be a list.
std::string otherReading(const Chunk &chunk, const ListLimits &limits)
{
    const std::string_view first = unsignedPart(chunk.front());
    const auto later = [&](auto &&is) { return std::all_of(chunk.begin() + 1, chunk.end(), is); };
    const auto allowed = [&](const std::string &text) {
        return isAllowed(text, limits) ? text : std::string();
    };
    if (later(isGroup) && isFirstGroup(first)) { // 1,000
        if (isAllowed(joined(chunk, ""), limits))
            return joined(chunk, "");
    }
    const std::string_view last = chunk.back();
    if (const std::size_t point = last.find('.'); point != std::string_view::npos) { // 1,234.5
        const bool groups = isFirstGroup(first) && isGroup(last.substr(0, point))
            && isDigits(last.substr(point + 1))
            && std::all_of(chunk.begin() + 1, chunk.end() - 1, isGroup);
        return groups ? allowed(joined(chunk, "")) : std::string();
    }
    if (chunk.size() != 2 || !isDigits(last))
        return {};
    if (const std::size_t point = first.find('.'); point != std::string_view::npos) { // 1.234,5
        std::string number(chunk.front());
        number.erase(number.find('.'), 1);
        return isFirstGroup(first.substr(0, point)) && isGroup(first.substr(point + 1))
            ? allowed(number + "." + std::string(last))
            : std::string();
    }
    return isDigits(first) ? allowed(joined(chunk, ".")) : std::string(); // 0,25
}

bool isOneWay(const std::vector<double> &values)
{
    return std::adjacent_find(values.begin(), values.end(), std::less_equal<>()) == values.end()
        || std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
}

Error unclear(const std::string &sentence)
{
    return {ErrorCode::InvalidValue, sentence, ""};
}

} // namespace

std::string formatNumber(double value)
{
    std::array<char, 32> buffer;
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    return {buffer.data(), end};
}

bool mayMeanThousands(std::string_view text)
{
    text = unsignedPart(trimmed(text));
    const std::size_t comma = text.find(',');
    return comma != std::string_view::npos && isFirstGroup(text.substr(0, comma))
        && isGroup(text.substr(comma + 1));
}

std::optional<double> numberOf(std::string_view text)
{
    text = trimmed(text);
    if (mayMeanThousands(text))
        return std::nullopt;
    std::string plain(text);
    const auto isMark = [](char c) { return c == '.' || c == ','; };
    if (std::count_if(plain.begin(), plain.end(), isMark) > 1)
        return std::nullopt;
    std::replace(plain.begin(), plain.end(), ',', '.');
    std::string_view digits = plain;
    if (digits.starts_with('+') && !digits.starts_with("+-"))
        digits.remove_prefix(1);
    double value = 0.0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

Result<double> numberFromText(std::string_view text)
{
    if (const std::optional<double> value = numberOf(text))
        return *value;
    if (!mayMeanThousands(text))
        return Error{ErrorCode::Format, "is not a number.", ""};
    std::string whole(trimmed(text));
    std::string decimal = whole;
    whole.erase(whole.find(','), 1);
    decimal.replace(decimal.find(','), 1, ".");
    return unclear("may mean " + whole + " or " + decimal
                   + ". Write one of these, without a comma.");
}

Result<std::vector<double>> numbersFromText(std::string_view text, const ListLimits &limits)
{
    const Error none{ErrorCode::Format, "", ""};
    std::vector<double> values;
    text = trimmed(text);
    if (text.empty())
        return values;
    if (text.find(';') != std::string_view::npos) {
        for (std::size_t from = 0;;) {
            const std::size_t at = text.find(';', from);
            const std::string part(trimmed(text.substr(from, at - from)));
            const Result<double> value = numberFromText(part);
            if (!value)
                return value.error().code == ErrorCode::Format
                    ? none
                    : unclear(quoted(part) + " " + value.error().message);
            values.push_back(*value);
            if (at == std::string_view::npos)
                return values;
            from = at + 1;
        }
    }
    const std::optional<Tokens> tokens = tokensOf(text);
    if (!tokens)
        return none;
    for (const Chunk &chunk : tokens->chunks) {
        for (const std::string_view token : chunk) {
            const std::optional<double> value = numberOf(token);
            if (!value)
                return none;
            values.push_back(*value);
        }
    }
    for (std::size_t i = 0; i < tokens->chunks.size(); ++i) {
        const Chunk &chunk = tokens->chunks[i];
        const std::string typed = joined(chunk, ",");
        if (chunk.size() > 1) {
            if (const std::string one = otherReading(chunk, limits); !one.empty())
                return unclear(quoted(typed) + " may mean " + one + ", or " + joined(chunk, " and ")
                               + ". Write " + quoted(one) + " or " + quoted(joined(chunk, ", "))
                               + ".");
            // A sign or a point behind a comma shows that it separates.
            const bool whole = limits.whole || !isDigits(unsignedPart(chunk.front()))
                || std::any_of(chunk.begin() + 1, chunk.end(),
                               [](std::string_view token) { return !isDigits(token); });
            const bool alone = tokens->chunks.size() == 1 && isOneWay(values);
            if (chunk.size() > 2 && !whole && !alone)
                return unclear(quoted(typed)
                               + " may be read in several ways. Write numbers with a decimal point "
                                 "and a blank behind every comma between them, as in "
                               + quoted(joined(chunk, ", ")) + ".");
        }
        const bool single = i > 0 && tokens->blankOnly[i];
        if (single && isFirstGroup(unsignedPart(tokens->chunks[i - 1].back()))
            && isGroup(chunk.front())) { // 1 000
            const std::vector<std::string_view> both{tokens->chunks[i - 1].back(), chunk.front()};
            if (isAllowed(joined(both, ""), limits))
                return unclear(quoted(joined(both, " ")) + " may mean " + joined(both, "") + ", or "
                               + joined(both, " and ") + ". Write " + quoted(joined(both, ""))
                               + " or " + quoted(joined(both, ", ")) + ".");
        }
    }
    return values;
}

} // namespace dt
