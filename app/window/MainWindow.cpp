// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/MainWindow.h"

#include "app/compare/CompareController.h"
#include "app/compare/InsideController.h"
#include "app/data/TwinDataSets.h"
#include "app/explore/ExperimentController.h"
#include "app/explore/LiveController.h"
#include "app/neuron/MorphologyController.h"
#include "app/simulate/RunsController.h"
#include "app/simulate/SimulationController.h"
#include "app/simulate/TwinBesideController.h"
#include "app/train/TrainController.h"
#include "app/train/TrainingInspector.h"
#include "app/train/TwinLibrary.h"
#include "app/window/Dialogs.h"
#include "app/window/FocusKeeper.h"
#include "app/window/HelpController.h"
#include "app/window/PlotMenu.h"
#include "app/window/TableMenu.h"
#include "app/window/WindowShape.h"
#include "engine/base/Version.h"
#include "engine/document/Document.h"
#include "engine/jobs/LiveSession.h"
#include "engine/jobs/PredictionTimes.h"
#include "engine/jobs/WorkerPool.h"
#include "widgets/explore/ExperimentsView.h"
#include "widgets/explore/LiveView.h"
#include "widgets/forms/WheelGuard.h"
#include "widgets/inside/InsideView.h"
#include "widgets/pages/ComparePage.h"
#include "widgets/pages/DataPage.h"
#include "widgets/pages/ExplorePage.h"
#include "widgets/pages/NeuronPage.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/pages/TrainPage.h"
#include "widgets/runs/RunStrip.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/shell/PageBar.h"
#include "widgets/shell/StatusStrip.h"
#include "widgets/theme/Icons.h"
#include "widgets/twin/SimulationsView.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QThread>
#include <QToolBar>
#include <QToolButton>

#include <array>
#include <type_traits>

namespace dt {

MainWindow::MainWindow(SimulationEngine *engine, ProjectDialogs *dialogs,
                       const QString &autosaveFolder, DatasetDialogs *datasetDialogs,
                       EngineFactory engines, TwinDialogs *twinDialogs, QWidget *parent) :
    QMainWindow(parent),
    m_ownDialogs(std::make_unique<WindowDialogs>(this)), m_shape(new WindowShape(this)),
    m_document(new Document(this)),
    m_project(new ProjectController(m_document, dialogs ? dialogs : m_ownDialogs.get(),
                                    autosaveFolder, this)),
    m_pageBar(new PageBar), m_pages(new QStackedWidget), m_neuronPage(new NeuronPage(m_document)),
    m_simulatePage(new SimulatePage(m_document)), m_explorePage(new ExplorePage),
    m_liveView(new LiveView(m_document)), m_dataPage(new DataPage), m_trainPage(new TrainPage),
    m_comparePage(new ComparePage), m_status(new StatusStrip), m_notice(new NoticeBar),
    m_help(new HelpController(this)), m_engine(engine)
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    new WheelGuard(this);
    m_simulation = new SimulationController(m_document, engine, m_simulatePage, m_status, this);
    m_runs = new RunsController(m_document, m_simulation, m_simulatePage, m_ownDialogs.get(), this);

    if (!engines)
        engines = [](int workers) {
            return std::make_unique<WorkerPool>(WorkerPool::defaultSettings(), workers);
        };
    if (!datasetDialogs)
        datasetDialogs = m_ownDialogs.get();
    if (!twinDialogs)
        twinDialogs = m_ownDialogs.get();
    m_datasets =
        new DatasetController(m_document, engine, engines, m_dataPage, datasetDialogs, this);

