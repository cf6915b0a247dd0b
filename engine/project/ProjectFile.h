// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/project/Project.h"

#include <QByteArray>
#include <QString>

namespace dt {

/// `.dendro` files: one readable JSON object with `format`, `format_version`, `created_by`,
/// `neuron` and `stimulus`; things are referred to by name. A newer format version is refused, an
/// unknown key is ignored.
inline constexpr int ProjectFormatVersion = 1;

QByteArray projectText(const Project &project);

/// Reads and validates a project. `place` names the file in messages.
Result<Project> projectFromText(const QByteArray &text, const QString &place);

Result<Project> loadProject(const QString &path);

/// Checksum of a file's contents, which stays equal as long as nobody changes them. Null when the
/// file is not there or cannot be read.
QByteArray fileStamp(const QString &path);

/// Replaces an older file only by a complete new one.
Status saveProject(const QString &path, const Project &project);

} // namespace dt
