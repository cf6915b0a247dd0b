// SPDX-License-Identifier: GPL-3.0-or-later
//
// A twin beside the neuron on the Simulate page: chosen, drawn, measured, misfitting, removed. The
// neuron is an engine that simulates nothing; twins are small, untrained and real.
#include "app/simulate/SimulationController.h"
#include "app/simulate/TwinBesideController.h"
#include "app/train/TwinLibrary.h"
#include "engine/document/Document.h"
#include "engine/jobs/LiveTwin.h"
#include "engine/jobs/TwinPrediction.h"
#include "tests/gui/GuiTest.h"
#include "tests/gui/simulate/RunSizes.h"
#include "tests/support/TestProgram.h"
#include "tests/support/TwinFiles.h"
#include "tests/support/Wait.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/plots/PlotPanel.h"
#include "widgets/twin/TwinBar.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QSettings>
#include <QStandardItemModel>

#include <cmath>

using namespace dt;
using namespace dt::test;

namespace {

constexpr int PatienceMs = 30000;

} // namespace

class tst_TwinBeside : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void noTwinAtFirst();
    void bothAreDrawn();
    void measuresAreThoseOfThePrediction();
    void runsAfterwardsShowBoth();
    void pacedRunsGrowTogether();
    void removed();
    void otherNeuron();
    void otherNumberOfSegments();
    void remembered();
    void anotherProjectHasNone();
    void losesNoEventInSilence();
    void missingFile();
    void damagedFile();
    void twoTwins();
    void readOutAtTheCursor();

private:
    [[nodiscard]] DrivenEngine &engine() const { return m_bench->engine; }
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] Document &document() const { return *window().document(); }
    [[nodiscard]] RunPlots &plots() const { return *window().simulatePage()->plots(); }
    [[nodiscard]] TwinBesideController &beside() const
    {
        return *window().findChild<TwinBesideController *>();
    }
    [[nodiscard]] QComboBox *combo() const { return child<QComboBox>(window(), "twinCombo"); }
    [[nodiscard]] PlotCanvas *plot(const char *name) const
    {
        // Not those of the Train page.
        return child<PlotCanvas>(*window().simulatePage(), name);
    }
    [[nodiscard]] bool visible(const char *name) const
    {
        return child<QWidget>(window(), name)->isVisible();
    }
    [[nodiscard]] QString measures() const { return labelText(window(), "twinMeasuresLabel"); }
    [[nodiscard]] QString message() const { return labelText(window(), "twinMessageLabel"); }
    [[nodiscard]] QString twinPath(const char *name) const
    {
        return m_bench->sandbox.path(QString::fromLatin1(name));
    }
    /// As many pixels have something of the twin's violet, which greys and the input's colours do
    /// not have. Right of `ms` only, where it is given.
    static int violet(PlotCanvas *canvas, double ms = -1.0)
    {
        const QImage image = canvas->grab().toImage();
        const int from = ms < 0.0 ? 0 : static_cast<int>(canvas->toPixel({ms, 0.0}).x());
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = from; x < image.width(); ++x) {
                const QColor c = image.pixelColor(x, y);
                count += std::min(c.red(), c.blue()) - c.green() > 25;
            }
        }
        return count;
    }
    void knows(const QString &path) const
    {
        window().twins()->add(path);
        QTRY_VERIFY_WITH_TIMEOUT(combo()->findData(path) > 0, PatienceMs);
    }
    void chooseTwin(const QString &path) const
    {
        const int index = combo()->findData(path);
        QVERIFY(index >= 0);
        choose(combo(), combo()->itemText(index));
    }
    /// A finished run of the neuron; two spikes.
    void haveRun() const;
    void waitForTwin() const
    {
        QTRY_VERIFY_WITH_TIMEOUT(
            beside().live() && beside().live()->state() == LiveTwin::State::Finished, PatienceMs);
    }

    std::unique_ptr<Bench> m_bench;
    QString m_path;
};

void tst_TwinBeside::init()
{
    m_bench = std::make_unique<Bench>(QSize(1280, 800));
    Project project;
    project.neuron = presetNeuron("ampa-point").value();
    project.stimulus.durationMs = DurationMs;
    document().reset(project, {});
    m_path = twinPath("beside.twin");
    writeSmallTwin(m_path, "TCN", 8, project.neuron);
    knows(m_path);
}

void tst_TwinBeside::cleanup()
{
    m_bench.reset();
}

