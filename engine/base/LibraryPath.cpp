// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/LibraryPath.h"

#include "engine/base/Version.h"

#include <filesystem>

namespace dt {

std::string libraryPath(std::string_view programFolder, std::string_view library)
{
    return (std::filesystem::path(programFolder).parent_path() / LibraryFolder / library).string();
}

} // namespace dt
