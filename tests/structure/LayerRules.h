// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace dt::test {

/// What a source file of each folder may include: the layers of docs/ARCHITECTURE.md as a table.
/// Returns the faults of one file as "path:line: sentence". `path` is relative to the root;
/// tests may include what they test and are not looked at.
QStringList layerFaults(const QString &path, const QString &text);

/// Folders that hold sources with rules.
QStringList ruledFolders();

} // namespace dt::test