void tst_TwinBeside::haveRun() const
{
    DrivenWave wave;
    wave.spikesMs = {100, 200};
    engine().setWave(wave);
    window().simulation()->run();
    engine().complete(0.015);
    QVERIFY(window().simulation()->recording());
}

void tst_TwinBeside::noTwinAtFirst()
{
    QCOMPARE(combo()->currentText(), QStringLiteral("No twin"));
    QVERIFY(!visible("spikesPanel"));
    QVERIFY(!visible("twinMessage"));
    QVERIFY(!visible("twinMeasuresLabel"));
    const QString text = combo()->itemText(combo()->findData(m_path));
    QVERIFY2(text.startsWith(QStringLiteral("beside · "))
                 && text.endsWith(QStringLiteral(" · AMPA Point")),
             qPrintable(text));
    haveRun();
    for (const char *name : {"somaPlot", "ratePlot", "nearPlot"})
        QCOMPARE(violet(plot(name)), 0);
}

void tst_TwinBeside::bothAreDrawn()
{
    haveRun();
    chooseTwin(m_path);
    waitForTwin();
    for (const char *name : {"spikesPlot", "somaPlot", "nearPlot", "ratePlot", "dendritePlot"})
        QTRY_VERIFY2_WITH_TIMEOUT(violet(plot(name)) > 30, name, PatienceMs);
    // The neuron's spikes are ticks above the probability.
    PlotCanvas *spikes = plot("spikesPlot");
    const QColor ink = spikes->palette().color(QPalette::WindowText);
    for (const double ms : {100.5, 200.5})
        QVERIFY(shows(spikes, ink, spikes->toPixel({ms, 1.36}), 2, 60));
    QVERIFY(visible("twinMeasuresLabel"));
    QTRY_VERIFY2_WITH_TIMEOUT(measures().contains(QStringLiteral("AUC")), qPrintable(measures()),
                              PatienceMs);
    // 50 ms a second; the twin's time is measured when it has said all.
    const auto said = [this] { return measures().replace(QChar(0xA0), u' '); };
    QTRY_VERIFY2_WITH_TIMEOUT(
        said().contains(QStringLiteral("For 8192 ms of input NEURON takes 410 ms, the twin ")),
        qPrintable(said()), PatienceMs);
    QVERIFY(!visible("twinMessage")); // it is its own neuron
    QVERIFY(!child<QWidget>(window(), "somaCapCheck")->isEnabled());
}

void tst_TwinBeside::measuresAreThoseOfThePrediction()
{
    haveRun();
    chooseTwin(m_path);
    waitForTwin();
    const Recording &recording = *window().simulation()->recording();
    // What it said, not what it would say in one piece: rounding turns the order of close scores.
    const TwinPrediction said = beside().live()->said();
    QCOMPARE(said.somaMv.size(), recording.somaV.size());
    const StoredTwin stored = loadTwin(m_path.toStdString()).value();
    const auto predictor =
        loadMlModule().value()->predictor(stored.spec, stored.contents.weights, {});
    const TwinPrediction whole =
        predictInput(**predictor, recording.input, [](double) { return true; }).value();
    for (std::size_t t = 0; t < said.somaMv.size(); ++t) {
        QVERIFY(std::abs(said.somaMv[t] - whole.somaMv[t]) < 1e-3F);
        QVERIFY(std::abs(said.spikeProbability[t] - whole.spikeProbability[t]) < 1e-5F);
    }
    const RegressionScores soma = *regressionSums(recording.somaV, said.somaMv).scores();
    const RegressionScores dend = *regressionSums(recording.dendV, said.dendMv).scores();
    const auto has = [this](const QString &what) {
        return measures().replace(QChar(0xA0), u' ').contains(what);
    };
    QTRY_VERIFY_WITH_TIMEOUT(has(QStringLiteral("Soma: MAE %1, RMSE %2 mV, R² %3")
                                     .arg(soma.mae, 0, 'f', 2)
                                     .arg(soma.rmse, 0, 'f', 2)
                                     .arg(soma.r2, 0, 'f', 3)),
                             PatienceMs);
    QVERIFY2(has(QStringLiteral("Dendrite: RMSE %1 mV").arg(dend.rmse, 0, 'f', 2)),
             qPrintable(measures()));
    QVERIFY2(has(QStringLiteral("AUC %1").arg(*rocAuc(said.spikeProbability, recording.spike), 0,
                                              'f', 4)),
             qPrintable(measures()));
    QVERIFY2(has(QStringLiteral("the twin says none of")), qPrintable(measures()));
}

