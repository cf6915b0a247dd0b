// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cell/CellShape.h"

#include "engine/cell/Frusta.h"
#include "engine/cell/tree/TreePoints.h"

#include <QLineF>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace dt {

namespace {

constexpr double Pi = std::numbers::pi;
/// Angle that a single dendrite of the soma and its branches may spread over.
constexpr double LoneWedge = 140.0 / 180.0 * Pi;
/// Angle between a dendrite and a branch that leaves it on the way.
constexpr double SideAngle = 50.0 / 180.0 * Pi;

struct Wedge
{
    double from = 0.0;
    double to = 0.0;
    [[nodiscard]] double middle() const { return (from + to) / 2.0; }
    [[nodiscard]] double width() const { return to - from; }
};

QPointF along(double angle)
{
    return {std::cos(angle), std::sin(angle)};
}

} // namespace

CellLayout::Branch branchAlong(const Dendrite &dendrite, QPolygonF line)
{
    CellLayout::Branch branch;
    branch.line = std::move(line);
    if (dendrite.points.size() != static_cast<std::size_t>(branch.line.size())) {
        branch.share = {0.0, 1.0};
        branch.half = {dendrite.diamUm / 2.0, dendrite.diamUm / 2.0};
        return branch;
    }
    double length = 0.0;
    for (std::size_t i = 0; i < dendrite.points.size(); ++i) {
        if (i > 0) {
            const Point3 &a = dendrite.points[i - 1];
            const Point3 &b = dendrite.points[i];
            length += std::hypot(b.x - a.x, b.y - a.y, b.z - a.z);
        }
        branch.share.push_back(length);
        branch.half.push_back(dendrite.points[i].diam / 2.0);
    }
    for (double &share : branch.share)
        share /= length;
    branch.share.back() = 1.0;
    return branch;
}

void layOutShape(const Neuron &neuron, CellLayout &layout)
{
    const std::size_t n = neuron.dendrites.size();
    layout.soma = QRectF(-neuron.soma.lengthUm / 2.0, -neuron.soma.diamUm / 2.0,
                         neuron.soma.lengthUm, neuron.soma.diamUm);
    layout.branches.assign(n, {});

    // Room is shared out by the number of tips. Parents come first in the list, so two passes are
    // enough.
    std::vector<double> tips(n, 0.0);
    std::vector<int> ends(n, 0); // branches at the very end
    for (std::size_t i = n; i-- > 0;) {
        if (tips[i] == 0.0)
            tips[i] = 1.0;
        const int parent = neuron.dendrites[i].parent;
        if (parent != SomaIndex) {
            tips[static_cast<std::size_t>(parent)] += tips[i];
            ends[static_cast<std::size_t>(parent)] += neuron.dendrites[i].parentX >= 0.999;
        }
    }
    std::vector<double> roots;
    double all = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        if (neuron.dendrites[i].parent == SomaIndex) {
            all += tips[i];
            roots.push_back(tips[i]);
        }
    }
    const bool lone = roots.size() == 1;
    std::vector<Wedge> wedge(n);
    std::vector<double> used(n, 0.0); // of the wedge, by earlier branches at the end
    std::vector<double> endTips(n, 0.0);
    std::vector<int> sides(n, 0);
    for (std::size_t i = 0; i < n; ++i) {
        if (neuron.dendrites[i].parent != SomaIndex && neuron.dendrites[i].parentX >= 0.999)
            endTips[static_cast<std::size_t>(neuron.dendrites[i].parent)] += tips[i];
    }
    // The first root points to the right, the others follow round the soma.
    double turn = lone || roots.empty() ? -LoneWedge / 2.0 : -Pi * roots.front() / all;
    for (std::size_t i = 0; i < n; ++i) {
        const Dendrite &d = neuron.dendrites[i];
        CellLayout::Branch &branch = layout.branches[i];
        double angle = 0.0;
        QPointF attach;
        if (d.parent == SomaIndex) {
            const double width = lone ? LoneWedge : 2.0 * Pi * tips[i] / all;
            wedge[i] = {turn, turn + width};
            turn += width;
            angle = wedge[i].middle();
            const Point3 edge = somaEdge(neuron.soma, -angle);
            attach = QPointF(edge.x, -edge.y);
        } else {
            const auto parent = static_cast<std::size_t>(d.parent);
            const QPointF heading = layout.directionAt({d.parent, d.parentX});
            const double straight = std::atan2(heading.y(), heading.x());
            attach = layout.pointAt({d.parent, d.parentX});
            const double room = std::clamp(wedge[parent].width(), 0.35, Pi);
            if (d.parentX >= 0.999) {
                const double share = tips[i] / endTips[parent];
                const double from = straight - room / 2.0 + room * used[parent];
                used[parent] += share;
                wedge[i] = {from, from + room * share};
                angle = wedge[i].middle();
            } else { // alternately to both sides
                const double side = sides[parent]++ % 2 == 0 ? -1.0 : 1.0;
                angle = straight + side * SideAngle;
                wedge[i] = {angle - room / 4.0, angle + room / 4.0};
            }
        }
        QPolygonF line;
        for (const Point3 &p : d.points)
            line << QPointF(p.x, -p.y);
        if (line.isEmpty())
            line << attach << attach + along(angle) * d.lengthUm;
        branch = branchAlong(d, line);
        const QPointF from = d.parent == SomaIndex ? layout.soma.center() : attach;
        if (QLineF(from, branch.line.front()).length() > 1e-6)
            branch.link = QPolygonF{from, branch.line.front()};
    }
}

void drawAsShown(Neuron &neuron)
{
    const CellLayout layout = layOutCell(neuron, CellLayout::Mode::Shape);
    for (std::size_t i = 0; i < neuron.dendrites.size(); ++i) {
        Dendrite &d = neuron.dendrites[i];
        if (!d.points.empty())
            continue;
        const double z = d.parent == SomaIndex
            ? 0.0
            : pointOn(neuron.dendrites[static_cast<std::size_t>(d.parent)].points, d.parentX).z;
        const QPolygonF &line = layout.branches[i].line;
        const double length = d.lengthUm;
        const double diam = d.diamUm;
        setPoints(d,
                  {{line.front().x(), -line.front().y(), z, diam},
                   {line.back().x(), -line.back().y(), z, diam}});
        d.lengthUm = length; // to the last digit, as nothing was edited
        d.diamUm = diam;
    }
}

} // namespace dt
