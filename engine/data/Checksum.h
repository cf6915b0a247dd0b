// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dt {

/// The checksum FNV-1a of 64 bits: it finds damage, but no tampering.
class Checksum
{
public:
    void add(const void *bytes, std::size_t count)
    {
        const auto *b = static_cast<const unsigned char *>(bytes);
        for (std::size_t i = 0; i < count; ++i)
            m_hash = (m_hash ^ b[i]) * 0x100000001B3ULL;
    }
    void add(std::uint64_t number)
    {
        unsigned char bytes[8];
        for (int i = 0; i < 8; ++i)
            bytes[i] = static_cast<unsigned char>(number >> (8 * i));
        add(bytes, sizeof bytes);
    }
    /// Adds the text and its length, so that "ab", "c" differs from "a", "bc".
    void add(std::string_view text)
    {
        add(std::uint64_t{text.size()});
        add(text.data(), text.size());
    }
    [[nodiscard]] std::uint64_t value() const { return m_hash; }
    /// The checksum as 16 hexadecimal digits.
    [[nodiscard]] std::string text() const
    {
        std::string digits(16, '0');
        for (std::size_t i = 0; i < digits.size(); ++i)
            digits[i] = "0123456789abcdef"[m_hash >> (60 - 4 * i) & 15];
        return digits;
    }

private:
    std::uint64_t m_hash = 0xCBF29CE484222325ULL;
};

} // namespace dt
