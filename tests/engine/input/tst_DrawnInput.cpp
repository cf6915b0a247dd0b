// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/input/DrawnInput.h"

#include "engine/base/Half.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>

using namespace dt;

namespace {

InputRecipe unmodulated()
{
    InputRecipe recipe;
    recipe.modulationProbability = 0.0;
    return recipe;
}

InputRecipe alwaysModulated()
{
    InputRecipe recipe;
    recipe.modulationProbability = 1.0;
    return recipe;
}

/// No cell is left out and every weight is between 1 and 2: only the modulation shows.
InputRecipe plainlyModulated(double factor)
{
    InputRecipe recipe = alwaysModulated();
    recipe.excMagnitude = recipe.inhMagnitude = {{2.0, 2.0}, {2.0, 2.0}};
    recipe.excSparsity = recipe.inhSparsity = {{0.0, 0.0}, {0.0, 0.0}};
    recipe.factors = {{factor, 1.0}};
    return recipe;
}

struct Summary
{
    double share = 0.0; ///< of cells with an event
    double largest = 0.0;
};

Summary summaryOf(const SpikeInput &input, Polarity polarity)
{
    Summary s;
    for (const InputEvent &e : input.events) {
        if (e.polarity != polarity)
            continue;
        s.share += 1.0;
        s.largest = std::max(s.largest, e.weight);
    }
    s.share /= static_cast<double>(input.segments) * input.durationMs;
    return s;
}

bool isExactHalf(double weight)
{
    const auto f = static_cast<float>(weight);
    return static_cast<double>(f) == weight
        && static_cast<double>(floatFromHalf(halfFromFloat(f))) == weight;
}

} // namespace

class tst_DrawnInput : public QObject
{
    Q_OBJECT

    using Change = std::function<void(InputRecipe &)>;

private Q_SLOTS:
    void sameArgumentsSameInput();
    void everyArgumentMatters();
    void chunksShareTheirRanges();
    void chunkSizes();
    void ranges();
    void weightsAreUniform();
    void modulatedShare();
    void modulationMultiplies();
    void modulationIsOfSomeSegments();
    void intervals_data();
    void intervals();
    void factorsFollowTheirProbabilities();
    void hugeFactorsStayFinite();
    void anyShape_data();
    void anyShape();
    void validRecipes();
    void invalidRecipe_data();
    void invalidRecipe();
};

void tst_DrawnInput::sameArgumentsSameInput()
{
    for (const Split split : AllSplits) {
        for (const std::uint64_t index : {0u, 1u, 47u, 100000u}) {
            const SpikeInput a = drawInput({}, 5, split, index, 8, 500);
            // Whatever was drawn in between.
            drawInput({}, 6, split, index + 1, 3, 100);
            const SpikeInput b = drawInput({}, 5, split, index, 8, 500);
            QCOMPARE(a.events, b.events);
            QCOMPARE(a.segments, 8);
            QCOMPARE(a.durationMs, 500);
            QVERIFY(a.precision == WeightPrecision::Half);
        }
    }
}

void tst_DrawnInput::everyArgumentMatters()
{
    const auto events = [](std::uint64_t seed, Split split, std::uint64_t index) {
        return drawInput({}, seed, split, index, 8, 500).events;
    };
    const auto base = events(1, Split::Train, 0);
    QVERIFY(base != events(2, Split::Train, 0));
    QVERIFY(base != events(1ULL << 63, Split::Train, 0));
    QVERIFY(base != events(1, Split::Valid, 0));
    QVERIFY(base != events(1, Split::Test, 0));
    QVERIFY(base != events(1, Split::Train, 1));
    QVERIFY(events(1, Split::Valid, 0) != events(1, Split::Test, 0));
}

void tst_DrawnInput::chunksShareTheirRanges()
{
    // With ranges of no width each chunk has one magnitude of its own, seen as the largest weight.
    InputRecipe recipe = unmodulated();
    recipe.excMagnitude = {{1.0, 1.0}, {1.0, 1000.0}};
    recipe.inhMagnitude = recipe.excMagnitude;
    recipe.excSparsity = recipe.inhSparsity = {{0.0, 0.0}, {0.0, 0.0}};
    const auto largest = [&](Split split, std::uint64_t index, Polarity polarity) {
        return summaryOf(drawInput(recipe, 3, split, index, 4, 4000), polarity).largest;
    };
    // Draws lie in [1, top of the chunk]: the tops are bounded by the largest of many draws.
    std::map<std::uint64_t, double> top;
    for (std::uint64_t i = 0; i < 24 * 4; ++i) {
        double &t = top[i / 24];
        t = std::max(t, largest(Split::Train, i, Polarity::Excitatory));
    }
    QCOMPARE(top.size(), std::size_t(4));
    for (std::uint64_t chunk = 0; chunk < 4; ++chunk) {
        for (const Split split : {Split::Valid, Split::Test}) {
            for (std::uint64_t i = 0; i < 2; ++i) {
                const double one = largest(split, 2 * chunk + i, Polarity::Excitatory);
                // 24 draws reach 80 % of the chunk's range almost surely.
                QVERIFY2(one < 1.25 * top[chunk] + 20.0, qPrintable(QString::number(chunk)));
            }
        }
        for (std::uint64_t other = 0; other < chunk; ++other)
            QVERIFY(std::abs(top[chunk] - top[other]) > 1.0);
    }
}

