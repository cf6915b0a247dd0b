// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/EventText.h"

#include "engine/base/NumberText.h"
#include "engine/base/Words.h"
#include "engine/cell/Names.h"
#include "engine/input/EventPlaces.h"
#include "engine/input/Stimulus.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace dt {

namespace {

enum Column { PolarityColumn, DendriteColumn, XColumn, TimeColumn, WeightColumn, ColumnCount };

constexpr std::array<std::string_view, ColumnCount> Names{"polarity", "dendrite", "x", "time_ms",
                                                          "weight"};

std::string list()
{
    std::string text;
    for (std::size_t i = 0; i < Names.size(); ++i)
        text += (i ? ", " : "") + std::string(Names[i]);
    return text;
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string dendriteNames(const Neuron &neuron)
{
    constexpr std::size_t Most = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(Most, neuron.dendrites.size()); ++i)
        text += (i ? ", " : "") + neuron.dendrites[i].name;
    return neuron.dendrites.size() > Most ? text + ", ..." : text;
}

/// Turns rows into events, one fault at a time.
class Parser
{
public:
    Parser(const Neuron &neuron, int durationMs, char separator) :
        m_neuron(neuron), m_places(neuron), m_durationMs(durationMs), m_separator(separator)
    {
    }

    /// Before any event() is read, after header().
    Status lookAtNumbers(const CsvTable &table, const AskDecimalSign &ask, const std::string &place)
    {
        for (std::size_t i = 1; i < table.rows.size(); ++i) {
            const CsvTable::Row &row = table.rows[i];
            for (const Column column : {XColumn, TimeColumn, WeightColumn}) {
                if (row.cells.size() == Names.size())
                    m_numbers.look(cell(row, column), row.line);
            }
        }
        return m_numbers.decide(ask, place);
    }

    /// What is wrong with the header, or nothing.
    std::string header(const CsvTable::Row &row)
    {
        m_columns.fill(-1);
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const std::string name = lower(row.cells[i]);
            const auto known = std::find(Names.begin(), Names.end(), name);
            if (known == Names.end())
                return "column " + std::to_string(i + 1) + " is named '" + row.cells[i]
                    + "'. The first line must name the columns " + list() + ".";
            int &column = m_columns[static_cast<std::size_t>(known - Names.begin())];
            if (column >= 0)
                return "the column " + name + " is there twice.";
            column = static_cast<int>(i);
        }
        for (std::size_t i = 0; i < Names.size(); ++i) {
            if (m_columns[i] < 0)
                return "the column " + std::string(Names[i])
                    + " is missing. The first line must name the columns " + list() + ".";
        }
        return {};
    }

    /// What is wrong with the line, or nothing.
    std::string event(const CsvTable::Row &row, InputEvent &event)
    {
        if (row.cells.size() != Names.size()) {
            const bool more = row.cells.size() > Names.size();
            return (row.cells.size() == 1 ? "there is " : "there are ")
                + counted(static_cast<long long>(row.cells.size()), "cell") + ", but "
                + std::to_string(Names.size()) + " columns."
                + (more && m_separator == ','
                       ? " Write numbers without thousands separators and with a decimal point."
                       : "");
        }
        const std::string polarity = lower(cell(row, PolarityColumn));
        if (polarity == "excitatory" || polarity == "exc" || polarity == "e")
            event.polarity = Polarity::Excitatory;
        else if (polarity == "inhibitory" || polarity == "inh" || polarity == "i")
            event.polarity = Polarity::Inhibitory;
        else
            return fault(PolarityColumn,
                         "'" + cell(row, PolarityColumn)
                             + "' is not a polarity. Write excitatory or "
                               "inhibitory.");
        const std::optional<int> dendrite = dendriteNamed(m_neuron, cell(row, DendriteColumn));
        if (!dendrite)
            return fault(DendriteColumn,
                         "there is no dendrite '" + cell(row, DendriteColumn)
                             + "'. The neuron has: " + dendriteNames(m_neuron) + ".");
        double x = 0.0;
        double ms = 0.0;
        for (const auto &[column, value] : {std::pair{XColumn, &x}, std::pair{TimeColumn, &ms},
                                            std::pair{WeightColumn, &event.weight}}) {
            const Result<double> number = m_numbers.read(cell(row, column));
            if (!number)
                return fault(column, number.error().message + ".");
            *value = *number;
        }
        if (x < 0.0 || x > 1.0)
            return fault(XColumn,
                         formatNumber(x)
                             + " is not on the dendrite. Write 0 (near end) to 1 (far "
                               "end).");
        if (ms != std::floor(ms))
            return fault(TimeColumn,
                         formatNumber(ms) + " is not a whole number of ms; input comes per ms.");
        if (ms < 0.0)
            return fault(TimeColumn, formatNumber(ms) + " is before the run begins at 0 ms.");
        if (ms >= m_durationMs)
            return fault(TimeColumn,
                         formatNumber(ms) + " is not before the run ends at "
                             + std::to_string(m_durationMs)
                             + " ms. Make the duration longer first.");
        if (!(event.weight > 0.0) || event.weight > MaxStimulusWeight)
            return fault(WeightColumn,
                         formatNumber(event.weight) + " is not a weight. Write a number above 0, "
                             + formatNumber(MaxStimulusWeight)
                             + " at most; inhibition is a polarity of its own.");
        event.timeMs = static_cast<int>(ms);
        m_places.put(event, {*dendrite, x});
        return {};
    }

private:
    [[nodiscard]] const std::string &cell(const CsvTable::Row &row, Column column) const
    {
        return row.cells[static_cast<std::size_t>(m_columns[column])];
    }
    [[nodiscard]] std::string fault(Column column, const std::string &what) const
    {
        return "column " + std::to_string(m_columns[column] + 1) + " (" + std::string(Names[column])
            + "): " + what;
    }

