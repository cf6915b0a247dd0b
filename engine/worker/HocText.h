// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/NeuronTerms.h"

#include <string>
#include <vector>

namespace dt::hoc {

/// Text of statements in hoc, NEURON's own language.

/// Numbers as hoc reads them back equal.
std::string num(double value);
/// "name[3]"
std::string at(const char *name, std::size_t index);

/// " L = .. diam = .." [um]
std::string sizes(double lengthUm, double diamUm);
/// Inserts the mechanisms of a membrane and sets its values, within a section's braces.
std::string inserted(const NeuronMembrane &membrane);
/// Sets its values alone: the mechanisms are there.
std::string assigned(const NeuronMembrane &membrane);

/// "object = new Process(x)" and its values, one assignment a line.
std::string created(const std::string &object, const NeuronMechanism &process, double x);
/// The values alone.
std::string assigned(const std::string &object, const NeuronMechanism &process);

/// A dendrite's length and diameter, or its points, from which NEURON takes length, areas and
/// resistances.
void appendShape(std::vector<std::string> &statements, const std::string &section,
                 const Dendrite &dendrite);

} // namespace dt::hoc
