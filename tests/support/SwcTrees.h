// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Frusta.h"
#include "engine/cell/Neuron.h"

#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

namespace dt::test {

/// Random cells, the same for the same seed on every machine.
class SwcTrees
{
public:
    explicit SwcTrees(unsigned seed) : m_random(seed) { }

    /// SWC text as tracing programs write it, in all the ways they do: somas of one point, of
    /// neuromorpho.org's three, of a chain, branched; branches depth first or jumping about; types
    /// that change on the way; children on any point.
    std::string text(int points)
    {
        m_lines.clear();
        m_text = "# a random cell\n";
        soma();
        const auto somaPoints = m_lines.size();
        while (static_cast<int>(m_lines.size()) < points) {
            std::size_t parent = m_lines.size() - 1;
            const double kind = uniform(0.0, 1.0);
            if (m_lines.size() == somaPoints || kind < 0.04)
                parent = pick(somaPoints); // a new branch from the soma
            else if (kind < 0.14)
                parent = pick(m_lines.size()); // a branch from anywhere
            const Line &on = m_lines[parent];
            int type = on.type;
            if (type == 1 || uniform(0.0, 1.0) < 0.03)
                type = 2 + static_cast<int>(pick(4)); // to 5
            const double a = uniform(0.0, 6.2831);
            const double b = uniform(-1.0, 1.0);
            const double l = uniform(0.5, 30.0);
            add(type, on.x + l * std::cos(a), on.y + l * std::sin(a), on.z + 0.3 * l * b,
                uniform(0.1, 2.5), static_cast<int>(parent));
        }
        return m_text;
    }

    /// A neuron of ours: cylinders and drawn dendrites, branches at ends and on the way, and on
    /// both ends and the middle of the soma.
    Neuron neuron(int dendrites)
    {
        Neuron neuron;
        neuron.soma = {uniform(5.0, 40.0), uniform(5.0, 40.0)};
        if (pick(2) == 0)
            neuron.soma.diamUm = neuron.soma.lengthUm;
        neuron.dendrites.clear();
        for (int i = 0; i < dendrites; ++i) {
            Dendrite d;
            d.name = "branch " + std::to_string(i);
            d.parent = static_cast<int>(pick(static_cast<std::size_t>(i) + 1)) - 1;
            const double places[] = {0.0, 0.5, 1.0, 1.0, 1.0, uniform(0.1, 0.9)};
            d.parentX = places[pick(6)];
            d.lengthUm = uniform(30.0, 400.0);
            d.diamUm = uniform(0.5, 3.0);
            d.segments = 1 + static_cast<int>(pick(5));
            if (pick(2) == 0) {
                std::vector<Point3> points{{uniform(-9, 9), uniform(-9, 9), 0.0, d.diamUm}};
                for (std::size_t k = 2 + pick(6); k > 0; --k) {
                    const Point3 &last = points.back();
                    points.push_back({last.x + uniform(1, 40), last.y + uniform(-20, 20),
                                      last.z + uniform(-9, 9), uniform(0.4, 3.0)});
                }
                setPoints(d, points);
            }
            neuron.dendrites.push_back(d);
        }
        neuron.synapseKinds = defaultSynapseKinds();
        neuron.synapses = onePairPerSegment(neuron);
        return neuron;
    }

    double uniform(double lo, double hi)
    {
        return lo + (hi - lo) * static_cast<double>(m_random()) / 4294967296.0;
    }
    std::size_t pick(std::size_t count) { return m_random() % count; }

private:
    struct Line
    {
        int type;
        double x, y, z;
    };

    void add(int type, double x, double y, double z, double radius, int parent)
    {
        m_lines.push_back({type, x, y, z});
        char line[160];
        std::snprintf(line, sizeof line, "%zu %d %.3f %.3f %.3f %.3f %d\n", m_lines.size(), type, x,
                      y, z, radius, parent < 0 ? -1 : parent + 1);
        m_text += line;
    }

    void soma()
    {
        const double r = std::round(uniform(4.0, 15.0));
        const double x = std::round(uniform(-50.0, 50.0));
        switch (pick(5)) {
        case 0:
            add(1, x, 0, 0, r, -1);
            return;
        case 1:
            add(1, x, 0, 0, r, -1);
            add(1, x, -r, 0, r, 0);
            add(1, x, r, 0, r, 0);
            return;
        case 2: // three points, but no sphere
            add(1, x, 0, 0, r, -1);
            add(1, x, -r, 0, r / 2, 0);
            add(1, x, 2 * r, 0, r, 0);
            return;
        case 3: { // a chain
            const auto n = static_cast<int>(2 + pick(5));
            for (int i = 0; i < n; ++i)
                add(1, x + i * r / 2, uniform(-1, 1), 0, uniform(2.0, 9.0), i - 1);
            return;
        }
        default: { // branched
            const auto n = static_cast<int>(4 + pick(5));
            for (int i = 0; i < n; ++i)
                add(1, x + uniform(-9, 9), uniform(-9, 9), i, uniform(2.0, 9.0),
                    i == 0 ? -1 : static_cast<int>(pick(static_cast<std::size_t>(i))));
        }
        }
    }

    std::mt19937 m_random;
    std::vector<Line> m_lines;
    std::string m_text;
};

} // namespace dt::test
