// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/recording/TraceText.h"

#include "engine/base/NumberText.h"
#include "engine/base/Words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace dt {

namespace {

constexpr std::array<std::string_view, 2> ColumnNames{"time in ms", "voltage in mV"};
/// Beyond these a voltage is none of a neuron in mV.
constexpr double MostMv = 500.0;
constexpr double LeastMv = 0.2;

/// The unit that a header names in the end, as in "time_s", "V [mV]", "t (ms)"; empty for none.
std::string unitOf(const std::string &name)
{
    std::string text;
    for (const char c : name)
        text += std::isalnum(static_cast<unsigned char>(c))
            ? static_cast<char>(std::tolower(static_cast<unsigned char>(c)))
            : ' ';
    while (!text.empty() && text.back() == ' ')
        text.pop_back();
    const std::size_t blank = text.rfind(' ');
    const std::string last = blank == std::string::npos ? text : text.substr(blank + 1);
    for (const char *unit : {"s", "ms", "us", "v", "mv", "uv", "sec", "seconds", "volt", "volts"}) {
        if (last == unit)
            return last;
    }
    return {};
}

} // namespace

Result<ForeignTrace> traceFromCsv(std::string_view text, const std::string &place,
                                  const AskDecimalSign &ask)
{
    const Result<CsvTable> table = readCsv(text, place);
    if (!table)
        return table.error();
    const auto fault = [&](int line, int column, const std::string &what) {
        return Error{
            ErrorCode::Format,
            place + ", line " + std::to_string(line) + ", column " + std::to_string(column + 1)
                + " (" + std::string(ColumnNames[static_cast<std::size_t>(column)]) + "): " + what,
            place};
    };
    CsvNumbers numbers;
    for (const CsvTable::Row &row : table->rows) {
        for (const std::string &cell : row.cells)
            numbers.look(cell, row.line);
    }
    if (const Status clear = numbers.decide(ask, place); !clear)
        return clear.error();
    ForeignTrace trace;
    for (std::size_t i = 0; i < table->rows.size(); ++i) {
        const CsvTable::Row &row = table->rows[i];
        if (row.cells.size() != 2)
            return Error{ErrorCode::Format,
                         place + ", line " + std::to_string(row.line) + ": there "
                             + (row.cells.size() == 1 ? "is " : "are ")
                             + counted(static_cast<long long>(row.cells.size()), "cell")
                             + ". Two columns are expected: time in ms and voltage in mV.",
                         place};
        const Result<double> ms = numbers.read(row.cells[0]);
        const Result<double> mv = numbers.read(row.cells[1]);
        if (i == 0 && !ms && !mv) { // a header
            const std::string time = unitOf(row.cells[0]);
            const std::string voltage = unitOf(row.cells[1]);
            if (!time.empty() && time != "ms")
                return fault(row.line, 0,
                             "the header says '" + row.cells[0] + "'. Times must be in ms.");
            // "V" is a unit and the usual name of a voltage in mV: only its size will tell.
            if (!voltage.empty() && voltage != "mv" && voltage != "v")
                return fault(row.line, 1,
                             "the header says '" + row.cells[1] + "'. Voltages must be in mV.");
            continue;
        }
        if (!ms)
            return fault(row.line, 0, ms.error().message + ".");
        if (!mv)
            return fault(row.line, 1, mv.error().message + ".");
        if (!trace.ms.empty() && *ms <= trace.ms.back())
            return fault(row.line, 0,
                         formatNumber(*ms) + " does not come after " + formatNumber(trace.ms.back())
                             + ". Times must rise from line to line.");
        if (std::abs(*mv) > MostMv)
            return fault(row.line, 1,
                         formatNumber(*mv) + " is no voltage of a neuron. Voltages must be in mV.");
        if (trace.ms.size() >= MaxForeignSamples)
            return Error{ErrorCode::Format,
                         place + " has more than " + std::to_string(MaxForeignSamples)
                             + " samples. Keep every tenth, for example.",
                         place};
        trace.ms.push_back(*ms);
        trace.mv.push_back(static_cast<float>(*mv));
    }
    if (trace.ms.size() < 2)
        return Error{ErrorCode::Format,
                     place
                         + " has no trace. Two columns are expected: time in ms and voltage in mV.",
                     place};
    const float largest =
        std::abs(*std::max_element(trace.mv.begin(), trace.mv.end(),
                                   [](float a, float b) { return std::abs(a) < std::abs(b); }));
    if (static_cast<double>(largest) < LeastMv)
        return Error{ErrorCode::Format,
                     place
                         + ": all voltages lie within 0.2 mV of zero, so they are probably volts. "
                           "Multiply them by 1000: mV are expected.",
                     place};
    return trace;
}

} // namespace dt
