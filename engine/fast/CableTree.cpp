// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fast/CableTree.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dt {

namespace {

constexpr double MohmPerOhmCmPerUm = 0.01; ///< ohm cm x um / um2 = 1e4 ohm

/// Half a cylinder of this length, from its centre to an end.
double halfCylinderMohm(double lengthUm, double diamUm, double raOhmCm)
{
    const double crossUm2 = std::numbers::pi * diamUm * diamUm / 4.0;
    return raOhmCm * lengthUm / 2.0 / crossUm2 * MohmPerOhmCmPerUm;
}

SegmentGeometry cylinderSegment(double lengthUm, double diamUm, double raOhmCm)
{
    const double half = halfCylinderMohm(lengthUm, diamUm, raOhmCm);
    return {std::numbers::pi * diamUm * lengthUm, half, half};
}

/// The line along 3-D points: where each lies, and the diameter there. NEURON keeps coordinates as
/// floats and squares their differences as floats.
struct Line
{
    std::vector<double> arcUm;
    std::vector<double> diamUm;

    explicit Line(const std::vector<Point3> &points)
    {
        for (std::size_t i = 0; i < points.size(); ++i) {
            double arc = 0.0;
            if (i > 0) {
                const float x =
                    static_cast<float>(points[i].x) - static_cast<float>(points[i - 1].x);
                const float y =
                    static_cast<float>(points[i].y) - static_cast<float>(points[i - 1].y);
                const float z =
                    static_cast<float>(points[i].z) - static_cast<float>(points[i - 1].z);
                arc = arcUm.back() + std::sqrt(static_cast<double>(x * x + y * y + z * z));
            }
            arcUm.push_back(arc);
            diamUm.push_back(std::abs(static_cast<double>(static_cast<float>(points[i].diam))));
        }
    }
};

/// Walks along the line and adds up frusta. Half a segment at a time.
class FrustaWalk
{
public:
    explicit FrustaWalk(const Line &line) :
        m_line(line), m_x(line.arcUm.front()), m_diam(line.diamUm.front())
    {
    }

    struct Sum
    {
        double area = 0.0; ///< needs the factor pi / 2 [um2]
        double perDiam2 = 0.0; ///< integral of dx / diam^2 [1/um]
    };

    Sum advanceTo(double end)
    {
        Sum sum;
        for (;;) {
            const std::size_t next = m_point + 1;
            const bool last = next + 1 >= m_line.arcUm.size();
            double x = end;
            double diam = 0.0;
            bool passes = false;
            if (last || m_line.arcUm[next] > end) {
                const double stretch = m_line.arcUm[next] - m_x;
                const double share = std::abs(stretch) < 1.0e-10 ? 1.0 : (end - m_x) / stretch;
                diam = (1.0 - share) * m_diam + share * m_line.diamUm[next];
            } else {
                x = m_line.arcUm[next];
                diam = m_line.diamUm[next];
                passes = true;
            }
            // NEURON's own guards against points at one place and against zero diameters.
            const double length = std::max(x - m_x, 1.0e-15);
            double openness = diam * m_diam / length;
            if (openness == 0.0)
                openness = 1.0e-15;
            sum.perDiam2 += 1.0 / openness;
            sum.area += (diam + m_diam) * std::hypot(length, (diam - m_diam) / 2.0);
            m_x = x;
            m_diam = diam;
            if (!passes)
                return sum;
            m_point = next;
        }
    }

private:
    const Line &m_line;
    std::size_t m_point = 0;
    double m_x;
    double m_diam;
};

std::vector<SegmentGeometry> frustaSegments(const Dendrite &dendrite, double raOhmCm)
{
    const Line line(dendrite.points);
    const double step = line.arcUm.back() / dendrite.segments;
    const double toMohm = 4.0 * raOhmCm / std::numbers::pi * MohmPerOhmCmPerUm;
    FrustaWalk walk(line);
    std::vector<SegmentGeometry> segments;
    for (int i = 0; i < dendrite.segments; ++i) {
        const FrustaWalk::Sum first = walk.advanceTo(i * step + step / 2.0);
        const FrustaWalk::Sum second = walk.advanceTo(i * step + step / 2.0 + step / 2.0);
        segments.push_back({(first.area + second.area) * std::numbers::pi / 2.0,
                            first.perDiam2 * toMohm, second.perDiam2 * toMohm});
    }
    return segments;
}

/// The tree with a node at every end of every section, before those that are not needed are left
/// out.
class FullTree
{
public:
    explicit FullTree(const Neuron &neuron) : m_neuron(neuron)
    {
        const SegmentGeometry soma =
            cylinderSegment(neuron.soma.lengthUm, neuron.soma.diamUm, neuron.membrane.raOhmCm);
        nodes.push_back({-1, 0.0, soma.areaUm2});
        nodes.push_back({0, 1.0 / soma.proximalMohm, 0.0});
        nodes.push_back({0, 1.0 / soma.distalMohm, 0.0});
        m_sections.resize(neuron.dendrites.size());
        int previous = SomaIndex;
        for (const SegmentRef &row : segmentRows(neuron)) {
            if (row.dendrite != previous)
                add(row.dendrite);
            previous = row.dendrite;
            nodeOfRow.push_back(m_sections[static_cast<std::size_t>(row.dendrite)].first
                                + row.segment);
        }
    }

