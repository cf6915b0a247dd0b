// SPDX-License-Identifier: GPL-3.0-or-later
//
// The look inside a twin, from files to pictures.
#include "app/compare/InsideController.h"
#include "app/data/TwinDataSets.h"
#include "engine/cell/Presets.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/Datasets.h"
#include "tests/support/FreshTwins.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"
#include "tests/support/Wait.h"
#include "widgets/inside/AttentionPanel.h"
#include "widgets/inside/InsideView.h"
#include "widgets/inside/MemoryPanel.h"
#include "widgets/theme/Theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>

#include <cmath>

using namespace dt;
using namespace dt::test;

class tst_InsideView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void nothingChosen();
    void brokenFile();
    void firstLayer();
    void keysGoAlongTheUnits();
    void twoTwins();
    void timeConstants();
    void attention();
    void measuresMemory();
    void cancels();
    void measuresTwo();
    void dataSetMoved();
    void anotherNeuron();
    void anotherDataSetOfItsNeuron();
    void makesATestSet();
    void theChosenTabStays();
    void theChosenPieceStays();
    void fitsSmallWindows();

private:
    static constexpr int Wait = 60000;

    QString makeTwin(const QString &name, const TwinSpec &spec, const QString &dataset);
    QString makeTwin(const QString &name, const QByteArray &architecture, const QString &dataset)
    {
        return makeTwin(name, specFromText(smallSpec(architecture)), dataset);
    }
    [[nodiscard]] QTabWidget *tabs() const { return child<QTabWidget>(*m_view, "insideTabs"); }
    void showAndWait(const QString &path);
    void openTab(const QString &title);

    Sandbox m_sandbox;
    QString m_dataset;
    QString m_tcn;
    QString m_otherTcn;
    QString m_elm;
    QString m_transformer;
    FakeDialogs m_dialogs;
    BatchBehaviour m_batches;
    std::unique_ptr<TwinDataSets> m_sets;
    std::unique_ptr<InsideView> m_view;
    std::unique_ptr<InsideController> m_controller;
};

QString tst_InsideView::makeTwin(const QString &name, const TwinSpec &spec, const QString &dataset)
{
    StoredTwin twin = freshTwin(spec, 3).value();
    const QString path = m_sandbox.path(name);
    if (!belongTo(twin, dataset.toStdString()) || !storeTwin(path.toStdString(), twin, true))
        qFatal("could not write %s", qPrintable(path));
    return path;
}

void tst_InsideView::initTestCase()
{
    m_dataset = m_sandbox.path(QStringLiteral("cable.h5"));
    QVERIFY(makeDataset(m_dataset.toStdString(), smallPlan({2, 1, 2}, 1200)).ok());
    m_tcn = makeTwin(QStringLiteral("tcn.twin"), "TCN", m_dataset);
    m_otherTcn = makeTwin(QStringLiteral("resnet.twin"), "ResNetTCN", m_dataset);
    m_elm = makeTwin(QStringLiteral("elm.twin"), "ELM", m_dataset);
    m_transformer = makeTwin(QStringLiteral("transformer.twin"), "Transformer", m_dataset);
}

void tst_InsideView::init()
{
    m_dialogs = {};
    m_view = std::make_unique<InsideView>();
    m_view->resize(1000, 640);
    m_batches = {};
    m_sets = std::make_unique<TwinDataSets>(
        [this](int) { return std::make_unique<BatchEngine>(&m_batches); }, 1,
        m_sandbox.path(QStringLiteral("test-sets")));
    m_controller = std::make_unique<InsideController>(m_view.get(), &m_dialogs, m_sets.get());
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
}

void tst_InsideView::cleanup()
{
    m_controller.reset();
    m_view.reset();
    m_sets.reset();
}

void tst_InsideView::showAndWait(const QString &path)
{
    m_controller->showTwin(path);
    QTRY_VERIFY_WITH_TIMEOUT(tabs()->isVisible(), Wait);
}