void tst_TwinBeside::runsAfterwardsShowBoth()
{
    chooseTwin(m_path);
    QVERIFY(visible("spikesPanel"));
    QCOMPARE(violet(plot("somaPlot")), 0);
    haveRun();
    waitForTwin();
    QTRY_VERIFY_WITH_TIMEOUT(violet(plot("somaPlot")) > 30, PatienceMs);
    // A change runs both again, by itself.
    const int before = engine().submitted();
    QVERIFY(document()
                .edit(QStringLiteral("x"),
                      [](Project &p) {
                          p.stimulus.rain.seed = 77;
                          p.stimulus.durationMs = 400;
                      })
                .ok());
    QTRY_VERIFY_WITH_TIMEOUT(engine().submitted() > before, PatienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(beside().live()->said().lengthMs, 400, PatienceMs);
    engine().complete();
    waitForTwin();
    QCOMPARE(beside().live()->reachedMs(), 400);
    QTRY_VERIFY_WITH_TIMEOUT(violet(plot("somaPlot"), 350.0) > 5, PatienceMs);
}

void tst_TwinBeside::pacedRunsGrowTogether()
{
    chooseTwin(m_path);
    window().simulation()->setPace(50.0);
    window().simulation()->run();
    engine().begin();
    engine().appendTo(120);
    QTRY_COMPARE_WITH_TIMEOUT(beside().live() ? beside().live()->reachedMs() : 0, 120, PatienceMs);
    QVERIFY(stays([&] { return beside().live()->reachedMs() == 120; }));
    QTRY_VERIFY2_WITH_TIMEOUT(measures().contains(QStringLiteral("Soma")), qPrintable(measures()),
                              PatienceMs);
    engine().appendTo(200);
    QTRY_COMPARE_WITH_TIMEOUT(beside().live()->reachedMs(), 200, PatienceMs);
    // Let go, it says the rest at once.
    window().simulation()->setPace(0.0);
    QTRY_COMPARE_WITH_TIMEOUT(beside().live()->reachedMs(), DurationMs, PatienceMs);
    engine().appendTo(DurationMs);
    engine().finish();
}

void tst_TwinBeside::removed()
{
    haveRun();
    const QStringList panels{QStringLiteral("inputPanel"),    QStringLiteral("mapPanel"),
                             QStringLiteral("spikesPanel"),   QStringLiteral("somaPanel"),
                             QStringLiteral("dendritePanel"), QStringLiteral("ratePanel")};
    const auto shown = [&] {
        QStringList visiblePanels;
        for (const QString &name : panels) {
            if (visible(qPrintable(name)))
                visiblePanels << name;
        }
        return visiblePanels;
    };
    const QStringList before = shown();
    chooseTwin(m_path);
    waitForTwin();
    QVERIFY(shown() != before);
    auto *capped = child<QAbstractButton>(window(), "somaCapCheck");
    QVERIFY(capped->isChecked());
    choose(combo(), QStringLiteral("No twin"));
    QCOMPARE(shown(), before);
    QVERIFY(!capped->isChecked() && capped->isEnabled());
    QVERIFY(!visible("twinMeasuresLabel"));
    QVERIFY(!beside().live());
    for (const char *name : {"somaPlot", "ratePlot", "nearPlot", "dendritePlot"})
        QTRY_COMPARE_WITH_TIMEOUT(violet(plot(name)), 0, PatienceMs);
}

void tst_TwinBeside::otherNeuron()
{
    haveRun();
    const Neuron own = document().neuron();
    QVERIFY(
        document()
            .edit(QStringLiteral("x"), [](Project &p) { p.neuron.dendrites[0].lengthUm = 200.0; })
            .ok());
    chooseTwin(m_path);
    QVERIFY(visible("twinMessage"));
    QVERIFY2(message().startsWith(QStringLiteral("This twin was trained on AMPA Point; the neuron "
                                                 "here is another")),
             qPrintable(message()));
    QVERIFY(visible("spikesPanel")); // it is drawn all the same
    click(child<QAbstractButton>(window(), "useTwinNeuronButton"));
    QCOMPARE(document().neuron(), own);
    QVERIFY(!visible("twinMessage"));
    document().undoStack()->undo();
    QCOMPARE(document().neuron().dendrites[0].lengthUm, 200.0);
    QVERIFY(visible("twinMessage"));
}

void tst_TwinBeside::otherNumberOfSegments()
{
    chooseTwin(m_path);
    haveRun();
    waitForTwin();
    QVERIFY(document()
                .edit(QStringLiteral("x"), [](Project &p) { setSegments(p.neuron, 0, 16); })
                .ok());
    QVERIFY2(message().contains(QStringLiteral("with 8 segments; the neuron here has 16")),
             qPrintable(message()));
    QVERIFY(!visible("spikesPanel"));
    auto *model = qobject_cast<QStandardItemModel *>(combo()->model());
    const int index = combo()->findData(m_path);
    QVERIFY(model->item(index)->isEnabled()); // it can bring its neuron
    // The neuron runs on without it.
    const int before = engine().submitted();
    QTRY_VERIFY_WITH_TIMEOUT(engine().submitted() > before, PatienceMs);
    engine().complete();
    QCOMPARE(window().simulation()->recording()->segments, 16);
    click(child<QAbstractButton>(window(), "useTwinNeuronButton"));
    QCOMPARE(document().neuron().segmentCount(), 8);
    QTRY_VERIFY_WITH_TIMEOUT(engine().submitted() > before + 1, PatienceMs);
    engine().complete();
    waitForTwin();
    QVERIFY(visible("spikesPanel"));
    QTRY_VERIFY_WITH_TIMEOUT(violet(plot("somaPlot")) > 30, PatienceMs);
    choose(combo(), QStringLiteral("No twin"));
    document().undoStack()->undo();
    QCOMPARE(document().neuron().segmentCount(), 16);
    QVERIFY2(combo()->itemText(index).endsWith(QStringLiteral("needs 8 segments")),
             qPrintable(combo()->itemText(index)));
    // Choosing it offers its neuron: from any neuron to both side by side in two clicks.
    combo()->setCurrentIndex(index);
    Q_EMIT combo()->activated(index);
    QVERIFY2(message().contains(QStringLiteral("with 8 segments; the neuron here has 16")),
             qPrintable(message()));
    click(child<QAbstractButton>(window(), "useTwinNeuronButton"));
    QCOMPARE(document().neuron().segmentCount(), 8);
}

void tst_TwinBeside::remembered()
{
    chooseTwin(m_path);
    QCOMPARE(QSettings().value(QStringLiteral("simulate/twin")).toString(), m_path);
    MainWindow second(&engine(), &m_bench->dialogs, m_bench->autosave.path(), &m_bench->dialogs);
    auto *list = child<QComboBox>(second, "twinCombo");
    QTRY_COMPARE_WITH_TIMEOUT(list->currentData().toString(), m_path, PatienceMs);
    choose(combo(), QStringLiteral("No twin"));
    QVERIFY(!QSettings().contains(QStringLiteral("simulate/twin")));
}

void tst_TwinBeside::anotherProjectHasNone()
{
    haveRun();
    chooseTwin(m_path);
    waitForTwin();
    QVERIFY(plots().isTwinShown());
    document().reset({}, {});
    QVERIFY(!plots().isTwinShown());
    QVERIFY(beside().chosen().isEmpty());
    QVERIFY(!beside().live());
    QCOMPARE(combo()->currentText(), QStringLiteral("No twin"));
    QVERIFY(!visible("twinMessage"));
}

// What the twin's neuron has no place for is told.
void tst_TwinBeside::losesNoEventInSilence()
{
    Project project;
    project.neuron.dendrites = {{"trunk", SomaIndex, 1.0, 400.0, 2.0, 3, {}},
                                {"tuft", 0, 1.0, 300.0, 1.0, 2, {}}};
    project.neuron.synapses = onePairPerSegment(project.neuron);
    project.stimulus.painted = {{Polarity::Excitatory, 0, 10, 1.0}};
    project.stimulus.rain.on = false;
    document().reset(project, {});
    chooseTwin(m_path);
    child<QAbstractButton>(window(), "useTwinNeuronButton")->click();
    QVERIFY(document().stimulus().painted.empty());
    QCOMPARE(labelText(window(), "noticeLabel"),
             QStringLiteral("Removed a painted event. Undo brings it back."));
    QVERIFY(visible("noticeBar"));
    trigger(window(), "undoAction");
    QCOMPARE(document().project(), project);
    QVERIFY(!visible("noticeBar"));
}

void tst_TwinBeside::missingFile()
{
    chooseTwin(m_path);
    QVERIFY(QFile::remove(m_path));
    MainWindow second(&engine(), &m_bench->dialogs, m_bench->autosave.path(), &m_bench->dialogs);
    second.show();
    QTRY_VERIFY_WITH_TIMEOUT(child<QWidget>(second, "twinMessage")->isVisible(), PatienceMs);
    const QString said = labelText(second, "twinMessageLabel");
    QVERIFY2(said.startsWith(QStringLiteral("This twin cannot be used."))
                 && said.contains(QStringLiteral("beside.twin")),
             qPrintable(said));
    second.simulation()->run();
    engine().complete();
    QVERIFY(second.simulation()->recording());
}

void tst_TwinBeside::damagedFile()
{
    haveRun();
    // Damaged after the list was read: noticed when it is chosen.
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() / 2));
    QVERIFY(file.write("xxxx") == 4);
    file.close();
    chooseTwin(m_path);
    QTRY_VERIFY_WITH_TIMEOUT(visible("twinMessage"), PatienceMs);
    QVERIFY2(message().startsWith(QStringLiteral("This twin cannot be")), qPrintable(message()));
    QVERIFY(!visible("spikesPanel"));
    haveRun(); // the neuron goes on
    // A whole file in its place is another twin.
    writeSmallTwin(m_path, "ELM", 8, document().neuron());
    window().twins()->add(m_path);
    QTRY_VERIFY_WITH_TIMEOUT(visible("spikesPanel"), PatienceMs);
    waitForTwin();
    QVERIFY(!visible("twinMessage"));
}

