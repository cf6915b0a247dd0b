// SPDX-License-Identifier: GPL-3.0-or-later
//
// What leaves the program and what comes in: runs, events, traces, tables, pictures with captions.
#include "app/simulate/RunsController.h"
#include "app/simulate/SimulationController.h"
#include "engine/data/RecordingFile.h"
#include "engine/data/ZipFile.h"
#include "engine/document/Document.h"
#include "tests/gui/GuiTest.h"
#include "tests/gui/simulate/RunSizes.h"
#include "tests/support/NpzReader.h"
#include "tests/support/Python.h"
#include "tests/support/TestProgram.h"
#include "widgets/pages/SimulatePage.h"
#include "widgets/runs/RunsPanel.h"
#include "widgets/theme/Colours.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QMenu>
#include <QProcess>
#include <QSignalSpy>
#include <QTableView>

using namespace dt;
using namespace dt::test;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_RunFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void recording();
    void runAsNpz();
    void runAsTables();
    void olderRun();
    void runCannotBeWritten();
    void eventsThereAndBack();
    void eventsAreAdded();
    void twofoldNumbersAreAsked();
    void importedEvents_data();
    void importedEvents();
    void cancelledChangesNothing();
    void ownTrace();
    void ownTraceFaults();
    void pictureOfAllPlots();
    void pictures_data();
    void pictures();
    void numbersHaveNames();
    void inputPictureFromItsCaption();
    void tableOfRuns();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] Document &document() const { return *window().document(); }
    [[nodiscard]] FakeDialogs &dialogs() const { return m_bench->dialogs; }
    [[nodiscard]] QString path(const char *name) const
    {
        return m_bench->sandbox.path(QLatin1String(name));
    }
    [[nodiscard]] QString status() const { return labelText(window(), "statusLabel"); }
    [[nodiscard]] QString notice() const { return labelText(window(), "noticeLabel"); }
    QString written(const char *name, const QByteArray &text) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("the test cannot write");
        return file.fileName();
    }
    void run(const DrivenWave &wave = {})
    {
        m_bench->engine.setWave(wave);
        window().simulation()->run();
        m_bench->engine.complete();
        QVERIFY(!window().simulation()->isRunning());
    }
    /// Opens the menu of a widget and takes an entry.
    void fromMenu(QWidget *widget, const char *menu, const char *action)
    {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, widget->rect().center(),
                                widget->mapToGlobal(widget->rect().center()));
        QApplication::sendEvent(widget, &event);
        QMenu *open = nullptr;
        QTRY_VERIFY(open = window().findChild<QMenu *>(QLatin1String(menu)));
        auto *entry = open->findChild<QAction *>(QLatin1String(action));
        QVERIFY(entry);
        entry->trigger();
        open->close();
        QTRY_VERIFY(!window().findChild<QMenu *>(QLatin1String(menu)));
    }

    std::unique_ptr<Bench> m_bench;
};

void tst_RunFiles::init()
{
    m_bench = std::make_unique<Bench>(QSize(1400, 1000));
    Project project;
    project.neuron = presetNeuron("nmda-cable").value();
    project.stimulus.durationMs = DurationMs;
    project.stimulus.painted = {{Polarity::Excitatory, 3, 100, 2.0}};
    window().simulation()->setAutoRun(false);
    document().reset(project, {});
}

void tst_RunFiles::cleanup()
{
    m_bench.reset();
}

void tst_RunFiles::recording()
{
    QVERIFY(!child<QAction>(window(), "saveRecordingAction")->isEnabled());
    run({-80.0, 0.5, {120}});
    dialogs().saveAsPath.clear(); // cancelled
    trigger(window(), "saveRecordingAction");
    dialogs().saveAsPath = path("a.h5");
    trigger(window(), "saveRecordingAction");
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Saved a.h5."), 20000);
    QCOMPARE(dialogs().lastSuggestion, QStringLiteral("run-1.h5"));
    const Result<Recording> saved = readRecording(dialogs().saveAsPath.toStdString());
    QVERIFY2(saved.ok(), saved ? "" : saved.error().message.c_str());
    QCOMPARE(saved->durationMs, 300);
    QCOMPARE(saved->spikeCount(), 1);
    // What cannot be written says why.
    dialogs().saveAsPath = path("nowhere/a.h5");
    trigger(window(), "saveRecordingAction");
    QTRY_VERIFY_WITH_TIMEOUT(notice().contains(QStringLiteral("nowhere")), 20000);
}

