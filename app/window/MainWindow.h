// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/data/DatasetController.h"
#include "app/train/TwinDialogs.h"
#include "app/window/ProjectController.h"
#include "widgets/theme/Theme.h"

#include <QMainWindow>

#include <memory>

class QAction;
class QComboBox;
class QMenu;
class QStackedWidget;
class QToolBar;
class QToolButton;

namespace dt {

class CompareController;
class ComparePage;
class DataPage;
class Document;
class ExplorePage;
class ExperimentController;
class HelpController;
class LiveController;
class LiveView;
class MorphologyController;
class NeuronPage;
class NoticeBar;
class PageBar;
class RunsController;
class SimulatePage;
class SimulationController;
class SimulationEngine;
class StatusStrip;
class TrainController;
class TwinDataSets;
class TwinLibrary;
class TrainPage;
class WindowDialogs;
class WindowShape;

/// The window: page bar, tool bar, pages, status line. Wires document, controllers and pages to
/// each other; does nothing itself.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    enum Page { Neuron, Simulate, Explore, Data, Train, Compare };

    /// `engine` and the dialogs must outlive the window. Dialogs may be null: then real ones are
    /// shown. `engines` run data sets; without it, pools of NEURON workers do.
    MainWindow(SimulationEngine *engine, ProjectDialogs *dialogs, const QString &autosaveFolder,
               DatasetDialogs *datasetDialogs = nullptr, EngineFactory engines = {},
               TwinDialogs *twinDialogs = nullptr, QWidget *parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Document *document() const { return m_document; }
    [[nodiscard]] SimulationController *simulation() const { return m_simulation; }
    [[nodiscard]] RunsController *runs() const { return m_runs; }
    [[nodiscard]] ProjectController *project() const { return m_project; }
    [[nodiscard]] SimulatePage *simulatePage() const { return m_simulatePage; }
    [[nodiscard]] ExplorePage *explorePage() const { return m_explorePage; }
    [[nodiscard]] LiveController *live() const { return m_live; }
    [[nodiscard]] DataPage *dataPage() const { return m_dataPage; }
    [[nodiscard]] DatasetController *datasets() const { return m_datasets; }
    [[nodiscard]] TrainPage *trainPage() const { return m_trainPage; }
    [[nodiscard]] TrainController *training() const { return m_training; }
    /// The file in which the queue of trainings is kept.
    [[nodiscard]] static QString trainingListFile();
    /// The folder of test sets that were made for twins whose data sets are not at hand.
    [[nodiscard]] static QString testSetFolder();
    [[nodiscard]] TwinLibrary *twins() const { return m_twins; }
    [[nodiscard]] ComparePage *comparePage() const { return m_comparePage; }
    [[nodiscard]] CompareController *comparison() const { return m_comparison; }

    void showPage(Page page);
    /// Offers what a crash left, then runs the default neuron: the first trace comes by itself.
    void begin(const QString &pathToOpen);

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void run();
    void updateStop();
    void createActions();
    void createMenus();
    void createToolBar();
    void applyTheme(theme::Scheme scheme, bool projector);
    void restyle();
    void updateTitle();
    void updateRecent();
    /// Shows an error. `again` repeats what failed, where that makes sense.
    void showFailure(const Error &error, const std::function<void()> &again = {});
    void offerRecovery();
    void offerResume();
    void showSaved(const QString &path);
    void showAbout();

    std::unique_ptr<WindowDialogs> m_ownDialogs;
    WindowShape *m_shape;
    Document *m_document;
    ProjectController *m_project;
    SimulationController *m_simulation;
    RunsController *m_runs;
    PageBar *m_pageBar;
    QStackedWidget *m_pages;
    NeuronPage *m_neuronPage;
    SimulatePage *m_simulatePage;
    ExplorePage *m_explorePage;
    LiveView *m_liveView;
    ExperimentController *m_experiments;
    LiveController *m_live;
    DataPage *m_dataPage;
    DatasetController *m_datasets;
    TrainPage *m_trainPage;
    TwinLibrary *m_twins;
    TwinDataSets *m_twinData;
    TrainController *m_training;
    ComparePage *m_comparePage;
    CompareController *m_comparison;
    MorphologyController *m_morphology = nullptr;
    StatusStrip *m_status;
    NoticeBar *m_notice;
    QToolBar *m_toolBar = nullptr;
    QComboBox *m_pace = nullptr;
    QList<QAction *> m_paceTools; ///< with its label
    QMenu *m_recentMenu = nullptr;
    QAction *m_new = nullptr;
    QAction *m_open = nullptr;
    QAction *m_save = nullptr;
    QAction *m_saveAs = nullptr;
    QAction *m_savePlots = nullptr;
    QAction *m_undo = nullptr;
    QAction *m_redo = nullptr;
    QAction *m_run = nullptr;
    QAction *m_stop = nullptr;
    QAction *m_autoRun = nullptr;
    QAction *m_projector = nullptr;
    HelpController *m_help;
    SimulationEngine *m_engine;
};

} // namespace dt
