// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dt {

/// The part of the zip format that PyTorch's .pt files use: members that are stored, not
/// compressed, with or without zip64. Archives are held in memory, and nothing in them is trusted.

std::uint32_t crc32(std::string_view bytes);

class ZipReader
{
public:
    /// Reads the whole file. Refuses compressed, encrypted, repeated, overlapping and damaged
    /// members, and anything beyond 2 GB.
    static Result<ZipReader> open(const std::string &path);

    /// The members by name, as views into this object's memory.
    [[nodiscard]] const std::map<std::string, std::string_view> &members() const
    {
        return m_members;
    }

    ZipReader(ZipReader &&) = default; // a long string keeps its memory when it moves
    ZipReader &operator=(ZipReader &&) = delete;

private:
    ZipReader() = default;
    /// What is wrong, or nothing.
    std::string readDirectory();
    std::string readMember(std::size_t &at, std::size_t end);
    std::string checkOverlaps(std::size_t directory);

    std::string m_bytes;
    std::size_t m_total = 0; ///< size of all members
    std::vector<std::pair<std::size_t, std::size_t>> m_places; ///< first byte and end of members
    std::map<std::string, std::string_view> m_members;
};

/// Puts an archive together in memory, data aligned to 64 bytes as PyTorch does.
class ZipWriter
{
public:
    void add(const std::string &name, std::string_view bytes);
    /// The whole archive; nothing may be added afterwards.
    [[nodiscard]] std::string finish();

private:
    std::string m_bytes;
    std::string m_directory;
    std::uint16_t m_count = 0;
};

} // namespace dt
