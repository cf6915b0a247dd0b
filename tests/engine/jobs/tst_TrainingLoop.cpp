// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/TrainingLoop.h"

#include "tests/support/Datasets.h"
#include "tests/support/FakeTrainer.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <set>

using namespace dt;
using test::FakeTrainer;

namespace {

constexpr int DurationMs = 200;
constexpr int Segments = 2;
constexpr int Margin = 16;

TwinSpec smallTwin()
{
    TwinSpec spec = presetTwin("tcn-a", Segments).value();
    // Narrower than the data, so that the limits act.
    spec.scaling.somaClipMinMv = -80.0;
    spec.scaling.somaClipMaxMv = -70.0;
    spec.scaling.dendClipMinMv = -60.0;
    spec.scaling.dendClipMaxMv = -30.0;
    return spec;
}

/// Seven simulations in batches of three: three iterations an epoch, a validation every two.
TrainingSettings smallSettings()
{
    TrainingSettings settings;
    settings.epochs = 8;
    settings.trainWindowMs = 60;
    settings.validWindowMs = 90;
    settings.trainBatch = 3;
    settings.validBatch = 2;
    settings.seed = 5;
    return settings;
}
constexpr int PerEpoch = 3;
constexpr int Interval = 2;

float clamped(float value, float lo, float hi)
{
    return std::min(std::max(value, lo), hi);
}

/// Times have no place in a comparison.
TrainingHistory withoutTimes(TrainingHistory history)
{
    history.seconds = 0.0;
    std::fill(history.epochSeconds.begin(), history.epochSeconds.end(), 0.0);
    return history;
}

} // namespace

/// The recipe's loop with a trainer that only takes notes.
class tst_TrainingLoop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void advances();
    void windows();
    void epochs();
    void schedules();
    void validations();
    void validationMean();
    void randomValidationWindows();
    void bestModel_data();
    void bestModel();
    void goesOnFromAnywhere();
    void oneIterationAnEpoch();
    void explodes_data();
    void explodes();
    void trainerFails();
    void refuses_data();
    void refuses();

private:
    /// Until the end; nothing may fail.
    static void finish(TrainingLoop &loop)
    {
        while (!loop.isOver())
            VERIFY_OK(loop.advance());
    }
    /// Which simulation and start a window of a batch is, found by its voltages alone.
    [[nodiscard]] WindowPlace find(Split split, const TwinBatch &batch, std::size_t window) const;
    void verifyWindow(Split split, const WindowPlace &place, const TwinBatch &batch,
                      std::size_t window) const;

    static Result<DatasetStore> made(const DatasetPlan &plan, const test::Edit &edit = {});

    const TwinSpec m_spec = smallTwin();
    const TrainingSettings m_settings = smallSettings();
    std::unique_ptr<DatasetStore> m_data;
};

Result<DatasetStore> tst_TrainingLoop::made(const DatasetPlan &plan, const test::Edit &edit)
{
    const test::TestFolder folder;
    if (const Status written = test::makeDataset(folder.file("ds.h5"), plan, {}, edit); !written)
        return written.error();
    const Result<DatasetFile> file = DatasetFile::open(folder.file("ds.h5"));
    if (!file)
        return file.error();
    return DatasetStore::load(*file, {Split::Train, Split::Valid}, [](double) { return true; });
}

void tst_TrainingLoop::initTestCase()
{
    Result<DatasetStore> data = made(test::smallPlan({7, 5, 0}, DurationMs));
    VERIFY_OK(data);
    m_data = std::make_unique<DatasetStore>(std::move(*data));
    QCOMPARE(m_settings.validationInterval(PerEpoch), Interval);
}

WindowPlace tst_TrainingLoop::find(Split split, const TwinBatch &batch, std::size_t window) const
{
    const auto length = static_cast<std::size_t>(batch.inputs.lengthMs);
    std::vector<float> rate(DurationMs);
    WindowBuffers buffers;
    buffers.instRate = rate.data();
    for (std::size_t i = 0; i < m_data->count(split); ++i) {
        m_data->window(split, i, 0, DurationMs, buffers);
        for (std::size_t start = 0; start + length <= rate.size(); ++start) {
            const float *said = batch.truth.rate.data() + window * length;
            if (std::equal(said, said + length, rate.begin() + static_cast<std::ptrdiff_t>(start),
                           [](float a, float b) { return a == b * 10.0f; }))
                return {i, static_cast<int>(start)};
        }
    }
    return {999, -1};
}

