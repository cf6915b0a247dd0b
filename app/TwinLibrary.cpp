// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TwinLibrary.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace dt {

namespace {

constexpr const char *OwnKey = "twins/own";
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

void TwinLibrary::store()
{
    QSettings().setValue(QLatin1String(OwnKey), m_own);
}

} // namespace dt