void tst_RunFiles::runAsNpz()
{
    QVERIFY(!child<QAction>(window(), "exportRunAction")->isEnabled());
    run({-80.0, 0.5, {120}});
    dialogs().saveAsPath = path("a.npz");
    trigger(window(), "exportRunAction");
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Saved a.npz."), 20000);
    QCOMPARE(dialogs().lastSuggestion, QStringLiteral("run-1.npz"));
    QVERIFY(ZipReader::open(dialogs().saveAsPath.toStdString()).ok());
    REQUIRE_PYTHON("numpy");
    QProcess python;
    python.start(QStringLiteral("/usr/bin/python3"),
                 {QStringLiteral("-c"), QStringLiteral(R"(
import sys
import numpy as np
a = np.load(sys.argv[1])
assert list(a['spike_ms']) == [120]
assert a['dend_v'].shape == (8, 300) and a['dend_v'][7, 5] == -76.5
assert a['input_exc'][3, 100] >= 2
assert a['caption'].item().decode().startswith('Run 1 of an unsaved project'), a['caption']
assert b'"neuron"' in a['project'].item()
)"),
                  dialogs().saveAsPath});
    QVERIFY(python.waitForFinished());
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());
}

void tst_RunFiles::runAsTables()
{
    run({-80.0, 0.5, {120}});
    dialogs().saveAsPath = path("a.zip");
    trigger(window(), "exportRunAction");
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Saved a.zip."), 20000);
    const auto zip = ZipReader::open(dialogs().saveAsPath.toStdString());
    QVERIFY(zip.ok());
    QCOMPARE(std::string(zip->members().at("spikes.csv")), std::string("time_ms\n120\n"));
}

/// The table exports any run that it lists, not only the last.
void tst_RunFiles::olderRun()
{
    run({-80.0, 0.5, {120}});
    run();
    click(child<QAbstractButton>(window(), "runsButton"));
    window().simulatePage()->runs()->setCurrent(window().runs()->history().runs()[1].key);
    dialogs().saveAsPath = path("old.zip");
    click(child<QAbstractButton>(window(), "exportRunButton"));
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Saved old.zip."), 20000);
    const auto zip = ZipReader::open(dialogs().saveAsPath.toStdString());
    QCOMPARE(std::string(zip->members().at("spikes.csv")), std::string("time_ms\n120\n"));
}

void tst_RunFiles::runCannotBeWritten()
{
    run();
    dialogs().saveAsPath = path("none/a.npz");
    trigger(window(), "exportRunAction");
    QTRY_VERIFY_WITH_TIMEOUT(notice().contains(QStringLiteral("a.npz")), 20000);
}

void tst_RunFiles::eventsThereAndBack()
{
    const std::vector<InputEvent> before = document().stimulus().painted;
    dialogs().saveAsPath = path("events.csv");
    trigger(window(), "exportEventsAction");
    QCOMPARE(contents(path("events.csv")),
             QByteArray("polarity,dendrite,x,time_ms,weight\nexcitatory,dend,0.4375,100,2\n"));
    QVERIFY(
        document().edit(QStringLiteral("x"), [](Project &p) { p.stimulus.painted.clear(); }).ok());
    dialogs().tablePath = dialogs().saveAsPath;
    trigger(window(), "importEventsAction");
    QVERIFY(document().stimulus().painted == before);
    QCOMPARE(dialogs().paintedAsked, 0); // there was nothing to replace
    document().undoStack()->undo();
    QVERIFY(document().stimulus().painted.empty());
}

void tst_RunFiles::eventsAreAdded()
{
    dialogs().tablePath = written("e.csv",
                                  "polarity,dendrite,x,time_ms,weight\n"
                                  "excitatory,dend,0.4375,100,3\n"
                                  "inhibitory,dend,0.1,20,1\n");
    const int steps = document().undoStack()->index();
    trigger(window(), "importEventsAction"); // the answer is Cancel
    QCOMPARE(dialogs().paintedAsked, 1);
    QCOMPARE(document().undoStack()->index(), steps);
    dialogs().painted = RunDialogs::Painted::Add;
    trigger(window(), "importEventsAction");
    QCOMPARE(document().undoStack()->index(), steps + 1);
    QCOMPARE(document().stimulus().painted.size(), std::size_t{2}); // one lay on another
    QCOMPARE(document().stimulus().painted.front().weight, 5.0);
    document().undoStack()->undo();
    dialogs().painted = RunDialogs::Painted::Replace;
    trigger(window(), "importEventsAction");
    QCOMPARE(document().stimulus().painted.size(), std::size_t{2});
    QCOMPARE(document().stimulus().painted.front().weight, 3.0);
    QCOMPARE(status(), QStringLiteral("2 events of e.csv are painted."));
}

