// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Unpickler.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <variant>

namespace dt {

namespace {

constexpr std::size_t MaxPickle = 16u << 20;
constexpr std::size_t MaxValues = 2'000'000;
constexpr std::size_t MaxKey = 100; ///< of a storage
constexpr std::size_t MaxRank = 16;

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
    Id key;
    std::int64_t items;
};
using Value = std::variant<None, Mark, bool, std::int64_t, double, std::string, Tuple, List, Dict,
                           Global, Storage, PickledTensor>;

const std::map<std::string_view, StorageType> StorageNames{
    {"torch FloatStorage", StorageType::Float32},
    {"torch DoubleStorage", StorageType::Float64},
    {"torch HalfStorage", StorageType::Float16},
    {"torch LongStorage", StorageType::Int64}};
constexpr std::string_view OrderedDictName = "collections OrderedDict";
constexpr std::string_view TensorName = "torch._utils _rebuild_tensor_v2";
constexpr std::string_view ParameterName = "torch._utils _rebuild_parameter";

/// Fit for a message: short, printable.
std::string quoted(std::string_view text)
{
    std::string result = "'";
    for (const char c : text.substr(0, 60))
        result += c >= ' ' && c < 127 ? c : '?';
    return result + "'";
}

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

private:
    bool fail(const std::string &what)
    {
        if (m_problem.empty())
            m_problem = what;
        return false;
    }
    bool damaged() { return fail("its list of tensors is damaged"); }

    bool step(unsigned char code);
    bool literal(unsigned char code);
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
    bool pushText(std::size_t sizeBytes);
    bool pushTuple(std::size_t count);
    bool pushGlobal(const std::string &name);
    bool remember(std::uint64_t key);
    bool recall(std::uint64_t key);
    bool setItems(const std::vector<Id> &ids);
    bool reduce();
    bool build();
    bool persistent();
    bool tensor(const Tuple &arguments);
    bool numbers(Id id, std::vector<std::int64_t> &out) const;

    std::string_view m_pickle;
    std::size_t m_at = 0;
    std::vector<Value> m_values;
    std::vector<Id> m_stack;
    std::unordered_map<std::uint64_t, Id> m_memo;
    std::string m_problem;
    bool m_stopped = false;
};

std::optional<Id> Machine::run()
{
    if (m_pickle.size() > MaxPickle) {
        fail("its list of tensors is too long");
        return std::nullopt;
    }
    while (!m_stopped) {
        std::string_view code;
        if (!take(1, code) || !step(static_cast<unsigned char>(code[0])))
            return std::nullopt;
        if (m_values.size() > MaxValues) {
            fail("its list of tensors is too long");
            return std::nullopt;
        }
    }
    Id result = 0;
    if (!pop(result))
        return std::nullopt;
    return result;
}

bool Machine::take(std::size_t bytes, std::string_view &text)
{
    if (m_pickle.size() - m_at < bytes)
        return fail("its list of tensors is cut short");
    text = m_pickle.substr(m_at, bytes);
    m_at += bytes;
    return true;
}

bool Machine::line(std::string_view &text)
{
    const std::size_t end = m_pickle.find('\n', m_at);
    if (end == std::string_view::npos)
        return fail("its list of tensors is cut short");
    text = m_pickle.substr(m_at, end - m_at);
    m_at = end + 1;
    return true;
}