void tst_TrainingLoop::verifyWindow(Split split, const WindowPlace &place, const TwinBatch &batch,
                                    std::size_t window) const
{
    const auto length = static_cast<std::size_t>(batch.inputs.lengthMs);
    const std::size_t lines = length * Segments;
    std::vector<float> inputs(2 * lines);
    std::vector<float> spikes(length);
    std::vector<float> near(length);
    std::vector<float> soma(length);
    std::vector<float> dend(lines);
    m_data->window(split, place.simulation, place.startMs, batch.inputs.lengthMs,
                   {inputs.data(), spikes.data(), near.data(), soma.data(), nullptr, dend.data()});
    for (std::size_t i = 0; i < inputs.size(); ++i)
        QCOMPARE(batch.inputs.values[window * inputs.size() + i], inputs[i] / 10.0f);
    for (std::size_t t = 0; t < length; ++t) {
        QCOMPARE(batch.truth.spikes[window * length + t], spikes[t]);
        QVERIFY(spikes[t] == 0.0f || spikes[t] == 1.0f);
        QCOMPARE(batch.truth.nearSpikes[window * length + t], near[t]);
        QCOMPARE(batch.truth.soma[window * length + t],
                 (clamped(soma[t], -80.0f, -70.0f) + 85.0f) / 11.5f);
    }
    for (std::size_t i = 0; i < lines; ++i)
        QCOMPARE(batch.truth.dend[window * lines + i],
                 (clamped(dend[i], -60.0f, -30.0f) + 85.0f) / 42.5f);
}

void tst_TrainingLoop::advances()
{
    VERIFY_OK(TrainingLoop::check(m_spec, m_settings, *m_data));
    FakeTrainer trainer;
    TrainingLoop loop(trainer, *m_data, m_spec, m_settings);
    using Did = TrainingLoop::Did;
    QCOMPARE(loop.iterationsInAll(), std::int64_t(8 * PerEpoch));
    for (int iteration = 0; iteration < 8 * PerEpoch; ++iteration) {
        QCOMPARE(loop.epoch(), iteration / PerEpoch);
        QVERIFY(loop.advance().value() == Did::Step);
        QCOMPARE(loop.history().iterations(), std::size_t(iteration + 1));
        if ((iteration + 1) % Interval == 0) {
            // Five simulations, two at a time.
            QVERIFY(loop.advance().value() == Did::ValidationPart);
            QVERIFY(!loop.isOver());
            QVERIFY(loop.advance().value() == Did::ValidationPart);
            QVERIFY(loop.advance().value() == Did::Validation);
        }
    }
    QVERIFY(loop.isOver());
    const std::size_t calls = trainer.calls.size();
    QVERIFY(loop.advance().value() == Did::Nothing);
    QCOMPARE(trainer.calls.size(), calls);
    QCOMPARE(loop.history().epochSeconds.size(), std::size_t(8));
}

void tst_TrainingLoop::windows()
{
    FakeTrainer trainer;
    TrainingLoop loop(trainer, *m_data, m_spec, m_settings);
    finish(loop);
    for (const FakeTrainer::Call &call : trainer.calls) {
        QCOMPARE(call.batch.inputs.segments, Segments);
        QCOMPARE(call.batch.inputs.lengthMs, call.step ? 60 : 90);
        const Split split = call.step ? Split::Train : Split::Valid;
        for (std::size_t w = 0; w < static_cast<std::size_t>(call.batch.inputs.windows); ++w) {
            const WindowPlace place = find(split, call.batch, w);
            QVERIFY(place.startMs >= 0);
            verifyWindow(split, place, call.batch, w);
            if (QTest::currentTestFailed())
                return;
        }
    }
}