    m_twins = new TwinLibrary(this);
    m_twinData =
        new TwinDataSets(engines, std::max(1, QThread::idealThreadCount()), testSetFolder(), this);
    auto *times = new PredictionTimes(this);
    m_training = new TrainController(m_trainPage, m_twins, m_twinData, datasetDialogs,
                                     trainingListFile(), this);
    connect(m_training->queue(), &TrainingQueue::changed, times,
            [this, times] { times->setPaused(m_training->queue()->current() >= 0); });
    m_morphology = new MorphologyController(m_document, dialogs ? dialogs : m_ownDialogs.get(),
                                            m_notice, this);
    connect(m_simulatePage->strip(), &RunStrip::scriptWanted, m_morphology,
            &MorphologyController::showScript);
    m_comparison = new CompareController(m_comparePage, m_twins, times, twinDialogs, this);
    auto *simulations = new SimulationsView;
    m_comparePage->addTab(simulations, tr("Simulations"));
    auto *inspector = new TrainingInspector(simulations, datasetDialogs, m_twinData, this);
    connect(m_comparePage, &ComparePage::currentTwinChanged, inspector,
            &TrainingInspector::showFile);
    auto *insideView = new InsideView;
    m_comparePage->addTab(insideView, tr("Look Inside"));
    // Made before the page gets its place below the window, so that it ends before the view does.
    auto *inside = new InsideController(insideView, datasetDialogs, m_twinData, this);
    connect(m_comparePage, &ComparePage::currentTwinChanged, inside, &InsideController::showTwin);
    const auto showOthers = [this, inside] { inside->setOthers(m_twins->paths()); };
    connect(m_twins, &TwinLibrary::changed, inside, showOthers);
    connect(m_twins, &TwinLibrary::renamed, inside, &InsideController::setPath);
    showOthers();
    m_live = new LiveController(m_document, m_liveView, WorkerPool::defaultSettings(), this);
    auto *beside =
        new TwinBesideController(m_document, m_twins, times, m_simulation, m_simulatePage, this);
    connect(beside, &TwinBesideController::told, this, [this](const QString &sentence) {
        // A run is about to take the status line. With the next change, Undo above all, it is over.
        m_notice->show(NoticeBar::Kind::Offer, sentence);
        connect(
            m_document, &Document::changed, m_notice,
            [this, sentence] { m_notice->withdraw(sentence); }, Qt::SingleShotConnection);
    });

    m_pageBar->addPage(tr("Neuron"), QStringLiteral("neuron"), tr("Build the neuron"));
    m_pageBar->addPage(tr("Simulate"), QStringLiteral("simulate"), tr("Poke it and watch"));
    m_pages->addWidget(m_neuronPage);
    m_pages->addWidget(m_simulatePage);
    m_pageBar->addPage(tr("Explore"), QStringLiteral("explore"),
                       tr("Poke it live, and measure it"));
    m_explorePage->addTool(m_liveView, tr("Live"),
                           tr("The neuron runs without end while you poke it"));
    auto *experiments = new ExperimentsView;
    m_explorePage->addTool(experiments, tr("Experiments"), tr("Measure the neuron with one click"));
    m_experiments = new ExperimentController(
        m_document, engines, std::max(1, QThread::idealThreadCount()), experiments, this);
    m_pages->addWidget(m_explorePage);
    m_pageBar->addPage(tr("Data"), QStringLiteral("data"), tr("Build and look at data sets"));
    m_pages->addWidget(m_dataPage);
    m_pageBar->addPage(tr("Train"), QStringLiteral("train"), tr("Train twins of the neuron"));
    m_pages->addWidget(m_trainPage);
    m_pageBar->addPage(tr("Compare"), QStringLiteral("compare"), tr("Compare twins"));
    m_pages->addWidget(m_comparePage);
    connect(m_pageBar, &PageBar::chosen, this, [this](int page) { showPage(Page(page)); });

    m_savePlots = new QAction(tr("Save Picture of All &Plots..."), this);
    createActions();
    createMenus();
    createToolBar();