/// A number that can be read in two ways: as the rest of the file tells, or as the person says.
void tst_RunFiles::twofoldNumbersAreAsked()
{
    document().undoStack()->clear();
    QVERIFY(document()
                .edit(QStringLiteral("Long"), [](Project &p) { p.stimulus.durationMs = 2000; })
                .ok());
    dialogs().painted = RunDialogs::Painted::Replace;
    const QByteArray head("polarity;dendrite;x;time_ms;weight\n");
    dialogs().tablePath = written("told.csv", head + "excitatory;dend;0,5;1.000;2,5\n");
    trigger(window(), "importEventsAction");
    QCOMPARE(dialogs().decimalAsked, 0);
    QCOMPARE(document().stimulus().painted.size(), std::size_t{1});
    QCOMPARE(document().stimulus().painted.front().timeMs, 1000);

    const Project before = document().project();
    dialogs().tablePath = written("open.csv", head + "excitatory;dend;1;1.500;2\n");
    trigger(window(), "importEventsAction"); // the answer is Cancel
    QCOMPARE(dialogs().decimalAsked, 1);
    QCOMPARE(dialogs().lastTwofold.cell, std::string("1.500"));
    QVERIFY(document().project() == before);
    dialogs().decimalSign = DecimalSign::Comma;
    trigger(window(), "importEventsAction");
    QCOMPARE(dialogs().decimalAsked, 2);
    QCOMPARE(document().stimulus().painted.front().timeMs, 1500);

    // Traces are read on another thread.
    dialogs().tablePath = written("trace.csv", "1.000;-60\n2.000;-40\n");
    trigger(window(), "importTraceAction");
    QTRY_COMPARE_WITH_TIMEOUT(window().runs()->history().runs().size(), std::size_t{1}, 20000);
    QCOMPARE(dialogs().decimalAsked, 3);
}

void tst_RunFiles::importedEvents_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("said");
    const QByteArray head("polarity,dendrite,x,time_ms,weight\n");
    QTest::newRow("not text") << QByteArray("\x89PNG\r\n\0", 7) << QStringList{"e.csv", "not text"};
    QTest::newRow("another table")
        << QByteArray("a,b\n1,2\n") << QStringList{"line 1", "column 1", "'a'"};
    QTest::newRow("dendrite") << head + "exc,apical,0.5,1,1\n"
                              << QStringList{"line 2", "column 2", "'apical'", "dend"};
    QTest::newRow("time") << head + "exc,dend,0.5,300,1\n"
                          << QStringList{"line 2", "column 4", "300"};
    QTest::newRow("weight") << head + "exc,dend,0.5,1,-1\n"
                            << QStringList{"line 2", "column 5", "-1"};
    QTest::newRow("empty") << QByteArray() << QStringList{"e.csv is empty"};
}

void tst_RunFiles::importedEvents()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, said);
    const Project before = document().project();
    dialogs().tablePath = written("e.csv", text);
    dialogs().painted = RunDialogs::Painted::Replace;
    trigger(window(), "importEventsAction");
    for (const QString &part : std::as_const(said))
        QVERIFY2(notice().contains(part), qPrintable(notice()));
    QVERIFY(document().project() == before);
    QCOMPARE(document().undoStack()->count(), 0);
}

void tst_RunFiles::cancelledChangesNothing()
{
    run();
    const Project before = document().project();
    for (const char *name :
         {"exportRunAction", "exportEventsAction", "importEventsAction", "importTraceAction"})
        trigger(window(), name);
    QVERIFY(document().project() == before);
    dialogs().tablePath = path("is-not-there.csv");
    trigger(window(), "importEventsAction");
    QVERIFY(notice().contains(QStringLiteral("is-not-there.csv")));
}

