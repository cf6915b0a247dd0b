// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace dt {

/// The questions about twins' files that a person answers; replaced in tests. Empty: cancelled.
class TwinDialogs
{
public:
    /// A plot is pixels (PNG) or lines (SVG, PDF).
    enum class SavedKind { Report, Csv, Table, Plot };

    virtual ~TwinDialogs() = default;
    virtual QStringList askOpenTwins(const QString &folder) = 0;
    virtual QString askSaveAs(SavedKind kind, const QString &suggestion) = 0;
};

} // namespace dt