void tst_InsideView::openTab(const QString &title)
{
    for (int i = 0; i < tabs()->count(); ++i) {
        if (tabs()->tabText(i) == title) {
            clickAt(tabs()->tabBar(), tabs()->tabBar()->tabRect(i).center());
            QCOMPARE(tabs()->currentIndex(), i);
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("no tab ") + title));
}

void tst_InsideView::nothingChosen()
{
    QVERIFY(!tabs()->isVisible());
    QVERIFY(labelText(*m_view, "insideNothingLabel").startsWith(QStringLiteral("Choose a twin")));
    showAndWait(m_tcn);
    m_controller->showTwin({});
    QVERIFY(!tabs()->isVisible());
}

void tst_InsideView::brokenFile()
{
    const QString path = m_sandbox.path(QStringLiteral("broken.twin"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("not a twin");
    file.close();
    m_controller->showTwin(path);
    QTRY_VERIFY_WITH_TIMEOUT(
        isSentence(labelText(*m_view, "insideNothingLabel").toStdString())
            && !labelText(*m_view, "insideNothingLabel").startsWith(QStringLiteral("Reading")),
        Wait);
    QVERIFY(!tabs()->isVisible());
    // The last choice wins, whatever is read first.
    m_controller->showTwin(m_elm);
    m_controller->showTwin(m_tcn);
    QTRY_VERIFY_WITH_TIMEOUT(tabs()->isVisible(), Wait);
    QVERIFY(stays(
        [&] { return labelText(*m_view, "insideTitleLabel") == QStringLiteral("Inside tcn"); }));
}

void tst_InsideView::firstLayer()
{
    showAndWait(m_tcn);
    QCOMPARE(tabs()->tabText(0), QStringLiteral("First Layer"));
    QCOMPARE(tabs()->tabText(1), QStringLiteral("Memory"));
    QVERIFY(labelText(*m_view, "insideSentenceLabel").contains(QStringLiteral("far back in time")));
    auto *units = child<QListWidget>(*m_view, "firstUnitList");
    QCOMPARE(units->count(), 6);
    QVERIFY(units->item(0)->text().toDouble() >= units->item(5)->text().toDouble());
    auto *map = child<PlotCanvas>(*m_view, "firstExcMap");
    const StoredTwin twin = loadTwin(m_tcn.toStdString()).value();
    const FirstLayer layer = dt::firstLayer(twin.spec, twin.contents.weights).value();
    // The map as numbers: unit by size, segment, newest last.
    const std::span<const float> weights = layer.map(layer.bySize()[0], Polarity::Excitatory);
    const QString table = map->table();
    QVERIFY2(table.contains(QString::number(static_cast<double>(weights[0]), 'g', 4).left(5)),
             qPrintable(table));
    // Another unit, another picture.
    const QImage before = map->grab().toImage();
    units->setCurrentRow(3);
    QTRY_VERIFY(map->grab().toImage() != before);
    // One scale for all units fades a weak one.
    const QImage own = map->grab().toImage();
    click(child<QCheckBox>(*m_view, "insideNormaliseCheck"));
    QTRY_VERIFY(map->grab().toImage() != own);
    QCOMPARE(units->currentRow(), 3);
}

void tst_InsideView::keysGoAlongTheUnits()
{
    showAndWait(m_tcn);
    auto *units = child<QListWidget>(*m_view, "firstUnitList");
    units->setFocus();
    QTest::keyClick(units, Qt::Key_Right);
    QTest::keyClick(units, Qt::Key_Right);
    QCOMPARE(units->currentRow(), 2);
    QTest::keyClick(units, Qt::Key_Left);
    QCOMPARE(units->currentRow(), 1);
}

void tst_InsideView::twoTwins()
{
    m_controller->setOthers({m_tcn, m_otherTcn, m_elm});
    showAndWait(m_tcn);
    auto *second = child<QComboBox>(*m_view, "insideSecondCombo");
    QCOMPARE(second->count(), 3); // none, and all but itself
    auto *units = child<QListWidget>(*m_view, "secondUnitList");
    QVERIFY(!units->isVisible());
    choose(second, QStringLiteral("resnet"));
    QTRY_VERIFY_WITH_TIMEOUT(units->isVisible(), Wait);
    QCOMPARE(units->count(), 4);
    QCOMPARE(labelText(*m_view, "secondTitleLabel"), QStringLiteral("resnet"));
    // The same axis for both.
    const auto *a = child<PlotCanvas>(*m_view, "firstExcMap");
    const auto *b = child<PlotCanvas>(*m_view, "secondExcMap");
    const auto span = [](const PlotCanvas *c) {
        return c->toPlot(c->plotRect().topRight()).x() - c->toPlot(c->plotRect().topLeft()).x();
    };
    QTRY_VERIFY(std::abs(span(a) - span(b)) < 0.3);
    // Looked at itself, it is not beside itself.
    showAndWait(m_otherTcn);
    QTRY_VERIFY_WITH_TIMEOUT(!units->isVisible(), Wait);
    QCOMPARE(second->currentText(), QStringLiteral("no other twin"));
    choose(second, QStringLiteral("tcn"));
    QTRY_VERIFY_WITH_TIMEOUT(units->isVisible(), Wait);
    choose(second, QStringLiteral("no other twin"));
    QTRY_VERIFY_WITH_TIMEOUT(!units->isVisible(), Wait);
}

void tst_InsideView::timeConstants()
{
    m_controller->setOthers({m_tcn, m_elm});
    showAndWait(m_elm);
    QCOMPARE(tabs()->tabText(0), QStringLiteral("Time Constants"));
    QCOMPARE(tabs()->count(), 2);
    // Of 40 ms at most, beside an NMDA synapse of 70 ms.
    const QString sentence = labelText(*m_view, "elmSentenceLabel");
    QVERIFY2(sentence.contains(QStringLiteral("40 ms"))
                 && sentence.contains(QStringLiteral("shorter than the 70 ms")),
             qPrintable(sentence));
    QVERIFY(child<PlotCanvas>(*m_view, "elmTimesPlot")->yRange().second > 70.0);
}

void tst_InsideView::attention()
{
    showAndWait(m_transformer);
    QCOMPARE(tabs()->tabText(0), QStringLiteral("Attention"));
    QCOMPARE(tabs()->tabText(1), QStringLiteral("First Layer"));
    const auto *sentence = child<QLabel>(*m_view, "attentionSentenceLabel");
    QTRY_VERIFY_WITH_TIMEOUT(sentence->isVisible(), Wait); // it is there
    auto *map = child<PlotCanvas>(*m_view, "attentionMap");
    QTRY_VERIFY(map->toPlot(map->plotRect().topRight()).x() > 790.0);
    const QImage mean = map->grab().toImage();
    auto *layers = child<QComboBox>(*m_view, "attentionLayerCombo");
    QCOMPARE(layers->count(), 2);
    choose(layers, QStringLiteral("2"));
    QTRY_VERIFY(map->grab().toImage() != mean);
    choose(child<QComboBox>(*m_view, "attentionHeadCombo"), QStringLiteral("2"));
    // Another piece is read from the file.
    auto *start = child<QSpinBox>(*m_view, "attentionStartSpin");
    typeInto(start, QStringLiteral("600"));
    QTRY_VERIFY_WITH_TIMEOUT(map->toPlot(map->plotRect().topRight()).x() > 990.0, Wait);
    QCOMPARE(child<QSpinBox>(*m_view, "attentionSimulationSpin")->maximum(), 2);
    QCOMPARE(start->maximum(), 800);
}

void tst_InsideView::measuresMemory()
{
    showAndWait(m_tcn);
    openTab(QStringLiteral("Memory"));
    auto *button = child<QPushButton>(*m_view, "memoryMeasureButton");
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Wait);
    QVERIFY(labelText(*m_view, "memoryStateLabel").contains(QStringLiteral("split test")));
    click(button);
    QVERIFY(m_controller->isMeasuring());
    QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isMeasuring(), Wait);
    QTRY_VERIFY(labelText(*m_view, "memoryMeaningLabel").contains(QStringLiteral("tells spikes")));
    QVERIFY(!child<QPushButton>(*m_view, "memoryCancelButton")->isVisible());
    const QString table = child<PlotCanvas>(*m_view, "memoryAucPlot")->table();
    QVERIFY2(table.contains(QStringLiteral("20")), qPrintable(table));
}

