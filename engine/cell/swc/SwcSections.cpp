// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Index.h"
#include "engine/base/NumberText.h"
#include "engine/base/Words.h"
#include "engine/cell/Cable.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Validation.h"
#include "engine/cell/swc/SwcPoints.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace dt::swc {

namespace {

using K = SwcIssueKind;

/// Points [first, end) in a row, preceded by the parent's point where there is a parent section.
struct Section
{
    int first = 0;
    int end = 0;
    int type = 0;
    int parent = -1; ///< index of the section
    double parentX = 1.0;
    /// The stretch from the parent's point is a connection only, without membrane.
    bool wire = false;
    std::vector<Point3> points;
};

/// The rules by which NEURON's Import3d cuts points into sections.
class Cutter
{
public:
    Cutter(const std::vector<Point> &points, Issues &issues) :
        m_points(points), m_issues(issues) { }

    std::vector<Section> cut();

private:
    void countChildren();
    void joinSoma();
    void findEnds();
    void attach(Section &section, const std::vector<Section> &sections) const;

    [[nodiscard]] int count() const { return static_cast<int>(m_points.size()); }
    [[nodiscard]] bool isSoma(int i) const { return m_points[at(i)].type == SomaType; }
    [[nodiscard]] int parent(int i) const { return m_points[at(i)].parent; }
    [[nodiscard]] bool isSphere() const;

