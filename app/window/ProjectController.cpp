// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/ProjectController.h"

#include "engine/document/Document.h"
#include "engine/project/ProjectFile.h"

#include <QDir>
#include <QFileInfo>

namespace dt {

namespace {

constexpr int AutosaveDelayMs = 2000;
constexpr int RecentLength = 8;
constexpr const char *RecentKey = "recentProjects";
const QString Suffix = QStringLiteral(".dendro");

} // namespace

QString withProjectSuffix(const QString &path)
{
    // "cell 1.5 um" has none, although Qt says so.
    return path.endsWith(Suffix, Qt::CaseInsensitive) ? path : path + Suffix;
}

ProjectController::ProjectController(Document *document, ProjectDialogs *dialogs,
                                     const QString &autosaveFolder, QObject *parent) :
    QObject(parent),
    m_document(document), m_dialogs(dialogs), m_autosaveFolder(autosaveFolder),
    m_autosave(autosaveFolder)
{
    m_autosaveTimer.setSingleShot(true);
    m_autosaveTimer.setInterval(AutosaveDelayMs);
    connect(&m_autosaveTimer, &QTimer::timeout, this, &ProjectController::autosave);
    connect(document, &Document::changed, this, [this] {
        // Not restarted by each edit: somebody who never pauses is kept safe too.
        if (!m_autosaveTimer.isActive())
            m_autosaveTimer.start();
    });
    connect(document, &Document::titleChanged, this, [this] {
        if (!m_document->isModified())
            m_autosave.clear();
    });
}

void ProjectController::autosave()
{
    if (!m_document->isModified())
        return;
    const Status written = m_autosave.write(m_document->project(), m_document->path(), m_stamp);
    // Say it once, not every two seconds.
    if (!written && !m_autosaveFailed)
        Q_EMIT failed(written.error());
    m_autosaveFailed = !written.ok();
}

QString ProjectController::displayName() const
{
    return m_document->path().isEmpty() ? tr("Untitled")
                                        : QFileInfo(m_document->path()).completeBaseName();
}

bool ProjectController::keepsUnsaved()
{
    if (!m_document->isModified())
        return true;
    switch (m_dialogs->askUnsaved(displayName())) {
    case ProjectDialogs::Unsaved::Save:
        return save();
    case ProjectDialogs::Unsaved::Discard:
        return true;
    case ProjectDialogs::Unsaved::Cancel:
        break;
    }
    return false;
}

bool ProjectController::mayClose()
{
    if (!keepsUnsaved())
        return false;
    m_autosaveTimer.stop();
    m_autosave.clear();
    return true;
}

void ProjectController::newProject()
{
    if (!keepsUnsaved())
        return;
    m_stamp.clear();
    m_document->reset({}, {});
}

void ProjectController::open()
{
    const QString folder = m_document->path().isEmpty()
        ? QDir::homePath()
        : QFileInfo(m_document->path()).absolutePath();
    const QString path = m_dialogs->askOpenPath(folder);
    if (!path.isEmpty())
        openPath(path);
}

void ProjectController::openPath(const QString &path)
{
    // Read first: a file that cannot be opened must not cost the open project. The stamp before it:
    // who changes the file in between is noticed when it is saved.
    QByteArray stamp = fileStamp(path);
    Result<Project> project = loadProject(path);
    if (!project) {
        QStringList list = recent();
        if (project.error().code == ErrorCode::NotFound && list.removeAll(path) > 0) {
            m_settings.setValue(QLatin1String(RecentKey), list);
            Q_EMIT recentChanged();
        }
        Q_EMIT failed(project.error());
        return;
    }
    const bool modified = m_document->isModified();
    if (!keepsUnsaved())
        return;
    if (modified) {
        // Saving may have written this very file.
        stamp = fileStamp(path);
        project = loadProject(path);
        if (!project) {
            Q_EMIT failed(project.error());
            return;
        }
    }
    m_stamp = stamp;
    m_document->reset(*project, QFileInfo(path).absoluteFilePath());
    addRecent(QFileInfo(path).absoluteFilePath());
}

bool ProjectController::save()
{
    const QString path = m_document->path();
    if (path.isEmpty())
        return saveAs();
    if (isFileOurs())
        return saveTo(path);
    switch (m_dialogs->askChanged(displayName(), !QFileInfo::exists(path))) {
    case ProjectDialogs::Changed::KeepTheirs:
        return keepTheirs();
    case ProjectDialogs::Changed::Overwrite:
        return saveTo(path);
    case ProjectDialogs::Changed::SaveAs:
        return saveAs();
    case ProjectDialogs::Changed::Cancel:
        break;
    }
    return false;
}

bool ProjectController::isFileOurs() const
{
    return m_stamp.isNull() || m_stamp == fileStamp(m_document->path());
}

// One step of the document, so that Undo brings one's own work back.
bool ProjectController::keepTheirs()
{
    const QString path = m_document->path();
    const QByteArray stamp = fileStamp(path);
    const Result<Project> theirs = loadProject(path);
    if (!theirs) {
        Q_EMIT failed(theirs.error());
        return false;
    }
    const QString name = QFileInfo(path).fileName();
    if (const Status done = m_document->replace(tr("Read %1 Again").arg(name), *theirs); !done) {
        Q_EMIT failed(done.error());
        return false;
    }
    m_stamp = stamp;
    m_document->setSaved(path);
    Q_EMIT told(tr("%1 was read again. Undo brings your own changes back.").arg(name));
    return true;
}

bool ProjectController::saveAs()
{
    const QString suggestion = m_document->path().isEmpty()
        ? QDir(QDir::homePath()).filePath(tr("neuron") + Suffix)
        : m_document->path();
    const QString path = m_dialogs->askSavePath(suggestion);
    if (path.isEmpty())
        return false;
    return saveTo(withProjectSuffix(path));
}

bool ProjectController::saveTo(const QString &path)
{
    if (const Status written = saveProject(path, m_document->project()); !written) {
        Q_EMIT failed(written.error());
        return false;
    }
    m_stamp = fileStamp(path);
    m_document->setSaved(path);
    addRecent(QFileInfo(path).absoluteFilePath());
    Q_EMIT saved(path);
    return true;
}

QStringList ProjectController::recent() const
{
    return m_settings.value(QLatin1String(RecentKey)).toStringList();
}

void ProjectController::addRecent(const QString &path)
{
    QStringList list = recent();
    list.removeAll(path);
    list.prepend(path);
    m_settings.setValue(QLatin1String(RecentKey), list.mid(0, RecentLength));
    Q_EMIT recentChanged();
}

std::vector<Autosave::Copy> ProjectController::recoverable() const
{
    return Autosave::orphans(m_autosaveFolder);
}

void ProjectController::recover(const Autosave::Copy &copy)
{
    const Result<Project> project = loadProject(copy.file);
    if (!project) {
        Q_EMIT failed(project.error());
        return;
    }
    if (!keepsUnsaved())
        return;
    m_stamp = copy.originalStamp;
    m_document->reset(*project, copy.originalPath, true);
    autosave(); // under our own name before the old copy goes
    if (!m_autosaveFailed)
        Autosave::discard(copy);
}

} // namespace dt