void tst_InsideView::cancels()
{
    // Large, so that nobody is faster than the hand.
    showAndWait(makeTwin(QStringLiteral("large.twin"), presetTwin("tcn-d", 2).value(), m_dataset));
    openTab(QStringLiteral("Memory"));
    auto *button = child<QPushButton>(*m_view, "memoryMeasureButton");
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Wait);
    click(button);
    auto *cancel = child<QPushButton>(*m_view, "memoryCancelButton");
    QVERIFY(cancel->isVisible());
    QCOMPARE(labelText(*m_view, "memoryStateLabel"), QStringLiteral("Measuring large"));
    click(cancel);
    QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isMeasuring(), Wait);
    QVERIFY(labelText(*m_view, "memoryStateLabel").contains(QStringLiteral("cancelled")));
    QVERIFY(button->isEnabled());
    // It goes on in the background when another twin is looked at.
    click(button);
    showAndWait(m_tcn);
    QVERIFY(m_controller->isMeasuring());
    QCOMPARE(labelText(*m_view, "memoryStateLabel"), QStringLiteral("Measuring large"));
    // And it ends by itself when the window goes.
    m_controller.reset();
}

void tst_InsideView::measuresTwo()
{
    for (const QString &path : {m_tcn, m_otherTcn}) {
        showAndWait(path);
        auto *button = child<QPushButton>(*m_view, "memoryMeasureButton");
        QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled(), Wait);
        button->click();
        QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isMeasuring(), Wait);
    }
    openTab(QStringLiteral("Memory"));
    // Two curves, and uprights for the receptive field and the slowest decay.
    const auto *plot = child<PlotCanvas>(*m_view, "memoryAucPlot");
    QCOMPARE(plot->lineCount(), 4);
    // Back at the first one: measured before, nothing to wait for.
    showAndWait(m_tcn);
    QTRY_VERIFY_WITH_TIMEOUT(
        labelText(*m_view, "memoryMeaningLabel").contains(QStringLiteral("tells spikes")), Wait);
}