    const Neuron &m_neuron;
    EventPlaces m_places;
    int m_durationMs;
    char m_separator;
    std::array<int, ColumnCount> m_columns{};
    CsvNumbers m_numbers;
};

/// A sentence about the faulty lines behind the first; the first few by their numbers.
std::string alsoWrong(const std::vector<int> &lines)
{
    constexpr std::size_t Named = 5;
    if (lines.size() < 2)
        return {};
    std::string text = lines.size() == 2 ? " Also wrong: line " : " Also wrong: lines ";
    for (std::size_t i = 1; i < lines.size() && i <= Named; ++i)
        text += (i > 1 ? ", " : "") + std::to_string(lines[i]);
    if (lines.size() > Named + 1)
        text += " and " + std::to_string(lines.size() - Named - 1) + " more";
    return text + ".";
}

} // namespace

std::string eventsAsCsv(const std::vector<InputEvent> &events, const Neuron &neuron)
{
    const EventPlaces places(neuron);
    std::string text;
    for (std::size_t i = 0; i < Names.size(); ++i)
        text += (i ? "," : "") + std::string(Names[i]);
    text += '\n';
    for (const InputEvent &event : events) {
        const std::optional<Place> at = places.of(event);
        if (!at)
            continue;
        text += event.polarity == Polarity::Excitatory ? "excitatory" : "inhibitory";
        text += ',' + csvCellText(neuron.dendrites[static_cast<std::size_t>(at->dendrite)].name);
        text += ',' + formatNumber(at->x) + ',' + std::to_string(event.timeMs) + ','
            + formatNumber(event.weight) + '\n';
    }
    return text;
}

Result<std::vector<InputEvent>> eventsFromCsv(std::string_view text, const Neuron &neuron,
                                              int durationMs, const std::string &place,
                                              const AskDecimalSign &ask)
{
    const Result<CsvTable> table = readCsv(text, place);
    if (!table)
        return table.error();
    if (table->rows.empty())
        return Error{ErrorCode::Format,
                     place + " is empty. The first line must name the columns " + list() + ".",
                     place};
    Parser parser(neuron, durationMs, table->separator);
    const auto at = [&](const CsvTable::Row &row) {
        return place + ", line " + std::to_string(row.line) + ": ";
    };
    if (const std::string fault = parser.header(table->rows.front()); !fault.empty())
        return Error{ErrorCode::Format, at(table->rows.front()) + fault, place};
    if (const std::size_t lines = table->rows.size() - 1; lines > MaxPaintedEvents)
        return Error{ErrorCode::Format,
                     place + " has " + std::to_string(lines) + " events; "
                         + std::to_string(MaxPaintedEvents)
                         + " can be painted at most. Nothing was changed.",
                     place};
    if (const Status clear = parser.lookAtNumbers(*table, ask, place); !clear)
        return clear.error();
    std::vector<InputEvent> events;
    std::string first;
    std::vector<int> faulty;
    for (std::size_t i = 1; i < table->rows.size(); ++i) {
        InputEvent event;
        const std::string fault = parser.event(table->rows[i], event);
        if (!fault.empty()) {
            if (faulty.empty())
                first = at(table->rows[i]) + fault;
            faulty.push_back(table->rows[i].line);
        }
        events.push_back(event);
    }
    if (!faulty.empty())
        return Error{ErrorCode::Format, first + alsoWrong(faulty) + " Nothing was changed.", place};
    if (events.empty())
        return Error{ErrorCode::Format, place + " has a header but no events.", place};
    return events;
}

} // namespace dt
