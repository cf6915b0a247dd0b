// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <string>

namespace dt::test {

/// A temporary folder with what tests ask of one.
class TestFolder
{
public:
    [[nodiscard]] QString path() const { return m_folder.path(); }
    /// The path of a file in the folder; absolute paths stay as they are.
    [[nodiscard]] QString at(const QString &name) const { return QDir(path()).filePath(name); }
    [[nodiscard]] std::string file(const char *name) const
    {
        return at(QString::fromUtf8(name)).toStdString();
    }
    /// The names of everything in the folder, sorted.
    [[nodiscard]] QStringList names() const
    {
        return QDir(path()).entryList(
            QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    }
    bool write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(at(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    }
    [[nodiscard]] QByteArray read(const QString &name) const
    {
        QFile file(at(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }

private:
    QTemporaryDir m_folder;
};

} // namespace dt::test
