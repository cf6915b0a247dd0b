// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/NumberText.h"
#include "engine/base/PlainText.h"
#include "engine/base/Words.h"
#include "engine/cell/swc/SwcPoints.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace dt {

bool isFault(SwcIssueKind kind)
{
    return kind <= SwcIssueKind::SomaOutOfRange;
}

std::string swcIssueText(const SwcIssue &issue)
{
    return issue.line > 0 ? "Line " + std::to_string(issue.line) + ": " + issue.message
                          : issue.message;
}

bool SwcReading::needsOnlySoma() const
{
    return faultCount == 1 && faults.front().kind == SwcIssueKind::NoSoma;
}

Error SwcReading::error(const std::string &place) const
{
    std::string sentence =
        faults.empty() ? std::string("It was not read.") : swcIssueText(faults.front());
    if (faultCount > 1)
        sentence += " It is the first of " + std::to_string(faultCount) + " faults.";
    const bool range = !faults.empty()
        && (faults.front().kind == SwcIssueKind::TooManySections
            || faults.front().kind == SwcIssueKind::TooLarge);
    return {range ? ErrorCode::InvalidValue : ErrorCode::Format, place + ": " + sentence, place};
}

namespace swc {

namespace {

using K = SwcIssueKind;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

/// Bytes that no text has. UTF-8 in comments is fine.
bool isBinary(std::string_view line)
{
    return std::any_of(line.begin(), line.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && !isBlank(c)) || byte == 0x7f;
    });
}

bool parseNumber(std::string_view field, double &value)
{
    if (field.starts_with('+') && !field.starts_with("+-"))
        field.remove_prefix(1);
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), value);
    // Too small for a double is as good as 0; too large is for the ranges to refuse.
    if (error == std::errc::result_out_of_range && end == field.data() + field.size()) {
        const bool tiny = field.find("e-") != std::string_view::npos
            || field.find("E-") != std::string_view::npos;
        value = tiny ? 0.0 : HUGE_VAL;
        return true;
    }
    return error == std::errc() && end == field.data() + field.size();
}

std::string quoted(std::string_view field)
{
    constexpr std::size_t Shown = 24;
    std::string text;
    for (const char c : field.substr(0, Shown))
        text += c >= 0x20 && c < 0x7f ? c : '?';
    return "'" + text + (field.size() > Shown ? "...'" : "'");
}

constexpr const char *NotTextMessage = "It has bytes that are not text. SWC files are plain text: "
                                       "choose another file, or save this one "
                                       "as UTF-8 text.";
constexpr std::array<const char *, 7> FieldNames{"id", "type", "x", "y", "z", "radius", "parent"};

/// The line's first seven fields and the number of all up to a comment.
int splitFields(std::string_view line, std::array<std::string_view, 7> &fields)
{
    std::size_t i = 0;
    int count = 0;
    while (true) {
        while (i < line.size() && isBlank(line[i]))
            ++i;
        if (i == line.size() || line[i] == '#')
            return count;
        const std::size_t begin = i;
        while (i < line.size() && !isBlank(line[i]))
            ++i;
        if (count < 7)
            fields[static_cast<std::size_t>(count)] = line.substr(begin, i - begin);
        ++count;
    }
}

constexpr long long MostId = 1LL << 53; ///< what a double counts to
constexpr long long MostType = 2'000'000'000;

long long mostOf(std::size_t field)
{
    return field == 1 ? MostType : MostId;
}

/// The whole number of a field; also "7.0" is one.
std::optional<long long> integer(double value, std::size_t field)
{
    if (value != std::floor(value) || std::abs(value) > static_cast<double>(mostOf(field)))
        return std::nullopt; // also NaN
    return static_cast<long long>(value);
}

bool checkIntegers(const std::array<double, 7> &v, int line, Issues &issues)
{
    for (const std::size_t i : {0U, 1U, 6U}) {
        if (integer(v[i], i))
            continue;
        const bool whole = v[i] == std::floor(v[i]);
        issues.add(K::NotAnInteger, line,
                   std::string("The ") + FieldNames[i] + " " + formatNumber(v[i])
                       + (whole ? " is beyond the largest number of " + std::to_string(mostOf(i))
                                  + ". Number the points from 1."
                                : std::string(" is not a whole number. A line is: id type x y z "
                                              "radius parent.")));
        return false;
    }
    if (v[0] < 0.0) {
        issues.add(K::NegativeId, line,
                   "The id " + formatNumber(v[0])
                       + " is negative. Number the points from 1; only a parent may be -1.");
        return false;
    }
    return true;
}

bool checkMeasures(const std::array<double, 7> &v, int line, Issues &issues)
{
    for (const std::size_t i : {2U, 3U, 4U}) {
        if (std::abs(v[i]) <= MaxSwcCoordinateUm)
            continue;
        issues.add(K::CoordinateOutOfRange, line,
                   std::string("The coordinate ") + FieldNames[i] + " of " + formatNumber(v[i])
                       + " um lies outside of a metre. Coordinates are micrometres: convert them.");
        return false;
    }
    if (!(v[5] >= 0.0 && v[5] <= MaxSwcRadiusUm)) {
        issues.add(K::RadiusOutOfRange, line,
                   "The radius of " + formatNumber(v[5]) + " um is outside the range of 0 to "
                       + formatNumber(MaxSwcRadiusUm) + " um. Correct it in the file.");
        return false;
    }
    return true;
}

