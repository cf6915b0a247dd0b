// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/Stimulus.h"

#include "engine/base/Half.h"
#include "engine/cell/Presets.h"
#include "engine/cell/Validation.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>

using namespace dt;
using Events = std::vector<InputEvent>;

namespace {

constexpr auto Exciting = Polarity::Excitatory;
constexpr auto Inhibiting = Polarity::Inhibitory;
constexpr double NoNumber = std::numeric_limits<double>::quiet_NaN();

Stimulus only(const Events &painted, int durationMs)
{
    Stimulus stimulus;
    stimulus.durationMs = durationMs;
    stimulus.painted = painted;
    stimulus.rain.on = false;
    return stimulus;
}

} // namespace

class tst_Stimulus : public QObject
{
    Q_OBJECT

    using Change = std::function<void(Stimulus &)>;

private Q_SLOTS:
    void rainStatistics_data();
    void rainStatistics();
    void rainExtremes();
    void rainOff();
    void longerBeginsAsShorter();
    void moreRowsKeepTheirs();
    void seeds();
    void axonStatistics_data();
    void axonStatistics();
    void axonsDriveSegmentsTogether();
    void axonsBeginAsShorterAndFewer();
    void axonSeeds();
    void axonsOff();
    void outAndBackDefault();
    void outAndBackShort();
    void paintOnPainted();
    void render_data();
    void render();
    void renderRainAndPaint();
    void remap_data();
    void remap();
    void remapTree();
    void valid_data();
    void valid();
    void newProject();
};

void tst_Stimulus::rainStatistics_data()
{
    QTest::addColumn<double>("excWeight");
    QTest::addColumn<double>("excSparsity");
    QTest::addColumn<double>("inhWeight");
    QTest::addColumn<double>("inhSparsity");
    QTest::newRow("default") << 6.0 << 0.998 << 5.0 << 0.999;
    QTest::newRow("dense") << 2.0 << 0.5 << 8.0 << 0.9;
}

void tst_Stimulus::rainStatistics()
{
    QFETCH(double, excWeight);
    QFETCH(double, excSparsity);
    QFETCH(double, inhWeight);
    QFETCH(double, inhSparsity);
    const Rain rain{true, 11, excWeight, excSparsity, inhWeight, inhSparsity};
    constexpr int Segments = 64;
    constexpr int Ms = 4000;
    const Events events = rainEvents(rain, Segments, Ms);
    std::set<std::tuple<int, int, int>> cells;
    for (const auto &[polarity, weight, sparsity] :
         {std::tuple(Exciting, excWeight, excSparsity),
          std::tuple(Inhibiting, inhWeight, inhSparsity)}) {
        double count = 0.0;
        double sum = 0.0;
        for (const InputEvent &e : events) {
            if (e.polarity != polarity)
                continue;
            QVERIFY(e.row >= 0 && e.row < Segments && e.timeMs >= 0 && e.timeMs < Ms);
            QVERIFY(e.weight >= 0.0 && e.weight < weight);
            QVERIFY(cells.insert({int(polarity), e.row, e.timeMs}).second);
            ++count;
            sum += e.weight;
        }
        const double n = double(Segments) * Ms;
        const double expected = n * (1.0 - sparsity);
        QVERIFY2(std::abs(count - expected) < 5.0 * std::sqrt(expected * sparsity),
                 qPrintable(QStringLiteral("%1 events, not about %2").arg(count).arg(expected)));
        QVERIFY2(std::abs(sum / count - weight / 2.0) < 5.0 * weight / std::sqrt(12.0 * count),
                 qPrintable(QStringLiteral("mean weight %1").arg(sum / count)));
    }
}

void tst_Stimulus::rainExtremes()
{
    Rain rain{true, 1, 1.0, 1.0, 1.0, 0.0};
    const Events events = rainEvents(rain, 4, 25);
    QCOMPARE(events.size(), std::size_t(100)); // every inhibitory cell, no excitatory one
    for (const InputEvent &e : events)
        QCOMPARE(e.polarity, Inhibiting);
}

void tst_Stimulus::rainOff()
{
    Rain rain;
    rain.on = false;
    rain.excSparsity = 0.0;
    QVERIFY(rainEvents(rain, 8, 100).empty());
}

void tst_Stimulus::longerBeginsAsShorter()
{
    const Rain rain;
    Events longer = rainEvents(rain, 64, 3000);
    std::erase_if(longer, [](const InputEvent &e) { return e.timeMs >= 1024; });
    const Events shorter = rainEvents(rain, 64, 1024);
    QVERIFY(!shorter.empty());
    QCOMPARE(longer, shorter);
}

