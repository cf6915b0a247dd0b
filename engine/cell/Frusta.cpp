// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Frusta.h"

#include "engine/cell/Cable.h"

#include <cmath>
#include <numbers>

namespace dt {

double distanceUm(const Point3 &a, const Point3 &b)
{
    return std::hypot(b.x - a.x, b.y - a.y, b.z - a.z);
}

double arcLengthUm(const std::vector<Point3> &points)
{
    double length = 0.0;
    for (std::size_t i = 1; i < points.size(); ++i)
        length += distanceUm(points[i - 1], points[i]);
    return length;
}

double frustaAreaUm2(const std::vector<Point3> &points)
{
    double area = 0.0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double r0 = points[i - 1].diam / 2.0;
        const double r1 = points[i].diam / 2.0;
        area += std::numbers::pi * (r0 + r1)
            * std::hypot(r1 - r0, distanceUm(points[i - 1], points[i]));
    }
    return area;
}

void setPoints(Dendrite &dendrite, std::vector<Point3> points)
{
    const double length = arcLengthUm(points);
    if (points.size() < 2 || !(length > 0.0)) {
        dendrite.points.clear();
        return;
    }
    dendrite.points = std::move(points);
    dendrite.lengthUm = length;
    dendrite.diamUm = frustaAreaUm2(dendrite.points) / (std::numbers::pi * length);
}

void setLengthUm(Dendrite &dendrite, double lengthUm)
{
    if (dendrite.points.empty() || !(lengthUm > 0.0)) {
        dendrite.lengthUm = lengthUm; // nonsense is left for validation to explain
        return;
    }
    const double factor = lengthUm / dendrite.lengthUm;
    std::vector<Point3> points = dendrite.points;
    for (Point3 &p : points) {
        const Point3 &origin = dendrite.points.front();
        p.x = origin.x + (p.x - origin.x) * factor;
        p.y = origin.y + (p.y - origin.y) * factor;
        p.z = origin.z + (p.z - origin.z) * factor;
    }
    setPoints(dendrite, std::move(points));
    dendrite.lengthUm = lengthUm; // exactly what was asked for
}

void setDiamUm(Dendrite &dendrite, double diamUm)
{
    if (dendrite.points.empty() || !(diamUm > 0.0)) {
        dendrite.diamUm = diamUm;
        return;
    }
    // The area of slanted frusta is not quite proportional to the diameters: a few steps of
    // Newton's kind reach it.
    std::vector<Point3> points = dendrite.points;
    for (int step = 0; step < 20; ++step) {
        const double reached = frustaAreaUm2(points) / (std::numbers::pi * arcLengthUm(points));
        if (std::abs(reached - diamUm) <= 1.0e-12 * diamUm)
            break;
        for (Point3 &p : points)
            p.diam *= diamUm / reached;
    }
    dendrite.points = std::move(points);
    dendrite.diamUm = diamUm;
}

double dendriteAreaUm2(const Dendrite &dendrite)
{
    return dendrite.points.empty() ? lateralAreaUm2(dendrite.lengthUm, dendrite.diamUm)
                                   : frustaAreaUm2(dendrite.points);
}

} // namespace dt
