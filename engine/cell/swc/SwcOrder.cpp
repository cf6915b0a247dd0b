// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/swc/SwcPoints.h"

#include <algorithm>
#include <unordered_map>

namespace dt::swc {

namespace {

using K = SwcIssueKind;
using Index = std::unordered_map<long long, int>;

std::string idText(const Point &p)
{
    return std::to_string(p.id);
}

Index indexById(const std::vector<Point> &points, Issues &issues)
{
    Index index;
    index.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto [known, fresh] = index.emplace(points[i].id, static_cast<int>(i));
        if (!fresh)
            issues.add(K::DuplicateId, points[i].line,
                       "The id " + idText(points[i]) + " is already that of line "
                           + std::to_string(points[static_cast<std::size_t>(known->second)].line)
                           + ". Give each point an id of its own.");
    }
    return index;
}

/// Some programs write 0 where the format wants -1 for "no parent".
void readZeroAsNone(std::vector<Point> &points, const Index &index, Issues &issues)
{
    const auto isRoot = [](const Point &p) { return p.parentId < 0; };
    if (index.contains(0) || std::any_of(points.begin(), points.end(), isRoot))
        return;
    for (Point &p : points) {
        if (p.parentId != 0)
            continue;
        p.parentId = -1;
        issues.add(K::RootParentZero, p.line, "Its parent 0 was read as -1: the root.");
    }
}

/// Of incomplete lines nobody can say whose parent is missing.
void findParents(std::vector<Point> &points, const Index &index, bool complete, Issues &issues)
{
    const Point *root = nullptr;
    for (Point &p : points) {
        if (p.parentId < 0) {
            if (root)
                issues.add(K::SeveralRoots, p.line,
                           "Point " + idText(p) + " has no parent, like the root in line "
                               + std::to_string(root->line)
                               + ": the trees are not connected. Give it a parent, or delete its "
                                 "tree.");
            else
                root = &p;
            continue;
        }
        const auto it = index.find(p.parentId);
        if (it == index.end() && !complete)
            continue;
        if (it == index.end())
            issues.add(K::ParentMissing, p.line,
                       "The parent of point " + idText(p) + " is " + std::to_string(p.parentId)
                           + ", but no line has that id. Add it, or name another parent.");
        else if (p.parentId == p.id)
            issues.add(K::SelfParent, p.line,
                       "Point " + idText(p)
                           + " is its own parent. Name the point it hangs on, or -1 for the root.");
        else
            p.parent = it->second;
    }
    if (!root && !issues.faulty())
        issues.add(
            K::NoRoot, 0,
            "Every point has a parent, so there is no root. Give the first point of the soma "
            "the parent -1.");
}

/// "4 -> 6 -> 5 -> 4", a long one with its middle left out.
std::string wayRound(const std::vector<Point> &points, const Point &first, int length)
{
    constexpr int Named = 6;
    std::string way = idText(first);
    const Point *p = &first;
    for (int step = 1; step <= length; ++step) {
        p = &points[static_cast<std::size_t>(p->parent)];
        const bool named = step < Named || step + 1 >= length;
        if (named)
            way += " -> " + idText(*p);
        else if (step == Named)
            way += " -> ... (" + std::to_string(length) + " points)";
    }
    return way;
}

/// One fault for each loop, at its first line. Walks up from every point once.
void findLoops(const std::vector<Point> &points, Issues &issues)
{
    std::vector<int> walk(points.size(), -1); // in which walk a point was first met
    for (std::size_t start = 0; start < points.size(); ++start) {
        const int mark = static_cast<int>(start);
        int i = mark;
        while (i >= 0 && walk[static_cast<std::size_t>(i)] < 0) {
            walk[static_cast<std::size_t>(i)] = mark;
            i = points[static_cast<std::size_t>(i)].parent;
        }
        if (i < 0 || walk[static_cast<std::size_t>(i)] != mark)
            continue; // the root, or what an earlier walk has seen
        const Point *first = &points[static_cast<std::size_t>(i)];
        int length = 0;
        for (int j = i; length == 0 || j != i; ++length) {
            const Point &p = points[static_cast<std::size_t>(j)];
            if (p.line < first->line)
                first = &p;
            j = p.parent;
        }
        issues.add(K::Loop, first->line,
                   "The parents of point " + idText(*first)
                       + " lead back to itself: " + wayRound(points, *first, length)
                       + ". Connect one of them to the rest of the cell.");
    }
}

std::vector<int> byId(const std::vector<Point> &points)
{
    std::vector<int> order(points.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<int>(i);
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        return points[static_cast<std::size_t>(a)].id < points[static_cast<std::size_t>(b)].id;
    });
    return order;
}

/// Parents before children, branch by branch, siblings in the order of the text.
std::vector<int> depthFirst(const std::vector<Point> &points)
{
    std::vector<std::vector<int>> children(points.size());
    std::vector<int> pending;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (points[i].parent < 0)
            pending.push_back(static_cast<int>(i));
        else
            children[static_cast<std::size_t>(points[i].parent)].push_back(static_cast<int>(i));
    }
    std::vector<int> order;
    order.reserve(points.size());
    while (!pending.empty()) {
        const int i = pending.back();
        pending.pop_back();
        order.push_back(i);
        const std::vector<int> &next = children[static_cast<std::size_t>(i)];
        pending.insert(pending.end(), next.rbegin(), next.rend());
    }
    return order;
}

std::vector<Point> inOrder(const std::vector<Point> &points, const std::vector<int> &order)
{
    std::vector<int> place(points.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        place[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
    std::vector<Point> ordered;
    ordered.reserve(points.size());
    for (const int i : order) {
        Point p = points[static_cast<std::size_t>(i)];
        if (p.parent >= 0)
            p.parent = place[static_cast<std::size_t>(p.parent)];
        ordered.push_back(p);
    }
    return ordered;
}

} // namespace

std::vector<Point> orderPoints(Lines lines, Issues &issues)
{
    std::vector<Point> points = std::move(lines.points);
    const Index index = indexById(points, issues);
    readZeroAsNone(points, index, issues);
    findParents(points, index, lines.complete, issues);
    findLoops(points, issues);
    if (issues.faulty())
        return {};

    const auto child = std::find_if(points.begin(), points.end(),
                                    [](const Point &p) { return p.parentId >= p.id; });
    if (child != points.end()) {
        issues.add(K::PointsReordered, child->line,
                   "Its parent " + std::to_string(child->parentId)
                       + " has a larger id; SWC wants parents first. The points were put in order "
                         "branch by branch.");
        return inOrder(points, depthFirst(points));
    }
    const auto unsorted = std::is_sorted_until(
        points.begin(), points.end(), [](const Point &a, const Point &b) { return a.id < b.id; });
    if (unsorted == points.end())
        return points;
    issues.add(K::PointsReordered, unsorted->line,
               "The id " + idText(*unsorted)
                   + " is smaller than that of the point before it. The points were sorted by id.");
    return inOrder(points, byId(points));
}

} // namespace dt::swc