/// False when the line should be a point but it is not known which.
bool parseLine(std::string_view text, int line, std::vector<Point> &points, Issues &issues)
{
    if (isBinary(text)) {
        issues.add(K::NotText, line, NotTextMessage);
        return false;
    }
    std::array<std::string_view, 7> fields;
    const int count = splitFields(text, fields);
    if (count == 0)
        return true;
    if (count < 7) {
        issues.add(
            K::TooFewFields, line,
            "It has " + counted(count, "field")
                + " where a point has seven, between blanks: id type x y z radius parent. Put "
                  "a # before comments.");
        return false;
    }
    std::array<double, 7> v{};
    std::array<bool, 7> read{};
    bool good = true;
    for (std::size_t i = 0; i < v.size(); ++i) {
        read[i] = parseNumber(fields[i], v[i]);
        if (!read[i] && good)
            issues.add(K::NotANumber, line,
                       std::string("The ") + FieldNames[i] + " is " + quoted(fields[i])
                           + ", which is not a number. Numbers have a point, not a comma, and "
                             "blanks between them.");
        good = good && read[i];
    }
    good = good && checkIntegers(v, line, issues) && checkMeasures(v, line, issues);
    if (count > 7)
        issues.add(K::TrailingFields, line,
                   "It has " + std::to_string(count)
                       + " fields; those after the seventh were ignored.");
    // A line with a faulty radius is still somebody's parent.
    const std::optional<long long> id = integer(v[0], 0);
    const std::optional<long long> parent = integer(v[6], 6);
    if (!read[0] || !read[6] || !id || !parent || *id < 0)
        return false;
    points.push_back({*id,
                      *parent,
                      -1,
                      static_cast<int>(integer(v[1], 1).value_or(DendriteType)),
                      line,
                      {v[2], v[3], v[4], 2.0 * v[5]}});
    return true;
}

} // namespace

void Issues::add(SwcIssueKind kind, int line, std::string message)
{
    if (isFault(kind)) {
        ++m_reading.faultCount;
        // Many of one kind must not hide another.
        if (m_faultKinds.insert(kind).second || m_reading.faults.size() < MaxSwcIssues)
            m_reading.faults.push_back({kind, line, std::move(message)});
        return;
    }
    std::vector<SwcIssue> &list = m_reading.warnings;
    const auto known =
        std::find_if(list.begin(), list.end(), [&](const SwcIssue &i) { return i.kind == kind; });
    if (known == list.end() || kind == K::UnknownType) {
        list.push_back({kind, line, std::move(message)});
        return;
    }
    ++known->lines;
    m_otherLines[kind].push_back(line);
}

void Issues::finish()
{
    constexpr std::size_t Named = 5;
    for (SwcIssue &issue : m_reading.warnings) {
        const auto others = m_otherLines.find(issue.kind);
        if (others == m_otherLines.end())
            continue;
        std::vector<int> &lines = others->second;
        std::sort(lines.begin(), lines.end());
        issue.message += " Likewise in ";
        issue.message += lines.size() > Named ? counted(issue.lines - 1, "more line") + ": "
            : lines.size() == 1               ? "line "
                                              : "lines ";
        for (std::size_t i = 0; i < std::min(Named, lines.size()); ++i)
            issue.message += (i > 0 ? ", " : "") + std::to_string(lines[i]);
        issue.message += lines.size() > Named ? " and so on." : ".";
    }
}

Lines parsePoints(std::string_view text, Issues &issues)
{
    Lines lines;
    std::vector<Point> &points = lines.points;
    if (text.size() > MaxSwcBytes) {
        issues.add(K::TooLarge, 0,
                   "The file has " + std::to_string(text.size() / 1'000'000) + " MB, more than the "
                       + std::to_string(MaxSwcBytes / 1'000'000)
                       + " MB of an SWC file that is read. Choose a file of one cell.");
        return lines;
    }
    text = withoutMarks(text);
    if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
        // Not a line of text gone wrong, but another kind of file: that is said once.
        const std::string_view above = text.substr(0, zero);
        const auto ends = std::count(above.begin(), above.end(), '\n');
        issues.add(K::NotText, 1 + static_cast<int>(ends), NotTextMessage);
        return {};
    }
    int line = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = text.find_first_of("\r\n", begin);
        if (end == std::string_view::npos)
            end = text.size();
        if (!parseLine(text.substr(begin, end - begin), ++line, points, issues))
            lines.complete = false;
        if (points.size() > static_cast<std::size_t>(MaxSwcPoints)) {
            issues.add(K::TooLarge, line,
                       "It is more than the " + std::to_string(MaxSwcPoints)
                           + " points that are read. Choose a file of one cell.");
            return {};
        }
        begin = end + (text.substr(end).starts_with("\r\n") ? 2 : 1);
    }
    if (points.empty() && !issues.faulty())
        issues.add(
            K::Empty, 0,
            "There is no point in the file. Each line of an SWC file is a point: id type x y z "
            "radius parent. Choose another file.");
    return lines;
}

} // namespace swc

SwcReading readSwc(std::string_view text, const SwcOptions &options)
{
    SwcReading reading;
    swc::Issues issues(reading);
    const std::vector<swc::Point> points = swc::orderPoints(swc::parsePoints(text, issues), issues);
    if (!issues.faulty())
        reading.morphology = swc::buildMorphology(points, options, issues);
    if (issues.faulty())
        reading.morphology.reset();
    issues.finish();
    const auto byLine = [](const SwcIssue &a, const SwcIssue &b) { return a.line < b.line; };
    std::stable_sort(reading.faults.begin(), reading.faults.end(), byLine);
    std::stable_sort(reading.warnings.begin(), reading.warnings.end(), byLine);
    return reading;
}

} // namespace dt
