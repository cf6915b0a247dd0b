// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/CsvText.h"

#include "engine/base/PlainText.h"
#include "engine/base/Words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace dt {

namespace {

constexpr std::array<std::string_view, 3> Blanks{" ", "\t", "\xC2\xA0"}; // no-break space in UTF-8

std::string withoutBlanks(std::string_view text)
{
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view blank : Blanks) {
            if (text.starts_with(blank)) {
                text.remove_prefix(blank.size());
                again = true;
            }
            if (text.ends_with(blank)) {
                text.remove_suffix(blank.size());
                again = true;
            }
        }
    }
    return std::string(text);
}

Error faulty(const std::string &place, int line, const std::string &what)
{
    return {ErrorCode::Format, place + ", line " + std::to_string(line) + ": " + what, place};
}

/// Cuts text into lines; quotes may span them.
class Reader
{
public:
    Reader(std::string_view text, char separator) : m_text(text), m_separator(separator) { }

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] int line() const { return m_line; }

    /// False when a quote is not closed.
    bool next(CsvTable::Row &row)
    {
        row = {m_line, {}};
        std::string cell;
        std::string behind; // a closed quote
        bool quoted = false;
        bool wasQuoted = false;
        const auto end = [&] {
            row.cells.push_back(wasQuoted ? cell + withoutBlanks(behind) : withoutBlanks(cell));
            cell.clear();
            behind.clear();
            wasQuoted = false;
        };
        while (!atEnd()) {
            const char c = m_text[m_at++];
            const bool newLine = c == '\n' || c == '\r';
            if (c == '\r' && !atEnd() && m_text[m_at] == '\n')
                ++m_at;
            m_line += newLine;
            if (quoted) {
                if (c != '"') {
                    cell += newLine ? '\n' : c;
                } else if (!atEnd() && m_text[m_at] == '"') {
                    cell += '"';
                    ++m_at;
                } else {
                    quoted = false;
                }
            } else if (newLine) {
                end();
                return true;
            } else if (c == m_separator) {
                end();
            } else if (c == '"' && withoutBlanks(cell).empty()) {
                cell.clear();
                quoted = wasQuoted = true;
            } else if (wasQuoted) {
                behind += c;
            } else {
                cell += c;
            }
        }
        end();
        return !quoted;
    }

private:
    std::string_view m_text;
    char m_separator;
    std::size_t m_at = 0;
    int m_line = 1;
};

char separatorOf(std::string_view text)
{
    // Of the first line that says something; a header of one column has none.
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        const std::string line = withoutBlanks(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.front() == '#')
            continue;
        for (const char c : {'\t', ';'}) {
            if (line.find(c) != std::string::npos)
                return c;
        }
        break;
    }
    return ',';
}

} // namespace

Result<CsvTable> readCsv(std::string_view text, const std::string &place)
{
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
        return Error{ErrorCode::Format, place + " is text in UTF-16. Save it as CSV in UTF-8.",
                     place};
    text = withoutMarks(text);
    if (text.starts_with("PK\x03\x04"))
        return Error{ErrorCode::Format,
                     place + " is a spreadsheet or an archive, not text. Save the sheet as CSV.",
                     place};
    if (text.find('\0') != std::string_view::npos)
        return Error{ErrorCode::Format, place + " is not text. Save the table as CSV.", place};
    CsvTable table;
    table.separator = separatorOf(text);
    Reader reader(text, table.separator);
    while (!reader.atEnd()) {
        CsvTable::Row row;
        if (!reader.next(row))
            return faulty(place, row.line,
                          "a quote begins here and never ends. Remove it, or close it.");
        const bool empty = std::all_of(row.cells.begin(), row.cells.end(),
                                       [](const std::string &cell) { return cell.empty(); });
        if (!empty && !row.cells.front().starts_with('#'))
            table.rows.push_back(std::move(row));
    }
    return table;
}

namespace {

/// Points and commas of a number that may have both.
class Signs
{
public:
    explicit Signs(std::string_view cell)
    {
        if (cell.starts_with('+') || cell.starts_with('-'))
            cell.remove_prefix(1);
        m_exponent = cell.find_first_of("eE") != std::string_view::npos;
        m_digits = cell.substr(0, cell.find_first_of("eE"));
        m_number = !m_digits.empty()
            && m_digits.find_first_not_of("0123456789.,") == std::string_view::npos;
    }