void tst_DrawnInput::chunkSizes()
{
    QCOMPARE(chunkSize(Split::Train), 24);
    QCOMPARE(chunkSize(Split::Valid), 2);
    QCOMPARE(chunkSize(Split::Test), 2);
    QCOMPARE(splitName(Split::Train), std::string_view("train"));
    QCOMPARE(splitName(Split::Valid), std::string_view("valid"));
    QCOMPARE(splitName(Split::Test), std::string_view("test"));
}

void tst_DrawnInput::ranges()
{
    // 300 draws from 150 chunks, against the published ranges and the means they amount to.
    double excShare = 0.0;
    double inhShare = 0.0;
    double excLargest = 0.0;
    double inhLargest = 0.0;
    constexpr int Draws = 300;
    for (int i = 0; i < Draws; ++i) {
        const SpikeInput input =
            drawInput(unmodulated(), 11, Split::Valid, static_cast<std::uint64_t>(i), 8, 1000);
        const Summary exc = summaryOf(input, Polarity::Excitatory);
        const Summary inh = summaryOf(input, Polarity::Inhibitory);
        // 8000 cells: the largest weight is within a few percent of the magnitude, the share
        // within five of its standard deviations (0.003) of the range.
        QVERIFY2(exc.largest > 1.8 && exc.largest <= 7.0, qPrintable(QString::number(exc.largest)));
        QVERIFY2(inh.largest > 1.8 && inh.largest <= 7.0, qPrintable(QString::number(inh.largest)));
        QVERIFY2(exc.share > 0.02 - 0.01 && exc.share < 0.08 + 0.015,
                 qPrintable(QString::number(exc.share)));
        QVERIFY2(inh.share > 0.01 - 0.008 && inh.share < 0.07 + 0.015,
                 qPrintable(QString::number(inh.share)));
        excShare += exc.share / Draws;
        inhShare += inh.share / Draws;
        excLargest += exc.largest / Draws;
        inhLargest += inh.largest / Draws;
    }
    // Means of the ranges: sparsity (0.935 + 0.975) / 2 and (0.945 + 0.98) / 2, magnitude
    // (3.25 + 6) / 2 and (2.75 + 5.5) / 2.
    QVERIFY2(std::abs(excShare - 0.045) < 0.003, qPrintable(QString::number(excShare)));
    QVERIFY2(std::abs(inhShare - 0.0375) < 0.003, qPrintable(QString::number(inhShare)));
    QVERIFY2(std::abs(excLargest - 4.625) < 0.25, qPrintable(QString::number(excLargest)));
    QVERIFY2(std::abs(inhLargest - 4.125) < 0.25, qPrintable(QString::number(inhLargest)));
}

void tst_DrawnInput::weightsAreUniform()
{
    InputRecipe recipe = unmodulated();
    recipe.excMagnitude = recipe.inhMagnitude = {{4.0, 4.0}, {4.0, 4.0}};
    recipe.excSparsity = recipe.inhSparsity = {{0.5, 0.5}, {0.5, 0.5}};
    const SpikeInput input = drawInput(recipe, 2, Split::Train, 7, 8, 4000);
    double sum = 0.0;
    double squares = 0.0;
    std::vector<int> perRow(8, 0);
    for (const InputEvent &e : input.events) {
        QVERIFY2(isExactHalf(e.weight), qPrintable(QString::number(e.weight, 'g', 17)));
        sum += e.weight;
        squares += e.weight * e.weight;
        ++perRow[static_cast<std::size_t>(e.row)];
    }
    const auto n = static_cast<double>(input.events.size());
    QVERIFY(std::abs(n - 32000.0) < 700.0);
    QVERIFY(std::abs(sum / n - 2.0) < 0.04);
    QVERIFY(std::abs(squares / n - 16.0 / 3.0) < 0.15);
    for (const int count : perRow)
        QVERIFY(std::abs(count - 4000) < 350);
}

