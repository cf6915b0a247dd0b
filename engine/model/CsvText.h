// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace dt {

/// Text tables as spreadsheets write them: commas, semicolons or tabs between the cells (the first
/// line that is neither empty nor a comment decides), quotes around cells, any line ending, with
/// or without a byte order mark. Semicolons mean that numbers may have a decimal comma. Empty lines
/// and lines that begin with # are skipped.
struct CsvTable
{
    struct Row
    {
        int line = 0; ///< of the file, from 1
        std::vector<std::string> cells; ///< without the blanks around them
    };
    std::vector<Row> rows; ///< the first may be a header
    char separator = ',';
};

/// Refuses text that is none: UTF-16, binary, a quote that never ends. `place` names the file.
Result<CsvTable> readCsv(std::string_view text, const std::string &place);

/// A finite number of a cell. The message of the Error says only what is wrong with the cell, e.g.
/// "'1,000' has a comma in it; ...", for the caller to put the place in front.
Result<double> csvNumber(const std::string &cell, char separator);

/// In quotes where the cell needs them.
std::string csvCellText(const std::string &text);

} // namespace dt
