// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/swc/Swc.h"

#include <map>
#include <set>

namespace dt::swc {

/// What the two halves of the SWC reader share: one turns lines into points, the other points into
/// sections.

inline constexpr int SomaType = 1;
inline constexpr int AxonType = 2;
inline constexpr int DendriteType = 3;
inline constexpr int ApicalType = 4;

struct Point
{
    long long id = 0;
    long long parentId = -1;
    int parent = -1; ///< index into the points, always smaller than the point's own
    int type = DendriteType;
    int line = 0;
    Point3 at; ///< as in the text [um], diam = 2 radius
};

/// Collects the faults and warnings of a reading.
class Issues
{
public:
    explicit Issues(SwcReading &reading) : m_reading(reading) { }
    void add(SwcIssueKind kind, int line, std::string message);
    [[nodiscard]] bool faulty() const { return m_reading.faultCount > 0; }
    /// Adds to every warning which other lines it holds for. To be called last.
    void finish();

private:
    SwcReading &m_reading;
    std::set<SwcIssueKind> m_faultKinds;
    /// Lines that warnings hold for, besides their first.
    std::map<SwcIssueKind, std::vector<int>> m_otherLines;
};

struct Lines
{
    std::vector<Point> points; ///< in the order of the text; those with faults have useless values
    bool complete = true; ///< no line was so faulty that its id or parent is unknown
};

/// Reads every line that is a point; adds the faults of single lines.
Lines parsePoints(std::string_view text, Issues &issues);

/// Finds the parents and puts the points in order, by id and parents first. Adds the faults of ids
/// and parents; empty when there are any.
std::vector<Point> orderPoints(Lines lines, Issues &issues);

/// What Import3d would make of ordered points; adds the faults of the cell as a whole.
std::optional<SwcMorphology> buildMorphology(const std::vector<Point> &points,
                                             const SwcOptions &options, Issues &issues);

} // namespace dt::swc