void tst_TrainingLoop::epochs()
{
    FakeTrainer trainer;
    TrainingLoop loop(trainer, *m_data, m_spec, m_settings);
    finish(loop);
    const std::vector<FakeTrainer::Call> steps = trainer.steps();
    std::set<std::vector<std::size_t>> orders;
    std::set<int> starts;
    for (std::size_t epoch = 0; epoch < 8; ++epoch) {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < PerEpoch; ++i) {
            const TwinBatch &batch = steps[epoch * PerEpoch + i].batch;
            QCOMPARE(batch.inputs.windows, i < 2 ? 3 : 1); // the short last batch is kept
            for (std::size_t w = 0; w < static_cast<std::size_t>(batch.inputs.windows); ++w) {
                const WindowPlace place = find(Split::Train, batch, w);
                order.push_back(place.simulation);
                starts.insert(place.startMs);
                // The last place is never drawn, as in the reference.
                QVERIFY(place.startMs >= Margin && place.startMs < DurationMs - 60 - Margin);
            }
        }
        orders.insert(order);
        std::sort(order.begin(), order.end());
        QCOMPARE(order, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6}));
    }
    QVERIFY(orders.size() >= 7); // two equal ones among 5040 are possible
    QVERIFY(starts.size() > 20);
}

void tst_TrainingLoop::schedules()
{
    FakeTrainer trainer;
    TrainingLoop loop(trainer, *m_data, m_spec, m_settings);
    finish(loop);
    // E = 8: warm-up of 2 epochs, cool-down of 3 (at least), weights from epoch 5 to 8.
    const std::array<double, 8> factors{0.001, 0.6, 1, 1, 1, 0.5, 0.25025, 0.0005};
    const std::vector<FakeTrainer::Call> steps = trainer.steps();
    const TrainingHistory &h = loop.history();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::size_t epoch = i / PerEpoch;
        const double phi = epoch <= 5 ? 0.0 : (static_cast<double>(epoch) - 5.0) / 3.0;
        QCOMPARE(steps[i].number, std::uint64_t(i));
        QVERIFY(std::abs(steps[i].learningRate - 3e-4 * factors[epoch]) < 1e-12);
        QCOMPARE(h.learningRate[epoch], steps[i].learningRate);
        const HeadValues expected{2.0 + 22.0 * phi, 0.7 - 0.55 * phi, 1.8 - 1.55 * phi, 3.0,
                                  6.0 - 5.4 * phi};
        for (std::size_t head = 0; head < HeadCount; ++head) {
            QVERIFY(std::abs(steps[i].lossWeights[head] - expected[head]) < 1e-12);
            QCOMPARE(h.training.weights[head][i], steps[i].lossWeights[head]);
            QCOMPARE(h.training.heads[head][i], steps[i].losses.heads[head]);
        }
        QCOMPARE(h.training.total[i], steps[i].losses.total);
    }
    QCOMPARE(h.learningRate.size(), std::size_t(8));
    QCOMPARE(h.iterationsPerEpoch, PerEpoch);
    VERIFY_OK(validateHistory(h));
}

void tst_TrainingLoop::validations()
{
    FakeTrainer trainer;
    TrainingLoop loop(trainer, *m_data, m_spec, m_settings);
    finish(loop);
    const TrainingHistory &h = loop.history();
    QCOMPARE(h.validations(), std::size_t(8 * PerEpoch / Interval));
    std::size_t done = 0;
    std::size_t seen = 0;
    HeadValues weights{};
    for (const FakeTrainer::Call &call : trainer.calls) {
        if (call.step) {
            QCOMPARE(seen % 5, std::size_t(0));
            ++done;
            weights = call.lossWeights;
            continue;
        }
        QCOMPARE(done % Interval, std::size_t(0));
        const std::size_t validation = done / Interval - 1;
        QCOMPARE(h.validationIteration[validation], static_cast<std::int64_t>(done - 1));
        QCOMPARE(call.lossWeights, weights); // of the iteration before
        for (std::size_t head = 0; head < HeadCount; ++head)
            QCOMPARE(h.validation.weights[head][validation], weights[head]);
        for (std::size_t w = 0; w < static_cast<std::size_t>(call.batch.inputs.windows); ++w) {
            const WindowPlace place = find(Split::Valid, call.batch, w);
            QCOMPARE(place.simulation, seen++ % 5); // in order
            QCOMPARE(place.startMs, Margin);
        }
    }
    QCOMPARE(seen, 5 * h.validations());
}

