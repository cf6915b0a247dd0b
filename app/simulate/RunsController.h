// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/CsvText.h"
#include "engine/base/Result.h"
#include "engine/recording/RunHistory.h"

#include <QObject>

#include <QString>
#include <functional>

class QAction;
class QMenu;

namespace dt {

class Document;
class RunDialogs;
class SimulatePage;
class SimulationController;

/// Keeps the last runs and does what the table of runs and the File menu ask for: ghosts, restoring
/// settings, exports, imports of events and traces. GUI thread; files of runs and traces are
/// written and read on others.
class RunsController : public QObject
{
    Q_OBJECT

public:
    /// `dialogs` must outlive this.
    RunsController(Document *document, SimulationController *simulation, SimulatePage *page,
                   RunDialogs *dialogs, QObject *parent = nullptr);

    /// Puts other dialogs in place, for tests.
    void setDialogs(RunDialogs *dialogs) { m_dialogs = dialogs; }

    [[nodiscard]] const RunHistory &history() const { return m_history; }
    /// Adds its actions.
    void fillMenu(QMenu *menu);

    void saveRecording();
    void exportRun(int key);
    void exportEvents();
    void importEvents();
    void importTrace();
    void restore(int key);

Q_SIGNALS:
    void failed(const dt::Error &error);
    /// A file was chosen: what was said of an earlier one is over.
    void importing();
    void told(const QString &sentence);

private:
    /// Writes on another thread, and says so before and after.
    void writeInBackground(const QString &path, std::function<Status()> write);
    /// Reads a trace on another thread; asks and reads again where `sign` is needed.
    void takeTrace(const QString &path, std::optional<DecimalSign> sign);
    void record(const RunRecord &run);
    void stampPlots();
    void pin(int key, bool pinned);
    void remove(int key);
    /// Another project begins without runs.
    void forget();
    void refresh();
    /// The run that is shown, with its traces; null when it is not kept any more.
    [[nodiscard]] const RunRecord *shownRun() const;
    void refreshGhosts();
    [[nodiscard]] QString projectName() const;

    Document *m_document;
    SimulationController *m_simulation;
    SimulatePage *m_page;
    RunDialogs *m_dialogs;
    RunHistory m_history; ///< runs of the open project
    QAction *m_saveRecording;
    QAction *m_exportRun;
    QAction *m_exportEvents;
    QAction *m_importEvents;
    QAction *m_importTrace;
    int m_project = 0; ///< counts the projects that were opened
};

/// Which run it is, in a line: its number, the project, the neuron, the input with its seed.
QString runCaption(int id, const RunSetup &setup, const QString &project);

} // namespace dt
