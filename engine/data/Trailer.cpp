// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/Trailer.h"

#include "engine/data/Checksum.h"
#include "engine/data/Hdf5.h"

#include <algorithm>
#include <fstream>
#include <string_view>
#include <vector>

namespace dt {

namespace {

constexpr std::string_view TrailerMagic = "DTWINSUM";
constexpr std::streamoff TrailerSize = 24;

std::string trailerText(std::uint64_t bytes, std::uint64_t sum)
{
    std::string text(TrailerMagic);
    for (const std::uint64_t number : {bytes, sum}) {
        for (int i = 0; i < 8; ++i)
            text += static_cast<char>(number >> (8 * i) & 0xFF);
    }
    return text;
}

/// Of the first `bytes`; fewer when the file is shorter.
std::uint64_t sumOf(std::ifstream &in, std::streamoff bytes)
{
    Checksum sum;
    std::vector<char> block(1u << 20);
    in.seekg(0);
    while (bytes > 0 && in) {
        in.read(block.data(), std::min(bytes, static_cast<std::streamoff>(block.size())));
        sum.add(block.data(), static_cast<std::size_t>(in.gcount()));
        bytes -= in.gcount();
    }
    return sum.value();
}

} // namespace

Status appendTrailer(const std::string &path)
{
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    const std::streamoff size = in.tellg();
    if (!in || size < 0)
        return h5::writeError(path);
    const std::string text = trailerText(static_cast<std::uint64_t>(size), sumOf(in, size));
    if (!in)
        return h5::writeError(path);
    std::ofstream out(path, std::ios::binary | std::ios::app);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out)
        return h5::writeError(path);
    return Done{};
}

Status checkTrailer(const std::string &path)
{
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    const std::streamoff size = in ? static_cast<std::streamoff>(in.tellg()) : 0;
    if (size < TrailerSize)
        return Done{}; // opening it will say why
    std::string found(static_cast<std::size_t>(TrailerSize), '\0');
    in.seekg(size - TrailerSize);
    in.read(found.data(), TrailerSize);
    if (!found.starts_with(TrailerMagic))
        return Done{};
    const std::streamoff before = size - TrailerSize;
    if (found != trailerText(static_cast<std::uint64_t>(before), sumOf(in, before)))
        return h5::openElsewhereOr(h5::damaged(path, "its bytes do not match their checksum"),
                                   path);
    return Done{};
}

} // namespace dt