void tst_RunFiles::ownTrace()
{
    run({-80.0, 0.5, {}});
    dialogs().tablePath = written("mine.csv", "time_ms;V\n0;-60,0\n100;-60\n200,5;-40\n");
    trigger(window(), "importTraceAction");
    QTRY_COMPARE_WITH_TIMEOUT(window().runs()->history().runs().size(), std::size_t{2}, 20000);
    PlotCanvas *soma = child<PlotCanvas>(window(), "somaPlot");
    QVERIFY(shows(soma, colours::ghost(soma->palette()), soma->toPixel({50.0, -60.0}), 6, 40));
    QVERIFY(child<QWidget>(window(), "runLegend")
                ->accessibleName()
                .contains(QStringLiteral("mine.csv")));
    click(child<QAbstractButton>(window(), "runsButton"));
    auto *table = child<QTableView>(window(), "runsTable");
    QCOMPARE(table->model()->rowCount(), 2);
    window().simulatePage()->runs()->setCurrent(window().runs()->history().runs()[0].key);
    QVERIFY(!child<QAbstractButton>(window(), "restoreRunButton")->isEnabled());
    // The difference reaches as far as the trace.
    click(child<QAbstractButton>(window(), "differenceCheck"));
    PlotCanvas *difference = child<PlotCanvas>(window(), "differencePlot");
    QVERIFY(shows(difference, colours::ghost(soma->palette()), difference->toPixel({50.0, -20.0}),
                  6, 40));
    moveTo(soma, middleAt(soma, 50.5));
    QVERIFY2(labelText(window(), "differenceReadOutLabel")
                 == QStringLiteral("-20.00 mV (mine.csv)"),
             qPrintable(labelText(window(), "differenceReadOutLabel")));
    click(child<QAbstractButton>(window(), "removeRunButton"));
    QCOMPARE(table->model()->rowCount(), 1);
    QVERIFY(!shows(soma, colours::ghost(soma->palette()), soma->toPixel({50.0, -60.0}), 6, 40));
}

void tst_RunFiles::ownTraceFaults()
{
    dialogs().tablePath = written("bad.csv", "0,-60\n1,cold\n");
    trigger(window(), "importTraceAction");
    QTRY_VERIFY_WITH_TIMEOUT(
        notice().startsWith(QStringLiteral("bad.csv, line 2, column 2 (voltage in mV): 'cold'")),
        20000);
    QVERIFY(window().runs()->history().runs().empty());
    // With the next file that is over.
    dialogs().tablePath = written("good.csv", "0,-60\n1,-61\n");
    trigger(window(), "importTraceAction");
    QTRY_COMPARE_WITH_TIMEOUT(window().runs()->history().runs().size(), std::size_t(1), 20000);
    QVERIFY(!child<QWidget>(window(), "noticeBar")->isVisible());
}

void tst_RunFiles::pictureOfAllPlots()
{
    run({-80.0, 0.5, {120}});
    dialogs().saveAsPath = path("all.png");
    trigger(window(), "savePlotsAction");
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Saved all.png."), 20000);
    QCOMPARE(dialogs().lastSuggestion, QStringLiteral("run-1.png"));
    const QImage picture(dialogs().saveAsPath);
    QVERIFY(!picture.isNull());
    // All of them above each other: higher than the page shows them.
    QVERIFY2(picture.height() > picture.width() / 2, qPrintable(QString::number(picture.height())));
}

void tst_RunFiles::pictures_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("png") << QStringLiteral("soma.png");
    QTest::newRow("svg") << QStringLiteral("soma.svg");
    QTest::newRow("pdf") << QStringLiteral("soma.pdf");
}

