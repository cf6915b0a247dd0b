// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/train/TwinLibrary.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace dt {

namespace {

constexpr const char *OwnKey = "twins/own";
constexpr QLatin1String Ending(".twin");
/// Names another folder in place of the program's own, e.g. that of a course.
constexpr const char *FolderVariable = "DENDROTWIN_TWINS";

QDir shippedFolder()
{
    const QString other = qEnvironmentVariable(FolderVariable);
    return other.isEmpty() ? QDir(QCoreApplication::applicationDirPath()
                                  + QStringLiteral("/../share/dendrotwin/twins"))
                           : QDir(other);
}

} // namespace

TwinLibrary::TwinLibrary(QObject *parent) :
    QObject(parent), m_own(QSettings().value(QLatin1String(OwnKey)).toStringList())
{
    for (const QFileInfo &file :
         shippedFolder().entryInfoList({QStringLiteral("*.twin")}, QDir::Files, QDir::Name))
        m_shipped.append(file.canonicalFilePath());
}

QStringList TwinLibrary::paths() const
{
    QStringList all = m_shipped;
    for (const QString &path : m_own) {
        if (QFileInfo::exists(path))
            all.append(path);
    }
    return all;
}

bool TwinLibrary::cameWithProgram(const QString &path) const
{
    return m_shipped.contains(path);
}

void TwinLibrary::add(const QString &path)
{
    const QString whole = QFileInfo(path).absoluteFilePath();
    if (!m_shipped.contains(whole) && !m_own.contains(whole)) {
        m_own.append(whole);
        store();
    }
    // Also when it was known: its file may be a new one.
    Q_EMIT changed();
}

void TwinLibrary::remove(const QString &path)
{
    if (m_own.removeAll(path) == 0)
        return;
    store();
    Q_EMIT changed();
}

Status TwinLibrary::rename(const QString &path, const QString &name)
{
    const QFileInfo file(path);
    const auto refuse = [&](const QString &why) {
        return Error{ErrorCode::Io,
                     tr("%1 cannot be renamed: %2").arg(file.fileName(), why).toStdString(),
                     path.toStdString()};
    };
    if (m_shipped.contains(path))
        return refuse(tr("it came with the program. Copy it and open the copy."));
    QString stem = name.trimmed();
    if (stem.endsWith(Ending, Qt::CaseInsensitive))
        stem.chop(Ending.size());
    // What some system or other takes for something else than a name.
    const bool odd = std::any_of(stem.begin(), stem.end(), [](QChar c) {
        return !c.isPrint() || QStringLiteral("/\\:*?\"<>|").contains(c);
    });
    if (stem.isEmpty() || stem.startsWith(u'.') || odd)
        return refuse(
            tr("'%1' is no name for a file. Leave out / \\ : * ? \" < > | and a dot at the "
               "beginning.")
                .arg(name));
    const QString to = file.dir().filePath(stem + Ending);
    if (to == path)
        return Done{};
    // Where capitals do not count, it is itself.
    if (QFileInfo::exists(to) && QFileInfo(to).canonicalFilePath() != file.canonicalFilePath())
        return refuse(tr("there is a file %1 already. Choose another name.").arg(stem + Ending));
    if (QFile renaming(path); !renaming.rename(to))
        return refuse(tr("%1. Choose another name, or copy it to a folder of yours and open it "
                         "there.")
                          .arg(renaming.errorString()));
    for (QString &own : m_own) {
        if (own == path)
            own = to;
    }
    store();
    Q_EMIT renamed(path, to);
    Q_EMIT changed();
    return Done{};
}

void TwinLibrary::store()
{
    QSettings().setValue(QLatin1String(OwnKey), m_own);
}

} // namespace dt