bool Machine::unsignedNumber(std::size_t bytes, std::uint64_t &value)
{
    std::string_view text;
    if (!take(bytes, text))
        return false;
    value = 0;
    for (std::size_t i = bytes; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(text[i]);
    return true;
}

/// Instructions, by the names of Python's pickle.py.
bool Machine::step(unsigned char code)
{
    std::uint64_t n = 0;
    std::string_view text;
    std::vector<Id> ids;
    Id id = 0;
    switch (code) {
    case 0x80: // PROTO
        if (!unsignedNumber(1, n))
            return false;
        return n <= 5 || fail("its list of tensors is of an unknown version");
    case 0x95: // FRAME
        return unsignedNumber(8, n);
    case '.': // STOP
        m_stopped = true;
        return true;
    case '(': // MARK
        return push(Mark{});
    case '}': // EMPTY_DICT
        return push(Dict{});
    case ']': // EMPTY_LIST
        return push(List{});
    case 'a': // APPEND: lists only stand beside tensors, their items do not matter
        return pop(id)
            && ((!m_stack.empty() && as<List>(m_stack.back())) || damaged());
    case 'e': // APPENDS
        return popToMark(ids)
            && ((!m_stack.empty() && as<List>(m_stack.back())) || damaged());
    case ')': // EMPTY_TUPLE
        return pushTuple(0);
    case 0x85: // TUPLE1
    case 0x86:
    case 0x87:
        return pushTuple(code - 0x84u);
    case 't': // TUPLE
        return popToMark(ids) && push(Tuple{std::move(ids)});
    case 's': { // SETITEM
        Id value = 0;
        return pop(value) && pop(id) && setItems({id, value});
    }
    case 'u': // SETITEMS
        return popToMark(ids) && setItems(ids);
    case 'q': // BINPUT
        return unsignedNumber(1, n) && remember(n);
    case 'r': // LONG_BINPUT
        return unsignedNumber(4, n) && remember(n);
    case 0x94: // MEMOIZE
        return remember(m_memo.size());
    case 'h': // BINGET
        return unsignedNumber(1, n) && recall(n);
    case 'j': // LONG_BINGET
        return unsignedNumber(4, n) && recall(n);
    case 'c': { // GLOBAL
        std::string_view module;
        return line(module) && line(text)
            && pushGlobal(std::string(module) + " " + std::string(text));
    }
    case 0x93: { // STACK_GLOBAL
        Id module = 0;
        if (!pop(id) || !pop(module))
            return false;
        if (!as<std::string>(id) || !as<std::string>(module))
            return damaged();
        return pushGlobal(*as<std::string>(module) + " " + *as<std::string>(id));
    }
    case 'R': // REDUCE
        return reduce();
    case 'b': // BUILD
        return build();
    case 'Q': // BINPERSID
        return persistent();
    default:
        return literal(code);
    }
}

bool Machine::literal(unsigned char code)
{
    std::uint64_t n = 0;
    switch (code) {
    case 'N': // NONE
        return push(None{});
    case 0x88: // NEWTRUE
        return push(true);
    case 0x89: // NEWFALSE
        return push(false);
    case 'J': // BININT
        return unsignedNumber(4, n)
            && push(std::int64_t{static_cast<std::int32_t>(static_cast<std::uint32_t>(n))});
    case 'K': // BININT1
        return unsignedNumber(1, n) && push(static_cast<std::int64_t>(n));
    case 'M': // BININT2
        return unsignedNumber(2, n) && push(static_cast<std::int64_t>(n));
    case 0x8a: { // LONG1
        std::uint64_t bytes = 0;
        if (!unsignedNumber(1, bytes))
            return false;
        if (bytes > 8)
            return fail("it holds an impossibly large number");
        if (!unsignedNumber(static_cast<std::size_t>(bytes), n))
            return false;
        if (bytes > 0 && bytes < 8 && (n >> (8 * bytes - 1) & 1) != 0)
            n |= ~std::uint64_t{0} << (8 * bytes);
        return push(static_cast<std::int64_t>(n));
    }
    case 'G': { // BINFLOAT, big-endian
        std::string_view text;
        if (!take(8, text))
            return false;
        for (const char c : text)
            n = n << 8 | static_cast<unsigned char>(c);
        return push(std::bit_cast<double>(n));
    }
    case 'X': // BINUNICODE
        return pushText(4);
    case 0x8c: // SHORT_BINUNICODE
        return pushText(1);
    default:
        return fail("it holds more than tensors with names (instruction "
                    + std::to_string(int{code}) + " of its list)");
    }
}

bool Machine::popToMark(std::vector<Id> &ids)
{
    std::size_t mark = m_stack.size();
    while (mark > 0 && !as<Mark>(m_stack[mark - 1]))
        --mark;
    if (mark == 0)
        return damaged();
    ids.assign(m_stack.begin() + static_cast<std::ptrdiff_t>(mark), m_stack.end());
    m_stack.resize(mark - 1);
    return true;
}

bool Machine::pushText(std::size_t sizeBytes)
{
    std::uint64_t size = 0;
    std::string_view text;
    return unsignedNumber(sizeBytes, size) && take(static_cast<std::size_t>(size), text)
        && push(std::string(text));
}

bool Machine::pushTuple(std::size_t count)
{
    Tuple tuple;
    tuple.items.resize(count);
    for (std::size_t i = count; i-- > 0;) {
        if (!pop(tuple.items[i]))
            return false;
    }
    return push(std::move(tuple));
}

bool Machine::pushGlobal(const std::string &name)
{
    if (name != OrderedDictName && name != TensorName && name != ParameterName
        && !StorageNames.contains(name)) {
        if (name.starts_with("torch ") && name.ends_with("Storage"))
            return fail("its numbers are of a type that twins do not use ("
                        + quoted(name.substr(6)) + ")");
        return fail("it asks for " + quoted(name)
                    + ", which is not needed for a dict of tensors and may be harmful");
    }
    return push(Global{name});
}

bool Machine::remember(std::uint64_t key)
{
    if (m_stack.empty() || as<Mark>(m_stack.back()))
        return damaged();
    m_memo[key] = m_stack.back();
    return true;
}

bool Machine::recall(std::uint64_t key)
{
    const auto it = m_memo.find(key);
    if (it == m_memo.end())
        return damaged();
    m_stack.push_back(it->second);
    return true;
}

bool Machine::setItems(const std::vector<Id> &ids)
{
    Dict *dict = m_stack.empty() ? nullptr : std::get_if<Dict>(&m_values[m_stack.back()]);
    if (!dict || ids.size() % 2 != 0)
        return damaged();
    for (std::size_t i = 0; i < ids.size(); i += 2)
        dict->items.emplace_back(ids[i], ids[i + 1]);
    return true;
}

bool Machine::reduce()
{
    Id arguments = 0;
    Id callable = 0;
    if (!pop(arguments) || !pop(callable))
        return false;
    const Global *global = as<Global>(callable);
    const Tuple *tuple = as<Tuple>(arguments);
    if (!global || !tuple)
        return damaged();
    if (global->name == OrderedDictName && tuple->items.empty())
        return push(Dict{});
    if (global->name == TensorName)
        return tensor(*tuple);
    if (global->name == ParameterName && tuple->items.size() == 3
        && as<PickledTensor>(tuple->items[0])) {
        m_stack.push_back(tuple->items[0]);
        return true;
    }
    return fail("it asks to make something of " + quoted(global->name)
                + " that is not a tensor");
}

/// The attributes of an OrderedDict: a state dict's _metadata, which is not needed.
bool Machine::build()
{
    Id state = 0;
    return pop(state)
        && ((!m_stack.empty() && as<Dict>(m_stack.back()) && as<Dict>(state)) || damaged());
}

bool Machine::persistent()
{
    Id id = 0;
    if (!pop(id))
        return false;
    const Tuple *tuple = as<Tuple>(id);
    if (!tuple || tuple->items.size() != 5)
        return damaged();
    const auto *kind = as<std::string>(tuple->items[0]);
    const auto *type = as<Global>(tuple->items[1]);
    const auto *items = as<std::int64_t>(tuple->items[4]);
    if (!kind || *kind != "storage" || !type || !as<std::string>(tuple->items[2])
        || !as<std::string>(tuple->items[3]) || !items || *items < 0)
        return damaged();
    const auto known = StorageNames.find(type->name);
    if (known == StorageNames.end() || as<std::string>(tuple->items[2])->size() > MaxKey)
        return damaged();
    return push(Storage{known->second, tuple->items[2], *items});
}

bool Machine::numbers(Id id, std::vector<std::int64_t> &out) const
{
    const Tuple *tuple = as<Tuple>(id);
    if (!tuple || tuple->items.size() > MaxRank)
        return false;
    for (const Id item : tuple->items) {
        const auto *value = as<std::int64_t>(item);
        if (!value || *value < 0)
            return false;
        out.push_back(*value);
    }
    return true;
}

/// (storage, offset, shape, stride, requires_grad, hooks[, metadata])
bool Machine::tensor(const Tuple &arguments)
{
    const std::vector<Id> &items = arguments.items;
    if (items.size() < 5 || items.size() > 7)
        return damaged();
    const Storage *storage = as<Storage>(items[0]);
    const auto *offset = as<std::int64_t>(items[1]);
    PickledTensor result;
    if (!storage || !offset || *offset < 0 || !numbers(items[2], result.shape)
        || !numbers(items[3], result.stride) || result.shape.size() != result.stride.size())
        return damaged();
    result.storage = *as<std::string>(storage->key);
    result.type = storage->type;
    result.storageItems = storage->items;
    result.offset = *offset;
    return push(std::move(result));
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
    const Dict *dict = machine.as<Dict>(*root);
    if (!dict)
        return wrong("it holds no dict of tensors");
    for (const auto &[key, value] : dict->items) {
        const auto *name = machine.as<std::string>(key);
        if (name && *name == "model_state_dict" && machine.as<Dict>(value)) {
            dict = machine.as<Dict>(value);
            break;
        }
    }
    std::vector<PickledTensor> tensors;
    std::set<std::string_view> names;
    for (const auto &[key, value] : dict->items) {
        const auto *name = machine.as<std::string>(key);
        const auto *tensor = machine.as<PickledTensor>(value);
        if (!name)
            return wrong("a tensor's name is no text");
        if (!tensor)
            return wrong("its member " + quoted(*name) + " is not a tensor");
        if (!names.insert(*name).second)
            return wrong("it holds " + quoted(*name) + " twice");
        tensors.push_back(*tensor);
        tensors.back().name = *name;
    }
    return tensors;
}

} // namespace dt