    const std::vector<Point> &m_points;
    Issues &m_issues;
    /// A section ends after a point unless this is 100: its only child is the next point and of the
    /// same type. A next point counts 100, any other child 101, a change of type 1 more.
    std::vector<int> m_weight;
    std::vector<int> m_somaChildren;
    /// Hangs on the 0 end of its parent's section, whose first own point its parent is.
    std::vector<bool> m_onProximal;
    std::vector<int> m_sectionOf;
    bool m_sphere = false; ///< three points that stand for a sphere
};

void Cutter::countChildren()
{
    m_weight.assign(m_points.size(), 0);
    m_somaChildren.assign(m_points.size(), 0);
    m_onProximal.assign(m_points.size(), false);
    for (int i = 1; i < count(); ++i) {
        const int p = parent(i);
        m_weight[at(p)] += p == i - 1 ? 100 : 101;
        if (p != i - 1) {
            // A branch at the first point of a dendrite that a wire joins to the soma must not cut
            // that dendrite after one point. The very first points are an exception of Import3d's.
            const bool first = p > 1 ? !isSoma(p) && isSoma(parent(p)) : p == 0 && !isSoma(0);
            if (first) {
                m_onProximal[at(i)] = true;
                m_weight[at(p)] = 100;
            }
        }
        if (m_points[at(p)].type != m_points[at(i)].type)
            ++m_weight[at(p)];
        else if (isSoma(i))
            ++m_somaChildren[at(p)];
    }
}

/// The convention of neuromorpho.org: a middle point and two that are a radius away from it, all of
/// one radius, mean a sphere.
bool Cutter::isSphere() const
{
    const auto isType = [](const Point &p) { return p.type == SomaType; };
    if (count() < 3 || std::count_if(m_points.begin(), m_points.end(), isType) != 3)
        return false;
    const Point3 &middle = m_points[0].at;
    double length = 0.0;
    for (const int i : {1, 2}) {
        const Point3 &end = m_points[at(i)].at;
        if (parent(i) != 0 || !isSoma(i) || m_weight[at(i)] != 0 || end.diam != middle.diam)
            return false;
        length += std::hypot(end.x - middle.x, end.y - middle.y, end.z - middle.z);
    }
    return isSoma(0) && std::abs(length / middle.diam - 1.0) < 0.01;
}

void Cutter::joinSoma()
{
    m_sphere = isSphere();
    // Dendrites do not cut a soma, only its own branches do.
    for (int i = 0; i + 1 < count(); ++i) {
        const bool next = parent(i + 1) == i || (m_sphere && i == 1);
        if (isSoma(i) && isSoma(i + 1) && next && (i == 0 || m_somaChildren[at(i)] <= 1))
            m_weight[at(i)] = 100;
    }
}

void Cutter::findEnds()
{
    m_sectionOf.assign(m_points.size(), 0);
    std::vector<std::vector<int>> children(m_points.size());
    for (int i = 1; i < count(); ++i) {
        if (parent(i) >= 0)
            children[at(parent(i))].push_back(i);
    }
    int section = 0;
    for (int i = 1; i < count(); ++i) {
        bool ends = m_weight[at(i - 1)] != 100;
        if (!ends && parent(i) != i - 1 && !(m_sphere && i == 2)) {
            // Cut, and let the branches hang on the end of the short section.
            ends = true;
            m_issues.add(K::UnlikeImport3d, m_points[at(i)].line,
                         "NEURON's Import3d would make this point continue the branch in the line "
                         "before, on which it does not hang. It was read as the file has it.");
            for (const int j : children[at(i - 1)])
                m_onProximal[at(j)] = false;
        }
        if (ends)
            ++section;
        m_sectionOf[at(i)] = section;
    }
}

/// Where a section starts on its parent, and whether the way there belongs to it.
void Cutter::attach(Section &section, const std::vector<Section> &sections) const
{
    const int p = parent(section.first);
    section.parent = m_sectionOf[at(p)];
    const Section &on = sections[at(section.parent)];
    const bool severalPoints = section.end - section.first > 1;
    const bool root = section.parent == 0;
    if (on.type == SomaType) {
        const bool dendrite = section.type != SomaType;
        const bool somaBranch = m_somaChildren[at(p)] > 1;
        const int last = on.end - 1;
        if (root && dendrite && (m_sphere || on.end - on.first == 1)) {
            section.parentX = 0.5;
            section.wire = severalPoints;
        } else if (root && p == 0) {
            section.parentX = 0.0;
            section.wire = dendrite && somaBranch;
        } else if (p < last) {
            section.parentX = 0.5;
            section.wire = dendrite && severalPoints;
        } else {
            section.wire = dendrite && severalPoints && somaBranch;
        }
    } else if (root && p == 0) {
        section.parentX = 0.0;
    }
    if (m_onProximal[at(section.first)])
        section.parentX = 0.0;

    if (!section.wire)
        section.points.push_back(m_points[at(p)].at);
    for (int i = section.first; i < section.end; ++i)
        section.points.push_back(m_points[at(i)].at);
    if (on.type == SomaType && section.type != SomaType && !section.wire)
        section.points[0].diam = section.points[1].diam; // not as thick as the soma
}

std::vector<Section> Cutter::cut()
{
    countChildren();
    joinSoma();
    findEnds();
    std::vector<Section> sections;
    for (int first = 0; first < count();) {
        Section section;
        section.first = first;
        section.type = m_points[at(first)].type;
        section.end = first + 1;
        while (section.end < count() && m_sectionOf[at(section.end)] == m_sectionOf[at(first)])
            ++section.end;
        first = section.end;
        if (!sections.empty()) {
            attach(section, sections);
        } else {
            for (int i = 0; i < (m_sphere ? 1 : section.end); ++i)
                section.points.push_back(m_points[at(i)].at);
            if (section.points.size() == 1) { // a sphere, as a cylinder of the same area
                const Point3 c = section.points[0];
                section.points = {{c.x - c.diam / 2.0, c.y, c.z, c.diam},
                                  c,
                                  {c.x + c.diam / 2.0, c.y, c.z, c.diam}};
            }
        }
        sections.push_back(std::move(section));
    }
    return sections;
}

/// Leaves sections without length out. Their branches move to where they hung.
void dropEmpty(std::vector<Section> &sections, const std::vector<Point> &points, Issues &issues)
{
    const auto isEmpty = [](const Section &s) {
        const bool root = s.parent < 0;
        return !(arcLengthUm(s.points) > 0.0) && !(root && s.type == SomaType);
    };
    std::vector<int> place(sections.size(), -1);
    std::vector<Section> kept;
    kept.reserve(sections.size());
    for (std::size_t i = 0; i < sections.size(); ++i) {
        Section &section = sections[i];
        while (section.parent >= 0 && place[at(section.parent)] < 0) {
            const Section &gone = sections[at(section.parent)];
            section.parentX = gone.parentX;
            section.parent = gone.parent;
        }
        if (isEmpty(section)) {
            issues.add(K::ZeroLengthSection, points[at(section.first)].line,
                       "The branch that begins here has no length. It was left out; what hangs on "
                       "it hangs on its parent.");
            continue;
        }
        place[i] = static_cast<int>(kept.size());
        kept.push_back(section); // not moved: later sections may ask a gone one
    }
    for (Section &section : kept) {
        if (section.parent >= 0)
            section.parent = place[at(section.parent)];
    }
    sections = std::move(kept);
}

bool mendRadii(std::vector<Point> &points, Issues &issues)
{
    // What a point without radius takes from the points after it, where its parent has none.
    std::vector<double> below(points.size(), 0.0);
    for (std::size_t i = points.size(); i-- > 1;) {
        const Point &p = points[i];
        const double own = p.at.diam > 0.0 ? p.at.diam : below[i];
        if (own > 0.0 && points[at(p.parent)].type == p.type)
            below[at(p.parent)] = own;
    }
    bool whole = true;
    for (std::size_t i = 0; i < points.size(); ++i) {
        Point &p = points[i];
        if (p.at.diam > 0.0)
            continue;
        const bool sameType = p.parent >= 0 && points[at(p.parent)].type == p.type;
        const double diam = sameType ? points[at(p.parent)].at.diam : below[i];
        if (!(diam > 0.0)) {
            whole = false;
            issues.add(K::RadiusOutOfRange, p.line,
                       "The radius is 0, and no neighbour of the same type has one. Write the "
                       "measured radius.");
            continue;
        }
        p.at.diam = diam;
        issues.add(K::ZeroRadius, p.line,
                   "The radius is 0; the " + rounded(diam / 2.0)
                       + " um of the neighbouring point were taken.");
    }
    return whole;
}

/// Soma points form one piece that starts at the root.
bool checkSoma(const std::vector<Point> &points, const SwcOptions &options, Issues &issues)
{
    const bool rootIsSoma = points[0].type == SomaType;
    bool good = true;
    bool found = rootIsSoma;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point &p = points[i];
        if (p.type != SomaType || points[at(p.parent)].type == SomaType)
            continue;
        good = false;
        if (found)
            issues.add(K::SomaInSeveralPlaces, p.line,
                       "Another piece of soma (type 1) begins here, below a branch. A cell has one "
                       "soma: change the type of these points to 3.");
        else
            issues.add(K::SomaNotAtRoot, p.line,
                       "The soma (type 1) begins here, but the root in line "
                           + std::to_string(points[0].line)
                           + " is a branch. Make a soma point the root, for example with the "
                             "program that traced the cell.");
        found = true;
    }
    if (!found && !options.addSomaUm)
        issues.add(K::NoSoma, points[0].line,
                   "The root is of type " + std::to_string(points[0].type)
                       + ", and no point is soma (type 1). Add a soma at the root.");
    return good && (found || options.addSomaUm);
}

