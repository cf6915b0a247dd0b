// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Index.h"
#include "engine/base/Version.h"
#include "engine/base/Words.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/swc/SwcPoints.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <numbers>

namespace dt {

namespace {

Point3 along(const Point3 &from, const Point3 &direction, double length, double diam)
{
    return {from.x + length * direction.x, from.y + length * direction.y,
            from.z + length * direction.z, diam};
}

double norm(const Point3 &p)
{
    return std::hypot(p.x, p.y, p.z);
}

/// Direction of the last stretch that has length; z left out, as layouts are flat.
double endAngle(const std::vector<Point3> &points)
{
    for (std::size_t i = points.size(); i-- > 1;) {
        const double dx = points[i].x - points[i - 1].x;
        const double dy = points[i].y - points[i - 1].y;
        if (std::hypot(dx, dy) > 1.0e-9)
            return std::atan2(dy, dx);
    }
    return 0.0;
}

/// Type of the points of a dendrite, from the names that the reader gives.
int typeOf(const std::string &name)
{
    if (name.starts_with("axon"))
        return swc::AxonType;
    if (name.starts_with("apic"))
        return swc::ApicalType;
    for (const auto &[prefix, sign] : {std::pair{"dend_", 1}, std::pair{"minus_", -1}}) {
        const std::string p = prefix;
        const std::size_t bracket = name.find('[');
        if (!name.starts_with(p) || bracket == std::string::npos)
            continue;
        int number = 0;
        const char *end = name.data() + bracket;
        const auto read = std::from_chars(name.data() + p.size(), end, number);
        const int type = sign * number;
        if (read.ec == std::errc() && read.ptr == end && type != swc::SomaType)
            return type;
    }
    return swc::DendriteType;
}

enum class Hold { SomaBegin, SomaMiddle, SomaEnd, Dendrite };

/// A dendrite as it will stand in the file.
struct Drawn
{
    Hold hold = Hold::SomaMiddle;
    int parent = SomaIndex; ///< after branches at 0 ends moved to where these hang
    double parentX = 0.5;
    int depth = 0;
    int type = swc::DendriteType;
    std::vector<Point3> points;
    bool skipFirst = false; ///< its first point is its parent's
    std::vector<int> children; ///< by place
};

class Writer
{
public:
    explicit Writer(const Neuron &neuron) : m_neuron(neuron) { }

    std::string write(std::string_view title);

private:
    void findSomaAxis();
    void connect();
    void draw(int i);
    void keepArea(int i);
    [[nodiscard]] Point3 startOnSoma(const Drawn &drawn, double angle) const;
    [[nodiscard]] double directionOf(int i) const;
    [[nodiscard]] Point3 placeOn(int dendrite, double x) const;
    void writeSoma();
    void writeDendrite(int i, int parentId);
    int writePoint(int type, const Point3 &p, int parentId);
    void note(const std::string &name, const std::string &sentence);

