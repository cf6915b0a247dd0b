// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/PickleMachine.h"

#include <bit>
#include <charconv>
#include <map>

namespace dt::pickle {

namespace {

constexpr std::size_t MaxPickle = 128u << 20;
constexpr std::size_t MaxPickledValues = 8'000'000;
constexpr std::size_t MaxKey = 100; ///< of a storage
constexpr std::size_t MaxPickledRank = 16;

const std::map<std::string_view, StorageType> StorageNames{
    {"torch FloatStorage", StorageType::Float32}, {"torch DoubleStorage", StorageType::Float64},
    {"torch HalfStorage", StorageType::Float16},  {"torch BFloat16Storage", StorageType::BFloat16},
    {"torch LongStorage", StorageType::Int64},    {"torch IntStorage", StorageType::Int32},
    {"torch ShortStorage", StorageType::Int16},   {"torch CharStorage", StorageType::Int8},
    {"torch ByteStorage", StorageType::UInt8},    {"torch BoolStorage", StorageType::Bool}};
constexpr std::string_view OrderedDictName = "collections OrderedDict";
constexpr std::string_view TensorName = "torch._utils _rebuild_tensor_v2";
constexpr std::string_view ParameterName = "torch._utils _rebuild_parameter";

} // namespace

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
        if (m_values.size() > MaxPickledValues) {
            fail("its list of tensors is too long");
            return std::nullopt;
        }
    }
    Id result = 0;
    if (!pop(result))
        return std::nullopt;
    return result;
}

std::string Machine::makerOf(Id id) const
{
    // An opaque value names an older one, so this ends.
    while (const auto *opaque = as<Opaque>(id))
        id = opaque->maker;
    const auto *global = as<Global>(id);
    return global ? global->name : "";
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
    case '0': // POP
        if (m_stack.empty())
            return damaged();
        m_stack.pop_back();
        return true;
    case '2': // DUP
        if (!pop(id))
            return false;
        m_stack.push_back(id);
        m_stack.push_back(id);
        return true;
    default:
        return container(code);
    }
}

bool Machine::container(unsigned char code)
{
    std::vector<Id> ids;
    Id id = 0;
    Id value = 0;
    switch (code) {
    case '}': // EMPTY_DICT
        return push(Dict{});
    case 'd': // DICT
        return popToMark(ids) && push(Dict{}) && setItems(ids);
    case ']': // EMPTY_LIST
    case 0x8f: // EMPTY_SET
        return push(List{});
    case 'l': // LIST
    case 0x91: // FROZENSET
        return popToMark(ids) && push(List{});
    case 'a': // APPEND
        return pop(id) && appendItems();
    case 'e': // APPENDS
    case 0x90: // ADDITEMS
        return popToMark(ids) && appendItems();
    case '1': // POP_MARK
        return popToMark(ids);
    case ')': // EMPTY_TUPLE
        return pushTuple(0);
    case 0x85: // TUPLE1
    case 0x86:
    case 0x87:
        return pushTuple(code - 0x84u);
    case 't': // TUPLE
        return popToMark(ids) && push(Tuple{std::move(ids)});
    case 's': // SETITEM
        return pop(value) && pop(id) && setItems({id, value});
    case 'u': // SETITEMS
        return popToMark(ids) && setItems(ids);
    default:
        return object(code);
    }
}

bool Machine::object(unsigned char code)
{
    std::string_view module;
    std::string_view name;
    std::vector<Id> ids;
    std::uint64_t n = 0;
    Id maker = 0;
    Id arguments = 0;
    switch (code) {
    case 'c': // GLOBAL
        return line(module) && line(name)
            && push(Global{std::string(module) + " " + std::string(name)});
    case 0x93: // STACK_GLOBAL
        if (!pop(arguments) || !pop(maker))
            return false;
        if (!as<std::string>(arguments) || !as<std::string>(maker))
            return damaged();
        return push(Global{*as<std::string>(maker) + " " + *as<std::string>(arguments)});
    case 0x82: // EXT1
    case 0x83:
    case 0x84: // EXT4: a number that the program would have to know
        return unsignedNumber(code == 0x84 ? 4 : code - 0x81u, n)
            && push(Global{"extension " + std::to_string(n)});
    case 'R': // REDUCE
        return pop(arguments) && pop(maker) && make(maker, arguments);
    case 0x81: // NEWOBJ
        return pop(arguments) && pop(maker) && (as<Global>(maker) || as<Opaque>(maker) || damaged())
            && push(Opaque{maker});
    case 0x92: // NEWOBJ_EX
        return pop(arguments) && pop(arguments) && pop(maker)
            && (as<Global>(maker) || as<Opaque>(maker) || damaged()) && push(Opaque{maker});
    case 'i': // INST
        if (!line(module) || !line(name) || !popToMark(ids))
            return false;
        m_values.emplace_back(Global{std::string(module) + " " + std::string(name)});
        return push(Opaque{static_cast<Id>(m_values.size() - 1)});
    case 'o': // OBJ
        return popToMark(ids) && (!ids.empty() || damaged()) && push(Opaque{ids.front()});
    case 'b': // BUILD
        return build();
    case 'Q': // BINPERSID
        return persistent();
    case 'P': // PERSID
        return line(name) && push(Unread{});
    default:
        return memo(code);
    }
}