void tst_TrainingLoop::validationMean()
{
    FakeTrainer trainer;
    double next = 1.0;
    trainer.onValidate = [&](LossValues &values) {
        values.heads = {next, 2 * next, 3 * next, 4 * next, 5 * next};
        values.total = 6 * next;
        next *= 2.0; // 1, 2, 4 of batches of 2, 2 and 1 simulations
    };
    TrainingLoop loop(trainer, *m_data, m_spec, m_settings);
    while (loop.history().validations() < 2)
        VERIFY_OK(loop.advance());
    const LossColumns &v = loop.history().validation;
    for (std::size_t head = 0; head < HeadCount; ++head)
        QVERIFY(std::abs(v.heads[head][0] - 2.0 * static_cast<double>(head + 1)) < 1e-12);
    QVERIFY(std::abs(v.total[0] - 12.0) < 1e-12);
    QVERIFY(std::abs(v.heads[0][1] - (2 * 8.0 + 2 * 16.0 + 32.0) / 5.0) < 1e-12);
}

void tst_TrainingLoop::randomValidationWindows()
{
    TrainingSettings settings = m_settings;
    settings.randomValidationWindows = true;
    std::vector<std::vector<int>> trainings;
    for (int training = 0; training < 2; ++training) {
        FakeTrainer trainer;
        TrainingLoop loop(trainer, *m_data, m_spec, settings);
        finish(loop);
        std::vector<int> starts;
        for (const FakeTrainer::Call &call : trainer.calls) {
            for (int w = 0; !call.step && w < call.batch.inputs.windows; ++w) {
                starts.push_back(
                    find(Split::Valid, call.batch, static_cast<std::size_t>(w)).startMs);
                QVERIFY(starts.back() >= Margin && starts.back() < DurationMs - 90 - Margin);
            }
        }
        trainings.push_back(starts);
    }
    QCOMPARE(trainings[0], trainings[1]);
    QVERIFY(std::set<int>(trainings[0].begin(), trainings[0].end()).size() > 15);
}

void tst_TrainingLoop::bestModel_data()
{
    QTest::addColumn<BestRule>("rule");
    QTest::addColumn<QList<double>>("losses");
    QTest::addColumn<QList<bool>>("kept");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const auto &[rule, name] : {std::pair{BestRule::Halfway, "halfway: "},
                                     std::pair{BestRule::Lowest, "lowest spikes: "}}) {
        const auto row = [&, name = name](const char *what) -> QTestData & {
            return QTest::newRow(qPrintable(QLatin1String(name) + QLatin1String(what)));
        };
        row("later among equals") << rule
                                  << QList<double>{0.5, 0.50005, 0.50009, 0.50011, 0.4, 0.45}
                                  << QList<bool>{true, true, true, false, true, false};
        row("no ratchet") << rule << QList<double>{0.5, 0.50009, 0.50018}
                          << QList<bool>{true, true, false};
        row("not a number") << rule << QList<double>{nan, 0.9, nan, 0.8}
                            << QList<bool>{false, true, false, true};
    }
    QTest::newRow("the reference's ratchet")
        << BestRule::Kept << QList<double>{0.5, 0.50009, 0.50018} << QList<bool>{true, true, true};
}

void tst_TrainingLoop::bestModel()
{
    QFETCH(BestRule, rule);
    QFETCH(QList<double>, losses);
    QFETCH(QList<bool>, kept);
    TrainingSettings settings = m_settings;
    settings.bestRule = rule;
    settings.validBatch = 5;
    FakeTrainer trainer;
    qsizetype validation = 0;
    trainer.onValidate = [&](LossValues &values) {
        // The others count only where they are asked for.
        values.heads = {losses[validation], 1.0, 1.0, 1.0, 1.0};
    };
    TrainingLoop loop(trainer, *m_data, m_spec, settings);
    std::vector<NamedTensor> expected = trainer.weights(); // before any validation
    QCOMPARE(loop.best(), expected);
    std::optional<std::int64_t> iteration;
    for (; validation < losses.size(); ++validation) {
        while (loop.advance().value() != TrainingLoop::Did::Validation)
            QCOMPARE(loop.best(), expected);
        if (kept[validation]) {
            expected = trainer.weights();
            iteration = static_cast<std::int64_t>(loop.history().iterations()) - 1;
        }
        QCOMPARE(loop.best(), expected);
        QCOMPARE(loop.history().best.has_value(), iteration.has_value());
        if (iteration)
            QCOMPARE(loop.history().best->iteration, *iteration);
    }
}

