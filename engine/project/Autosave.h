// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/project/Project.h"

#include <QDateTime>
#include <QLockFile>
#include <QString>

#include <memory>
#include <vector>

namespace dt {

/// Copies of unsaved work, one file per running program in one folder. The file is a complete
/// project with two more keys: `autosave_of`, the path it belongs to, and `autosave_of_sha256`, the
/// checksum of the file there. A lock holds it while its program runs, so a copy without a live
/// lock was left by a crash.
class Autosave
{
public:
    explicit Autosave(const QString &folder);
    /// Removes the copy: after a normal end of the program there is nothing to recover.
    ~Autosave();

    /// `originalStamp`: what the project's own file held when it was opened or saved (fileStamp()).
    Status write(const Project &project, const QString &originalPath,
                 const QByteArray &originalStamp = {});
    /// Forgets the copy: everything is saved.
    void clear();

    struct Copy
    {
        QString file;
        QString originalPath; ///< empty when the project was never saved
        QByteArray originalStamp; ///< null when unknown
        QDateTime saved;
    };
    /// What crashed programs left, newest first.
    static std::vector<Copy> orphans(const QString &folder);
    static void discard(const Copy &copy);

    [[nodiscard]] const QString &file() const { return m_file; }

private:
    QString m_file;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace dt