    [[nodiscard]] bool isNumber() const { return m_number; }
    [[nodiscard]] bool any() const
    {
        return m_digits.find_first_of(".,") != std::string_view::npos;
    }
    /// It is a number with this decimal sign and, where the other one stands, that between
    /// thousands.
    [[nodiscard]] bool fits(char decimal) const
    {
        const char between = decimal == '.' ? ',' : '.';
        const std::string_view whole = m_digits.substr(0, m_digits.find(decimal));
        const std::string_view rest = m_digits.substr(whole.size());
        if (rest.find_first_of(".,", 1) != std::string_view::npos)
            return false;
        const std::size_t first = whole.find(between);
        if (first == std::string_view::npos)
            return true;
        // 1 to 3 digits, not 0, then threes.
        if (m_exponent || first < 1 || first > 3 || whole.front() == '0')
            return false;
        for (std::size_t at = first; at < whole.size(); at += 4) {
            const std::string_view group = whole.substr(at, 4);
            if (group.size() != 4 || group.front() != between
                || group.find_first_of(".,", 1) != std::string_view::npos)
                return false;
        }
        return true;
    }

private:
    std::string_view m_digits; ///< without sign and exponent
    bool m_exponent = false;
    bool m_number = false;
};

/// As from_chars() wants it.
std::string plainNumber(const std::string &cell, DecimalSign sign)
{
    const char decimal = sign == DecimalSign::Point ? '.' : ',';
    std::string text;
    for (const char c : cell) {
        if (c == decimal)
            text += '.';
        else if (c != '.' && c != ',')
            text += c;
    }
    return text;
}

/// What it means: "1" for "1.000". It has six digits at most.
std::string shortNumber(const std::string &cell, DecimalSign sign)
{
    const std::string text = plainNumber(cell, sign);
    double value = 0.0;
    const char *from = text.data() + (text.front() == '+' ? 1 : 0);
    std::from_chars(from, text.data() + text.size(), value);
    return rounded(value);
}

} // namespace

void CsvNumbers::look(const std::string &cell, int line)
{
    const Signs signs(cell);
    if (!signs.isNumber() || !signs.any())
        return;
    const bool point = signs.fits('.');
    const bool comma = signs.fits(',');
    m_points = m_points || (point && !comma);
    m_commas = m_commas || (comma && !point);
    if (point && comma && !m_twofold)
        m_twofold = TwofoldNumber{cell, line, shortNumber(cell, DecimalSign::Point),
                                  shortNumber(cell, DecimalSign::Comma)};
}

Status CsvNumbers::decide(const AskDecimalSign &ask, const std::string &place)
{
    m_sign.reset();
    if (m_points != m_commas)
        m_sign = m_points ? DecimalSign::Point : DecimalSign::Comma;
    if (m_sign || !m_twofold)
        return Done{};
    if (!ask)
        return Error{ErrorCode::Format,
                     place + ", line " + std::to_string(m_twofold->line) + ": '" + m_twofold->cell
                         + "' can be read as " + m_twofold->withComma + " and as "
                         + m_twofold->withPoint + ". Write numbers without thousands separators.",
                     place};
    m_sign = ask(*m_twofold);
    if (!m_sign)
        return Error{ErrorCode::Cancelled, "Cancelled; nothing was changed.", place};
    return Done{};
}

Result<double> CsvNumbers::read(const std::string &cell) const
{
    const auto wrong = [&](const std::string &what) { return Error{ErrorCode::Format, what, {}}; };
    if (cell.empty())
        return wrong("the cell is empty; a number is expected");
    std::string text = cell;
    if (const Signs signs(cell); signs.isNumber() && signs.any()) {
        // In a table that has both signs, a cell that fits one of them only is that.
        const bool point = signs.fits('.') && (m_sign == DecimalSign::Point || !signs.fits(','));
        if (!point && !signs.fits(','))
            return wrong("'" + cell
                         + "' has more than one comma or point in it. Write numbers "
                           "without thousands separators");
        text = plainNumber(cell, point ? DecimalSign::Point : DecimalSign::Comma);
    }
    const char *from = text.data() + (text.front() == '+' ? 1 : 0);
    const char *const end = text.data() + text.size();
    double value = 0.0;
    const auto [next, code] = std::from_chars(from, end, value);
    if (code == std::errc::result_out_of_range)
        return wrong("'" + cell + "' is too large or too small a number");
    if (code != std::errc{} || next == from)
        return wrong("'" + cell + "' is not a number");
    if (next != end) {
        const std::string_view rest(next, static_cast<std::size_t>(end - next));
        if (rest.front() == ' ' || rest.front() == '\'' || rest.front() == '\xC2'
            || rest.front() == '\xE2')
            return wrong("'" + cell
                         + "' is not one number. Write it without blanks, thousands "
                           "separators and unit");
        return wrong("'" + cell + "' is not a number");
    }
    if (!std::isfinite(value))
        return wrong("'" + cell + "' is not a finite number");
    return value;
}

std::string csvCellText(const std::string &text)
{
    if (text.find_first_of(",;\"\r\n\t") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + '"';
}

} // namespace dt
