// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/document/Document.h"

#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "engine/cell/tree/TreeEdit.h"
#include "tests/engine/document/Changes.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dt;
using namespace dt::test;

class tst_Document : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsClean();
    void editIsOneStepAndOneSignal();
    void signalSaysWhatChanged_data();
    void signalSaysWhatChanged();
    void nothingChangedLeavesNoStep();
    void invalidEdits_data();
    void invalidEdits();
    void sameKeyIsOneStep();
    void mergingEnds_data();
    void mergingEnds();
    void draggedBackLeavesNoStep();
    void draggedBackKeepsEarlierSteps();
    void resetForgets();
    void modifiedFollowsTheSavedState();
    void editAfterUndoLosesTheSavedState();
    void recoveredWorkIsUnsaved();
    void eventsKeepTheirPlaces();
    void eventsComeBackFromCoarseSegments();
    void eventsStayWithTheirSynapses();
    void replaceTakesItAsItIs();
    void statesAreKnownAgain();
    void eventsOfAChangedInputAreNotMoved();
    void draggingSegmentsKeepsPlaces();
};

void tst_Document::startsClean()
{
    Document document;
    QCOMPARE(document.project(), Project{});
    QVERIFY(!document.isModified());
    QVERIFY(document.path().isEmpty());
    QVERIFY(!document.undoStack()->canUndo());
}

void tst_Document::editIsOneStepAndOneSignal()
{
    Document document;
    QSignalSpy changed(&document, &Document::changed);
    QVERIFY(document.edit(QStringLiteral("Change Length"), length(512.0)).ok());
    QCOMPARE(document.neuron().dendrites[0].lengthUm, 512.0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(document.undoStack()->count(), 1);
    QCOMPARE(document.undoStack()->undoText(), QStringLiteral("Change Length"));
    document.undoStack()->undo();
    QCOMPARE(document.project(), Project{});
    QCOMPARE(changed.count(), 2);
    document.undoStack()->redo();
    QCOMPARE(document.neuron().dendrites[0].lengthUm, 512.0);
    QCOMPARE(changed.count(), 3);
}

void tst_Document::signalSaysWhatChanged_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<bool>("neuron");
    QTest::addColumn<bool>("stimulus");
    QTest::newRow("neuron") << 0 << true << false;
    QTest::newRow("stimulus") << 1 << false << true;
    QTest::newRow("segments move events") << 2 << true << true;
}

void tst_Document::signalSaysWhatChanged()
{
    QFETCH(int, what);
    QFETCH(bool, neuron);
    QFETCH(bool, stimulus);
    Document document;
    QSignalSpy changed(&document, &Document::changed);
    const Change change = what == 0 ? length(100.0) : what == 1 ? duration(500) : segments(8);
    QVERIFY(document.edit(QStringLiteral("x"), change).ok());
    document.undoStack()->undo();
    document.undoStack()->redo();
    QCOMPARE(changed.count(), 3);
    for (const QList<QVariant> &arguments : changed) {
        const auto event = arguments.at(0).value<ChangeEvent>();
        QCOMPARE(event.neuron, neuron);
        QCOMPARE(event.stimulus, stimulus);
        QVERIFY(!event.everything);
    }
}

void tst_Document::nothingChangedLeavesNoStep()
{
    Document document;
    QSignalSpy changed(&document, &Document::changed);
    QVERIFY(document.edit(QStringLiteral("x"), [](Project &) {}).ok());
    QVERIFY(document.edit(QStringLiteral("x"), length(2048.0)).ok());
    QCOMPARE(document.undoStack()->count(), 0);
    QVERIFY(!document.isModified());
    QCOMPARE(changed.count(), 0);
}

