// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: its actions, menus and tool bar.
#include "app/window/MainWindow.h"

#include "app/compare/CompareController.h"
#include "app/data/DatasetController.h"
#include "app/explore/ExperimentController.h"
#include "app/explore/LiveController.h"
#include "app/neuron/MorphologyController.h"
#include "app/simulate/RunsController.h"
#include "app/simulate/SimulationController.h"
#include "app/window/HelpController.h"
#include "app/window/ProjectController.h"
#include "app/window/WindowShape.h"
#include "engine/document/Document.h"
#include "engine/jobs/LiveSession.h"
#include "widgets/explore/LiveView.h"
#include "widgets/pages/ExplorePage.h"
#include "widgets/theme/Theme.h"

#include <QAction>
#include <QActionGroup>
#include <QComboBox>
#include <QLabel>
#include <QMenuBar>
#include <QStackedWidget>
#include <QToolBar>
#include <QToolButton>

#include <array>

namespace dt {

namespace {

struct Pace
{
    const char *label;
    double msPerSecond; ///< 0 = unlimited
};
constexpr std::array Paces{
    Pace{QT_TRANSLATE_NOOP("dt::MainWindow", "As fast as it goes"), 0.0},
    Pace{QT_TRANSLATE_NOOP("dt::MainWindow", "Real time"), 1000.0},
    Pace{QT_TRANSLATE_NOOP("dt::MainWindow", "200 ms a second"), 200.0},
    Pace{QT_TRANSLATE_NOOP("dt::MainWindow", "50 ms a second"), 50.0},
    Pace{QT_TRANSLATE_NOOP("dt::MainWindow", "10 ms a second"), 10.0},
    Pace{QT_TRANSLATE_NOOP("dt::MainWindow", "1 ms a second"), 1.0},
};

} // namespace

void MainWindow::createActions()
{
    const auto action = [this](const char *name, const QString &text, const QString &tip,
                               const QKeySequence &key) {
        auto *a = new QAction(text, this);
        a->setObjectName(QString::fromLatin1(name));
        a->setShortcut(key);
        a->setToolTip(
            key.isEmpty() ? tip : tr("%1 (%2)").arg(tip, key.toString(QKeySequence::NativeText)));
        a->setStatusTip(tip);
        return a;
    };
    m_new = action("newAction", tr("&New"), tr("Start with the default neuron"), QKeySequence::New);
    m_open = action("openAction", tr("&Open..."), tr("Open a project"), QKeySequence::Open);
    m_save = action("saveAction", tr("&Save"), tr("Save the project"), QKeySequence::Save);
    m_saveAs = action("saveAsAction", tr("Save &As..."), tr("Save under another name"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    m_undo = m_document->undoStack()->createUndoAction(this, tr("&Undo"));
    m_undo->setObjectName(QStringLiteral("undoAction"));
    m_undo->setShortcut(QKeySequence::Undo);
    m_redo = m_document->undoStack()->createRedoAction(this, tr("&Redo"));
    m_redo->setObjectName(QStringLiteral("redoAction"));
    m_redo->setShortcuts(
        {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_run = action("runAction", tr("&Run"), tr("Simulate the neuron with this input"),
                   QKeySequence(Qt::Key_F5));
    m_stop = action("stopAction", tr("S&top"), tr("Stop the simulation"),
                    QKeySequence(Qt::SHIFT | Qt::Key_F5));
    m_stop->setEnabled(false);
    m_autoRun = action("autoRunAction", tr("Run After Every Change"),
                       tr("Simulate again by itself when a change is quick to simulate"), {});
    m_autoRun->setIconText(tr("Auto Run"));
    m_autoRun->setCheckable(true);
    m_autoRun->setChecked(true);
    m_projector = action("projectorAction", tr("&Projector Mode"),
                         tr("Larger text and lines, high contrast"), QKeySequence(Qt::Key_F9));
    m_projector->setCheckable(true);

    connect(m_new, &QAction::triggered, m_project, &ProjectController::newProject);
    connect(m_open, &QAction::triggered, m_project, &ProjectController::open);
    connect(m_save, &QAction::triggered, m_project, [this] { m_project->save(); });
    connect(m_saveAs, &QAction::triggered, m_project, [this] { m_project->saveAs(); });
    connect(m_run, &QAction::triggered, this, &MainWindow::run);
    connect(m_stop, &QAction::triggered, this, [this] {
        m_simulation->stop();
        m_experiments->stop();
        m_live->session()->stop();
    });
    connect(m_autoRun, &QAction::toggled, m_simulation, &SimulationController::setAutoRun);
}

// What the page in front runs; pages without anything of the kind simulate.
void MainWindow::run()
{
    if (m_pages->currentWidget() != m_explorePage) {
        showPage(Simulate);
        m_simulation->run();
    } else if (m_explorePage->currentTool() == m_liveView) {
        m_live->session()->play();
    } else {
        m_experiments->run();
    }
}

void MainWindow::updateStop()
{
    m_stop->setEnabled(m_simulation->isRunning() || m_experiments->isRunning()
                       || m_live->session()->isLive());
}

void MainWindow::createMenus()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_new, m_open});
    m_recentMenu = file->addMenu(tr("Open &Recent"));
    file->addSeparator();
    file->addActions({m_save, m_saveAs});
    file->addSeparator();
    file->addAction(tr("&Import Morphology (SWC)..."), m_morphology,
                    &MorphologyController::askAndImport)
        ->setObjectName(QStringLiteral("importMorphologyAction"));
    file->addAction(tr("&Export Morphology (SWC)..."), m_morphology,
                    &MorphologyController::askAndExport)
        ->setObjectName(QStringLiteral("exportMorphologyAction"));
    file->addSeparator();
    m_savePlots->setObjectName(QStringLiteral("savePlotsAction"));
    m_savePlots->setStatusTip(tr("One picture of all plots of the Simulate page: PNG, SVG or PDF"));
    file->addAction(m_savePlots);
    m_runs->fillMenu(file);
    file->addSeparator();
    file->addAction(tr("Open &Twin..."), m_comparison, &CompareController::open)
        ->setObjectName(QStringLiteral("openTwinAction"));
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);

    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    edit->addActions({m_undo, m_redo});

    QMenu *simulation = menuBar()->addMenu(tr("&Simulation"));
    simulation->addActions({m_run, m_stop});
    simulation->addSeparator();
    simulation->addAction(m_autoRun);

    QMenu *dataSets = menuBar()->addMenu(tr("&Data"));
    dataSets->addAction(tr("&New Data Set..."), m_datasets, &DatasetController::newDataset)
        ->setObjectName(QStringLiteral("newDatasetAction"));
    dataSets->addAction(tr("&Open Data Set..."), m_datasets, &DatasetController::open)
        ->setObjectName(QStringLiteral("openDatasetAction"));
    dataSets->addAction(tr("&Import NumPy Folder..."), m_datasets, &DatasetController::import)
        ->setObjectName(QStringLiteral("importDatasetAction"));

    QMenu *view = menuBar()->addMenu(tr("&View"));
    auto *schemes = new QActionGroup(this);
    const theme::Scheme current =
        theme::schemeFromName(QSettings().value(QStringLiteral("theme")).toString());
    for (const auto &[scheme, text] : {std::pair{theme::Scheme::System, tr("&System Theme")},
                                       std::pair{theme::Scheme::Light, tr("&Light Theme")},
                                       std::pair{theme::Scheme::Dark, tr("&Dark Theme")}}) {
        QAction *a = view->addAction(text);
        a->setObjectName(theme::schemeName(scheme) + QStringLiteral("ThemeAction"));
        a->setCheckable(true);
        a->setChecked(scheme == current);
        schemes->addAction(a);
        connect(a, &QAction::triggered, this,
                [this, scheme = scheme] { applyTheme(scheme, m_projector->isChecked()); });
    }
    view->addSeparator();
    view->addAction(tr("Show S&cript..."), m_morphology, &MorphologyController::showScript)
        ->setObjectName(QStringLiteral("showScriptAction"));
    view->addSeparator();
    m_shape->fillMenu(view);
    view->addAction(m_projector);
    m_projector->setChecked(QSettings().value(QStringLiteral("projector")).toBool());
    connect(m_projector, &QAction::toggled, this, [this](bool on) {
        applyTheme(theme::schemeFromName(QSettings().value(QStringLiteral("theme")).toString()),
                   on);
    });

    QMenu *help = menuBar()->addMenu(tr("&Help"));
    m_help->fillMenu(help);
    help->addSeparator();
    help->addAction(tr("&About DendroTwin"), this, &MainWindow::showAbout);
}

void MainWindow::createToolBar()
{
    m_toolBar = addToolBar(tr("Tools"));
    m_toolBar->setObjectName(QStringLiteral("toolBar"));
    m_toolBar->setMovable(false);
    m_toolBar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_toolBar->addActions({m_run, m_stop});
    m_toolBar->addSeparator();
    m_pace = new QComboBox;
    m_pace->setObjectName(QStringLiteral("paceCombo"));
    m_pace->setAccessibleName(tr("Pace"));
    m_pace->setToolTip(tr("How fast the neuron's time passes while you watch. Can be changed while "
                          "it runs."));
    for (const Pace &pace : Paces)
        m_pace->addItem(tr(pace.label), pace.msPerSecond);
    connect(m_pace, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_simulation->setPace(m_pace->itemData(index).toDouble()); });
    auto *label = new QLabel(tr("Pace "));
    label->setBuddy(m_pace);
    m_paceTools = {m_toolBar->addWidget(label), m_toolBar->addWidget(m_pace)};
    m_toolBar->addAction(m_autoRun);
    m_toolBar->addSeparator();
    m_toolBar->addActions({m_undo, m_redo});
}

} // namespace dt