void tst_InsideView::dataSetMoved()
{
    const QString old = m_sandbox.path(QStringLiteral("old.h5"));
    QVERIFY(QFile::copy(m_dataset, old));
    const QString path = makeTwin(QStringLiteral("moved.twin"), "TCN", old);
    QVERIFY(QFile::remove(old));
    showAndWait(path);
    openTab(QStringLiteral("Memory"));
    auto *locate = child<QPushButton>(*m_view, "memoryLocateButton");
    QTRY_VERIFY_WITH_TIMEOUT(
        labelText(*m_view, "memoryStateLabel").contains(QStringLiteral("no longer at")), Wait);
    QVERIFY(locate->isVisible());
    auto *button = child<QPushButton>(*m_view, "memoryMeasureButton");
    QVERIFY(!button->isEnabled());
    click(locate); // cancelled
    QVERIFY(!button->isEnabled());
    m_dialogs.datasetPath = m_dataset;
    click(locate);
    QTRY_VERIFY_WITH_TIMEOUT(button->isEnabled() && button->isVisible(), Wait);
    QVERIFY(!locate->isVisible());
}

void tst_InsideView::anotherNeuron()
{
    showAndWait(m_tcn);
    DatasetPlan plan = smallPlan({1, 1, 1}, 400);
    plan.neuron.soma.diamUm += 1.0;
    const QString other = m_sandbox.path(QStringLiteral("other.h5"));
    QVERIFY(makeDataset(other.toStdString(), plan).ok());
    openTab(QStringLiteral("Memory"));
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>(*m_view, "memoryMeasureButton")->isEnabled(), Wait);
    m_dialogs.datasetPath = other;
    Q_EMIT m_view->locateRequested();
    QTRY_VERIFY_WITH_TIMEOUT(
        labelText(*m_view, "memoryStateLabel").contains(QStringLiteral("another neuron")), Wait);
    // What there is stays.
    QVERIFY(child<QPushButton>(*m_view, "memoryMeasureButton")->isEnabled());
}