void tst_Document::invalidEdits_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("reason");
    QTest::newRow("length") << 0 << QStringLiteral("-1");
    QTest::newRow("not a number") << 1 << QStringLiteral("nan");
    QTest::newRow("no segments") << 2 << QStringLiteral("0");
    QTest::newRow("too many segments") << 3 << QStringLiteral("1001");
    QTest::newRow("duration") << 4 << QStringLiteral("duration");
    QTest::newRow("weight") << 5 << QStringLiteral("weight");
    QTest::newRow("sparsity") << 6 << QStringLiteral("sparsity");
    QTest::newRow("valid and invalid together") << 7 << QStringLiteral("duration");
}

void tst_Document::invalidEdits()
{
    QFETCH(int, which);
    QFETCH(QString, reason);
    const std::vector<Change> changes{
        length(-1.0),
        length(std::numeric_limits<double>::quiet_NaN()),
        segments(0),
        segments(1001),
        duration(0),
        [](Project &p) { p.stimulus.painted[0].weight = -1.0; },
        [](Project &p) { p.stimulus.rain.excSparsity = 1.5; },
        [](Project &p) {
            p.neuron.dendrites[0].lengthUm = 100.0;
            p.stimulus.durationMs = 60'001;
        },
    };
    Document document;
    QVERIFY(document.edit(QStringLiteral("before"), length(1000.0), QStringLiteral("key")).ok());
    const Project before = document.project();
    QSignalSpy changed(&document, &Document::changed);

    const Status status = document.edit(
        QStringLiteral("x"), changes[static_cast<std::size_t>(which)], QStringLiteral("key"));

    QVERIFY(!status.ok());
    const QString sentence = QString::fromStdString(status.error().message);
    QVERIFY2(sentence.contains(reason), qPrintable(sentence));
    QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
    QCOMPARE(document.project(), before);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(document.undoStack()->count(), 1);
    document.undoStack()->undo();
    QCOMPARE(document.project(), Project{});
}

void tst_Document::sameKeyIsOneStep()
{
    Document document;
    QSignalSpy changed(&document, &Document::changed);
    for (const double um : {2000.0, 1900.0, 1800.0, 1700.0})
        QVERIFY(document.edit(QStringLiteral("x"), length(um), QStringLiteral("length")).ok());
    QCOMPARE(changed.count(), 4); // seen at once, undone together
    QCOMPARE(document.undoStack()->count(), 1);
    document.undoStack()->undo();
    QCOMPARE(document.project(), Project{});
    document.undoStack()->redo();
    QCOMPARE(document.neuron().dendrites[0].lengthUm, 1700.0);
}

void tst_Document::mergingEnds_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("endMerge") << 0;
    QTest::newRow("another key") << 1;
    QTest::newRow("no key") << 2;
    QTest::newRow("an edit between") << 3;
    QTest::newRow("save") << 4;
}

void tst_Document::mergingEnds()
{
    QFETCH(int, how);
    const QString key = QStringLiteral("length");
    Document document;
    QVERIFY(document.edit(QStringLiteral("a"), length(1000.0), how == 2 ? QString() : key).ok());
    if (how == 0)
        document.endMerge();
    if (how == 3)
        QVERIFY(document.edit(QStringLiteral("between"), duration(99)).ok());
    if (how == 4)
        document.setSaved(QStringLiteral("a.dendro"));
    const Project between = document.project();
    const int steps = document.undoStack()->count();
    QVERIFY(document
                .edit(QStringLiteral("b"), length(900.0),
                      how == 1       ? QStringLiteral("other")
                          : how == 2 ? QString()
                                     : key)
                .ok());
    QCOMPARE(document.undoStack()->count(), steps + 1);
    document.undoStack()->undo();
    QCOMPARE(document.project(), between);
}

void tst_Document::draggedBackLeavesNoStep()
{
    Document document;
    document.setSaved(QStringLiteral("a.dendro"));
    for (const double um : {2000.0, 3000.0, 2048.0})
        QVERIFY(document.edit(QStringLiteral("x"), length(um), QStringLiteral("length")).ok());
    QCOMPARE(document.project(), Project{});
    QCOMPARE(document.undoStack()->count(), 0);
    QVERIFY(!document.undoStack()->canUndo());
    QVERIFY(!document.isModified());
    // The same drag goes on: away again is a step again.
    QVERIFY(document.edit(QStringLiteral("x"), length(2100.0), QStringLiteral("length")).ok());
    QCOMPARE(document.undoStack()->count(), 1);
    QVERIFY(document.isModified());
}

