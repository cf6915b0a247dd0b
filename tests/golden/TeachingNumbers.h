// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace dt::test {

/// An experiment with the protocol that a number was measured with.
struct Protocol
{
    std::string name; ///< for people
    std::string id;
    std::string preset;
    std::vector<std::pair<std::string, std::string>> settings; ///< of the experiment or the neuron
};

/// A published number: where in the experiment's table it stands.
struct Number
{
    std::string what;
    std::vector<std::pair<std::string, std::string>> row; ///< column = value, as printed
    std::string column;
    std::string reference; ///< as published: its digits say how finely it was rounded
};

struct TeachingRow
{
    std::string tag;
    Protocol protocol;
    std::vector<Number> wanted;
};

/// The numbers of the teaching material that hang on no random input, with the protocol that gives
/// each.
std::vector<TeachingRow> teachingNumbers();

} // namespace dt::test