    const Neuron &m_neuron;
    Point3 m_axis{1.0, 0.0, 0.0, 0.0};
    std::vector<Drawn> m_drawn;
    std::vector<int> m_onSoma;
    bool m_sphere = false;
    int m_somaId[3] = {1, 1, 1};
    int m_lastId = 0;
    std::string m_body;
    std::string m_notes;
};

void Writer::note(const std::string &name, const std::string &sentence)
{
    std::string clean = name;
    std::replace_if(
        clean.begin(), clean.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    m_notes += "# - " + clean + ": " + sentence + "\n";
}

/// A dendrite that was drawn from an end of the soma says how the soma lies.
void Writer::findSomaAxis()
{
    const double half = m_neuron.soma.lengthUm / 2.0;
    for (const Dendrite &d : m_neuron.dendrites) {
        if (d.parent != SomaIndex || d.points.empty() || (d.parentX != 0.0 && d.parentX != 1.0))
            continue;
        const Point3 &p = d.points.front();
        const double length = norm(p);
        if (std::abs(length - half) > 1.0e-6 * half)
            continue;
        const double sign = d.parentX == 1.0 ? 1.0 : -1.0;
        m_axis = {sign * p.x / length, sign * p.y / length, sign * p.z / length, 0.0};
        return;
    }
}

void Writer::connect()
{
    const double half = m_neuron.soma.lengthUm / 2.0;
    for (std::size_t i = 0; i < m_neuron.dendrites.size(); ++i) {
        const Dendrite &d = m_neuron.dendrites[i];
        Drawn drawn;
        drawn.type = typeOf(d.name);
        drawn.parent = d.parent;
        drawn.parentX = d.parentX;
        if (d.parent != SomaIndex && d.parentX <= 0.0) {
            drawn.parent = m_drawn[at(d.parent)].parent;
            drawn.parentX = m_drawn[at(d.parent)].parentX;
            note(d.name, "hangs where the branch hangs at whose beginning it is.");
        }
        if (drawn.parent != SomaIndex) {
            drawn.hold = Hold::Dendrite;
            drawn.depth = m_drawn[at(drawn.parent)].depth + 1;
            if (drawn.parentX < 1.0)
                note(m_neuron.dendrites[at(drawn.parent)].name,
                     "is cut where " + d.name + " hangs on it, as branches hang on ends.");
        } else {
            // Drawn dendrites keep their places; one that does not begin at the soma's end would
            // seem longer if it were joined to it.
            const auto fits = [&](double sign) {
                return d.points.empty() || drawn.parent != d.parent
                    || distanceUm(d.points.front(), along({}, m_axis, sign * half, 0.0))
                    <= 1.0e-6 * half;
            };
            if (drawn.parentX == 1.0 && fits(1.0))
                drawn.hold = Hold::SomaEnd;
            else if (drawn.parentX == 0.0 && fits(-1.0))
                drawn.hold = Hold::SomaBegin;
            else if (drawn.parentX != 0.5)
                note(d.name,
                     "hangs on the soma's middle, not at " + rounded(drawn.parentX) + " of it.");
        }
        auto &siblings = drawn.parent == SomaIndex ? m_onSoma : m_drawn[at(drawn.parent)].children;
        siblings.push_back(static_cast<int>(i));
        m_drawn.push_back(std::move(drawn));
    }
}

/// Children fan out around the direction of what they hang on, the less the farther out.
double Writer::directionOf(int i) const
{
    const Drawn &drawn = m_drawn[at(i)];
    std::vector<int> group;
    const std::vector<int> &all =
        drawn.parent == SomaIndex ? m_onSoma : m_drawn[at(drawn.parent)].children;
    std::copy_if(all.begin(), all.end(), std::back_inserter(group), [&](int j) {
        return m_drawn[at(j)].hold == drawn.hold && m_drawn[at(j)].parentX == drawn.parentX;
    });
    const auto n = static_cast<double>(group.size());
    const auto k = static_cast<double>(std::find(group.begin(), group.end(), i) - group.begin());
    constexpr double Pi = std::numbers::pi;

    if (drawn.parent == SomaIndex) {
        const double axis = std::atan2(m_axis.y, m_axis.x);
        switch (drawn.hold) {
        case Hold::SomaEnd:
            return axis + (k - (n - 1.0) / 2.0) * std::min(Pi / 5.0, Pi / n);
        case Hold::SomaBegin:
            return axis + Pi + (k - (n - 1.0) / 2.0) * std::min(Pi / 5.0, Pi / n);
        default:
            return axis + Pi / 2.0 + k * 2.0 * Pi / n;
        }
    }
    const double spread = Pi / 3.5 * std::pow(0.75, drawn.depth);
    const double ahead = endAngle(m_drawn[at(drawn.parent)].points);
    if (drawn.parentX >= 1.0)
        return ahead + (k - (n - 1.0) / 2.0) * spread * std::min(1.0, 3.0 / n);
    // On the way: to alternating sides.
    const std::vector<int> &row = m_drawn[at(drawn.parent)].children;
    const auto place = std::find(row.begin(), row.end(), i) - row.begin();
    return ahead + (place % 2 == 0 ? 1.0 : -1.0) * (spread + Pi / 8.0);
}

Point3 Writer::startOnSoma(const Drawn &drawn, double angle) const
{
    const Soma &soma = m_neuron.soma;
    if (drawn.hold == Hold::SomaMiddle)
        return along({}, {std::cos(angle), std::sin(angle), 0.0, 0.0}, soma.diamUm / 2.0, 0.0);
    return along({}, m_axis, (drawn.hold == Hold::SomaEnd ? 0.5 : -0.5) * soma.lengthUm, 0.0);
}

Point3 Writer::placeOn(int dendrite, double x) const
{
    const std::vector<Point3> &points = m_drawn[at(dendrite)].points;
    if (x >= 1.0)
        return points.back();
    double left = x * arcLengthUm(points);
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Point3 &a = points[i - 1];
        const Point3 &b = points[i];
        const double length = distanceUm(a, b);
        if (left <= length && length > 0.0) {
            const double f = left / length;
            return {a.x + f * (b.x - a.x), a.y + f * (b.y - a.y), a.z + f * (b.z - a.z),
                    a.diam + f * (b.diam - a.diam)};
        }
        left -= length;
    }
    return points.back();
}

void Writer::draw(int i)
{
    const Dendrite &d = m_neuron.dendrites[at(i)];
    Drawn &drawn = m_drawn[at(i)];
    const bool drawnFromSoma = drawn.parent == SomaIndex && drawn.parent == d.parent;
    drawn.points = d.points;
    if (drawnFromSoma && drawn.hold == Hold::SomaMiddle && !d.points.empty())
        return; // it is where it was drawn
    const double angle = directionOf(i);
    const Point3 start = drawn.parent == SomaIndex ? startOnSoma(drawn, angle)
                                                   : placeOn(drawn.parent, drawn.parentX);
    if (d.points.empty()) {
        const Point3 direction{std::cos(angle), std::sin(angle), 0.0, 0.0};
        drawn.points = {along(start, direction, 0.0, d.diamUm),
                        along(start, direction, d.lengthUm, d.diamUm)};
    } else {
        const Point3 from = drawn.points.front();
        for (Point3 &p : drawn.points) {
            p.x += start.x - from.x;
            p.y += start.y - from.y;
            p.z += start.z - from.z;
        }
    }
    if (drawn.parent != SomaIndex)
        keepArea(i);
}

/// A section begins with its parent's point and *its* diameter. Where the dendrite's own differs,
/// the step between them is a ring of membrane; the other diameters make up for it.
void Writer::keepArea(int i)
{
    const Dendrite &d = m_neuron.dendrites[at(i)];
    Drawn &drawn = m_drawn[at(i)];
    const Point3 hold = placeOn(drawn.parent, drawn.parentX);
    const double step = std::abs(drawn.points.front().diam - hold.diam);
    if (step <= 1.0e-9 * hold.diam) {
        drawn.skipFirst = true;
        return;
    }
    const double wanted = dendriteAreaUm2(d);
    std::vector<Point3> section{hold};
    section.insert(section.end(), drawn.points.begin(), drawn.points.end());
    double area = frustaAreaUm2(section);
    for (int turn = 0; turn < 100 && std::abs(area - wanted) > 1.0e-10 * wanted; ++turn) {
        for (std::size_t k = 1; k < section.size(); ++k)
            section[k].diam *= wanted / area;
        area = frustaAreaUm2(section);
    }
    if (std::abs(area - wanted) <= 1.0e-9 * wanted
        && section.back().diam > 0.5 * drawn.points.back().diam) {
        std::copy(section.begin() + 1, section.end(), drawn.points.begin());
        return;
    }
    note(d.name,
         "has more membrane here, as it is short beside the step from its parent's "
         "diameter to its own.");
}

int Writer::writePoint(int type, const Point3 &p, int parentId)
{
    // Ten digits: more than anybody measures, fewer than the noise of computing.
    const auto shown = [](double v) {
        std::array<char, 32> text{};
        const auto end =
            std::to_chars(text.data(), text.data() + text.size(), std::abs(v) < 1.0e-9 ? 0.0 : v,
                          std::chars_format::general, 10);
        return ' ' + std::string(text.data(), end.ptr);
    };
    m_body += std::to_string(++m_lastId) + ' ' + std::to_string(type) + shown(p.x) + shown(p.y)
        + shown(p.z) + shown(p.diam / 2.0) + ' ' + std::to_string(parentId) + '\n';
    return m_lastId;
}

void Writer::writeSoma()
{
    const Soma &soma = m_neuron.soma;
    const bool ends = std::any_of(m_drawn.begin(), m_drawn.end(), [](const Drawn &d) {
        return d.hold == Hold::SomaBegin || d.hold == Hold::SomaEnd;
    });
    if (!ends && std::abs(soma.lengthUm - soma.diamUm) <= 1.0e-9 * soma.diamUm) {
        writePoint(swc::SomaType, {0.0, 0.0, 0.0, soma.diamUm}, -1);
        return;
    }
    for (int k = 0; k < 3; ++k)
        m_somaId[k] =
            writePoint(swc::SomaType, along({}, m_axis, 0.5 * (k - 1) * soma.lengthUm, soma.diamUm),
                       k == 0 ? -1 : m_somaId[k - 1]);
}

void Writer::writeDendrite(int first, int firstParentId)
{
    // Not by recursion: a chain of dendrites may be as long as the table.
    struct Task
    {
        int dendrite;
        int parentId;
        std::size_t point; ///< where to go on
        double x; ///< branches up to here are written
        double arc; ///< of the last point that was written
    };
    std::vector<Task> tasks{{first, firstParentId, 0, -1.0, 0.0}};
    while (!tasks.empty()) {
        Task task = tasks.back();
        tasks.pop_back();
        const Drawn &drawn = m_drawn[at(task.dendrite)];
        const double length = arcLengthUm(drawn.points);
        if (task.point == 0) {
            if (!drawn.skipFirst)
                task.parentId = writePoint(drawn.type, drawn.points[0], task.parentId);
            task.point = 1;
        }
        double next = 1.0; // the next place with branches
        for (const int child : drawn.children) {
            const double x = std::min(m_drawn[at(child)].parentX, 1.0);
            if (x > task.x)
                next = std::min(next, x);
        }
        while (task.point < drawn.points.size()) {
            const double arc =
                task.arc + distanceUm(drawn.points[task.point - 1], drawn.points[task.point]);
            if (next < 1.0 && arc >= next * length)
                break;
            task.parentId = writePoint(drawn.type, drawn.points[task.point], task.parentId);
            task.arc = arc;
            ++task.point;
        }
        if (next < 1.0) {
            const double place = next * length;
            task.parentId = writePoint(drawn.type, placeOn(task.dendrite, next), task.parentId);
            // A point that is there already is not written twice.
            const double arc = task.point < drawn.points.size()
                ? task.arc + distanceUm(drawn.points[task.point - 1], drawn.points[task.point])
                : 2.0 * length;
            if (arc - place <= 1.0e-9 * length) {
                task.arc = arc;
                ++task.point;
            }
        }
        for (auto child = drawn.children.rbegin(); child != drawn.children.rend(); ++child) {
            if (std::min(m_drawn[at(*child)].parentX, 1.0) == next)
                tasks.push_back({*child, task.parentId, 0, -1.0, 0.0});
        }
        if (next < 1.0) { // last in, first out: the dendrite itself goes on first
            task.x = next;
            tasks.push_back(task);
        }
    }
}

std::string Writer::write(std::string_view title)
{
    findSomaAxis();
    connect();
    for (std::size_t i = 0; i < m_drawn.size(); ++i)
        draw(static_cast<int>(i));
    writeSoma();
    for (const int i : m_onSoma) {
        const Hold hold = m_drawn[at(i)].hold;
        writeDendrite(i, m_somaId[hold == Hold::SomaBegin ? 0 : hold == Hold::SomaEnd ? 2 : 1]);
    }

    std::string head(title);
    std::replace_if(
        head.begin(), head.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    const bool cylinders = std::any_of(m_neuron.dendrites.begin(), m_neuron.dendrites.end(),
                                       [](const Dendrite &d) { return d.points.empty(); });
    return "# " + head + "\n# Written by DendroTwin " + std::string(ProgramVersion)
        + ".\n"
          "# id type x y z radius parent, in um. Types: 1 soma, 2 axon, 3 dendrite, 4 apical.\n"
          "# This format has the shape only. Segments, membrane, channels, synapses and names are\n"
          "# in the project file.\n"
        + (cylinders ? "# Dendrites that are plain cylinders were laid out in a plane.\n" : "")
        + (m_notes.empty() ? "" : "# Where the format wants it otherwise:\n" + m_notes) + m_body;
}

} // namespace

std::string writeSwc(const Neuron &neuron, std::string_view title)
{
    return Writer(neuron).write(title);
}

} // namespace dt