void tst_RunFiles::pictures()
{
    QFETCH(QString, file);
    run({-80.0, 0.5, {120}});
    PlotCanvas *soma = child<PlotCanvas>(window(), "somaPlot");
    const QString stamp = soma->stamp();
    QVERIFY2(stamp.startsWith(QStringLiteral("Run 1 of an unsaved project, dendrite ")),
             qPrintable(stamp));
    QVERIFY2(stamp.contains(QStringLiteral("seed 1")), qPrintable(stamp));
    dialogs().saveAsPath = path(qPrintable(file));
    fromMenu(soma, "plotMenu", "savePictureAction");
    QCOMPARE(status(), QStringLiteral("Saved %1.").arg(file));
    const QByteArray bytes = contents(dialogs().saveAsPath);
    if (file.endsWith(QStringLiteral("png"))) {
        const QImage image = QImage::fromData(bytes);
        // On paper a plot has proportions of its own, whatever strip it is on the screen.
        QVERIFY2(image.width() > 1200 && image.height() > image.width() / 3
                     && image.height() < image.width(),
                 qPrintable(QStringLiteral("%1 x %2").arg(image.width()).arg(image.height())));
    } else if (file.endsWith(QStringLiteral("svg"))) {
        QVERIFY2(bytes.contains("Run 1 of an unsaved project"), bytes.left(400).constData());
        QVERIFY(bytes.contains("Time [ms]"));
        QVERIFY(bytes.contains("V [mV]"));
        QVERIFY(!bytes.contains("<image"));
    } else {
        QVERIFY(bytes.startsWith("%PDF-"));
        QVERIFY(!bytes.contains("/Subtype /Image"));
        QVERIFY(bytes.contains("/MediaBox"));
    }
    // On the screen nothing has changed.
    QCoreApplication::processEvents();
    run();
    QVERIFY(soma->stamp().startsWith(QStringLiteral("Run 2 of")));
}

void tst_RunFiles::numbersHaveNames()
{
    run({-60.0, 0.5, {}});
    click(child<QAbstractButton>(window(), "runsButton"));
    click(child<QAbstractButton>(window(), "pinRunButton"));
    run({-80.0, 0.5, {}});
    dialogs().saveAsPath = path("soma.csv");
    fromMenu(child<QWidget>(window(), "somaPlot"), "plotMenu", "saveNumbersAction");
    const QByteArray head = contents(path("soma.csv")).split('\n').first();
    QVERIFY2(head.contains("\"Soma V [mV]\""), head.constData());
    QVERIFY2(head.contains("\"Run 1 V [mV]\""), head.constData());
    QVERIFY2(head.contains("\"Soma V [mV]: Time [ms]\""), head.constData());
}

void tst_RunFiles::inputPictureFromItsCaption()
{
    dialogs().saveAsPath = path("input.svg");
    // The painter has its right button for itself; the line above it has the menu.
    fromMenu(child<QWidget>(window(), "inputReadOutLabel"), "plotMenu", "savePictureAction");
    QVERIFY(contents(path("input.svg")).contains("Time [ms]"));
}

void tst_RunFiles::tableOfRuns()
{
    run({-80.0, 0.5, {120}});
    QVERIFY(document()
                .edit(QStringLiteral("x"), [](Project &p) { p.neuron.membrane.raOhmCm = 300.0; })
                .ok());
    run();
    click(child<QAbstractButton>(window(), "runsButton"));
    dialogs().saveAsPath = path("runs.csv");
    fromMenu(child<QTableView>(window(), "runsTable")->viewport(), "tableMenu", "saveTableAction");
    const QList<QByteArray> lines = contents(path("runs.csv")).trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[0].startsWith("Ghost,Run,Name,Spikes,Rate [Hz],Peak [mV],Seed,Membrane: Axial "
                                 "Resistance [ohm cm],Notes,Time"),
             lines[0].constData());
    QVERIFY2(lines[1].startsWith("no,2,,0,0.0,-80.0,"), lines[1].constData());
    QVERIFY2(lines[2].startsWith("no,1,,1,3.3,"), lines[2].constData());
    QVERIFY(lines[1].contains(",300,") && lines[2].contains(",150,"));

    dialogs().saveAsPath = path("runs.npz");
    fromMenu(child<QTableView>(window(), "runsTable")->viewport(), "tableMenu", "saveTableAction");
    const Result<std::map<std::string, test::NpzArray>> arrays =
        test::readNpz(path("runs.npz").toStdString());
    QVERIFY2(arrays.ok(), arrays ? "" : arrays.error().message.c_str());
    QVERIFY(arrays->contains("Membrane_Axial_Resistance_ohm_cm"));
    QCOMPARE(arrays->at("Membrane_Axial_Resistance_ohm_cm").floats,
             (std::vector<double>{300.0, 150.0}));
}

DT_TEST(tst_RunFiles, QApplication)
#include "tst_RunFiles.moc"
