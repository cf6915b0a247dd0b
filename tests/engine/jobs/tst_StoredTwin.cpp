// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/cell/Presets.h"
#include "engine/jobs/StoredTwin.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace dt;

class tst_StoredTwin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void slimKeepsTheTwin();
};

namespace {

/// A finished twin with a long history and a large cloud of points.
StoredTwin large()
{
    RandomStream random({1});
    StoredTwin twin;
    twin.spec = presetTwin("tcn-a", 2).value();
    twin.settings = TrainingSettings{};
    twin.contents.complete = true;
    twin.contents.neuron = presetNeuron("ampa-point").value();
    twin.contents.dataset =
        DatasetIdentity{"/home/somebody/data/ampa.h5", {100, 10, 10}, 8, 8192, 1, "f"};
    twin.contents.weights = {{"w", {3}, std::vector<float>{0.1F, 0.2F, 0.3F}}};
    TrainingHistory &h = twin.contents.history;
    h.iterationsPerEpoch = 50;
    for (int i = 0; i < 5000; ++i) {
        LossRecord record;
        for (double &loss : record.losses.heads)
            loss = random.uniform(0.01, 0.5);
        record.losses.total = random.uniform(0.1, 2.0);
        h.addIteration(record, random.uniform(0.5, 30.0));
        if (i % 50 == 49) {
            h.addValidation(record, *twin.settings);
            h.learningRate.push_back(1e-4);
            h.epochSeconds.push_back(0.3);
        }
    }
    Evaluation e;
    e.plan.simulations = 10;
    e.plan.segments = 2;
    e.plan.windowMs = 8128;
    BinaryScores scores;
    scores.auc = 0.987654321;
    for (int i = 0; i <= 900; ++i) {
        scores.roc.fpr.push_back(i / 900.0);
        scores.roc.tpr.push_back(i / 900.0);
        scores.roc.threshold.push_back(1.0 - i / 900.0);
        scores.precisionRecall.recall.push_back(i / 900.0);
        scores.precisionRecall.precision.push_back(random.uniform());
    }
    e.spikes = scores;
    for (RegressionEvaluation *r : {&e.soma, &e.rate, &e.dend}) {
        for (int i = 0; i < 20000; ++i) {
            r->scatter.truth.push_back(static_cast<float>(random.uniform(-85.0, -62.0)));
            r->scatter.predicted.push_back(static_cast<float>(random.uniform(-85.0, -62.0)));
        }
    }
    twin.evaluation = e;
    return twin;
}

} // namespace

void tst_StoredTwin::slimKeepsTheTwin()
{
    const QTemporaryDir folder;
    const std::string whole = folder.filePath(QStringLiteral("whole.twin")).toStdString();
    const std::string small = folder.filePath(QStringLiteral("small.twin")).toStdString();
    StoredTwin twin = large();
    QVERIFY(storeTwin(whole, twin, false));
    StoredTwin slimmed = twin;
    slim(slimmed);
    const Status stored = storeTwin(small, slimmed, false);
    QVERIFY2(stored, stored ? "" : stored.error().message.c_str());
    QVERIFY(QFileInfo(QString::fromStdString(small)).size() * 4
            < QFileInfo(QString::fromStdString(whole)).size());
    const Result<StoredTwin> read = loadTwin(small);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    // The network, the settings and the scores are the same ...
    QVERIFY(read->contents.weights == twin.contents.weights);
    QVERIFY(read->spec == twin.spec);
    QVERIFY(read->settings == twin.settings);
    QCOMPARE(read->evaluation->spikes->auc, 0.987654321);
    // ... curves go as they went ...
    const TrainingHistory &h = read->contents.history;
    QCOMPARE(h.iterations(), std::size_t{5000});
    const auto mean = [](const std::vector<double> &values, std::size_t from, std::size_t to) {
        double sum = 0.0;
        for (std::size_t i = from; i < to; ++i)
            sum += values[i];
        return sum / static_cast<double>(to - from);
    };
    for (std::size_t i = 0; i < h.iterations(); i += 1000) {
        const double before = mean(twin.contents.history.training.total, i, i + 1000);
        QVERIFY(std::abs(mean(h.training.total, i, i + 1000) - before) < 5e-3 * before);
    }
    // ... validations keep three digits, as few as they are ...
    for (std::size_t i = 0; i < h.validations(); ++i) {
        const double before = twin.contents.history.validation.total[i];
        QVERIFY(std::abs(h.validation.total[i] - before) < 1e-3 * before);
    }
    QCOMPARE(read->evaluation->spikes->roc.tpr.back(), 1.0);
    QVERIFY(read->evaluation->soma.scatter.truth.size() >= 1000);
    QCOMPARE(read->evaluation->soma.scatter.truth.size(),
             read->evaluation->soma.scatter.predicted.size());
    // ... and nobody's folders are told.
    QCOMPARE(read->contents.dataset->path, std::string("ampa.h5"));
}

DT_TEST(tst_StoredTwin, QCoreApplication)
#include "tst_StoredTwin.moc"