void tst_Document::draggedBackKeepsEarlierSteps()
{
    Document document;
    QVERIFY(document.edit(QStringLiteral("first"), duration(300)).ok());
    const Project first = document.project();
    for (const double um : {2000.0, 2048.0})
        QVERIFY(document.edit(QStringLiteral("x"), length(um), QStringLiteral("length")).ok());
    QCOMPARE(document.project(), first);
    QCOMPARE(document.undoStack()->count(), 1);
    QCOMPARE(document.undoStack()->undoText(), QStringLiteral("first"));
    document.undoStack()->undo();
    QCOMPARE(document.project(), Project{});
}

void tst_Document::resetForgets()
{
    Document document;
    QVERIFY(document.edit(QStringLiteral("x"), length(100.0), QStringLiteral("length")).ok());
    QSignalSpy changed(&document, &Document::changed);
    Project other;
    other.stimulus.durationMs = 321;
    document.reset(other, QStringLiteral("/somewhere/other.dendro"));
    QCOMPARE(document.project(), other);
    QCOMPARE(document.path(), QStringLiteral("/somewhere/other.dendro"));
    QVERIFY(!document.isModified());
    QCOMPARE(document.undoStack()->count(), 0);
    QCOMPARE(changed.count(), 1);
    QVERIFY(changed.at(0).at(0).value<ChangeEvent>().everything);
    // No step of the old project can be merged into.
    QVERIFY(document.edit(QStringLiteral("x"), length(90.0), QStringLiteral("length")).ok());
    document.undoStack()->undo();
    QCOMPARE(document.project(), other);
}

void tst_Document::modifiedFollowsTheSavedState()
{
    Document document;
    QSignalSpy title(&document, &Document::titleChanged);
    QVERIFY(document.edit(QStringLiteral("x"), length(100.0)).ok());
    QVERIFY(document.isModified());
    QCOMPARE(title.count(), 1);
    document.setSaved(QStringLiteral("/a.dendro"));
    QCOMPARE(document.path(), QStringLiteral("/a.dendro"));
    QVERIFY(!document.isModified());
    QVERIFY(document.edit(QStringLiteral("x"), length(200.0)).ok());
    QVERIFY(document.isModified());
    document.undoStack()->undo();
    QVERIFY(!document.isModified());
    title.clear();
    document.undoStack()->undo(); // beyond the saved state
    QVERIFY(document.isModified());
    QCOMPARE(title.count(), 1);
    document.undoStack()->redo();
    QVERIFY(!document.isModified());
    document.undoStack()->redo();
    QVERIFY(document.isModified());
}

void tst_Document::editAfterUndoLosesTheSavedState()
{
    Document document;
    QVERIFY(document.edit(QStringLiteral("x"), length(100.0)).ok());
    document.setSaved(QStringLiteral("/a.dendro"));
    document.undoStack()->undo();
    QVERIFY(document.edit(QStringLiteral("x"), length(300.0)).ok());
    QVERIFY(document.isModified());
    document.undoStack()->undo();
    QVERIFY(document.isModified()); // the file holds a length that no step leads to
}

void tst_Document::recoveredWorkIsUnsaved()
{
    Document document;
    document.reset({}, QStringLiteral("/a.dendro"), true);
    QVERIFY(document.isModified());
    QVERIFY(document.edit(QStringLiteral("x"), length(100.0)).ok());
    document.undoStack()->undo();
    QVERIFY(document.isModified()); // all undone, and still not what the file holds
    document.setSaved(QStringLiteral("/a.dendro"));
    QVERIFY(!document.isModified());
}