void tst_TwinBeside::twoTwins()
{
    const QString other = twinPath("other.twin");
    writeSmallTwin(other, "TCN", 8, {}, 2);
    knows(other);
    QVERIFY(combo()->itemText(combo()->findData(other)).contains(QStringLiteral("unknown neuron")));
    haveRun();
    chooseTwin(m_path);
    waitForTwin();
    QTRY_VERIFY_WITH_TIMEOUT(measures().contains(QStringLiteral("Soma")), PatienceMs);
    const QString first = measures();
    chooseTwin(other);
    waitForTwin();
    QTRY_VERIFY_WITH_TIMEOUT(measures().contains(QStringLiteral("Soma")) && measures() != first,
                             PatienceMs);
    QVERIFY(!visible("twinMessage")); // nobody knows its neuron
    // Renamed, it is still the chosen one.
    QVERIFY(window().twins()->rename(other, QStringLiteral("mine")).ok());
    const QString renamed = twinPath("mine.twin");
    QCOMPARE(beside().chosen(), renamed);
    QTRY_COMPARE_WITH_TIMEOUT(combo()->currentData().toString(), renamed, PatienceMs);
    QVERIFY2(combo()->currentText().startsWith(QStringLiteral("mine · ")),
             qPrintable(combo()->currentText()));
    QVERIFY(visible("spikesPanel"));
    QCOMPARE(combo()->findData(other), -1);
}