void tst_InsideView::anotherDataSetOfItsNeuron()
{
    // Its own is gone; one of the same neuron with other simulations does, too.
    const QString old = m_sandbox.path(QStringLiteral("gone.h5"));
    QVERIFY(QFile::copy(m_dataset, old));
    const QString path = makeTwin(QStringLiteral("alone.twin"), "TCN", old);
    QVERIFY(QFile::remove(old));
    const QString other = m_sandbox.path(QStringLiteral("more.h5"));
    DatasetPlan plan = smallPlan({0, 0, 3}, 1400);
    plan.seed = 77;
    QVERIFY(makeDataset(other.toStdString(), plan).ok());
    showAndWait(path);
    openTab(QStringLiteral("Memory"));
    auto *locate = child<QPushButton>(*m_view, "memoryLocateButton");
    QTRY_VERIFY_WITH_TIMEOUT(locate->isVisible(), Wait);
    m_dialogs.datasetPath = other;
    click(locate);
    auto *button = child<QPushButton>(*m_view, "memoryMeasureButton");
    QTRY_VERIFY_WITH_TIMEOUT(button->isVisible() && button->isEnabled(), Wait);
    QCOMPARE(labelText(*m_view, "memoryStateLabel"),
             QStringLiteral("more, split test: 3 simulations that it was not trained on"));
    click(button);
    QTRY_VERIFY_WITH_TIMEOUT(!m_controller->isMeasuring(), Wait);
    QTRY_VERIFY(labelText(*m_view, "memoryMeaningLabel").contains(QStringLiteral("tells spikes")));
}

void tst_InsideView::makesATestSet()
{
    StoredTwin twin = freshTwin(specFromText(smallSpec("Transformer")), 3).value();
    QVERIFY(belongTo(twin, m_dataset.toStdString()).ok());
    twin.contents.dataset->path = "cable.h5"; // as twins are that come with the program
    const QString path = m_sandbox.path(QStringLiteral("shipped.twin"));
    QVERIFY(storeTwin(path.toStdString(), twin, true).ok());
    showAndWait(path);
    auto *make = child<QPushButton>(*m_view, "attentionMakeButton");
    QTRY_VERIFY_WITH_TIMEOUT(make->isVisible(), Wait);
    // Cancelled, it is offered again.
    m_batches.delayMs = 1'000'000;
    click(make);
    auto *cancel = child<QPushButton>(*m_view, "attentionMakeCancelButton");
    QTRY_VERIFY(cancel->isVisible());
    QVERIFY(!make->isVisible());
    click(cancel);
    QTRY_VERIFY_WITH_TIMEOUT(make->isVisible(), Wait);
    QVERIFY(!m_sets->isMaking());
    // Why it failed is said.
    m_batches.delayMs = 0;
    m_batches.failure = QStringLiteral("The simulator is tired.");
    click(make);
    openTab(QStringLiteral("Memory"));
    QTRY_VERIFY_WITH_TIMEOUT(
        labelText(*m_view, "memoryStateLabel").contains(QStringLiteral("tired")), Wait);
    m_batches.failure.clear();
    click(child<QPushButton>(*m_view, "memoryMakeButton"));
    QTRY_VERIFY_WITH_TIMEOUT(labelText(*m_view, "memoryStateLabel")
                                 .contains(QStringLiteral("Test set made here: 12 simulations")),
                             Wait);
    QVERIFY(child<QPushButton>(*m_view, "memoryMeasureButton")->isEnabled());
    openTab(QStringLiteral("Attention"));
    QTRY_VERIFY_WITH_TIMEOUT(child<QLabel>(*m_view, "attentionSentenceLabel")->isVisible(), Wait);
    QCOMPARE(child<QSpinBox>(*m_view, "attentionSimulationSpin")->maximum(), 12);
    // The next twin of this neuron finds it, also in another window.
    TwinDataSets later([this](int) { return std::make_unique<BatchEngine>(&m_batches); }, 1,
                       m_sandbox.path(QStringLiteral("test-sets")));
    const TwinData found = TwinDataSets::find(twin, later.places(twin.contents.neuron));
    QCOMPARE(found.simulations, 12);
    QVERIFY(!found.own);
}