void tst_Stimulus::moreRowsKeepTheirs()
{
    const Rain rain;
    Events more = rainEvents(rain, 64, 2000);
    std::erase_if(more, [](const InputEvent &e) { return e.row >= 8; });
    const Events fewer = rainEvents(rain, 8, 2000);
    QVERIFY(!fewer.empty());
    QCOMPARE(more, fewer);
}

void tst_Stimulus::seeds()
{
    Rain rain;
    const Events first = rainEvents(rain, 8, 1000);
    QCOMPARE(rainEvents(rain, 8, 1000), first);
    rain.seed = 2;
    QVERIFY(rainEvents(rain, 8, 1000) != first);
    // One kind does not depend on the other's settings.
    rain = {};
    rain.inhSparsity = 0.5;
    Events changed = rainEvents(rain, 8, 1000);
    std::erase_if(changed, [](const InputEvent &e) { return e.polarity == Inhibiting; });
    Events excitatory = first;
    std::erase_if(excitatory, [](const InputEvent &e) { return e.polarity == Inhibiting; });
    QCOMPARE(changed, excitatory);
}

void tst_Stimulus::axonStatistics_data()
{
    QTest::addColumn<Axons>("axons");
    QTest::newRow("default") << Axons{true, 5};
    QTest::newRow("even weights") << Axons{true, 6, 16, 40.0, 20.0, 1.0, 2.0};
    QTest::newRow("equal weights") << Axons{true, 7, 4, 100.0, 0.0, 0.0, 1.5};
}

// What a segment hears of n axons of rate r and mean weight w is n r w a second, and every ms in
// which any axon fires is an event.
void tst_Stimulus::axonStatistics()
{
    QFETCH(Axons, axons);
    constexpr int Segments = 400; // the weights are what varies most
    constexpr int Ms = 4000;
    const Events events = axonEvents(axons, Segments, Ms);
    for (const auto &[polarity, rate] :
         {std::pair(Exciting, axons.excRateHz), std::pair(Inhibiting, axons.inhRateHz)}) {
        double sum = 0.0;
        double count = 0.0;
        std::set<int> times;
        for (const InputEvent &e : events) {
            if (e.polarity != polarity)
                continue;
            QVERIFY(e.row >= 0 && e.row < Segments && e.timeMs >= 0 && e.timeMs < Ms);
            QVERIFY(e.weight >= 0.0 && e.weight <= axons.multiplier * axons.count);
            sum += e.weight;
            count += 1.0;
            times.insert(e.timeMs);
        }
        const double p = rate / 1000.0;
        const double any = 1.0 - std::pow(1.0 - p, axons.count);
        QVERIFY2(std::abs(static_cast<double>(times.size()) - Ms * any)
                     <= 5.0 * std::sqrt(Ms * any * (1.0 - any)),
                 qPrintable(QString::number(times.size())));
        QCOMPARE(count, static_cast<double>(times.size()) * Segments);
        // Spikes vary from run to run, weights from contact to contact.
        const double spikes = axons.count * p * Ms;
        const double w = axons.multiplier / (axons.power + 1.0);
        const double variance =
            axons.multiplier * axons.multiplier / (2.0 * axons.power + 1.0) - w * w;
        const double error = Segments * w * std::sqrt(spikes)
            + spikes / axons.count * std::sqrt(variance * Segments * axons.count);
        QVERIFY2(
            std::abs(sum - Segments * spikes * w) <= 5.0 * error,
            qPrintable(QStringLiteral("%1, not about %2").arg(sum).arg(Segments * spikes * w)));
    }
}

void tst_Stimulus::axonsDriveSegmentsTogether()
{
    const Events events = axonEvents(Axons{true, 1}, 8, 2048);
    std::map<std::pair<Polarity, int>, int> rows;
    for (const InputEvent &e : events)
        ++rows[{e.polarity, e.timeMs}];
    QVERIFY(rows.size() > 500);
    for (const auto &[when, count] : rows)
        QCOMPARE(count, 8);
    QVERIFY(std::is_sorted(events.begin(), events.end(),
                           [](const auto &a, const auto &b) { return a.timeMs < b.timeMs; }));
    // Two axons that fire alone reach the segments in different proportions.
    const auto proportion = [&](int i) {
        const InputEvent &first = events[static_cast<std::size_t>(8 * i)];
        return first.weight / events[static_cast<std::size_t>(8 * i + 1)].weight;
    };
    QVERIFY(proportion(0) != proportion(1));
}

