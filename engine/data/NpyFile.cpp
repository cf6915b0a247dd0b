// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/NpyFile.h"

#include "engine/files/TargetFile.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace dt {

namespace {

constexpr char NumpyMagic[] = "\x93NUMPY";
constexpr std::size_t MagicBytes = 6;
constexpr std::size_t Alignment = 64;
constexpr std::size_t MaxHeader = 1u << 20;

Error wrong(const std::string &path, const std::string &what)
{
    return {ErrorCode::Format, path + " " + what + ".", path};
}

/// The header: a dictionary as Python writes it, or as another program does that knows Python. The
/// values stay text.
class Header
{
public:
    explicit Header(std::string_view text) : m_text(text) { }

    bool parse()
    {
        if (!take('{'))
            return false;
        while (!take('}')) {
            const std::optional<std::string> key = string();
            if (!key || !take(':'))
                return false;
            skipBlanks();
            const std::size_t from = m_at;
            if (!skipValue() || !m_values.emplace(*key, m_text.substr(from, m_at - from)).second)
                return false;
            if (!take(',') && !m_text.substr(m_at).starts_with('}'))
                return false;
        }
        skipBlanks();
        return m_at == m_text.size();
    }

    /// Without blanks around it; empty where there is none.
    [[nodiscard]] std::string_view value(const std::string &key) const
    {
        const auto it = m_values.find(key);
        return it == m_values.end() ? std::string_view() : it->second;
    }

    /// All strings of a value; of a structured type, names and types of its fields.
    static std::vector<std::string> stringsIn(std::string_view value)
    {
        std::vector<std::string> strings;
        for (Header rest(value); rest.m_at < value.size();) {
            if (const std::optional<std::string> text = rest.string())
                strings.push_back(*text);
            else
                ++rest.m_at;
        }
        return strings;
    }

private:
    void skipBlanks()
    {
        m_at = std::min(m_text.find_first_not_of(" \t\r\n\f", m_at), m_text.size());
    }

    bool take(char c)
    {
        skipBlanks();
        const bool there = m_at < m_text.size() && m_text[m_at] == c;
        m_at += there;
        return there;
    }

    /// In either quotes; Python 2 wrote a letter in front.
    std::optional<std::string> string()
    {
        skipBlanks();
        std::size_t at = m_at;
        if (at < m_text.size() && (m_text[at] == 'u' || m_text[at] == 'b'))
            ++at;
        if (at >= m_text.size() || (m_text[at] != '\'' && m_text[at] != '"'))
            return std::nullopt;
        const std::size_t end = m_text.find(m_text[at], at + 1);
        if (end == std::string_view::npos)
            return std::nullopt;
        m_at = end + 1;
        return std::string(m_text.substr(at + 1, end - at - 1));
    }

