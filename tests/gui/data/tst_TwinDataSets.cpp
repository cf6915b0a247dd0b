// SPDX-License-Identifier: GPL-3.0-or-later
//
// Single simulations of a twin: from its own data set, from another of its neuron, and from a test
// set that is made on the spot.
#include "app/data/TwinDataSets.h"
#include "app/train/TrainingInspector.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Datasets.h"
#include "tests/support/FreshTwins.h"
#include "tests/support/TestProgram.h"
#include "widgets/twin/SimulationsView.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>

using namespace dt;
using namespace dt::test;

class tst_TwinDataSets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void itsOwnDataSet();
    void madeOnTheSpot();
    void cancelledItGoesOn();
    void silentNeuronsDoWithoutTheFilter();
    void noSimulator();
    void located();
    void listedOnTheDataPage();
    void mayHaveLearntFromThem();
    void whatIsMissingIsSaid();

private:
    static constexpr int Wait = 60000;

    /// A twin whose file names that data set.
    [[nodiscard]] StoredTwin twinOf(const QString &path) const;
    void show(const StoredTwin &twin) const
    {
        m_inspector->setTwin(std::make_shared<const StoredTwin>(twin));
    }
    [[nodiscard]] QString source() const { return labelText(*m_view, "simulationSourceLabel"); }
    [[nodiscard]] QComboBox *list() const { return child<QComboBox>(*m_view, "simulationBox"); }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        return child<QPushButton>(*m_view, name);
    }
    /// The neuron's soma is drawn.
    [[nodiscard]] bool isDrawn() const
    {
        return child<PlotCanvas>(*m_view, "twinSomaPlot")->table().count(u'\n') > 200;
    }

    Sandbox m_sandbox;
    std::unique_ptr<QTemporaryDir> m_folder; ///< of test sets
    QString m_own;
    FakeDialogs m_dialogs;
    BatchBehaviour m_batches;
    std::unique_ptr<TwinDataSets> m_sets;
    std::unique_ptr<SimulationsView> m_view;
    std::unique_ptr<TrainingInspector> m_inspector;
};

void tst_TwinDataSets::initTestCase()
{
    m_own = m_sandbox.path(QStringLiteral("own.h5"));
    QVERIFY(makeDataset(m_own.toStdString(), smallPlan({2, 1, 3}, 400)).ok());
}

void tst_TwinDataSets::init()
{
    m_dialogs = {};
    m_batches = {};
    m_folder = std::make_unique<QTemporaryDir>();
    m_sets = std::make_unique<TwinDataSets>(
        [this](int) { return std::make_unique<BatchEngine>(&m_batches); }, 1, m_folder->path());
    m_view = std::make_unique<SimulationsView>();
    m_view->resize(1100, 700);
    m_inspector = std::make_unique<TrainingInspector>(m_view.get(), &m_dialogs, m_sets.get());
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void tst_TwinDataSets::cleanup()
{
    m_inspector.reset();
    m_view.reset();
    m_sets.reset();
}

StoredTwin tst_TwinDataSets::twinOf(const QString &path) const
{
    StoredTwin twin = freshTwin(specFromText(smallSpec("TCN")), 3).value();
    if (!belongTo(twin, m_own.toStdString()))
        qFatal("the data set cannot be read");
    twin.contents.dataset->path = path.toStdString();
    return twin;
}

void tst_TwinDataSets::itsOwnDataSet()
{
    show(twinOf(m_own));
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 3, Wait);
    QCOMPARE(source(), QStringLiteral("own, split test: 3 simulations"));
    QTRY_VERIFY_WITH_TIMEOUT(isDrawn(), Wait);
    QVERIFY(!button("simulationsMakeButton")->isVisible());
}

void tst_TwinDataSets::madeOnTheSpot()
{
    show(twinOf(QStringLiteral("shipped.h5")));
    auto *make = button("simulationsMakeButton");
    QTRY_VERIFY_WITH_TIMEOUT(make->isVisible(), Wait);
    QVERIFY2(source().startsWith(QStringLiteral("This twin came without its data set shipped.h5."))
                 && source().contains(QStringLiteral("Make a small test set")),
             qPrintable(source()));
    QCOMPARE(clippedTexts(m_view.get()).join(u'|'), QString());
    click(make);
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 12, Wait);
    QCOMPARE(source(),
             QStringLiteral("Test set made here: 12 simulations that it was not trained on"));
    QTRY_VERIFY_WITH_TIMEOUT(isDrawn(), Wait);
    QVERIFY(!make->isVisible());
    // Scores follow, so that worst and best can be found.
    QTRY_VERIFY_WITH_TIMEOUT(list()->itemText(11).contains(QStringLiteral("AUC")), Wait);
    choose(child<QComboBox>(*m_view, "simulationOrderBox"), QStringLiteral("Worst first"));
    const auto auc = [&](int item) {
        return list()->itemText(item).section(QStringLiteral("AUC "), 1).toDouble();
    };
    for (int i = 1; i < 12; ++i)
        QVERIFY(auc(i - 1) <= auc(i));
    // Made once, it is there for every twin of this neuron.
    const int batches = m_batches.batches;
    show(twinOf(QStringLiteral("another.h5")));
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 12, Wait);
    QCOMPARE(m_batches.batches, batches);
}