    std::vector<CableNode> nodes;
    std::vector<int> nodeOfRow;

private:
    struct Section
    {
        int begin = 0; ///< the node that it hangs on
        int first = 0; ///< its first segment; the others follow, then its end
    };

    [[nodiscard]] int nodeAt(int dendrite, double x) const
    {
        if (dendrite == SomaIndex)
            return x == 0.0 ? 1 : x == 1.0 ? 2 : 0;
        const auto index = static_cast<std::size_t>(dendrite);
        const Dendrite &section = m_neuron.dendrites[index];
        if (x == 0.0)
            return m_sections[index].begin;
        return m_sections[index].first + (x == 1.0 ? section.segments : segmentAt(section, x));
    }

    void add(int index)
    {
        const Dendrite &dendrite = m_neuron.dendrites[static_cast<std::size_t>(index)];
        Section &section = m_sections[static_cast<std::size_t>(index)];
        section.begin = nodeAt(dendrite.parent, dendrite.parentX);
        section.first = static_cast<int>(nodes.size());
        int parent = section.begin;
        double before = 0.0;
        for (const SegmentGeometry &segment :
             segmentGeometry(dendrite, m_neuron.membrane.raOhmCm)) {
            nodes.push_back({parent, 1.0 / (before + segment.proximalMohm), segment.areaUm2});
            parent = static_cast<int>(nodes.size()) - 1;
            before = segment.distalMohm;
        }
        nodes.push_back({parent, 1.0 / before, 0.0});
    }

    const Neuron &m_neuron;
    std::vector<Section> m_sections;
};

} // namespace

std::vector<SegmentGeometry> segmentGeometry(const Dendrite &dendrite, double raOhmCm)
{
    if (dendrite.points.size() >= 2)
        return frustaSegments(dendrite, raOhmCm);
    return std::vector<SegmentGeometry>(
        static_cast<std::size_t>(dendrite.segments),
        cylinderSegment(dendrite.lengthUm / dendrite.segments, dendrite.diamUm, raOhmCm));
}

CableTree cableTree(const Neuron &neuron)
{
    FullTree full(neuron);
    std::vector<int> children(full.nodes.size(), 0);
    for (const CableNode &node : full.nodes) {
        if (node.parent >= 0)
            ++children[static_cast<std::size_t>(node.parent)];
    }

    CableTree tree;
    std::vector<int> place(full.nodes.size(), -1); // where a node of the full tree went
    for (std::size_t i = 0; i < full.nodes.size(); ++i) {
        CableNode node = full.nodes[i];
        if (node.areaUm2 == 0.0 && children[i] < 2)
            continue; // an open end, or a way through
        if (node.parent >= 0) {
            const CableNode &parent = full.nodes[static_cast<std::size_t>(node.parent)];
            if (parent.areaUm2 == 0.0 && children[static_cast<std::size_t>(node.parent)] < 2) {
                node.toParentUs = 1.0 / (1.0 / node.toParentUs + 1.0 / parent.toParentUs);
                node.parent = parent.parent;
            }
            node.parent = place[static_cast<std::size_t>(node.parent)];
        }
        place[i] = static_cast<int>(tree.nodes.size());
        tree.nodes.push_back(node);
    }
    for (const int node : full.nodeOfRow)
        tree.nodeOfRow.push_back(place[static_cast<std::size_t>(node)]);
    return tree;
}

} // namespace dt