void tst_DrawnInput::modulatedShare()
{
    // A simulation is modulated when it differs from the one without modulation.
    int modulated = 0;
    constexpr int Draws = 1000;
    for (std::uint64_t i = 0; i < Draws; ++i) {
        const auto split = AllSplits[i % 3];
        if (drawInput({}, 21, split, i, 3, 200).events
            != drawInput(unmodulated(), 21, split, i, 3, 200).events)
            ++modulated;
    }
    // 0.4, less the few whose intervals meet no event; five standard deviations are 0.078.
    QVERIFY2(std::abs(modulated / double(Draws) - 0.4) < 0.08,
             qPrintable(QString::number(modulated)));
}

void tst_DrawnInput::modulationMultiplies()
{
    // Weights are 2 x U(0,1); a factor of 3 makes them w, 3w, 9w and so on: intervals compound.
    const InputRecipe recipe = plainlyModulated(3.0);
    InputRecipe plain = recipe;
    plain.modulationProbability = 0.0;
    std::map<int, int> powers;
    for (std::uint64_t i = 0; i < 10; ++i) {
        const SpikeInput with = drawInput(recipe, 4, Split::Test, i, 6, 1000);
        const SpikeInput without = drawInput(plain, 4, Split::Test, i, 6, 1000);
        QCOMPARE(with.events.size(), without.events.size());
        for (std::size_t e = 0; e < with.events.size(); ++e) {
            const double base = without.events[e].weight;
            if (base < 0.01)
                continue; // so small that rounding to half hides the factor
            const double power = std::log(with.events[e].weight / base) / std::log(3.0);
            QVERIFY2(std::abs(power - std::round(power)) < 0.002,
                     qPrintable(QString::number(power)));
            // Rounded before and after: exactly what half precision makes of the product.
            QCOMPARE(with.events[e].weight,
                     double(floatFromHalf(halfFromFloat(
                         static_cast<float>(base * std::pow(3.0, std::round(power)))))));
            ++powers[static_cast<int>(std::round(power))];
        }
    }
    QVERIFY(powers[0] > 1000 && powers[1] > 1000 && powers[2] > 1000);
    QVERIFY(powers.begin()->first == 0);
}

void tst_DrawnInput::modulationIsOfSomeSegments()
{
    // One interval at a time: its segments are a non-empty proper subset, exc and inh on their own.
    InputRecipe recipe = plainlyModulated(0.0);
    recipe.minIntervals = recipe.maxIntervals = 1;
    std::map<int, int> sizes;
    int different = 0;
    for (std::uint64_t i = 0; i < 400; ++i) {
        constexpr int Segments = 5;
        constexpr int T = 400;
        const SpikeInput input = drawInput(recipe, 9, Split::Train, i, Segments, T);
        std::array<std::vector<int>, 2> silent; // ms without an event, by row
        for (auto &rows : silent)
            rows.assign(Segments, T);
        for (const InputEvent &e : input.events)
            --silent[e.polarity == Polarity::Inhibitory][static_cast<std::size_t>(e.row)];
        std::array<std::vector<bool>, 2> chosen;
        for (std::size_t k = 0; k < 2; ++k) {
            int count = 0;
            for (const int ms : silent[k]) {
                chosen[k].push_back(ms > 8); // weights that round to 0 are rare
                count += ms > 8;
            }
            QVERIFY2(count >= 1 && count <= Segments - 1, qPrintable(QString::number(count)));
            ++sizes[count];
        }
        different += chosen[0] != chosen[1];
    }
    for (int n = 1; n <= 4; ++n) // each size as often: 200 of 800
        QVERIFY2(std::abs(sizes[n] - 200) < 65, qPrintable(QString::number(sizes[n])));
    QVERIFY(different > 250);
}

void tst_DrawnInput::intervals_data()
{
    QTest::addColumn<int>("durationMs");
    QTest::addColumn<int>("shortest");
    QTest::addColumn<int>("longest");
    QTest::newRow("long simulation") << 2000 << 16 << 255;
    QTest::newRow("as long as the longest interval") << 256 << 16 << 255;
    QTest::newRow("clamped to T-1") << 100 << 16 << 99;
    QTest::newRow("always clamped") << 10 << 9 << 9;
    QTest::newRow("two ms") << 2 << 1 << 1;
}

