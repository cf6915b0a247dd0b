// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/data/Unpickler.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace dt::pickle {

/// Values live in one list and name each other by their place in it, so that a pickle may refer to
/// itself without harm.
using Id = std::uint32_t;

struct None
{
};
struct Mark
{
};
struct Tuple
{
    std::vector<Id> items;
};
/// A list or a set. They only stand beside tensors: their items do not matter.
struct List
{
};
struct Dict
{
    std::vector<std::pair<Id, Id>> items;
};
struct Global
{
    std::string name; ///< "module name"
};
struct Storage
{
    StorageType type;
    Id typeName; ///< a Global
    Id key;
    std::int64_t items;
};
/// Index into the machine's tensors.
struct TensorId
{
    std::size_t index;
};
/// Stands for any other object that a pickle asks to be made. It is not made.
struct Opaque
{
    Id maker; ///< a Global, or another Opaque
};
/// Values that are skipped: bytes, integers of any length, and the like.
struct Unread
{
};

/// Interprets a pickle. Nothing is ever looked up or called: of the objects that a pickle asks to
/// be made, only dicts and tensors are known, and all others become Opaque. Time and memory are
/// bounded by the pickle's length.
class Machine
{
public:
    explicit Machine(std::string_view pickle) : m_pickle(pickle) { }

    /// The value that the pickle describes, or nothing and a problem().
    std::optional<Id> run();
    [[nodiscard]] const std::string &problem() const { return m_problem; }

    template <typename T>
    [[nodiscard]] const T *as(Id id) const
    {
        return std::get_if<T>(&m_values[id]);
    }
    [[nodiscard]] const PickledTensor *tensor(Id id) const
    {
        const auto *found = as<TensorId>(id);
        return found ? &m_tensors[found->index] : nullptr;
    }
    /// "module name" of a Global, or of what an Opaque value was to be made by.
    [[nodiscard]] std::string makerOf(Id id) const;

private:
    using Value = std::variant<None, Mark, Unread, bool, std::int64_t, double, std::string, Tuple,
                               List, Dict, Global, Storage, TensorId, Opaque>;

    bool fail(const std::string &what)
    {
        if (m_problem.empty())
            m_problem = what;
        return false;
    }
    bool damaged() { return fail("its list of tensors is damaged"); }

    bool step(unsigned char code);
    bool container(unsigned char code);
    bool object(unsigned char code);
    bool memo(unsigned char code);
    bool literal(unsigned char code);
    bool oldLiteral(unsigned char code);

    bool take(std::size_t bytes, std::string_view &text);
    bool line(std::string_view &text);
    bool unsignedNumber(std::size_t bytes, std::uint64_t &value);
    bool push(Value value)
    {
        m_values.push_back(std::move(value));
        m_stack.push_back(static_cast<Id>(m_values.size() - 1));
        return true;
    }
    bool pop(Id &id)
    {
        if (m_stack.empty() || as<Mark>(m_stack.back()))
            return damaged();
        id = m_stack.back();
        m_stack.pop_back();
        return true;
    }
    bool popToMark(std::vector<Id> &ids);
    template <typename T>
    [[nodiscard]] bool onTop() const
    {
        return !m_stack.empty() && as<T>(m_stack.back());
    }
    bool pushText(std::size_t sizeBytes);
    bool skipBytes(std::size_t sizeBytes);
    bool pushLong(std::size_t sizeBytes);
    bool pushTuple(std::size_t count);
    bool remember(std::uint64_t key);
    bool recall(std::uint64_t key);
    bool setItems(const std::vector<Id> &ids);
    bool appendItems();
    bool make(Id maker, Id arguments);
    bool build();
    bool persistent();
    bool makeTensor(const Tuple &arguments);
    bool numbers(Id id, std::vector<std::int64_t> &out) const;

    std::string_view m_pickle;
    std::size_t m_at = 0;
    std::vector<Value> m_values;
    std::vector<PickledTensor> m_tensors;
    std::vector<Id> m_stack;
    std::unordered_map<std::uint64_t, Id> m_memo;
    std::string m_problem;
    bool m_stopped = false;
};

} // namespace dt::pickle