void tst_TrainingLoop::goesOnFromAnywhere()
{
    struct Moment
    {
        std::vector<NamedTensor> weights;
        TrainingHistory history;
        std::vector<NamedTensor> best;
    };
    for (const bool random : {false, true}) {
        TrainingSettings settings = m_settings;
        settings.randomValidationWindows = random;
        FakeTrainer whole;
        TrainingLoop reference(whole, *m_data, m_spec, settings);
        std::vector<Moment> moments;
        while (!reference.isOver()) {
            moments.push_back({whole.weights(), reference.history(), reference.best()});
            VERIFY_OK(reference.advance());
        }
        moments.push_back({whole.weights(), reference.history(), reference.best()});
        QCOMPARE(moments.size(), std::size_t(24 + 12 * 3 + 1));
        for (const Moment &moment : moments) {
            FakeTrainer trainer;
            VERIFY_OK(trainer.restore(moment.weights, {}));
            TrainingLoop loop(trainer, *m_data, m_spec, settings, moment.history, moment.best);
            QCOMPARE(loop.best(), moment.best);
            finish(loop);
            QCOMPARE(withoutTimes(loop.history()), withoutTimes(reference.history()));
            QCOMPARE(loop.best(), reference.best());
            QCOMPARE(trainer.weights(), whole.weights());
            QVERIFY(loop.history().seconds >= moment.history.seconds);
        }
    }
}

/// Where 0.95 of an epoch is no iteration at all.
void tst_TrainingLoop::oneIterationAnEpoch()
{
    TrainingSettings settings = m_settings;
    settings.trainBatch = 100;
    settings.validBatch = 100;
    FakeTrainer trainer;
    TrainingLoop loop(trainer, *m_data, m_spec, settings);
    finish(loop);
    QCOMPARE(loop.history().iterations(), std::size_t(8));
    QCOMPARE(loop.history().validations(), std::size_t(8));
    QCOMPARE(loop.history().epochSeconds.size(), std::size_t(8));
    QCOMPARE(trainer.calls[0].batch.inputs.windows, 7);
}

void tst_TrainingLoop::explodes_data()
{
    QTest::addColumn<int>("at");
    QTest::addColumn<double>("first"); // total loss
    QTest::addColumn<double>("total"); // at `at`
    QTest::addColumn<bool>("applied");
    QTest::addColumn<bool>("ends");
    const double nan = std::numeric_limits<double>::quiet_NaN();
    QTest::newRow("not a number") << 5 << 1.0 << nan << false << true;
    QTest::newRow("not a number at once") << 0 << nan << nan << false << true;
    QTest::newRow("no gradient") << 3 << 1.0 << 1.0 << false << true;
    QTest::newRow("explosion") << 4 << 1.0 << 1001.0 << true << true;
    QTest::newRow("infinite") << 7 << 1.0 << std::numeric_limits<double>::infinity() << false
                              << true;
    QTest::newRow("just not") << 4 << 1.0 << 999.0 << true << false;
    QTest::newRow("a high start") << 4 << 20.0 << 1999.0 << true << false;
    QTest::newRow("higher") << 4 << 20.0 << 2001.0 << true << true;
    QTest::newRow("a huge start") << 0 << 1e6 << 1e6 << true << false;
}

void tst_TrainingLoop::explodes()
{
    QFETCH(int, at);
    QFETCH(double, first);
    QFETCH(double, total);
    QFETCH(bool, applied);
    QFETCH(bool, ends);
    FakeTrainer trainer;
    trainer.onStep = [&](std::uint64_t number, TrainingStep &step) -> Status {
        if (number == 0)
            step.losses.total = first;
        if (number == static_cast<std::uint64_t>(at)) {
            step.losses.total = total;
            step.applied = applied;
        }
        return Done{};
    };
    TrainingLoop loop(trainer, *m_data, m_spec, m_settings);
    while (loop.history().iterations() < static_cast<std::size_t>(at))
        VERIFY_OK(loop.advance());
    Result<TrainingLoop::Did> did = loop.advance();
    while (did && *did != TrainingLoop::Did::Step)
        did = loop.advance(); // a validation first
    QCOMPARE(did.ok(), !ends);
    if (!ends) {
        QCOMPARE(loop.history().iterations(), std::size_t(at + 1));
        return;
    }
    VERIFY_ERROR(did, ErrorCode::Engine, "iteration " + std::to_string(at));
    QCOMPARE(did.error().place, std::string(TrainingLoop::ExplosionPlace));
    QCOMPARE(loop.history().iterations(), std::size_t(at));
    QCOMPARE(loop.history().learningRate.size(), std::size_t((at + PerEpoch - 1) / PerEpoch));
    VERIFY_OK(validateHistory(loop.history()));
    for (const double loss : loop.history().training.total)
        QVERIFY(std::isfinite(loss));
}