std::string kindName(int type)
{
    switch (type) {
    case SomaType:
        return "soma";
    case AxonType:
        return "axon";
    case DendriteType:
        return "dend";
    case ApicalType:
        return "apic";
    default:
        return type < 0 ? "minus_" + std::to_string(-static_cast<long long>(type))
                        : "dend_" + std::to_string(type);
    }
}

void remarkPoints(const std::vector<Point> &points, Issues &issues)
{
    std::map<int, std::pair<int, int>> unknown; // type: first line, points
    for (const Point &p : points) {
        if (p.type < SomaType || p.type > ApicalType)
            ++unknown.try_emplace(p.type, p.line, 0).first->second.second;
        if (p.parent < 0)
            continue;
        const Point &on = points[at(p.parent)];
        // Dendrites may start at the soma's point, and thickness may change in a step; else it is
        // a slip of tracing.
        if (on.type == p.type && on.at == p.at)
            issues.add(K::SamePlace, p.line,
                       "The point is at the place of its parent. It was kept and adds no length.");
    }
    constexpr std::size_t Named = 20;
    std::size_t said = 0;
    for (const auto &[type, where] : unknown) {
        if (++said > Named) {
            issues.add(K::UnknownType, where.first,
                       counted(static_cast<long long>(unknown.size() - Named), "more type")
                           + " of points, from " + std::to_string(type)
                           + " on, were read as dendrites likewise.");
            break;
        }
        issues.add(K::UnknownType, where.first,
                   "Type " + std::to_string(type) + " is none of soma, axon, dendrite and apical "
                       + "dendrite (1 to 4). Its " + counted(where.second, "point")
                       + (where.second == 1 ? " was" : " were") + " read as dendrites named "
                       + kindName(type) + ".");
    }
}

