// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/cell/swc/Swc.h"
#include "engine/jobs/InBackground.h"

#include <QObject>
#include <QTimer>

#include <optional>

class QWidget;

namespace dt {

class Document;
class NoticeBar;
class ProjectDialogs;
class ScriptView;
class SwcFaultsView;

/// The neuron to and from other programs: import and export of SWC files, and the script for plain
/// NEURON. Files are read and scripts put together on another thread; an import is one edit of the
/// document. GUI thread.
class MorphologyController : public QObject
{
    Q_OBJECT

public:
    /// `window` is the parent of the views; all outlive the controller.
    MorphologyController(Document *document, ProjectDialogs *dialogs, NoticeBar *notice,
                         QWidget *window);
    ~MorphologyController() override;

    void askAndImport();
    /// Imports a file, also one that is dropped on the window. A later import takes the place of an
    /// earlier one that is still being read.
    void importPath(const QString &path);
    void askAndExport();
    void showScript();

Q_SIGNALS:
    void failed(const dt::Error &error);
    /// A line for the status strip.
    void told(const QString &sentence);
    /// There is a new neuron to look at.
    void imported();

private:
    /// What is said of the last import, for as long as the import is not undone.
    struct Banner
    {
        QString sentence;
        QString file;
        SwcReading reading; ///< its remarks
        int undoIndex = 0; ///< undo index of the state after the import
        bool shown = true;
    };

    void showBanner();
    void followUndo(int index);
    void read(const QString &path, const SwcOptions &options);
    void finishImport(const Result<SwcReading> &read);
    void writeScript();
    void saveScript();
    [[nodiscard]] QString name() const;
    [[nodiscard]] QString folder() const;

    Document *m_document;
    ProjectDialogs *m_dialogs;
    NoticeBar *m_notice;
    QWidget *m_window;
    SwcFaultsView *m_faults = nullptr;
    ScriptView *m_script = nullptr;
    LatestAnswer m_reader{this};
    std::optional<Banner> m_banner; ///< empty when it was closed
    QString m_path; ///< path of the file that is being read, or was read last
    LatestAnswer m_writer{this};
    QTimer m_scriptTimer;
    QString m_lastFolder;
};

} // namespace dt