    bool skipValue()
    {
        std::string open;
        do {
            skipBlanks();
            if (string())
                continue;
            if (m_at >= m_text.size())
                return false;
            const char c = m_text[m_at];
            if (c == '(' || c == '[' || c == '{') {
                open += c == '(' ? ')' : c == '[' ? ']' : '}';
            } else if (c == ')' || c == ']' || c == '}') {
                if (open.empty() || open.back() != c)
                    return false;
                open.pop_back();
            } else if (open.empty()) { // a word
                const std::size_t from = m_at;
                m_at = std::min(m_text.find_first_of(",:}()[]'\" \t\r\n\f", m_at), m_text.size());
                return m_at > from;
            }
            ++m_at;
        } while (!open.empty());
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::map<std::string, std::string_view> m_values;
};

bool parseShape(std::string_view text, std::vector<std::size_t> &shape)
{
    if (text.size() < 2 || text.front() != '(' || text.back() != ')')
        return false;
    const char *at = text.data() + 1;
    const char *const end = text.data() + text.size() - 1;
    while (at < end) {
        if (*at == ' ' || *at == ',' || *at == 'L') { // Python 2 wrote 3L
            ++at;
            continue;
        }
        std::size_t dimension = 0;
        const auto [next, code] = std::from_chars(at, end, dimension);
        if (code != std::errc{})
            return false;
        shape.push_back(dimension);
        at = next;
    }
    return true;
}

struct Type
{
    std::string name; ///< kind and bytes: f4
    bool bigEndian = false;
};

Type parseType(std::string_view text)
{
    Type type;
    if (!text.empty() && std::string_view("<>=|").find(text.front()) != std::string_view::npos) {
        type.bigEndian = text.front() == '>';
        text.remove_prefix(1);
    }
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> Words{{{"float16", "f2"},
                                                                                  {"half", "f2"},
                                                                                  {"e", "f2"},
                                                                                  {"float32", "f4"},
                                                                                  {"single", "f4"},
                                                                                  {"f", "f4"},
                                                                                  {"bool", "b1"},
                                                                                  {"?", "b1"}}};
    for (const auto &[word, name] : Words) {
        if (text == word)
            text = name;
    }
    type.name = text;
    return type;
}

std::size_t itemSize(const std::string &type)
{
    return static_cast<std::size_t>(type.back() - '0');
}

/// What is wrong with a type that is not the one that is wanted; the end of a sentence.
std::string otherType(std::string_view described, const std::string &wanted)
{
    const std::vector<std::string> strings = Header::stringsIn(described);
    if (std::strchr("[{(", described.front())) {
        const std::string field = strings.empty() ? "" : " ('" + strings.front() + "', ...)";
        return "holds records of named fields" + field + " where plain values of type " + wanted
            + " are expected; save one of the fields";
    }
    const std::string found = strings.empty() ? std::string(described) : strings.front();
    if (parseType(found).name == "O")
        return "holds Python objects where values of type " + wanted + " are expected";
    return "holds values of type " + found + " where " + wanted + " is expected";
}

void swapBytes(std::vector<char> &bytes, std::size_t item)
{
    for (std::size_t i = 0; i + item <= bytes.size(); i += item)
        std::reverse(bytes.begin() + static_cast<std::ptrdiff_t>(i),
                     bytes.begin() + static_cast<std::ptrdiff_t>(i + item));
}

/// From Fortran's order, the first index running fastest, to C's, the last.
std::vector<char> inOrderOfC(const std::vector<char> &bytes, const std::vector<std::size_t> &shape,
                             std::size_t item)
{
    std::vector<char> out(bytes.size());
    std::vector<std::size_t> index(shape.size(), 0);
    for (std::size_t from = 0; from < bytes.size(); from += item) {
        std::size_t to = 0;
        for (std::size_t d = 0; d < shape.size(); ++d)
            to = to * shape[d] + index[d];
        std::memcpy(out.data() + to * item, bytes.data() + from, item);
        for (std::size_t d = 0; d < shape.size() && ++index[d] == shape[d]; ++d)
            index[d] = 0;
    }
    return out;
}

} // namespace

Result<NpyArray> readNpy(const std::string &path, const std::string &type)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return Error{ErrorCode::NotFound, path + " cannot be read: " + std::strerror(errno) + ".",
                     path};
    unsigned char head[12] = {};
    in.read(reinterpret_cast<char *>(head), 10);
    if (!in || std::memcmp(head, NumpyMagic, MagicBytes) != 0)
        return wrong(path, "is not a NumPy file");
    if (head[6] < 1 || head[6] > 3)
        return wrong(path,
                     "is of version " + std::to_string(head[6])
                         + " of NumPy's format; versions 1 to 3 are read");
    std::size_t length = head[8] + (static_cast<std::size_t>(head[9]) << 8);
    if (head[6] >= 2) { // versions 2 and 3 have four bytes of length
        in.read(reinterpret_cast<char *>(head + 10), 2);
        length +=
            (static_cast<std::size_t>(head[10]) << 16) + (static_cast<std::size_t>(head[11]) << 24);
    }
    if (!in || length > MaxHeader)
        return wrong(path, "has a damaged header");
    std::string text(length, '\0');
    in.read(text.data(), static_cast<std::streamsize>(length));
    Header header(text);
    NpyArray array;
    if (!in || !header.parse() || header.value("descr").empty()
        || !parseShape(header.value("shape"), array.shape))
        return wrong(path, "has a damaged header");
    const std::string_view described = header.value("descr");
    const std::vector<std::string> strings = Header::stringsIn(described);
    const bool plain = strings.size() == 1 && std::strchr("[{(", described.front()) == nullptr;
    const Type found = parseType(plain ? strings.front() : "");
    if (found.name != parseType(type).name)
        return wrong(path, otherType(described, type));
    const std::string_view fortran = header.value("fortran_order");
    if (fortran != "False" && fortran != "True")
        return wrong(path, "has a damaged header");
    array.type = type;
    const std::size_t item = itemSize(type);
    std::size_t items = 1;
    for (const std::size_t d : array.shape) {
        if (d > (1u << 30) || items * d > (1u << 30))
            return wrong(path, "is too large");
        items *= d;
    }
    // Before memory is asked for: a damaged header may claim anything.
    const std::streampos start = in.tellg();
    const auto wanted = static_cast<std::streamoff>(items * item);
    const std::streamoff there = in.seekg(0, std::ios::end).tellg() - start;
    if (!in || there < wanted)
        return wrong(path, "is cut short");
    if (there > wanted)
        return wrong(path, "is longer than its header says");
    in.seekg(start);
    array.bytes.resize(items * item);
    in.read(array.bytes.data(), static_cast<std::streamsize>(array.bytes.size()));
    if (static_cast<std::size_t>(in.gcount()) != array.bytes.size())
        return wrong(path, "cannot be read to its end");
    if (found.bigEndian)
        swapBytes(array.bytes, item);
    if (fortran == "True" && array.shape.size() > 1)
        array.bytes = inOrderOfC(array.bytes, array.shape, item);
    return array;
}

namespace {

/// All that comes before the values.
std::string preamble(const std::string &type, const std::vector<std::size_t> &shape)
{
    std::string dims;
    for (std::size_t i = 0; i < shape.size(); ++i)
        dims += (i ? ", " : "") + std::to_string(shape[i]);
    if (shape.size() == 1)
        dims += ",";
    std::string header =
        "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + dims + "), }";
    const std::size_t unpadded = MagicBytes + 4 + header.size() + 1;
    header.append(Alignment - unpadded % Alignment, ' '); // a full line of 64 when it fits already
    header += '\n';
    const char head[4] = {1, 0, static_cast<char>(header.size() & 0xFF),
                          static_cast<char>(header.size() >> 8)};
    return std::string(NumpyMagic, MagicBytes) + std::string(head, sizeof head) + header;
}

} // namespace

std::string npyBytes(const std::string &type, const std::vector<std::size_t> &shape,
                     const void *bytes, std::size_t count)
{
    std::string all = preamble(type, shape);
    all.append(static_cast<const char *>(bytes), count);
    return all;
}

Status writeNpy(const std::string &path, const std::string &type,
                const std::vector<std::size_t> &shape, const void *bytes, std::size_t count)
{
    const std::string head = preamble(type, shape);
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out.write(head.data(), static_cast<std::streamsize>(head.size()));
    out.write(static_cast<const char *>(bytes), static_cast<std::streamsize>(count));
    out.close();
    if (!out)
        return writeError(path, errno);
    return Done{};
}

} // namespace dt
