// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/worker/HocText.h"

#include "engine/base/NumberText.h"

namespace dt::hoc {

namespace {

/// " name_suffix = value" for each.
std::string assignments(const NeuronValues &values, const std::string &suffix = {})
{
    std::string text;
    for (const auto &[name, value] : values)
        text += " " + name + suffix + " = " + num(value);
    return text;
}

std::string wall(const NeuronMembrane &membrane, bool insert)
{
    std::string text = assignments(membrane.cable);
    for (const NeuronMechanism &mechanism : membrane.mechanisms) {
        if (insert)
            text += " insert " + mechanism.name;
        text += assignments(mechanism.values, "_" + mechanism.name);
    }
    return text + assignments(membrane.ions);
}

} // namespace

std::string num(double value)
{
    return formatNumber(value);
}

std::string at(const char *name, std::size_t index)
{
    return std::string(name) + "[" + std::to_string(index) + "]";
}

std::string sizes(double lengthUm, double diamUm)
{
    return assignments({{"L", lengthUm}, {"diam", diamUm}});
}

std::string inserted(const NeuronMembrane &membrane)
{
    return wall(membrane, true);
}

std::string assigned(const NeuronMembrane &membrane)
{
    return wall(membrane, false);
}

std::string created(const std::string &object, const NeuronMechanism &process, double x)
{
    return object + " = new " + process.name + "(" + num(x) + ")\n" + assigned(object, process);
}

std::string assigned(const std::string &object, const NeuronMechanism &process)
{
    std::string text;
    for (const auto &[name, value] : process.values)
        text.append(" ").append(object).append(".").append(name).append(" = ").append(num(value)) +=
            "\n";
    return text;
}

void appendShape(std::vector<std::string> &statements, const std::string &section,
                 const Dendrite &dendrite)
{
    if (dendrite.points.empty()) {
        statements.push_back(section + " {" + sizes(dendrite.lengthUm, dendrite.diamUm) + " }");
        return;
    }
    statements.push_back(section + " { pt3dclear() }");
    for (const Point3 &p : dendrite.points)
        statements.push_back(section + " { pt3dadd(" + num(p.x) + ", " + num(p.y) + ", " + num(p.z)
                             + ", " + num(p.diam) + ") }");
}

} // namespace dt::hoc