    auto *column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *noticeMargin = new QVBoxLayout;
    noticeMargin->setContentsMargins(theme::Grid, 0, theme::Grid, 0);
    noticeMargin->addWidget(m_notice);
    column->addLayout(noticeMargin);
    column->addWidget(m_pages, 1);
    column->addWidget(m_status);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_pageBar);
    row->addLayout(column, 1);
    auto *central = new QWidget;
    central->setLayout(row);
    setCentralWidget(central);

    connect(m_document, &Document::titleChanged, this, &MainWindow::updateTitle);
    const auto tell = [this](const Error &error) { showFailure(error); };
    // What a part has to say, and what went wrong with it, have one place each.
    const auto hear = [this, tell](auto *part) {
        using Part = std::remove_pointer_t<decltype(part)>;
        connect(part, &Part::failed, this, tell);
        connect(part, &Part::told, m_status,
                [this](const QString &sentence) { m_status->showState(sentence); });
    };
    hear(m_project);
    hear(m_datasets);
    hear(m_training);
    hear(m_runs);
    hear(m_comparison);
    connect(m_project, &ProjectController::recentChanged, this, &MainWindow::updateRecent);
    connect(m_project, &ProjectController::saved, this, &MainWindow::showSaved);
    connect(m_simulation, &SimulationController::failed, this,
            [this](const Error &error) { showFailure(error, [this] { m_simulation->run(); }); });
    auto *plots = new PlotMenu(twinDialogs, this);
    hear(plots);
    connect(m_savePlots, &QAction::triggered, plots, [this, plots] {
        plots->savePictureOfAll(*m_simulatePage->plots(),
                                tr("run-%1").arg(m_simulatePage->runId()));
    });
    auto *tables = new TableMenu(twinDialogs, this);
    hear(tables);
    connect(m_runs, &RunsController::importing, m_notice, &NoticeBar::settle);
    connect(m_training, &TrainController::buildRequested, this, [this] {
        showPage(Data);
        m_datasets->newDataset();
    });
    connect(m_comparison, &CompareController::pageWanted, this, [this] { showPage(Compare); });
    connect(m_comparison, &CompareController::trainRequested, this, [this] { showPage(Train); });
    connect(m_morphology, &MorphologyController::failed, this, tell);
    connect(m_morphology, &MorphologyController::told, this, [this](const QString &sentence) {
        if (!m_simulation->isRunning()) // its progress has the line
            m_status->showState(sentence);
    });
    connect(m_morphology, &MorphologyController::imported, this, [this] { showPage(Neuron); });
    connect(m_datasets, &DatasetController::pageWanted, this, [this] { showPage(Data); });
    connect(m_experiments, &ExperimentController::runningChanged, this, &MainWindow::updateStop);
    connect(m_live->session(), &LiveSession::stateChanged, this, &MainWindow::updateStop);
    connect(m_experiments, &ExperimentController::failed, this,
            [this](const Error &error) { showFailure(error, [this] { m_experiments->run(); }); });
    connect(m_experiments, &ExperimentController::told, m_status,
            [this](const QString &sentence) { m_status->showState(sentence); });
    connect(m_simulation, &SimulationController::runningChanged, this, &MainWindow::updateStop);
    new FocusKeeper(this);
    connect(m_explorePage, &ExplorePage::toolChanged, this,
            [this] { m_shape->setPage(m_explorePage); });
    showPage(Simulate);
    restyle();
    m_shape->restore();
    updateTitle();
    updateRecent();
}

MainWindow::~MainWindow() = default;

QString MainWindow::trainingListFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)
        + QStringLiteral("/training-runs.json");
}

QString MainWindow::testSetFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation)
        + QStringLiteral("/test-sets");
}

void MainWindow::restyle()
{
    // Not fontMetrics(): the window's own font follows the program's later.
    const int side = QFontMetrics(theme::bodyFont()).height() * 5 / 4;
    m_toolBar->setIconSize({side, side});
    for (const auto &[action, icon] :
         {std::pair{m_new, "new"}, std::pair{m_open, "open"}, std::pair{m_save, "save"},
          std::pair{m_undo, "undo"}, std::pair{m_redo, "redo"}, std::pair{m_run, "run"},
          std::pair{m_stop, "stop"}})
        action->setIcon(themedIcon(QString::fromLatin1(icon), palette()));
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if ((event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
         || event->type() == QEvent::ApplicationFontChange)
        && m_toolBar)
        restyle();
}

void MainWindow::applyTheme(theme::Scheme scheme, bool projector)
{
    QSettings settings;
    settings.setValue(QStringLiteral("theme"), theme::schemeName(scheme));
    settings.setValue(QStringLiteral("projector"), projector);
    theme::apply(*qApp, scheme, projector);
}

void MainWindow::showPage(Page page)
{
    m_pages->setCurrentIndex(page);
    m_pageBar->setCurrent(page);
    m_shape->setPage(m_pages->currentWidget());
    for (QAction *tool : m_paceTools)
        tool->setVisible(page != Explore); // the live run has a pace of its own
    m_simulation->setWaiting(page == Explore);
    if (page == Train) {
        m_training->setDatasets(m_datasets->paths());
        m_training->refresh();
    }
    if (page == Train || page == Compare)
        m_twinData->setListed(m_datasets->paths());
    if (page == Compare)
        m_comparison->activate();
}

void MainWindow::begin(const QString &pathToOpen)
{
    if (!pathToOpen.isEmpty())
        m_project->openPath(pathToOpen);
    offerRecovery();
    m_simulation->run();
}