void tst_Stimulus::axonsBeginAsShorterAndFewer()
{
    const Axons axons{true, 3};
    const Events shorter = axonEvents(axons, 4, 500);
    Events longer = axonEvents(axons, 4, 2000);
    std::erase_if(longer, [](const InputEvent &e) { return e.timeMs >= 500; });
    QCOMPARE(longer, shorter);
    Events more = axonEvents(axons, 9, 500);
    std::erase_if(more, [](const InputEvent &e) { return e.row >= 4; });
    QCOMPARE(more, shorter);
}

void tst_Stimulus::axonSeeds()
{
    const Axons axons{true, 3};
    QCOMPARE(axonEvents(axons, 8, 300), axonEvents(axons, 8, 300));
    Axons other = axons;
    other.seed = 4;
    QVERIFY(axonEvents(other, 8, 300) != axonEvents(axons, 8, 300));
}

void tst_Stimulus::axonsOff()
{
    QVERIFY(axonEvents(Axons{}, 8, 300).empty());
    Stimulus stimulus = only({}, 300);
    stimulus.axons = {true, 3};
    const Events events = axonEvents(stimulus.axons, 8, 300);
    const SpikeInput input = renderStimulus(stimulus, 8);
    VERIFY_OK(validateInput(input, presetNeuron("ampa-point").value()));
    // Weights are rounded; one in forty, below 3e-8, to nothing.
    QVERIFY(input.events.size() > events.size() * 95 / 100);
    double wanted = 0.0;
    double got = 0.0;
    for (const InputEvent &e : events)
        wanted += e.weight;
    for (const InputEvent &e : input.events)
        got += e.weight;
    QVERIFY(std::abs(got - wanted) < 1e-3 * wanted);
}

void tst_Stimulus::outAndBackDefault()
{
    constexpr int Rows[] = {3, 16, 32, 48, 60, 48, 32, 16, 3};
    constexpr int Times[] = {102, 204, 307, 409, 512, 614, 716, 819, 921};
    const Events events = outAndBack(64, 1024, 8.0);
    QCOMPARE(events.size(), std::size(Rows));
    for (std::size_t i = 0; i < events.size(); ++i)
        QCOMPARE(events[i], (InputEvent{Exciting, Rows[i], Times[i], 8.0}));
}

void tst_Stimulus::outAndBackShort()
{
    for (const int segments : {1, 2, 8, 1000}) {
        for (const int ms : {1, 7, 100}) {
            const Events events = outAndBack(segments, ms, 1.0);
            QCOMPARE(events.size(), std::size_t(9));
            for (const InputEvent &e : events)
                QVERIFY(e.row >= 0 && e.row < segments && e.timeMs >= 0 && e.timeMs < ms);
        }
    }
}

void tst_Stimulus::paintOnPainted()
{
    std::vector<InputEvent> painted{{Exciting, 3, 10, 2.0}, {Inhibiting, 3, 10, 1.0}};
    paintEvents(painted,
                {{Exciting, 3, 10, 4.0},
                 {Exciting, 3, 11, 1.0},
                 {Exciting, 2, 10, 1.0},
                 {Exciting, 3, 11, 0.5}});
    const std::vector<InputEvent> expected{{Exciting, 3, 10, 6.0},
                                           {Inhibiting, 3, 10, 1.0},
                                           {Exciting, 3, 11, 1.5},
                                           {Exciting, 2, 10, 1.0}};
    QCOMPARE(painted, expected);
    paintEvents(painted, {{Inhibiting, 3, 10, 999.5}}); // no more than a project may hold
    QCOMPARE(painted[1].weight, MaxStimulusWeight);
}

void tst_Stimulus::render_data()
{
    QTest::addColumn<Events>("painted");
    QTest::addColumn<Events>("expected");
    // 8 segments, 100 ms
    QTest::newRow("exact in half precision")
        << Events{{Exciting, 1, 5, 1.5}} << Events{{Exciting, 1, 5, 1.5}};
    QTest::newRow("rounded") << Events{{Exciting, 1, 5, 0.1}, {Inhibiting, 1, 5, 2049.0}}
                             << Events{{Exciting, 1, 5, 0.0999755859375},
                                       {Inhibiting, 1, 5, 2048.0}};
    QTest::newRow("summed, then rounded")
        << Events{{Exciting, 1, 5, 2048.0}, {Exciting, 1, 5, 1.0}, {Exciting, 1, 5, 1.0}}
        << Events{{Exciting, 1, 5, 2050.0}};
    QTest::newRow("summed beyond the type")
        << Events{{Exciting, 1, 5, 65000.0}, {Exciting, 1, 5, 65000.0}}
        << Events{{Exciting, 1, 5, 65504.0}};
    QTest::newRow("rounds to zero") << Events{{Exciting, 1, 5, 1e-9}} << Events{};
    QTest::newRow("no weight") << Events{{Exciting, 1, 5, 0.0}} << Events{};
    QTest::newRow("outside") << Events{{Exciting, 8, 5, 1},
                                       {Exciting, -1, 5, 1},
                                       {Exciting, 1, 100, 1},
                                       {Exciting, 1, -1, 1}}
                             << Events{};
    QTest::newRow("at the edges") << Events{{Exciting, 7, 99, 1}, {Exciting, 0, 0, 1}}
                                  << Events{{Exciting, 0, 0, 1}, {Exciting, 7, 99, 1}};
}

