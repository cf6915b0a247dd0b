// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// Text tables as spreadsheets write them: commas, semicolons or tabs between the cells (the first
/// line that is neither empty nor a comment decides), quotes around cells, any line ending, with
/// or without a byte order mark. Empty lines and lines that begin with # are skipped.
struct CsvTable
{
    struct Row
    {
        int line = 0; ///< number of the line in the file, from 1
        std::vector<std::string> cells; ///< texts, without the blanks around them
    };
    std::vector<Row> rows; ///< the first may be a header
    char separator = ',';
};

/// Splits a text into rows and cells. Refuses what is no text table: UTF-16, binary, a quote that
/// never ends. `place` names the file.
Result<CsvTable> readCsv(std::string_view text, const std::string &place);

enum class DecimalSign { Point, Comma };

/// A cell that can be read in two ways: 1.000 is one where the point is decimal, and a thousand
/// where the comma is.
struct TwofoldNumber
{
    std::string cell;
    int line = 0;
    std::string withPoint; ///< the number where the point is decimal, "1"
    std::string withComma; ///< the number where the comma is decimal, "1000"
};

/// Asks a person; nothing means that the table is not to be read.
using AskDecimalSign = std::function<std::optional<DecimalSign>(const TwofoldNumber &)>;

/// The numbers of a table, which may have a decimal point or a decimal comma, and the other sign
/// between thousands. The sign is not guessed: cells that can be read in only one way tell which it
/// is. Use: look() at every cell with a number, decide(), then read().
class CsvNumbers
{
public:
    /// Notes which decimal sign a cell shows; cells that are no numbers tell nothing.
    void look(const std::string &cell, int line);
    /// Settles the decimal sign. Asks a person where the cells do not tell it, and refuses the
    /// table where nobody can be asked. `place` names the file.
    Status decide(const AskDecimalSign &ask, const std::string &place);
    /// Reads a cell as a finite number. The message of the Error says only what is wrong with the
    /// cell, e.g. "'soon' is not a number", for the caller to put the place in front.
    [[nodiscard]] Result<double> read(const std::string &cell) const;

private:
    bool m_points = false; ///< some cell has a decimal point
    bool m_commas = false;
    std::optional<TwofoldNumber> m_twofold; ///< the first cell that can be read in two ways
    std::optional<DecimalSign> m_sign;
};

/// The text of a cell, in quotes where it needs them.
std::string csvCellText(const std::string &text);

} // namespace dt
