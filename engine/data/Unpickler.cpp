// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Unpickler.h"

#include "engine/data/PickleMachine.h"

#include <algorithm>
#include <array>
#include <set>

namespace dt {

namespace {

using pickle::Dict;
using pickle::Id;
using pickle::Machine;

/// What checkpoints call the dict of weights, the most telling first.
constexpr std::array<std::string_view, 8> WeightKeys{
    "model_state_dict", "state_dict", "model", "net", "network", "module", "weights", "params"};
constexpr int MostLevels = 8;

/// Fit for a message: short, printable.
std::string quoted(std::string_view text)
{
    std::string result = "'";
    for (const char c : text.substr(0, 60))
        result += c >= ' ' && c < 127 ? c : '?';
    return result + "'";
}

/// Finds the dict of weights in what a pickle holds.
class Finder
{
public:
    explicit Finder(const Machine &machine) : m_machine(machine) { }

    /// Down from the whole: what is named as weights are, or the one dict of tensors that is there.
    /// Nothing, and a problem(), where that is not clear.
    const Dict *find(const Dict *dict)
    {
        for (int level = 0; level < MostLevels && !isTensors(*dict, true); ++level) {
            const Dict *inner = named(*dict);
            if (!inner)
                inner = onlyTensors(*dict);
            if (!inner)
                break;
            dict = inner;
        }
        return m_problem.empty() ? dict : nullptr;
    }
    [[nodiscard]] const std::string &problem() const { return m_problem; }

private:
    [[nodiscard]] bool isTensors(const Dict &dict, bool mayBeEmpty) const
    {
        return (mayBeEmpty || !dict.items.empty())
            && std::all_of(dict.items.begin(), dict.items.end(),
                           [&](const auto &item) { return m_machine.tensor(item.second); });
    }

    /// Settings of a model may have the same name.
    [[nodiscard]] bool mayHoldTensors(const Dict &dict) const
    {
        return std::any_of(dict.items.begin(), dict.items.end(), [&](const auto &item) {
            return m_machine.tensor(item.second) || m_machine.as<Dict>(item.second);
        });
    }

    [[nodiscard]] const Dict *named(const Dict &dict) const
    {
        for (const std::string_view wanted : WeightKeys) {
            for (const auto &[key, value] : dict.items) {
                const auto *name = m_machine.as<std::string>(key);
                const auto *inner = m_machine.as<Dict>(value);
                if (name && *name == wanted && inner && mayHoldTensors(*inner))
                    return inner;
            }
        }
        return nullptr;
    }

    const Dict *onlyTensors(const Dict &dict)
    {
        const Dict *found = nullptr;
        std::string names;
        int count = 0;
        for (const auto &[key, value] : dict.items) {
            if (m_machine.tensor(value))
                return nullptr; // weights beside something else
            const auto *name = m_machine.as<std::string>(key);
            const auto *inner = m_machine.as<Dict>(value);
            if (!name || !inner || !isTensors(*inner, false))
                continue;
            found = inner;
            names += (count++ > 0 ? ", " : "") + quoted(*name);
        }
        if (count > 1)
            m_problem = "it holds several dicts of tensors (" + names
                + "), and it is not clear which one is meant; save it as 'model_state_dict'";
        return found;
    }

    const Machine &m_machine;
    std::string m_problem;
};

/// Why a value that should be a tensor is none.
std::string noTensor(const Machine &machine, const std::string &name, Id value)
{
    const std::string maker = machine.makerOf(value);
    return "its member " + quoted(name) + " is not a tensor"
        + (maker.empty() ? "" : " but made by " + quoted(maker) + ", which is not run");
}

} // namespace

Result<std::vector<PickledTensor>> unpickleTensors(std::string_view pickle)
{
    Machine machine(pickle);
    const auto wrong = [](const std::string &what) {
        return Error{ErrorCode::Format, what, "data.pkl"};
    };
    const std::optional<Id> root = machine.run();
    if (!root)
        return wrong(machine.problem());
    const Dict *whole = machine.as<Dict>(*root);
    if (!whole) {
        const std::string maker = machine.makerOf(*root);
        return wrong(maker.empty() ? std::string("it holds no dict of tensors")
                                   : "it holds no dict of tensors but an object of " + quoted(maker)
                             + ", which is not made; save the model's state_dict() instead");
    }
    Finder finder(machine);
    const Dict *dict = finder.find(whole);
    if (!dict)
        return wrong(finder.problem());
    std::vector<PickledTensor> tensors;
    std::set<std::string_view> names;
    for (const auto &[key, value] : dict->items) {
        const auto *name = machine.as<std::string>(key);
        const auto *tensor = machine.tensor(value);
        if (!name)
            return wrong("a tensor's name is no text");
        if (!tensor)
            return wrong(noTensor(machine, *name, value));
        if (tensor->type == StorageType::Other)
            return wrong("the numbers of its tensor " + quoted(*name)
                         + " are of a type that twins do not use ("
                         + quoted(tensor->typeName.substr(tensor->typeName.find(' ') + 1)) + ")");
        if (!names.insert(*name).second)
            return wrong("it holds " + quoted(*name) + " twice");
        tensors.push_back(*tensor);
        tensors.back().name = *name;
    }
    return tensors;
}

} // namespace dt