void tst_Stimulus::render()
{
    QFETCH(Events, painted);
    QFETCH(Events, expected);
    const SpikeInput input = renderStimulus(only(painted, 100), 8);
    QCOMPARE(input.segments, 8);
    QCOMPARE(input.durationMs, 100);
    QCOMPARE(input.precision, WeightPrecision::Half);
    QCOMPARE(input.events, expected);
}

void tst_Stimulus::renderRainAndPaint()
{
    const Stimulus stimulus = defaultStimulus();
    const SpikeInput input = renderStimulus(stimulus, 64);
    VERIFY_OK(validateInput(input, defaultNeuron()));
    SpikeInput expected{64, 1024, rainEvents(stimulus.rain, 64, 1024), WeightPrecision::Half};
    expected.events.insert(expected.events.end(), stimulus.painted.begin(), stimulus.painted.end());
    expected.normalise();
    QCOMPARE(input.events.size(), expected.events.size());
    for (std::size_t i = 0; i < input.events.size(); ++i) {
        const double weight = input.events[i].weight;
        QVERIFY(weight == static_cast<double>(floatFromHalf(halfFromFloat(float(weight)))));
        QVERIFY(std::abs(weight - expected.events[i].weight) <= weight * 0x1p-11);
        expected.events[i].weight = weight;
        QCOMPARE(input.events[i], expected.events[i]);
    }
    QCOMPARE(renderStimulus(stimulus, 64).events, input.events);
}

void tst_Stimulus::remap_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");
    QTest::addColumn<std::vector<int>>("rows");
    QTest::addColumn<std::vector<int>>("expected");
    using Rows = std::vector<int>;
    QTest::newRow("64 to 8") << 64 << 8 << Rows{0, 3, 7, 8, 16, 32, 48, 60, 63}
                             << Rows{0, 0, 0, 1, 2, 4, 6, 7, 7};
    QTest::newRow("8 to 64") << 8 << 64 << Rows{0, 1, 7} << Rows{4, 12, 60};
    QTest::newRow("the same") << 8 << 8 << Rows{0, 3, 7} << Rows{0, 3, 7};
    QTest::newRow("to one") << 8 << 1 << Rows{0, 3, 7} << Rows{0, 0, 0};
    QTest::newRow("three to two") << 3 << 2 << Rows{0, 1, 2} << Rows{0, 1, 1};
    QTest::newRow("rows that never were") << 8 << 4 << Rows{-1, 2, 8} << Rows{1};
}

void tst_Stimulus::remap()
{
    QFETCH(int, before);
    QFETCH(int, after);
    QFETCH(std::vector<int>, rows);
    QFETCH(std::vector<int>, expected);
    Neuron from = defaultNeuron();
    Neuron to = defaultNeuron();
    setSegments(from, 0, before);
    setSegments(to, 0, after);
    Events events;
    for (const int row : rows)
        events.push_back({Inhibiting, row, 7, 2.5});
    const Events moved = remapEvents(events, from, to);
    QCOMPARE(moved.size(), expected.size());
    const std::vector<SegmentRef> places = segmentRows(from);
    for (std::size_t i = 0, k = 0; i < rows.size(); ++i) {
        if (rows[i] < 0 || rows[i] >= before)
            continue;
        const InputEvent &event = moved[k];
        QCOMPARE(event.row, expected[k]);
        QCOMPARE(event.polarity, Inhibiting);
        QCOMPARE(event.timeMs, 7);
        QCOMPARE(event.weight, 2.5);
        // Exactly where it was, not in the middle of its new segment.
        QCOMPARE(event.x.value_or(segmentRows(to)[std::size_t(event.row)].x),
                 places[std::size_t(rows[i])].x);
        ++k;
    }
}

