// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/Autosave.h"

#include "engine/files/TargetFile.h"
#include "engine/json/NeuronJson.h"
#include "engine/project/ProjectFile.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QFile>
#include <QUuid>

namespace dt {

namespace {

constexpr const char *OriginalKey = "autosave_of";
constexpr const char *StampKey = "autosave_of_sha256";

QString lockOf(const QString &file)
{
    return file + QStringLiteral(".lock");
}

} // namespace

Autosave::Autosave(const QString &folder)
{
    QDir().mkpath(folder);
    m_file = QDir(folder).filePath(QUuid::createUuid().toString(QUuid::WithoutBraces)
                                   + QStringLiteral(".dendro"));
    m_lock = std::make_unique<QLockFile>(lockOf(m_file));
    m_lock->setStaleLockTime(0); // stale only when the process is gone
    m_lock->tryLock(0);
}

Autosave::~Autosave()
{
    clear();
}

Status Autosave::write(const Project &project, const QString &originalPath,
                       const QByteArray &originalStamp)
{
    Json json = Json::parse(projectText(project).toStdString());
    json[OriginalKey] = originalPath.toStdString();
    if (!originalStamp.isEmpty())
        json[StampKey] = originalStamp.toStdString();
    const Status written = writeFile(m_file.toStdString(), json.dump(2), true);
    if (!written)
        return Error{ErrorCode::Io,
                     "Unsaved work cannot be kept safe. " + written.error().message
                         + " Save the project yourself.",
                     m_file.toStdString()};
    return Done{};
}

void Autosave::clear()
{
    QFile::remove(m_file);
}

std::vector<Autosave::Copy> Autosave::orphans(const QString &folder)
{
    std::vector<Copy> copies;
    const QFileInfoList files =
        QDir(folder).entryInfoList({QStringLiteral("*.dendro")}, QDir::Files, QDir::Time);
    for (const QFileInfo &info : files) {
        const QString file = info.absoluteFilePath();
        QLockFile lock(lockOf(file));
        lock.setStaleLockTime(0);
        if (!lock.tryLock(0))
            continue; // its program is running
        Copy copy{file, {}, {}, info.lastModified()};
        QFile content(file);
        if (content.open(QIODevice::ReadOnly)) {
            const Result<Json> json =
                parseJson(content.readAll().toStdString(), file.toStdString());
            const auto word = [&](const char *key) {
                return json && json->is_object() && json->contains(key) && json->at(key).is_string()
                    ? json->at(key).get<std::string>()
                    : std::string();
            };
            copy.originalPath = QString::fromStdString(word(OriginalKey));
            copy.originalStamp = QByteArray::fromStdString(word(StampKey));
        }
        copies.push_back(copy);
    }
    return copies;
}

void Autosave::discard(const Copy &copy)
{
    QFile::remove(copy.file);
    QFile::remove(lockOf(copy.file));
}

} // namespace dt