/// One cylinder for all sections of the soma.
Soma somaCylinder(const std::vector<Section> &sections, int &count)
{
    double length = 0.0;
    double area = 0.0;
    count = 0;
    for (const Section &s : sections) {
        if (s.type != SomaType)
            continue;
        ++count;
        length += arcLengthUm(s.points);
        area += frustaAreaUm2(s.points);
    }
    return {length, area / (std::numbers::pi * length)};
}

/// Half way along the soma's first section.
Point3 middleOf(const std::vector<Point3> &points)
{
    double left = arcLengthUm(points) / 2.0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point3 &a = points[i - 1];
        const Point3 &b = points[i];
        const double length = std::hypot(b.x - a.x, b.y - a.y, b.z - a.z);
        if (left <= length && length > 0.0) {
            const double f = left / length;
            return {a.x + f * (b.x - a.x), a.y + f * (b.y - a.y), a.z + f * (b.z - a.z), 0.0};
        }
        left -= length;
    }
    return points.front();
}

bool checkSize(const Soma &soma, Issues &issues, int line)
{
    const ParameterInfo &length = *findParameter("soma_L_um");
    const ParameterInfo &diam = *findParameter("soma_diam_um");
    if (soma.lengthUm >= length.min && soma.lengthUm <= length.max && soma.diamUm >= diam.min
        && soma.diamUm <= diam.max)
        return true;
    issues.add(K::SomaOutOfRange, line,
               "As a cylinder the soma would be "
                   + roundedOutside(soma.lengthUm, length.min, length.max) + " x "
                   + roundedOutside(soma.diamUm, diam.min, diam.max) + " um; each may be "
                   + formatNumber(length.min) + " to " + formatNumber(length.max)
                   + " um. Check the radius and the distances of its points.");
    return false;
}

bool checkSize(const Dendrite &d, Issues &issues, int line)
{
    const double maxLength = findParameter("dend_L_um")->max;
    const double maxDiam = findParameter("dend_diam_um")->max;
    if (d.lengthUm >= MinDrawnUm && d.lengthUm <= maxLength && d.diamUm >= MinDrawnUm
        && d.diamUm <= maxDiam)
        return true;
    issues.add(K::SectionOutOfRange, line,
               "The branch that begins here would be "
                   + roundedOutside(d.lengthUm, MinDrawnUm, maxLength) + " um long and "
                   + roundedOutside(d.diamUm, MinDrawnUm, maxDiam) + " um thick; it may be "
                   + formatNumber(MinDrawnUm) + " to " + formatNumber(maxLength) + " um long and "
                   + formatNumber(MinDrawnUm) + " to " + formatNumber(maxDiam)
                   + " um thick. Check its coordinates and radii.");
    return false;
}

