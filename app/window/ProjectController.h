// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/project/Autosave.h"

#include <QObject>
#include <QSettings>
#include <QStringList>
#include <QTimer>

#include <functional>

namespace dt {

class Document;

/// The path under which a project is saved when a person calls it `path`: with the suffix of
/// projects.
QString withProjectSuffix(const QString &path);

/// What the window asks a person. Tests answer in its place.
class ProjectDialogs
{
public:
    enum class Unsaved { Save, Discard, Cancel };
    virtual ~ProjectDialogs() = default;
    virtual Unsaved askUnsaved(const QString &name) = 0;
    enum class Changed { KeepTheirs, Overwrite, SaveAs, Cancel };
    /// Asks what to do when the project's file is not what was opened or saved here: another
    /// program has changed it or, when `gone`, moved or deleted it. When it is gone, there is
    /// nothing of theirs to keep.
    virtual Changed askChanged(const QString &name, bool gone) = 0;
    /// Asks for a project to open; empty when cancelled.
    virtual QString askOpenPath(const QString &folder) = 0;
    /// Asks where to save a project, and whether a file of that name, with its suffix, may be
    /// replaced.
    virtual QString askSavePath(const QString &suggestion) = 0;
    /// Asks for an SWC file to read.
    virtual QString askImportMorphology(const QString &folder) = 0;
    virtual QString askExportMorphology(const QString &suggestion) = 0;
    virtual QString askSaveScript(const QString &suggestion) = 0;
};

/// New, open, save, recent files, autosave and recovery. Failures come as signals with a
/// sentence; unsaved work is never dropped unasked, nor is what another program wrote into the
/// file.
class ProjectController : public QObject
{
    Q_OBJECT

public:
    ProjectController(Document *document, ProjectDialogs *dialogs, const QString &autosaveFolder,
                      QObject *parent = nullptr);

    void newProject();
    void open();
    /// Opens a project, also from the command line and the recent list.
    void openPath(const QString &path);
    bool save();
    bool saveAs();
    /// True when the window may close.
    bool mayClose();

    [[nodiscard]] QStringList recent() const;
    /// Name for the window's title.
    [[nodiscard]] QString displayName() const;

    /// What a crashed program left; empty most of the time.
    [[nodiscard]] std::vector<Autosave::Copy> recoverable() const;
    void recover(const Autosave::Copy &copy);

Q_SIGNALS:
    void failed(const dt::Error &error);
    void recentChanged();
    /// A person's save has succeeded.
    void saved(const QString &path);
    /// A line for the status strip.
    void told(const QString &sentence);

private:
    bool keepsUnsaved();
    /// Whether the file holds what it held when it was opened or saved here, as far as is known.
    [[nodiscard]] bool isFileOurs() const;
    bool keepTheirs();
    bool saveTo(const QString &path);
    void addRecent(const QString &path);
    void autosave();

    Document *m_document;
    ProjectDialogs *m_dialogs;
    QString m_autosaveFolder;
    Autosave m_autosave;
    QTimer m_autosaveTimer;
    QByteArray m_stamp; ///< stamp of the file when it was opened or saved here; null: not known
    QSettings m_settings;
    bool m_autosaveFailed = false;
};

} // namespace dt