void tst_TrainingLoop::trainerFails()
{
    FakeTrainer trainer;
    trainer.onStep = [](std::uint64_t number, TrainingStep &) -> Status {
        if (number == 2)
            return Error{ErrorCode::Engine, "There is no memory left.", "memory"};
        return Done{};
    };
    TrainingLoop loop(trainer, *m_data, m_spec, m_settings);
    Result<TrainingLoop::Did> did = loop.advance();
    while (did)
        did = loop.advance();
    QCOMPARE(did.error().place, std::string("memory")); // weights are not to blame
    QCOMPARE(loop.history().iterations(), std::size_t(2));
    QCOMPARE(loop.history().validations(), std::size_t(1));
}

void tst_TrainingLoop::refuses_data()
{
    QTest::addColumn<QList<int>>("wanted"); // train, valid
    QTest::addColumn<int>("durationMs");
    QTest::addColumn<int>("segments"); // of the twin
    QTest::addColumn<int>("without"); // split without spikes
    QTest::addColumn<int>("epochs");
    QTest::addColumn<QByteArray>("part");
    const QList<int> some{2, 2};
    QTest::newRow("fine") << some << 200 << 2 << -1 << 6 << QByteArray();
    QTest::newRow("just fits") << some << 123 << 2 << -1 << 6 << QByteArray();
    QTest::newRow("other geometry") << some << 200 << 8 << -1 << 6 << QByteArray("for 8 segments");
    QTest::newRow("too short") << some << 122 << 2 << -1 << 6 << QByteArray("122");
    QTest::newRow("nothing to train on") << QList<int>{0, 2} << 200 << 2 << -1 << 6
                                         << QByteArray("'train' of the data set is empty");
    QTest::newRow("nothing to validate with") << QList<int>{2, 0} << 200 << 2 << -1 << 6
                                              << QByteArray("'valid' of the data set is empty");
    QTest::newRow("no spike to learn")
        << some << 200 << 2 << 0 << 6 << QByteArray("no spike in the split 'train'");
    QTest::newRow("no spike to validate")
        << some << 200 << 2 << 1 << 6 << QByteArray("no spike in the split 'valid'");
    QTest::newRow("settings") << some << 200 << 2 << -1 << 5 << QByteArray("6");
}

void tst_TrainingLoop::refuses()
{
    QFETCH(QList<int>, wanted);
    QFETCH(int, durationMs);
    QFETCH(int, segments);
    QFETCH(int, without);
    QFETCH(int, epochs);
    QFETCH(QByteArray, part);
    const Result<DatasetStore> data =
        made(test::smallPlan({wanted[0], wanted[1], 0}, durationMs),
             without < 0 ? test::Edit() : test::withoutSpikes(static_cast<Split>(without)));
    VERIFY_OK(data);
    TrainingSettings settings = m_settings;
    settings.epochs = epochs;
    TwinSpec spec = presetTwin("tcn-a", segments).value();
    const Status status = TrainingLoop::check(spec, settings, *data);
    if (part.isEmpty())
        VERIFY_OK(status);
    else
        VERIFY_ERROR(status, ErrorCode::InvalidValue, part.toStdString());
    if (part.isEmpty()) {
        spec.dendHeads = 1; // a twin that says less of the dendrites than the data
        VERIFY_ERROR(TrainingLoop::check(spec, settings, *data), ErrorCode::InvalidValue,
                     "predicts 1 dendritic");
    }
}

DT_TEST(tst_TrainingLoop, QCoreApplication)
#include "tst_TrainingLoop.moc"
