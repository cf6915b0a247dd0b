// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/CsvText.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace dt {

namespace {

constexpr std::string_view Utf8Mark = "\xEF\xBB\xBF";
constexpr std::array<std::string_view, 3> Blanks{" ", "\t", "\xC2\xA0"}; // no-break space in UTF-8

std::string trimmed(std::string_view text)
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
            row.cells.push_back(wasQuoted ? cell + trimmed(behind) : trimmed(cell));
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
            } else if (c == '"' && trimmed(cell).empty()) {
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
        const std::string line = trimmed(text.substr(0, end));
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
        return Error{ErrorCode::Format,
                     place + " is text in UTF-16. Save it as CSV in UTF-8.", place};
    if (text.starts_with(Utf8Mark))
        text.remove_prefix(Utf8Mark.size());
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
            return faulty(place, row.line, "a quote begins here and never ends. Remove it, or close it.");
        const bool empty = std::all_of(row.cells.begin(), row.cells.end(),
                                       [](const std::string &cell) { return cell.empty(); });
        if (!empty && !row.cells.front().starts_with('#'))
            table.rows.push_back(std::move(row));
    }
    return table;
}

Result<double> csvNumber(const std::string &cell, char separator)
{
    const auto wrong = [&](const std::string &what) {
        return Error{ErrorCode::Format, what, {}};
    };
    if (cell.empty())
        return wrong("the cell is empty; a number is expected");
    std::string text = cell;
    if (const std::size_t comma = text.find(','); comma != std::string::npos) {
        const bool single = text.find(',', comma + 1) == std::string::npos;
        if (separator == ',' || !single || text.find('.') != std::string::npos)
            return wrong("'" + cell + "' has a comma in it. Write numbers without thousands "
                         "separators and with a decimal point");
        text[comma] = '.';
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
            return wrong("'" + cell + "' is not one number. Write it without blanks, thousands "
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