void tst_Document::eventsKeepTheirPlaces()
{
    Document document;
    QVERIFY(document
                .edit(QStringLiteral("events"),
                      [](Project &p) {
                          p.stimulus.painted = {{Polarity::Excitatory, 0, 10, 1.0},
                                                {Polarity::Inhibitory, 31, 20, 2.0},
                                                {Polarity::Excitatory, 63, 30, 3.0}};
                      })
                .ok());
    const Project fine = document.project();
    QVERIFY(document.edit(QStringLiteral("coarse"), segments(8)).ok());
    const std::vector<InputEvent> coarse{{Polarity::Excitatory, 0, 10, 1.0, 0.5 / 64},
                                         {Polarity::Inhibitory, 3, 20, 2.0, 31.5 / 64},
                                         {Polarity::Excitatory, 7, 30, 3.0, 63.5 / 64}};
    QCOMPARE(document.stimulus().painted, coarse);
    document.undoStack()->undo();
    QCOMPARE(document.project(), fine);
    document.undoStack()->redo();
    QCOMPARE(document.stimulus().painted, coarse);
    // Length and diameter keep the rows.
    QVERIFY(document.edit(QStringLiteral("short"), length(10.0)).ok());
    QCOMPARE(document.stimulus().painted, coarse);
}

// Coarse segments on the way leave no trace, however the neuron came by them.
void tst_Document::eventsComeBackFromCoarseSegments()
{
    Document document;
    const Project start = document.project();
    QVERIFY(!start.stimulus.painted.empty());
    const auto take = [&](const Neuron &neuron) {
        return document.edit(QStringLiteral("take"), [&](Project &p) { p.neuron = neuron; }).ok();
    };
    for (const char *preset : {"nmda-cable", "ampa-point", "nmda-cable-64"})
        QVERIFY(take(presetNeuron(preset).value()));
    QCOMPARE(document.project(), start);
    for (const int n : {8, 1, 7, 100, 64})
        QVERIFY(document.edit(QStringLiteral("n"), segments(n)).ok());
    QCOMPARE(document.project(), start);
    // By the length constant, and back.
    QVERIFY(document
                .editTree(QStringLiteral("lambda"),
                          [](Neuron &n) { return setSegmentsByLambda(n, {}, 0.3); })
                .ok());
    QVERIFY(document.neuron().segmentCount() != 64);
    QVERIFY(document.edit(QStringLiteral("n"), segments(64)).ok());
    QCOMPARE(document.project(), start);
    // The only dendrite is the same under another name.
    Neuron named = presetNeuron("nmda-cable").value();
    named.dendrites[0].name = "d";
    QVERIFY(take(named));
    QCOMPARE(document.stimulus().painted.size(), start.stimulus.painted.size());
    QVERIFY(take(start.neuron));
    QCOMPARE(document.project(), start);

    // What is moved among coarse segments was moved; its neighbours were not.
    QVERIFY(take(presetNeuron("nmda-cable").value()));
    QVERIFY(
        document
            .edit(QStringLiteral("move"),
                  [](Project &p) { p.stimulus.painted[1].setRow(p.stimulus.painted[1].row + 1); })
            .ok());
    const int row = document.stimulus().painted[1].row;
    QVERIFY(take(start.neuron));
    for (std::size_t i = 0; i < start.stimulus.painted.size(); ++i) {
        if (i != 1)
            QCOMPARE(document.stimulus().painted[i], start.stimulus.painted[i]);
    }
    QCOMPARE(document.stimulus().painted[1].row, 8 * row + 4); // the middle of the coarse one
}

// An event stays with the synapse that it arrives at, wherever in the segment that is.
void tst_Document::eventsStayWithTheirSynapses()
{
    Document document;
    Project project;
    project.neuron.synapses = {{0, 0, 0.301}};
    project.stimulus.painted = {{Polarity::Excitatory, rowAt(project.neuron, 0, 0.301), 10, 1.0}};
    document.reset(project, {});
    for (const int n : {1000, 3, 8, 640}) {
        QVERIFY(document.edit(QStringLiteral("n"), segments(n)).ok());
        QVERIFY(unheardEvents(document.stimulus(), document.neuron()).empty());
    }
    QVERIFY(document.edit(QStringLiteral("n"), segments(64)).ok());
    QCOMPARE(document.project(), project);
}

