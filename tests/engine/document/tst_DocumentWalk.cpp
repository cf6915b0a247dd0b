// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/document/Document.h"

#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "tests/engine/document/Changes.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace dt;
using namespace dt::test;

namespace {

/// One random edit as a person can make it: any parameter, preset, synapse type, painted events,
/// rain, duration; now and then something invalid or something that changes nothing.
struct RandomEdit
{
    QString text;
    Change change;
    QString mergeKey;
};

RandomEdit randomEdit(QRandomGenerator &random, const Project &now)
{
    const auto below = [&](int n) { return random.bounded(n); };
    const auto uniform = [&](double lo, double hi) {
        return lo + (hi - lo) * random.generateDouble();
    };
    const int rows = now.neuron.segmentCount();
    const auto painted = static_cast<int>(now.stimulus.painted.size());
    switch (below(12)) {
    case 0: {
        const auto all = parameters();
        const ParameterInfo &parameter =
            all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
        double value = uniform(parameter.min, std::min(parameter.max, parameter.min + 200.0));
        if (parameter.integer)
            value = std::floor(value);
        return {QStringLiteral("parameter"),
                [&parameter, value](Project &p) { parameter.set(p.neuron, value); },
                below(2) ? QString::fromUtf8(parameter.name.data(),
                                             static_cast<qsizetype>(parameter.name.size()))
                         : QString()};
    }
    case 1: {
        const auto presets = neuronPresets();
        const auto name =
            presets[static_cast<std::size_t>(below(static_cast<int>(presets.size())))].name;
        return {QStringLiteral("preset"),
                [name](Project &p) { p.neuron = presetNeuron(name).value(); },
                {}};
    }
    case 2: {
        const auto types = synapseTypes();
        const SynapseType &type =
            types[static_cast<std::size_t>(below(static_cast<int>(types.size())))];
        return {
            QStringLiteral("type"), [&type](Project &p) { setSynapseType(p.neuron, type); }, {}};
    }
    case 3: // a drag of the segments slider
        return {QStringLiteral("segments"), segments(1 + below(100)), QStringLiteral("segments")};
    case 4:
    case 5: {
        const InputEvent event{below(2) ? Polarity::Excitatory : Polarity::Inhibitory, below(rows),
                               below(now.stimulus.durationMs), uniform(0.5, 20.0)};
        return {QStringLiteral("paint"),
                [event](Project &p) { p.stimulus.painted.push_back(event); },
                {}};
    }
    case 6:
        if (painted > 0) {
            const auto index = static_cast<std::size_t>(below(painted));
            const int row = below(rows);
            const int ms = below(now.stimulus.durationMs);
            return {QStringLiteral("move"),
                    [=](Project &p) {
                        p.stimulus.painted[index].row = row;
                        p.stimulus.painted[index].timeMs = ms;
                    },
                    QStringLiteral("move")};
        }
        break;
    case 7:
        if (painted > 0) {
            const int index = below(painted);
            return {QStringLiteral("remove"),
                    [index](Project &p) {
                        p.stimulus.painted.erase(p.stimulus.painted.begin() + index);
                    },
                    {}};
        }
        break;
    case 8: {
        const std::uint64_t seed = random.generate64();
        const bool on = below(4) > 0;
        const double sparsity = uniform(0.0, 1.0);
        return {QStringLiteral("rain"),
                [=](Project &p) {
                    p.stimulus.rain.seed = seed;
                    p.stimulus.rain.on = on;
                    p.stimulus.rain.excSparsity = sparsity;
                },
                {}};
    }
    case 9:
        return {QStringLiteral("duration"), duration(10 + below(3000)), QStringLiteral("duration")};
    case 10: // refused
        return below(2)
            ? RandomEdit{QStringLiteral("invalid"), length(-uniform(0.0, 10.0)), {}}
            : RandomEdit{QStringLiteral("invalid"), duration(0), QStringLiteral("duration")};
    default:
        break;
    }
    return {QStringLiteral("nothing"), [](Project &) {}, QStringLiteral("nothing")};
}

} // namespace

/// The law of undo on random edits: all undone is the start, all redone the end, and each step in
/// between what it was.
class tst_DocumentWalk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomWalk_data();
    void randomWalk();
};

void tst_DocumentWalk::randomWalk_data()
{
    QTest::addColumn<quint32>("seed");
    for (const quint32 seed : {1U, 2U, 3U, 4U, 5U})
        QTest::addRow("seed %u", seed) << seed;
}

void tst_DocumentWalk::randomWalk()
{
    QFETCH(quint32, seed);
    constexpr int Edits = 300;
    QRandomGenerator random(seed);
    Document document;
    QUndoStack &undo = *document.undoStack();
    // What the project was at each index of the stack.
    std::vector<Project> snapshots{document.project()};
    int refused = 0;
    int longest = 0;
    for (int i = 0; i < Edits; ++i) {
        const RandomEdit edit = randomEdit(random, document.project());
        const int before = undo.index();
        const Status status = document.edit(edit.text, edit.change, edit.mergeKey);
        if (!status) {
            ++refused;
            QCOMPARE(undo.index(), before);
            QCOMPARE(document.project(), snapshots[static_cast<std::size_t>(before)]);
        }
        const auto index = static_cast<std::size_t>(undo.index());
        QVERIFY(undo.index() >= before - 1 && undo.index() <= before + 1);
        if (document.project() != snapshots[static_cast<std::size_t>(before)]
            || undo.index() != before) {
            if (undo.index() < before) // dragged back
                QCOMPARE(document.project(), snapshots[index]);
            snapshots.resize(index);
            snapshots.push_back(document.project());
        }
        QCOMPARE(static_cast<std::size_t>(undo.count()) + 1, snapshots.size());
        longest = std::max(longest, undo.count());
        if (random.bounded(10) == 0)
            document.endMerge();
        if (random.bounded(8) == 0) {
            const int target = std::max(0, undo.index() - random.bounded(30));
            while (undo.index() > target)
                undo.undo();
            while (undo.index() < target)
                undo.redo();
            QCOMPARE(document.project(), snapshots[static_cast<std::size_t>(target)]);
            // Stay back at times, so that an edit cuts off what was undone.
            if (random.bounded(5) > 0)
                undo.setIndex(undo.count());
            QCOMPARE(document.project(), snapshots[static_cast<std::size_t>(undo.index())]);
        }
    }
    QVERIFY(refused > 5);
    QVERIFY2(longest > 50, qPrintable(QString::number(longest)));
    while (undo.canRedo())
        undo.redo();
    QCOMPARE(document.project(), snapshots.back());
    for (auto i = static_cast<std::size_t>(undo.count()); i-- > 0;) {
        undo.undo();
        QCOMPARE(document.project(), snapshots[i]);
    }
    QCOMPARE(document.project(), Project{});
    while (undo.canRedo())
        undo.redo();
    QCOMPARE(document.project(), snapshots.back());
}

DT_TEST(tst_DocumentWalk, QCoreApplication)
#include "tst_DocumentWalk.moc"