void tst_Stimulus::remapTree()
{
    // Rows of the tree: trunk 0-2, tuft 3-4, oblique 5, basal 6-7. Without the oblique, and with
    // the tuft finer: trunk 0-2, tuft 3-6, basal 7-8.
    const Neuron before = test::smallTree();
    Neuron after = before;
    after.dendrites.pop_back();
    after.dendrites[2].segments = 4;
    Events events;
    for (int row = 0; row < 8; ++row)
        events.push_back({Exciting, row, row, 1.0});
    const Events expected{{Exciting, 0, 0, 1.0}, {Exciting, 1, 1, 1.0}, {Exciting, 2, 2, 1.0},
                          {Exciting, 4, 3, 1.0}, {Exciting, 6, 4, 1.0}, {Exciting, 7, 6, 1.0},
                          {Exciting, 8, 7, 1.0}};
    Events moved = remapEvents(events, before, after);
    for (InputEvent &e : moved)
        e.x.reset();
    QCOMPARE(moved, expected);

    // By name: an order changed is no change of place.
    Neuron renamed = before;
    renamed.dendrites[1].name = "apical";
    const Events kept = remapEvents(events, before, renamed);
    QCOMPARE(kept.size(), std::size_t(6));
}

void tst_Stimulus::valid_data()
{
    QTest::addColumn<QByteArray>("words"); // empty: valid
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const Change &change) {
        QTest::newRow(name) << QByteArray(words) << change;
    };
    row("default", "", [](Stimulus &) {});
    row("shortest", "", [](Stimulus &s) { s.durationMs = 1; });
    row("longest", "", [](Stimulus &s) { s.durationMs = MaxStimulusMs; });
    row("event after the end", "", [](Stimulus &s) { s.painted = {{Exciting, 0, 5000, 1}}; });
    row("event beyond the rows", "", [](Stimulus &s) { s.painted = {{Exciting, 5000, 0, 1}}; });
    row("nothing at all", "", [](Stimulus &s) {
        s.painted.clear();
        s.rain.on = false;
    });
    row("no time", "duration", [](Stimulus &s) { s.durationMs = 0; });
    row("too long", "60000", [](Stimulus &s) { s.durationMs = MaxStimulusMs + 1; });
    row("negative rain", "rain weight", [](Stimulus &s) { s.rain.excMaxWeight = -1; });
    row("rain not a number", "rain weight", [](Stimulus &s) { s.rain.inhMaxWeight = NoNumber; });
    row("sparsity above one", "sparsity", [](Stimulus &s) { s.rain.excSparsity = 1.1; });
    row("sparsity not a number", "sparsity", [](Stimulus &s) { s.rain.inhSparsity = NoNumber; });
    row("axons", "", [](Stimulus &s) { s.axons = {true, 1, MaxAxons, 1000.0, 0.0, 0.0, 0.0}; });
    row("no axon", "number of axons", [](Stimulus &s) { s.axons.count = 0; });
    row("too many axons", "256", [](Stimulus &s) { s.axons.count = 257; });
    row("axons faster than a ms", "1000", [](Stimulus &s) { s.axons.excRateHz = 1001; });
    row("rate not a number", "rate of axons", [](Stimulus &s) { s.axons.inhRateHz = NoNumber; });
    row("negative power", "power", [](Stimulus &s) { s.axons.power = -0.5; });
    row("negative multiplier", "largest weight", [](Stimulus &s) { s.axons.multiplier = -1; });
    row("negative weight", "weight of an event", [](Stimulus &s) {
        s.painted = {{Exciting, 0, 0, -1}};
    });
    row("weight not a number", "weight of an event", [](Stimulus &s) {
        s.painted = {{Exciting, 0, 0, NoNumber}};
    });
    row("huge weight", "1000", [](Stimulus &s) { s.painted = {{Exciting, 0, 0, 1000.5}}; });
    row("negative event time", "time of an event", [](Stimulus &s) {
        s.painted = {{Exciting, 0, -1, 1}};
    });
}

void tst_Stimulus::valid()
{
    QFETCH(QByteArray, words);
    QFETCH(Change, change);
    Stimulus stimulus = defaultStimulus();
    change(stimulus);
    const Status status = validateStimulus(stimulus);
    if (words.isEmpty())
        VERIFY_OK(status);
    else
        VERIFY_ERROR(status, ErrorCode::InvalidValue, words.toStdString());
}

void tst_Stimulus::newProject()
{
    const Stimulus stimulus = defaultStimulus();
    QCOMPARE(stimulus.durationMs, 1024);
    QVERIFY(stimulus.rain.on);
    QCOMPARE(stimulus.painted, outAndBack(64, 1024, 8.0));
}

DT_TEST(tst_Stimulus, QCoreApplication)
#include "tst_Stimulus.moc"
