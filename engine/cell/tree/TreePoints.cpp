// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/tree/TreePoints.h"

#include "engine/cell/Frusta.h"

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

Point3 between(const Point3 &a, const Point3 &b, double share)
{
    return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share, a.z + (b.z - a.z) * share,
            a.diam + (b.diam - a.diam) * share};
}

/// A straight line that goes on from `b` as the line from `a` to `b` did.
std::vector<Point3> goingOn(const Point3 &a, const Point3 &b, double length, double diam)
{
    const double step = distanceUm(a, b);
    Point3 end = between(a, b, step > 0.0 ? 1.0 + length / step : 1.0);
    if (!(step > 0.0))
        end.x += length;
    end.diam = diam;
    return {Point3{b.x, b.y, b.z, diam}, end};
}

/// By copies: the points that `from` and `to` come from move, too.
void shiftBranch(Neuron &neuron, int dendrite, Point3 from, Point3 to)
{
    // Children need not come behind it: an edit may not have put the list in order yet.
    std::vector<int> pending{dendrite};
    while (!pending.empty()) {
        const int next = pending.back();
        pending.pop_back();
        for (Point3 &p : neuron.dendrites[static_cast<std::size_t>(next)].points) {
            p.x += to.x - from.x;
            p.y += to.y - from.y;
            p.z += to.z - from.z;
        }
        for (std::size_t i = 0; i < neuron.dendrites.size(); ++i) {
            if (neuron.dendrites[i].parent == next)
                pending.push_back(static_cast<int>(i));
        }
    }
}

} // namespace

Point3 pointOn(const std::vector<Point3> &points, double x)
{
    double left = arcLengthUm(points) * x;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double step = distanceUm(points[i - 1], points[i]);
        if (left <= step && step > 0.0)
            return between(points[i - 1], points[i], left / step);
        left -= step;
    }
    return points.back();
}

Point3 somaEdge(const Soma &soma, double angle)
{
    const double a = soma.lengthUm / 2.0;
    const double b = soma.diamUm / 2.0;
    const double r = a * b / std::hypot(b * std::cos(angle), a * std::sin(angle));
    return {r * std::cos(angle), r * std::sin(angle), 0.0, 0.0};
}

std::pair<std::vector<Point3>, std::vector<Point3>> splitPoints(const std::vector<Point3> &points,
                                                                double x)
{
    const double cutAt = arcLengthUm(points) * x;
    const Point3 cut = pointOn(points, x);
    const double grain = 1.0e-9 * arcLengthUm(points); // x is a quotient
    std::vector<Point3> near;
    std::vector<Point3> at;
    std::vector<Point3> far;
    double path = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i > 0)
            path += distanceUm(points[i - 1], points[i]);
        (path < cutAt - grain ? near : path > cutAt + grain ? far : at).push_back(points[i]);
    }
    // Where the diameter steps there are several points at the cut: each side keeps its own.
    near.push_back(at.empty() ? cut : at.front());
    far.insert(far.begin(), at.empty() ? cut : at.back());
    return {near, far};
}

std::vector<Point3> joinedPoints(const Dendrite &near, const Dendrite &far)
{
    std::vector<Point3> first = near.points;
    std::vector<Point3> second = far.points;
    if (first.empty()) { // backwards from where the drawn one begins
        first = goingOn(second[1], second[0], near.lengthUm, near.diamUm);
        std::reverse(first.begin(), first.end());
    } else if (second.empty()) {
        second = goingOn(first[first.size() - 2], first.back(), far.lengthUm, far.diamUm);
    }
    if (distanceUm(first.back(), second.front()) > 0.0) { // a gap would be a piece of dendrite
        const Point3 to = first.back();
        const Point3 from = second.front();
        for (Point3 &p : second) {
            p.x += to.x - from.x;
            p.y += to.y - from.y;
            p.z += to.z - from.z;
        }
    }
    // The same place twice with the same diameter says nothing.
    const auto begin = second.begin() + (second.front() == first.back() ? 1 : 0);
    first.insert(first.end(), begin, second.end());
    return first;
}

void attachPoints(Neuron &neuron, int dendrite)
{
    const Dendrite &d = neuron.dendrites[static_cast<std::size_t>(dendrite)];
    if (d.points.empty())
        return;
    if (d.parent == SomaIndex) {
        const Point3 &from = d.points.front();
        const Point3 &to = d.points.back();
        const double angle = std::atan2(to.y - from.y, to.x - from.x);
        shiftBranch(neuron, dendrite, from, somaEdge(neuron.soma, angle));
        return;
    }
    const Dendrite &parent = neuron.dendrites[static_cast<std::size_t>(d.parent)];
    if (!parent.points.empty())
        shiftBranch(neuron, dendrite, d.points.front(), pointOn(parent.points, d.parentX));
}

void followParent(Neuron &neuron, int dendrite, const Dendrite &parentBefore)
{
    const Dendrite &d = neuron.dendrites[static_cast<std::size_t>(dendrite)];
    const Dendrite &parent = neuron.dendrites[static_cast<std::size_t>(d.parent)];
    if (!parentBefore.points.empty() && !parent.points.empty())
        shiftBranch(neuron, dendrite, pointOn(parentBefore.points, d.parentX),
                    pointOn(parent.points, d.parentX));
}

void turnPoints(Neuron &neuron, const std::vector<int> &dendrites)
{
    constexpr double Angle = 0.4; // radians
    const auto of = [&](int i) -> Dendrite & {
        return neuron.dendrites[static_cast<std::size_t>(i)];
    };
    if (dendrites.empty() || of(dendrites.front()).points.empty())
        return;
    const Point3 origin = of(dendrites.front()).points.front();
    for (const int i : dendrites) {
        for (Point3 &p : of(i).points) {
            const double x = p.x - origin.x;
            const double y = p.y - origin.y;
            p.x = origin.x + x * std::cos(Angle) - y * std::sin(Angle);
            p.y = origin.y + x * std::sin(Angle) + y * std::cos(Angle);
        }
    }
}

} // namespace dt