void tst_Document::replaceTakesItAsItIs()
{
    Document document;
    const Project start = document.project();
    Project other;
    setSegments(other.neuron, 0, 8);
    other.stimulus.painted = start.stimulus.painted; // rows 0 to 63, most of them beyond
    QVERIFY(document.replace(QStringLiteral("other"), other).ok());
    QCOMPARE(document.project(), other);
    QCOMPARE(document.undoStack()->count(), 1);
    document.undoStack()->undo();
    QCOMPARE(document.project(), start);
    other.neuron.dendrites[0].lengthUm = -1.0;
    QVERIFY(!document.replace(QStringLiteral("other"), other).ok());
    QCOMPARE(document.project(), start);
}

// Who keeps what belongs to a state finds it again.
void tst_Document::statesAreKnownAgain()
{
    Document document;
    bool replayed = false;
    connect(&document, &Document::changed, this,
            [&](const ChangeEvent &event) { replayed = event.replayed; });
    const auto first = document.state();
    QVERIFY(document.edit(QStringLiteral("n"), segments(8)).ok());
    QVERIFY(!replayed);
    const auto second = document.state();
    QVERIFY(second != first);
    document.undoStack()->undo();
    QVERIFY(replayed);
    QCOMPARE(document.state(), first);
    document.undoStack()->redo();
    QVERIFY(replayed);
    QCOMPARE(document.state(), second);
    QVERIFY(document.edit(QStringLiteral("n"), segments(9)).ok());
    QVERIFY(!replayed);
    document.reset({}, {});
    QVERIFY(!replayed);
    QVERIFY(document.state() && document.state() != first && *document.state() == Project{});
}

void tst_Document::eventsOfAChangedInputAreNotMoved()
{
    // An edit that gives both a new cell and new events has thought about it.
    Document document;
    const std::vector<InputEvent> events{{Polarity::Excitatory, 7, 30, 3.0}};
    QVERIFY(document
                .edit(QStringLiteral("both"),
                      [&](Project &p) {
                          setSegments(p.neuron, 0, 8);
                          p.stimulus.painted = events;
                      })
                .ok());
    QCOMPARE(document.stimulus().painted, events);
}

void tst_Document::draggingSegmentsKeepsPlaces()
{
    // Dragged through one segment, all events would share it and never part again.
    Document document;
    const Project start = document.project();
    for (const int n : {32, 5, 1, 3, 128})
        QVERIFY(document.edit(QStringLiteral("x"), segments(n), QStringLiteral("n")).ok());
    Document direct;
    QVERIFY(direct.edit(QStringLiteral("x"), segments(128)).ok());
    QCOMPARE(document.project(), direct.project());
    QVERIFY(document.edit(QStringLiteral("x"), segments(64), QStringLiteral("n")).ok());
    QCOMPARE(document.project(), start);
    QCOMPARE(document.undoStack()->count(), 0);
    // An event painted on the way is where it was painted.
    QVERIFY(document.edit(QStringLiteral("x"), segments(4), QStringLiteral("n")).ok());
    const InputEvent painted{Polarity::Excitatory, 3, 7, 1.0};
    QVERIFY(document
                .edit(QStringLiteral("paint"),
                      [&](Project &p) { p.stimulus.painted.push_back(painted); })
                .ok());
    QVERIFY(document.edit(QStringLiteral("x"), segments(8), QStringLiteral("n")).ok());
    QCOMPARE(document.stimulus().painted.back().row, 7);
    QCOMPARE(document.stimulus().painted.size(), start.stimulus.painted.size() + 1);
}

DT_TEST(tst_Document, QCoreApplication)
#include "tst_Document.moc"
