// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/swc/Swc.h"

#include <map>
#include <set>

namespace dt::swc {

/// Between the two halves of the SWC reader: lines to points, points to sections.

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
    Point3 at; ///< as in the text, diam = 2 radius
};

/// Collects what a reading has to say.
class Issues
{
public:
    explicit Issues(SwcReading &reading) : m_reading(reading) { }
    void add(SwcIssueKind kind, int line, std::string message);
    [[nodiscard]] bool faulty() const { return m_reading.faultCount > 0; }
    /// Says of warnings which other lines they hold for. To be called last.
    void finish();

private:
    SwcReading &m_reading;
    std::set<SwcIssueKind> m_faultKinds;
    std::map<SwcIssueKind, std::vector<int>> m_otherLines; ///< of warnings
};

struct Lines
{
    std::vector<Point> points; ///< in the order of the text; those with faults have useless values
    bool complete = true; ///< no line was so faulty that its id or parent is unknown
};

/// Every line that is a point. Faults of single lines.
Lines parsePoints(std::string_view text, Issues &issues);

/// Finds the parents and puts the points in order, by id and parents first. Faults of ids and
/// parents; empty when there are any.
std::vector<Point> orderPoints(Lines lines, Issues &issues);

/// What Import3d would make of ordered points; faults of the cell as a whole.
std::optional<SwcMorphology> buildMorphology(const std::vector<Point> &points,
                                             const SwcOptions &options, Issues &issues);

} // namespace dt::swc
