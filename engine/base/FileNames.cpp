// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/FileNames.h"

#include <algorithm>
#include <map>
#include <set>

namespace dt {

namespace {

constexpr const char *Slashes = "/\\";

/// The last `parts` names of the file's folder.
std::string folderOf(const std::string &path, std::size_t parts)
{
    const std::size_t end = path.find_last_of(Slashes);
    if (end == std::string::npos)
        return {};
    std::size_t from = end;
    while (parts-- > 0 && from != std::string::npos && from > 0)
        from = path.find_last_of(Slashes, from - 1);
    from = from == std::string::npos ? 0 : from + 1;
    return from < end ? path.substr(from, end - from) : std::string();
}

/// Those of one stem.
std::vector<std::string> apart(const std::string &stem, const std::vector<std::string> &paths)
{
    const std::size_t different = std::set<std::string>(paths.begin(), paths.end()).size();
    std::size_t deepest = 0;
    for (const std::string &path : paths)
        deepest = std::max(
            deepest, static_cast<std::size_t>(std::count_if(path.begin(), path.end(), [](char c) {
                return c == '/' || c == '\\';
            })));
    std::vector<std::string> names;
    for (std::size_t parts = 1; parts <= std::max<std::size_t>(deepest, 1); ++parts) {
        names.clear();
        for (const std::string &path : paths) {
            const std::string folder = folderOf(path, parts);
            names.push_back(folder.empty() ? stem : stem + " (" + folder + ")");
        }
        if (std::set<std::string>(names.begin(), names.end()).size() == different)
            break;
    }
    return names;
}

} // namespace

std::string stemOf(const std::string &path)
{
    std::string name = path;
    name.erase(0, name.find_last_of(Slashes) + 1); // npos + 1 is 0
    if (const std::size_t dot = name.rfind('.'); dot != std::string::npos && dot > 0)
        name.erase(dot);
    return name;
}

std::vector<std::string> distinctNames(const std::vector<std::string> &paths)
{
    std::map<std::string, std::vector<std::size_t>> byStem;
    for (std::size_t i = 0; i < paths.size(); ++i)
        byStem[stemOf(paths[i])].push_back(i);
    std::vector<std::string> names(paths.size());
    for (const auto &[stem, places] : byStem) {
        std::vector<std::string> same;
        for (const std::size_t place : places)
            same.push_back(paths[place]);
        const std::vector<std::string> found =
            places.size() > 1 ? apart(stem, same) : std::vector<std::string>{stem};
        for (std::size_t i = 0; i < places.size(); ++i)
            names[places[i]] = found[i];
    }
    return names;
}

} // namespace dt