/// Points relative to the soma; repeats of place and diameter, which mean nothing, once.
std::vector<Point3> relative(const std::vector<Point3> &points, const Point3 &origin)
{
    std::vector<Point3> moved;
    moved.reserve(points.size());
    for (const Point3 &p : points) {
        const Point3 m{p.x - origin.x, p.y - origin.y, p.z - origin.z, p.diam};
        if (moved.empty() || !(m == moved.back()))
            moved.push_back(m);
    }
    return moved;
}

void addDendrites(const std::vector<Section> &sections, const std::vector<Point> &points,
                  SwcMorphology &cell, Issues &issues)
{
    std::map<int, int> counts; // of sections, by type
    std::vector<int> indexOf(sections.size(), SomaIndex);
    int axons = 0;
    int axonLine = 0;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        const Section &s = sections[i];
        if (s.type == SomaType)
            continue;
        const int line = points[at(s.first)].line;
        if (s.type == AxonType && axons++ == 0)
            axonLine = line;
        Dendrite d;
        d.name = kindName(s.type) + "[" + std::to_string(counts[s.type]++) + "]";
        d.parent = s.parent < 0 ? SomaIndex : indexOf[at(s.parent)];
        // A soma that was added or put together has no ends of its own to tell.
        const bool middle = s.parent < 0 || (d.parent == SomaIndex && cell.somaSections != 1);
        d.parentX = middle ? 0.5 : s.parentX;
        d.segments = 1;
        setPoints(d, relative(s.points, cell.somaCentre));
        checkSize(d, issues, line);
        indexOf[i] = static_cast<int>(cell.dendrites.size());
        cell.dendrites.push_back(std::move(d));
    }
    if (axons > 0)
        issues.add(K::AxonIsPassive, axonLine,
                   counted(axons, "axon section became a passive branch",
                           "axon sections became passive branches")
                       + " that can carry synapses, like dendrites. Delete them where they are not "
                         "wanted.");
}

} // namespace

std::optional<SwcMorphology> buildMorphology(const std::vector<Point> &given,
                                             const SwcOptions &options, Issues &issues)
{
    std::vector<Point> points = given;
    const bool radii = mendRadii(points, issues);
    if (!checkSoma(points, options, issues) || !radii)
        return std::nullopt;
    remarkPoints(points, issues);

    std::vector<Section> sections = Cutter(points, issues).cut();
    dropEmpty(sections, points, issues);
    if (sections.size() > at(MaxSegments)) {
        issues.add(K::TooManySections, 0,
                   "The cell has " + std::to_string(sections.size()) + " sections, more than the "
                       + std::to_string(MaxSegments)
                       + " segments that are simulated. Delete small branches or the axon.");
        return std::nullopt;
    }

    SwcMorphology cell;
    cell.points = static_cast<int>(points.size());
    if (points[0].type == SomaType) {
        cell.soma = somaCylinder(sections, cell.somaSections);
        cell.somaCentre = middleOf(sections[0].points);
    } else {
        cell.soma = {*options.addSomaUm, *options.addSomaUm};
        cell.somaCentre = points[0].at;
        cell.somaSections = 0;
        issues.add(K::SomaAdded, points[0].line,
                   "A soma of " + formatNumber(*options.addSomaUm)
                       + " um was added at the root, as the file has none.");
    }
    cell.somaCentre.diam = 0.0;
    if (!checkSize(cell.soma, issues, points[0].line))
        return std::nullopt;
    if (cell.somaSections > 1)
        issues.add(K::SeveralSomaSections, points[0].line,
                   "The soma is branched: " + std::to_string(cell.somaSections)
                       + " sections. It became one cylinder of their length and area, and what "
                         "hangs on it hangs on its middle.");
    addDendrites(sections, points, cell, issues);
    if (cell.dendrites.empty())
        issues.add(K::NoDendrite, 0,
                   "The cell has a soma but no dendrite, and synapses sit on dendrites. Add points "
                   "of type 3, or choose another file.");
    return cell;
}

} // namespace dt::swc