void tst_InsideView::theChosenTabStays()
{
    showAndWait(m_tcn);
    openTab(QStringLiteral("Memory"));
    for (const QString &path : {m_otherTcn, m_transformer, m_elm}) {
        showAndWait(path);
        QCOMPARE(tabs()->tabText(tabs()->currentIndex()), QStringLiteral("Memory"));
    }
    // What a twin does not have comes back with the next that has it.
    showAndWait(m_tcn);
    openTab(QStringLiteral("First Layer"));
    showAndWait(m_elm);
    QCOMPARE(tabs()->tabText(tabs()->currentIndex()), QStringLiteral("Time Constants"));
    showAndWait(m_transformer);
    QCOMPARE(tabs()->tabText(tabs()->currentIndex()), QStringLiteral("First Layer"));
}

void tst_InsideView::theChosenPieceStays()
{
    showAndWait(m_transformer);
    auto *sentence = child<QLabel>(*m_view, "attentionSentenceLabel");
    QTRY_VERIFY_WITH_TIMEOUT(sentence->isVisible(), Wait);
    choose(child<QComboBox>(*m_view, "attentionLayerCombo"), QStringLiteral("2"));
    typeInto(child<QSpinBox>(*m_view, "attentionSimulationSpin"), QStringLiteral("2"));
    typeInto(child<QSpinBox>(*m_view, "attentionStartSpin"), QStringLiteral("600"));
    showAndWait(m_tcn);
    QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>(*m_view, "memoryMeasureButton")->isEnabled(), Wait);
    showAndWait(m_transformer);
    QTRY_VERIFY_WITH_TIMEOUT(sentence->isVisible(), Wait);
    QCOMPARE(child<QComboBox>(*m_view, "attentionLayerCombo")->currentText(), QStringLiteral("2"));
    QCOMPARE(child<QSpinBox>(*m_view, "attentionSimulationSpin")->value(), 2);
    QCOMPARE(child<QSpinBox>(*m_view, "attentionStartSpin")->value(), 600);
}

void tst_InsideView::fitsSmallWindows()
{
    m_controller->setOthers({m_tcn, m_otherTcn});
    for (const bool projector : {false, true}) {
        theme::apply(*qApp, theme::Scheme::Light, projector);
        m_view->resize(720, 480);
        for (const QString &path : {m_tcn, m_elm, m_transformer}) {
            showAndWait(path);
            for (int i = 0; i < tabs()->count(); ++i) {
                tabs()->setCurrentIndex(i);
                settle();
                QVERIFY2(
                    m_view->minimumSizeHint().width() <= (projector ? 1000 : 720),
                    qPrintable(QStringLiteral("%1 wide").arg(m_view->minimumSizeHint().width())));
                const QStringList clipped = clippedTexts(m_view.get());
                QVERIFY2(projector || clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
            }
        }
    }
    theme::apply(*qApp, theme::Scheme::Light, false);
}

DT_TEST(tst_InsideView, QApplication)
#include "tst_InsideView.moc"