bool Machine::memo(unsigned char code)
{
    std::uint64_t n = 0;
    std::string_view text;
    const auto numberLine = [&] {
        return line(text)
            && (std::from_chars(text.data(), text.data() + text.size(), n).ec == std::errc()
                || damaged());
    };
    switch (code) {
    case 'q': // BINPUT
        return unsignedNumber(1, n) && remember(n);
    case 'r': // LONG_BINPUT
        return unsignedNumber(4, n) && remember(n);
    case 'p': // PUT
        return numberLine() && remember(n);
    case 0x94: // MEMOIZE
        return remember(m_memo.size());
    case 'h': // BINGET
        return unsignedNumber(1, n) && recall(n);
    case 'j': // LONG_BINGET
        return unsignedNumber(4, n) && recall(n);
    case 'g': // GET
        return numberLine() && recall(n);
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
    case 0x8a: // LONG1
        return pushLong(1);
    case 0x8b: // LONG4
        return pushLong(4);
    case 'G': { // BINFLOAT, big-endian
        std::string_view text;
        if (!take(8, text))
            return false;
        for (const char c : text)
            n = n << 8 | static_cast<unsigned char>(c);
        return push(std::bit_cast<double>(n));
    }
    case 'X': // BINUNICODE
    case 'T': // BINSTRING
        return pushText(4);
    case 0x8c: // SHORT_BINUNICODE
    case 'U': // SHORT_BINSTRING
        return pushText(1);
    case 0x8d: // BINUNICODE8
        return pushText(8);
    case 'C': // SHORT_BINBYTES
        return skipBytes(1);
    case 'B': // BINBYTES
        return skipBytes(4);
    case 0x8e: // BINBYTES8
    case 0x96: // BYTEARRAY8
        return skipBytes(8);
    case 0x97: // NEXT_BUFFER
        return push(Unread{});
    case 0x98: // READONLY_BUFFER
        return true;
    default:
        return oldLiteral(code);
    }
}

/// Of the oldest protocol, a line each.
bool Machine::oldLiteral(unsigned char code)
{
    std::string_view text;
    switch (code) {
    case 'S': // STRING, in quotes
        return line(text) && (text.size() >= 2 || damaged())
            && push(std::string(text.substr(1, text.size() - 2)));
    case 'V': // UNICODE
        return line(text) && push(std::string(text));
    case 'F': // FLOAT
        return line(text) && push(Unread{});
    case 'I': // INT
    case 'L': { // LONG
        std::int64_t value = 0;
        return line(text)
            && (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc()
                    ? push(value)
                    : push(Unread{}));
    }
    default:
        return fail("it has an instruction that is not known (" + std::to_string(int{code}) + ")");
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

bool Machine::skipBytes(std::size_t sizeBytes)
{
    std::uint64_t size = 0;
    std::string_view text;
    return unsignedNumber(sizeBytes, size) && take(static_cast<std::size_t>(size), text)
        && push(Unread{});
}

bool Machine::pushLong(std::size_t sizeBytes)
{
    std::uint64_t bytes = 0;
    std::uint64_t n = 0;
    std::string_view text;
    if (!unsignedNumber(sizeBytes, bytes))
        return false;
    if (bytes > 8)
        return take(static_cast<std::size_t>(bytes), text) && push(Unread{});
    if (!unsignedNumber(static_cast<std::size_t>(bytes), n))
        return false;
    if (bytes > 0 && bytes < 8 && (n >> (8 * bytes - 1) & 1) != 0)
        n |= ~std::uint64_t{0} << (8 * bytes);
    return push(static_cast<std::int64_t>(n));
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
    if (ids.size() % 2 != 0 || m_stack.empty())
        return damaged();
    if (onTop<Opaque>())
        return true;
    Dict *dict = std::get_if<Dict>(&m_values[m_stack.back()]);
    if (!dict)
        return damaged();
    for (std::size_t i = 0; i < ids.size(); i += 2)
        dict->items.emplace_back(ids[i], ids[i + 1]);
    return true;
}

bool Machine::appendItems()
{
    return onTop<List>() || onTop<Opaque>() || damaged();
}

bool Machine::make(Id maker, Id arguments)
{
    const auto *global = as<Global>(maker);
    const auto *tuple = as<Tuple>(arguments);
    if ((!global && !as<Opaque>(maker)) || (!tuple && !as<None>(arguments)))
        return damaged();
    if (!global || !tuple)
        return push(Opaque{maker});
    if (global->name == OrderedDictName && tuple->items.empty())
        return push(Dict{});
    if (global->name == TensorName)
        return makeTensor(*tuple);
    // (data, requires_grad, hooks[, state])
    if (global->name.starts_with(ParameterName) && tuple->items.size() >= 3
        && as<TensorId>(tuple->items[0])) {
        m_stack.push_back(tuple->items[0]);
        return true;
    }
    return push(Opaque{maker});
}

/// Attributes, such as a state dict's _metadata: they are not needed.
bool Machine::build()
{
    Id state = 0;
    return pop(state)
        && (onTop<Dict>() || onTop<Opaque>() || onTop<List>() || onTop<TensorId>() || damaged());
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
        || !as<std::string>(tuple->items[3]) || !items || *items < 0
        || as<std::string>(tuple->items[2])->size() > MaxKey)
        return damaged();
    const auto known = StorageNames.find(type->name);
    return push(Storage{known == StorageNames.end() ? StorageType::Other : known->second,
                        tuple->items[1], tuple->items[2], *items});
}

bool Machine::numbers(Id id, std::vector<std::int64_t> &out) const
{
    const Tuple *tuple = as<Tuple>(id);
    if (!tuple || tuple->items.size() > MaxPickledRank)
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
bool Machine::makeTensor(const Tuple &arguments)
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
    result.typeName = as<Global>(storage->typeName)->name;
    result.storageItems = storage->items;
    result.offset = *offset;
    m_tensors.push_back(std::move(result));
    return push(TensorId{m_tensors.size() - 1});
}

} // namespace dt::pickle
