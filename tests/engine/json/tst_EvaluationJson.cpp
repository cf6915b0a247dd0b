// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/EvaluationJson.h"

#include "engine/base/Random.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QTest>

#include <limits>

using namespace dt;

namespace {

Evaluation example(std::size_t simulations = 2)
{
    EvaluationPlan plan = *evaluationPlan("test", simulations, 2, 300);
    plan.ignoredMs = 3;
    plan.scatterPoints = 50;
    plan.seed = 9;
    Evaluator evaluator(plan, Scaling{});
    RandomStream random({4});
    const auto window = static_cast<std::size_t>(plan.windowMs);
    const auto floats = [&](std::size_t n, double lo, double hi) {
        std::vector<float> values;
        for (std::size_t i = 0; i < n; ++i)
            values.push_back(static_cast<float>(random.uniform(lo, hi)));
        return values;
    };
    for (std::size_t s = 0; s < simulations; ++s) {
        std::vector<std::uint8_t> spikes(window, 0);
        for (std::size_t t = s; t < window; t += 20)
            spikes[t] = 1;
        const std::vector<float> voltage = floats(window, -80.0, -60.0);
        const std::vector<float> rate = floats(window, 0.0, 0.05);
        const std::vector<float> dend = floats(2 * window, -80.0, 0.0);
        const std::vector<float> p = floats(window, 0.0, 1.0);
        const std::vector<float> other = floats(window, -80.0, -60.0);
        if (!evaluator.add({s, spikes, spikes, voltage, rate, dend}, {p, p, other, rate, dend}))
            return {};
    }
    Evaluation e = evaluator.finish().value();
    e.parameters = 189644;
    e.millisecondsPerSimulation = 12.5;
    return e;
}

const std::vector<std::string> Keys{"spikes_auc",
                                    "spikes_tpr_at_fpr_0_002",
                                    "near_spike_auc",
                                    "near_spike_tpr_at_fpr_0_002",
                                    "soma_ev_percent",
                                    "soma_rmse_mV",
                                    "soma_mae_mV",
                                    "soma_r2",
                                    "inst_rate_ev_percent",
                                    "inst_rate_rmse",
                                    "inst_rate_mae",
                                    "inst_rate_r2",
                                    "dend_ev_percent",
                                    "dend_rmse_mV",
                                    "dend_mae_mV",
                                    "dend_r2",
                                    "calibration_correlation",
                                    "calibration_ev_percent",
                                    "parameters",
                                    "milliseconds_per_simulation"};

std::vector<std::string> keysOf(const Json &json)
{
    std::vector<std::string> keys;
    for (const auto &[key, value] : json.items())
        keys.push_back(key);
    return keys;
}

} // namespace

class tst_EvaluationJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void summary();
    void undefinedIsNull();
    void roundTrip();
    void thinnedCurves();
    void wrong_data();
    void wrong();
};

void tst_EvaluationJson::summary()
{
    const Evaluation e = example();
    const Json json = evaluationSummary(e);
    QCOMPARE(keysOf(json), Keys);
    QVERIFY(json["spikes_auc"] == e.spikes->auc);
    QVERIFY(json["near_spike_tpr_at_fpr_0_002"] == e.nearSpike->tprAtFpr);
    QVERIFY(json["soma_rmse_mV"] == e.soma.scores->rmse);
    QVERIFY(json["inst_rate_ev_percent"] == 100.0);
    QVERIFY(json["dend_r2"] == e.dend.scores->r2);
    QVERIFY(json["calibration_correlation"] == *e.calibration.correlation);
    QVERIFY(json["parameters"] == 189644);
    QVERIFY(json["milliseconds_per_simulation"] == 12.5);
}

void tst_EvaluationJson::undefinedIsNull()
{
    Evaluation e;
    const Json json = evaluationSummary(e);
    QCOMPARE(keysOf(json), Keys);
    for (const auto &[key, value] : json.items())
        QVERIFY2(value.is_null() || key == "parameters", key.c_str());
    QCOMPARE(evaluationFromText(evaluationText(e), "x").value(), e);
    e.soma.scores = RegressionScores{};
    e.soma.scores->rmse = std::numeric_limits<double>::infinity();
    QVERIFY(evaluationSummary(e)["soma_rmse_mV"].is_null());
}

void tst_EvaluationJson::roundTrip()
{
    Evaluation e = example();
    QVERIFY(!e.perSimulation.empty() && !e.soma.scatter.truth.empty());
    e.dendSegments[1].reset();
    const auto again = evaluationFromText(evaluationText(e), "x");
    VERIFY_OK(again);
    QCOMPARE(again->spikes, e.spikes); // infinite first threshold and all
    QCOMPARE(again->soma, e.soma);
    QCOMPARE(again->calibration, e.calibration);
    QCOMPARE(again->perSimulation, e.perSimulation);
    QCOMPARE(*again, e);
}

void tst_EvaluationJson::thinnedCurves()
{
    const Evaluation e = example(20);
    const std::size_t whole = e.spikes->roc.size();
    QVERIFY(whole > 300);
    const Json json = toJson(e, 100);
    const auto again = evaluationFromJson(json, "x");
    VERIFY_OK(again);
    QVERIFY(again->spikes->roc.size() <= 100 && again->spikes->roc.size() > 50);
    QCOMPARE(again->spikes->auc, e.spikes->auc);
}

void tst_EvaluationJson::wrong_data()
{
    QTest::addColumn<QByteArray>("text");
    const char *texts[] = {"3",
                           "[",
                           R"({"details": 3})",
                           R"({"window_ms": "x"})",
                           R"({"simulations": -1})",
                           R"({"details": {"spikes": 4}})",
                           R"({"details": {"spikes": {"roc": {"fpr": [0, 1], "tpr": [0]}}}})",
                           R"({"details": {"spikes": {"roc": {"fpr": ["0"]}}}})",
                           R"({"details": {"soma": {"truth": [1, 2], "predicted": [1]}}})",
                           R"({"details": {"calibration": {"truth": [1]}}})",
                           R"({"details": {"dend_segments": [3]}})",
                           R"({"details": {"dend_segments": 3}})",
                           R"({"details": {"reliability": [{"from": "x"}]}})",
                           R"({"details": {"histogram_spike": [1, 2]}})",
                           R"({"details": {"per_simulation": [{"spikes": 0.5}]}})"};
    for (const char *text : texts)
        QTest::newRow(text) << QByteArray(text);
}

void tst_EvaluationJson::wrong()
{
    QFETCH(QByteArray, text);
    VERIFY_ERROR(evaluationFromText(text.toStdString(), "x.twin"), ErrorCode::Format, "x.twin");
}

DT_TEST(tst_EvaluationJson, QCoreApplication)
#include "tst_EvaluationJson.moc"