void tst_TwinDataSets::cancelledItGoesOn()
{
    show(twinOf(QStringLiteral("shipped.h5")));
    auto *make = button("simulationsMakeButton");
    QTRY_VERIFY_WITH_TIMEOUT(make->isVisible(), Wait);
    m_batches.delayMs = 1'000'000;
    click(make);
    auto *cancel = button("simulationsMakeCancelButton");
    QTRY_VERIFY(cancel->isVisible());
    QVERIFY(m_sets->isMaking());
    click(cancel);
    QTRY_VERIFY_WITH_TIMEOUT(make->isVisible(), Wait);
    QVERIFY(!m_sets->isMaking());
    QCOMPARE(list()->count(), 0);
    m_batches.delayMs = 0;
    click(make);
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 12, Wait);
}

void tst_TwinDataSets::silentNeuronsDoWithoutTheFilter()
{
    m_batches.firingHz = 0; // no data set would keep that
    show(twinOf(QStringLiteral("shipped.h5")));
    QTRY_VERIFY_WITH_TIMEOUT(button("simulationsMakeButton")->isVisible(), Wait);
    click(button("simulationsMakeButton"));
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 12, Wait);
    QCOMPARE(list()->itemText(0).section(u':', 1), QStringLiteral(" 0 spikes"));
}

void tst_TwinDataSets::noSimulator()
{
    m_batches.failure = QStringLiteral("The simulator is not installed.");
    show(twinOf(QStringLiteral("shipped.h5")));
    QTRY_VERIFY_WITH_TIMEOUT(button("simulationsMakeButton")->isVisible(), Wait);
    click(button("simulationsMakeButton"));
    QTRY_COMPARE_WITH_TIMEOUT(labelText(*m_view, "simulationProblemLabel"), m_batches.failure,
                              Wait);
    QVERIFY(button("simulationsMakeButton")->isVisible());
}

void tst_TwinDataSets::located()
{
    DatasetPlan plan = smallPlan({0, 0, 4}, 500);
    plan.seed = 42;
    const QString mine = m_sandbox.path(QStringLiteral("mine.h5"));
    QVERIFY(makeDataset(mine.toStdString(), plan).ok());
    plan.neuron.soma.diamUm += 1.0;
    const QString other = m_sandbox.path(QStringLiteral("other.h5"));
    QVERIFY(makeDataset(other.toStdString(), plan).ok());
    show(twinOf(QStringLiteral("shipped.h5")));
    auto *locate = button("simulationsLocateButton");
    QTRY_VERIFY_WITH_TIMEOUT(locate->isVisible(), Wait);
    click(locate); // cancelled
    QVERIFY(locate->isVisible());
    m_dialogs.datasetPath = other;
    click(locate);
    QTRY_VERIFY_WITH_TIMEOUT(
        labelText(*m_view, "simulationProblemLabel").contains(QStringLiteral("another neuron")),
        Wait);
    m_dialogs.datasetPath = mine;
    click(locate);
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 4, Wait);
    QCOMPARE(source(),
             QStringLiteral("mine, split test: 4 simulations that it was not trained on"));
    QVERIFY(!child<QLabel>(*m_view, "simulationProblemLabel")->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(isDrawn(), Wait);
}

void tst_TwinDataSets::listedOnTheDataPage()
{
    DatasetPlan plan = smallPlan({2, 1, 2}, 600);
    plan.seed = 43;
    const QString built = m_sandbox.path(QStringLiteral("built.h5"));
    QVERIFY(makeDataset(built.toStdString(), plan).ok());
    show(twinOf(QStringLiteral("shipped.h5")));
    QTRY_VERIFY_WITH_TIMEOUT(button("simulationsMakeButton")->isVisible(), Wait);
    m_sets->setListed({m_sandbox.path(QStringLiteral("missing.h5")), built});
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 2, Wait);
    QVERIFY2(source().startsWith(QStringLiteral("built, split test: 2")), qPrintable(source()));
}

void tst_TwinDataSets::mayHaveLearntFromThem()
{
    // The twin's data set was built with the same seed, and these are to train on.
    const QString train = m_sandbox.path(QStringLiteral("train.h5"));
    QVERIFY(makeDataset(train.toStdString(), smallPlan({4, 0, 0}, 400)).ok());
    m_sets->add(train);
    show(twinOf(QStringLiteral("shipped.h5")));
    QTRY_COMPARE_WITH_TIMEOUT(list()->count(), 4, Wait);
    QVERIFY2(source().contains(QStringLiteral("They may be among those that it was trained on")),
             qPrintable(source()));
}

void tst_TwinDataSets::whatIsMissingIsSaid()
{
    StoredTwin twin = twinOf(m_sandbox.path(QStringLiteral("gone.h5")));
    QVERIFY(TwinDataSets::find(twin, {}).sentence.startsWith(
        QStringLiteral("The data set is no longer at ")));
    twin.contents.neuron->synapses.clear();
    QVERIFY(!TwinDataSets::find(twin, {}).canMake);
    twin.contents.neuron.reset();
    twin.contents.dataset.reset();
    const TwinData none = TwinDataSets::find(twin, {});
    QVERIFY(none.path.isEmpty() && !none.canMake);
    QVERIFY2(none.sentence.contains(QStringLiteral("does not say"))
                 && none.sentence.endsWith(QStringLiteral("Locate a data set of its neuron.")),
             qPrintable(none.sentence));
    // A file in its place that is none.
    twin = twinOf(m_sandbox.path(QStringLiteral("text.h5")));
    QFile text(m_sandbox.path(QStringLiteral("text.h5")));
    QVERIFY(text.open(QIODevice::WriteOnly) && text.write("not HDF5") > 0);
    text.close();
    QVERIFY(TwinDataSets::find(twin, {}).sentence.contains(
        QStringLiteral("is not the data set that it was trained on any more")));
}

DT_TEST(tst_TwinDataSets, QApplication)
#include "tst_TwinDataSets.moc"
