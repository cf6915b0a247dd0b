// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/data/BuildController.h"
#include "engine/data/DatasetFile.h"
#include "engine/jobs/InBackground.h"
#include "widgets/data/DatasetView.h"
#include "widgets/data/DatasetWizard.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>

#include <atomic>
#include <memory>
#include <optional>

namespace dt {

class DataPage;
class Document;

/// The questions a person answers about files; replaced in tests. Empty: cancelled.
class DatasetDialogs
{
public:
    virtual ~DatasetDialogs() = default;
    virtual QString askOpenDataset(const QString &folder) = 0;
    virtual QString askSaveDataset(const QString &title, const QString &suggestion) = 0;
    virtual QString askImportFolder(const QString &folder) = 0;
    virtual QString askExportFolder(const QString &folder) = 0;
    /// Whether a data set that was described, but not built, may be forgotten.
    virtual bool askDiscardDataset() = 0;
};

/// Feeds the Data page: the list of data sets, the chosen one, builds, and the long work on files
/// (import, filter, export, check). All reading and writing runs on background threads.
class DatasetController : public QObject
{
    Q_OBJECT

public:
    DatasetController(Document *document, SimulationEngine *live, EngineFactory engines,
                      DataPage *page, DatasetDialogs *dialogs, QObject *parent = nullptr);
    ~DatasetController() override;

    void newDataset();
    /// Puts a data set on the list and shows it. What is none is told as failed(), and nothing
    /// else changes.
    void openPath(const QString &path);
    void open();
    void import();
    /// A build on the list that was interrupted; empty when there is none.
    [[nodiscard]] QString unfinished() const;
    void resume(const QString &path);

    [[nodiscard]] BuildController *builds() const { return m_builds; }
    [[nodiscard]] DatasetWizard *wizard() const { return m_wizard; }
    /// Whether a task on files runs.
    [[nodiscard]] bool isBusy() const { return m_busy; }
    /// Paths on the list.
    [[nodiscard]] QStringList paths() const { return m_paths; }

Q_SIGNALS:
    /// Something worth looking at is on the Data page.
    void pageWanted();
    void failed(const dt::Error &error);
    /// A sentence about what is done.
    void told(const QString &sentence);

private:
    /// A file with all of it that its page shows.
    struct Opened
    {
        std::shared_ptr<DatasetFile> file;
        DatasetContents contents;
    };
    [[nodiscard]] static Result<Opened> readDataset(const QString &path);

    using Work = std::function<Status(const ProgressFunction &)>;

    void refreshList();
    void addPath(const QString &path);
    void forget(const QString &path);
    void show(const QString &path);
    void showFile(const QString &path);
    void present(Opened opened);
    void showUnfinished(const QString &path);
    void readSample(Split split, std::size_t i);
    void filter();
    void exportFolder();
    void verify();
    void resumeChosen();
    void onBuildEnded(const QString &target, bool finished);
    void startBuild(const DatasetPlan &plan, const QString &target, bool replace);
    void runTrial(const DatasetPlan &plan, quint64 index);
    /// One piece of work on files at a time, with progress and Cancel on the page.
    void runTask(const QString &what, const Work &work, const std::function<void()> &done);

    Document *m_document;
    SimulationEngine *m_live;
    DataPage *m_page;
    DatasetDialogs *m_dialogs;
    BuildController *m_builds;
    QPointer<DatasetWizard> m_wizard;
    QPointer<SimulationJob> m_trial;
    QStringList m_paths; ///< most recent first
    QTimer m_listTimer;
    /// The chosen file; shared with background reading.
    std::shared_ptr<DatasetFile> m_file;
    LatestAnswer m_opening{this}; ///< opens the file that is shown
    LatestAnswer m_asking{this}; ///< reads the file of openPath()
    bool m_busy = false;
    std::shared_ptr<std::atomic<bool>> m_stop;
    std::shared_ptr<std::atomic<double>> m_done;
    QTimer m_taskTimer;
};

} // namespace dt
