// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"

#include <QObject>
#include <QStringList>

namespace dt {

/// The twin files that the program knows: those that came with it, and those that were trained here
/// or opened. The latter are remembered from one start to the next.
class TwinLibrary : public QObject
{
    Q_OBJECT

public:
    explicit TwinLibrary(QObject *parent = nullptr);

    /// All that exist: those that came with the program first.
    [[nodiscard]] QStringList paths() const;
    [[nodiscard]] bool cameWithProgram(const QString &path) const;

    /// Twice is once.
    void add(const QString &path);
    /// Off the list; the file stays. Not those that came with the program.
    void remove(const QString &path);
    /// A twin's name is its file's: gives it another one in the same folder. Not those that came
    /// with the program.
    Status rename(const QString &path, const QString &name);

Q_SIGNALS:
    void changed();
    /// Before changed().
    void renamed(const QString &from, const QString &to);

private:
    void store();

    QStringList m_shipped;
    QStringList m_own;
};

} // namespace dt