void tst_DrawnInput::intervals()
{
    QFETCH(int, durationMs);
    QFETCH(int, shortest);
    QFETCH(int, longest);
    InputRecipe recipe = plainlyModulated(0.0);
    recipe.minIntervals = recipe.maxIntervals = 1;
    recipe.excMagnitude = {{1000.0, 1000.0}, {1000.0, 1000.0}};
    int least = std::numeric_limits<int>::max();
    int most = 0;
    bool first = false;
    bool last = false;
    for (std::uint64_t i = 0; i < 600; ++i) {
        const SpikeInput input = drawInput(recipe, 31, Split::Train, i, 1, durationMs);
        std::vector<bool> has(static_cast<std::size_t>(durationMs), false);
        for (const InputEvent &e : input.events) {
            if (e.polarity == Polarity::Excitatory)
                has[static_cast<std::size_t>(e.timeMs)] = true;
        }
        const auto from = std::find(has.begin(), has.end(), false);
        const auto to = std::find(from, has.end(), true);
        QVERIFY2(std::find(to, has.end(), false) == has.end(), "the silence has a gap");
        const int length = static_cast<int>(to - from);
        least = std::min(least, length);
        most = std::max(most, length);
        first = first || from == has.begin();
        last = last || to == has.end();
        QVERIFY2(length >= shortest && length <= longest, qPrintable(QString::number(length)));
    }
    QVERIFY2(least <= shortest + 3, qPrintable(QString::number(least)));
    QVERIFY2(most >= longest - 3, qPrintable(QString::number(most)));
    if (durationMs <= 256) {
        QVERIFY(first); // starts reach both ends
        QVERIFY(last);
    }
}

void tst_DrawnInput::factorsFollowTheirProbabilities()
{
    InputRecipe recipe = plainlyModulated(1.0);
    recipe.factors = InputRecipe{}.factors;
    recipe.minIntervals = recipe.maxIntervals = 1;
    InputRecipe plain = recipe;
    plain.modulationProbability = 0.0;
    std::map<int, int> seen; // tenths
    constexpr int Draws = 1000;
    for (std::uint64_t i = 0; i < Draws; ++i) {
        const SpikeInput with = drawInput(recipe, 77, Split::Valid, i, 2, 40);
        const SpikeInput without = drawInput(plain, 77, Split::Valid, i, 2, 40);
        if (with.events.size() < without.events.size()) {
            ++seen[0];
            continue;
        }
        double most = 1.0;
        for (std::size_t e = 0; e < with.events.size(); ++e) {
            const double factor = with.events[e].weight / without.events[e].weight;
            if (std::abs(factor - 1.0) > 0.05 && without.events[e].weight > 0.1)
                most = factor;
        }
        ++seen[static_cast<int>(std::lround(most * 10.0))];
    }
    QVERIFY2(std::abs(seen[0] - 400) < 80, qPrintable(QString::number(seen[0])));
    for (const int tenths : {3, 5, 20, 30, 40, 50})
        QVERIFY2(std::abs(seen[tenths] - 100) < 50, qPrintable(QString::number(seen[tenths])));
}

void tst_DrawnInput::hugeFactorsStayFinite()
{
    InputRecipe recipe = plainlyModulated(100.0);
    recipe.factors = {{100.0, 0.99}, {0.0, 0.01}};
    recipe.minIntervals = recipe.maxIntervals = 1000;
    recipe.minIntervalMs = 255;
    VERIFY_OK(validateRecipe(recipe));
    const SpikeInput input = drawInput(recipe, 1, Split::Train, 0, 1, 256);
    for (const InputEvent &e : input.events)
        QVERIFY2(e.weight > 0.0 && e.weight <= 65504.0, qPrintable(QString::number(e.weight)));
}

void tst_DrawnInput::anyShape_data()
{
    QTest::addColumn<int>("segments");
    QTest::addColumn<int>("durationMs");
    QTest::newRow("one segment") << 1 << 300;
    QTest::newRow("two segments") << 2 << 300;
    QTest::newRow("64 segments") << 64 << 300;
    QTest::newRow("many segments") << 1000 << 100;
    QTest::newRow("one ms") << 3 << 1;
    QTest::newRow("one segment, one ms") << 1 << 1;
    QTest::newRow("longer than published") << 2 << 20000;
}

void tst_DrawnInput::anyShape()
{
    QFETCH(int, segments);
    QFETCH(int, durationMs);
    for (std::uint64_t i = 0; i < 5; ++i) {
        const SpikeInput input =
            drawInput(alwaysModulated(), 1, Split::Test, i, segments, durationMs);
        const InputEvent *last = nullptr;
        for (const InputEvent &e : input.events) {
            QVERIFY(e.row >= 0 && e.row < segments && e.timeMs >= 0 && e.timeMs < durationMs);
            QVERIFY(e.weight > 0.0 && isExactHalf(e.weight));
            QVERIFY(!last || last->timeMs <= e.timeMs);
            last = &e;
        }
        QVERIFY(segments * durationMs < 100 || last);
    }
}