void MainWindow::updateTitle()
{
    setWindowTitle(tr("%1[*] - DendroTwin").arg(m_project->displayName()));
    setWindowModified(m_document->isModified());
}

void MainWindow::updateRecent()
{
    m_recentMenu->clear();
    for (const QString &path : m_project->recent())
        m_recentMenu
            ->addAction(QFileInfo(path).fileName(), this,
                        [this, path] { m_project->openPath(path); })
            ->setToolTip(path);
    m_recentMenu->setEnabled(!m_recentMenu->isEmpty());
}

void MainWindow::showFailure(const Error &error, const std::function<void()> &again)
{
    const QString sentence = QString::fromStdString(error.message);
    if (again && (error.code == ErrorCode::Worker || error.code == ErrorCode::Engine))
        m_notice->show(NoticeBar::Kind::Failure, sentence, tr("Run Again"), again);
    else
        m_notice->show(NoticeBar::Kind::Failure, sentence);
}

void MainWindow::showSaved(const QString &path)
{
    if (!m_simulation->isRunning()) // its progress has the line
        m_status->showState(tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

void MainWindow::offerRecovery()
{
    const std::vector<Autosave::Copy> copies = m_project->recoverable();
    if (copies.empty()) {
        offerResume();
        return;
    }
    const Autosave::Copy copy = copies.front();
    const QString name = copy.originalPath.isEmpty()
        ? tr("an untitled project")
        : tr("\"%1\"").arg(QFileInfo(copy.originalPath).completeBaseName());
    m_notice->show(
        NoticeBar::Kind::Offer,
        tr("DendroTwin did not end normally. Unsaved work on %1 from %2 was kept.")
            .arg(name, QLocale().toString(copy.saved, QLocale::ShortFormat)),
        tr("Recover It"),
        [this, copy] {
            m_project->recover(copy);
            offerResume();
        },
        [this, copy] {
            Autosave::discard(copy);
            offerResume();
        });
}

void MainWindow::offerResume()
{
    const QString path = m_datasets->unfinished();
    if (path.isEmpty()) {
        if (m_training->queue()->interrupted() >= 0)
            m_notice->show(NoticeBar::Kind::Offer,
                           tr("Training was interrupted when DendroTwin ended. It can go on where "
                              "it was."),
                           tr("Go On"), [this] {
                               showPage(Train);
                               m_training->goOn();
                           });
        return;
    }
    m_notice->show(NoticeBar::Kind::Offer,
                   tr("The data set %1 is not finished. What is there was kept.")
                       .arg(QFileInfo(path).fileName()),
                   tr("Go On"), [this, path] { m_datasets->resume(path); });
}

void MainWindow::showAbout()
{
    QMessageBox::about(
        this, tr("About DendroTwin"),
        tr("<h3>DendroTwin %1</h3><p>Build a neuron, watch it in NEURON, train its deep-network "
           "twin.</p><p>After the tutorial by David Beniaguev and the paper of Beniaguev, Segev "
           "and "
           "London (2021). Free software under the GNU GPL, version 3 or later.</p>")
            .arg(QString::fromUtf8(ProgramVersion.data(), qsizetype(ProgramVersion.size()))));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_project->mayClose()) {
        event->ignore();
        return;
    }
    m_shape->save();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        const QString path = url.toLocalFile();
        if (path.endsWith(QStringLiteral(".dendro")) || path.endsWith(QStringLiteral(".h5"))
            || path.endsWith(QStringLiteral(".twin"))
            || path.endsWith(QStringLiteral(".swc"), Qt::CaseInsensitive))
            event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList twins;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.toLocalFile().endsWith(QStringLiteral(".twin")))
            twins << url.toLocalFile();
    }
    if (!twins.isEmpty()) {
        m_comparison->openPaths(twins);
        return;
    }
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.toLocalFile().endsWith(QStringLiteral(".dendro"))) {
            m_project->openPath(url.toLocalFile());
            return;
        }
        if (url.toLocalFile().endsWith(QStringLiteral(".swc"), Qt::CaseInsensitive)) {
            m_morphology->importPath(url.toLocalFile());
            return;
        }
        if (url.toLocalFile().endsWith(QStringLiteral(".h5"))) {
            m_datasets->openPath(url.toLocalFile());
            return;
        }
    }
}

} // namespace dt