void tst_TwinBeside::readOutAtTheCursor()
{
    haveRun();
    chooseTwin(m_path);
    waitForTwin();
    plots().timeAxis()->setCursor(150.0);
    const TwinPrediction &said = beside().live()->said();
    const auto ends = [this](const char *label, double value, int digits, const char *unit) {
        const QString text = labelText(window(), label);
        const QString end =
            QStringLiteral("twin %1%2").arg(value, 0, 'f', digits).arg(QLatin1String(unit));
        return text.endsWith(end) || (qWarning() << text << end, false);
    };
    QVERIFY(ends("somaReadOutLabel", double(said.somaMv[150]), 1, ""));
    QVERIFY(ends("spikesReadOutLabel", double(said.spikeProbability[150]), 2, ""));
    QVERIFY(ends("rateReadOutLabel", 1000.0 * double(said.rate[150]), 1, ""));
    QVERIFY(ends("dendriteReadOutLabel", double(said.dendMv[7 * DurationMs + 150]), 1, " mV"));
    plots().setSelectedRow(2);
    QVERIFY(ends("dendriteReadOutLabel", double(said.dendMv[2 * DurationMs + 150]), 1, " mV"));
}

DT_TEST(tst_TwinBeside, QApplication)
#include "tst_TwinBeside.moc"