void tst_DrawnInput::validRecipes()
{
    VERIFY_OK(validateRecipe({}));
    VERIFY_OK(validateRecipe(unmodulated()));
    VERIFY_OK(validateRecipe(plainlyModulated(0.0)));
    InputRecipe silent;
    silent.excMagnitude = silent.inhMagnitude = {};
    silent.minIntervals = silent.maxIntervals = 0;
    VERIFY_OK(validateRecipe(silent));
    QVERIFY(drawInput(silent, 1, Split::Train, 0, 4, 500).events.empty());
}

void tst_DrawnInput::invalidRecipe_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const Change &change) {
        QTest::newRow(name) << QByteArray(words) << change;
    };
    constexpr double Nan = std::numeric_limits<double>::quiet_NaN();
    row("exc falls", "excitatory weight", [](InputRecipe &r) {
        r.excMagnitude = {{2.0, 1.0}, {3.0, 4.0}};
    });
    row("exc overlaps", "excitatory weight", [](InputRecipe &r) {
        r.excMagnitude = {{2.0, 5.0}, {4.0, 6.0}};
    });
    row("exc negative", "excitatory weight",
        [](InputRecipe &r) { r.excMagnitude.low.from = -1.0; });
    row("exc too large", "excitatory weight",
        [](InputRecipe &r) { r.excMagnitude.high.to = 1001.0; });
    row("exc not a number", "excitatory weight",
        [](InputRecipe &r) { r.excMagnitude.low.to = Nan; });
    row("inh falls", "inhibitory weight", [](InputRecipe &r) {
        r.inhMagnitude = {{2.0, 3.0}, {4.0, 3.0}};
    });
    row("exc sparsity above 1",
        "excitatory rates of -100..30 to 50..80 Hz (sparsity 0.92..0.95 to 0.97..1.1)",
        [](InputRecipe &r) { r.excSparsity.high.to = 1.1; });
    row("inh sparsity below 0", "inhibitory rates",
        [](InputRecipe &r) { r.inhSparsity.low.from = -0.1; });
    row("inh sparsity wrong way", "inhibitory rates",
        [](InputRecipe &r) { std::swap(r.inhSparsity.low, r.inhSparsity.high); });
    row("probability above 1", "modulation probability",
        [](InputRecipe &r) { r.modulationProbability = 1.5; });
    row("probability below 0", "modulation probability",
        [](InputRecipe &r) { r.modulationProbability = -0.5; });
    row("probability not a number", "modulation probability",
        [](InputRecipe &r) { r.modulationProbability = Nan; });
    row("negative count", "number of intervals", [](InputRecipe &r) { r.minIntervals = -1; });
    row("counts fall", "number of intervals", [](InputRecipe &r) { r.maxIntervals = 5; });
    row("too many", "number of intervals", [](InputRecipe &r) { r.maxIntervals = 1001; });
    row("no length", "interval length", [](InputRecipe &r) { r.minIntervalMs = 0; });
    row("lengths fall", "interval length", [](InputRecipe &r) { r.maxIntervalMs = 15; });
    row("no factors", "add up to 0", [](InputRecipe &r) { r.factors.clear(); });
    row("too little", "add up to 0.9", [](InputRecipe &r) { r.factors.pop_back(); });
    row("too much", "add up to 1.5", [](InputRecipe &r) { r.factors.push_back({1.0, 0.5}); });
    row("negative factor", "factor -1", [](InputRecipe &r) { r.factors[0].factor = -1.0; });
    row("factor not a number", "factor nan", [](InputRecipe &r) { r.factors[0].factor = Nan; });
    row("factor too large", "factor 101", [](InputRecipe &r) { r.factors[0].factor = 101.0; });
    row("negative probability", "negative probability", [](InputRecipe &r) {
        r.factors[0].probability = -0.4;
        r.factors[1].probability = 0.9;
    });
}

void tst_DrawnInput::invalidRecipe()
{
    QFETCH(QByteArray, words);
    QFETCH(Change, change);
    InputRecipe recipe;
    change(recipe);
    QVERIFY(!(recipe == InputRecipe{}));
    VERIFY_ERROR(validateRecipe(recipe), ErrorCode::InvalidValue, words.toStdString());
}

DT_TEST(tst_DrawnInput, QCoreApplication)
#include "tst_DrawnInput.moc"
