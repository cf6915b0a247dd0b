// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/evaluation/Evaluation.h"

#include "engine/base/Random.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>

using namespace dt;

namespace {

constexpr int Segments = 3;

/// Windows of random numbers of the right kinds.
struct Simulation
{
    std::vector<std::uint8_t> spikes, near;
    std::vector<float> soma, rate, dend;
    std::vector<float> spikeP, nearP, somaP, rateP, dendP;

    Simulation(std::uint64_t seed, int windowMs, double spikeShare = 0.05)
    {
        RandomStream random({seed});
        const auto noise = [&](double size) {
            return static_cast<float>(random.uniform(-size, size));
        };
        for (int t = 0; t < windowMs; ++t) {
            spikes.push_back(random.uniform() < spikeShare ? 1 : 0);
            near.push_back(spikes.back() || random.uniform() < 0.1 ? 1 : 0);
            soma.push_back(static_cast<float>(random.uniform(-84.0, -50.0))); // the cap is at -62
            rate.push_back(static_cast<float>(random.uniform(0.0, 0.04)));
            spikeP.push_back(spikes.back() ? 0.8f + noise(0.2) : 0.2f + noise(0.2));
            nearP.push_back(near.back() ? 0.6f + noise(0.3) : 0.4f + noise(0.3));
            somaP.push_back(std::min(soma.back(), -57.0f) + noise(1.0));
            rateP.push_back(rate.back() + noise(0.01));
        }
        for (int i = 0; i < Segments * windowMs; ++i) {
            dend.push_back(static_cast<float>(random.uniform(-84.0, 20.0)));
            dendP.push_back(std::min(dend.back(), 5.0f) + noise(1.0 + i / windowMs));
        }
    }
    [[nodiscard]] WindowOfTruth truth(std::uint64_t index) const
    {
        return {index, spikes, near, soma, rate, dend};
    }
    [[nodiscard]] WindowOfPrediction prediction() const
    {
        return {spikeP, nearP, somaP, rateP, dendP};
    }
};

EvaluationPlan smallPlan(std::size_t simulations)
{
    EvaluationPlan plan = *evaluationPlan("test", simulations, Segments, 1000);
    plan.scatterPoints = 500;
    return plan;
}

} // namespace

class tst_Evaluation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plans();
    void pooled();
    void segments();
    void perSimulation();
    void scatter();
    void ignoredStart();
    void refused();
};

void tst_Evaluation::plans()
{
    const auto plan = evaluationPlan("test", 3, 8, 8192);
    VERIFY_OK(plan);
    QCOMPARE(plan->windowMs, 8128);
    QCOMPARE(plan->startMs, 16);
    QCOMPARE(plan->calibrationBins, 8);
    QCOMPARE(plan->scatterPoints, 20000u);
    QCOMPARE(evaluationPlan("test", 3, 8, 8000)->windowMs, 7967); // T - 33
    QCOMPARE(evaluationPlan("test", 3, 8, 20000)->windowMs, 8128);
    QCOMPARE(evaluationPlan("test", 3, 8, 34)->windowMs, 1);
    VERIFY_ERROR(evaluationPlan("test", 3, 8, 33), ErrorCode::InvalidValue, "at least 34 ms");
    VERIFY_ERROR(evaluationPlan("valid", 0, 8, 8192), ErrorCode::InvalidValue, "'valid'");
}

void tst_Evaluation::pooled()
{
    const EvaluationPlan plan = smallPlan(4);
    const Scaling scaling;
    Evaluator evaluator(plan, scaling);
    std::vector<float> p, somaTruth, soma, rateTruth, rate;
    std::vector<std::uint8_t> y;
    for (std::uint64_t i = 0; i < 4; ++i) {
        const Simulation s(i, plan.windowMs);
        VERIFY_OK(evaluator.add(s.truth(i), s.prediction()));
        p.insert(p.end(), s.spikeP.begin(), s.spikeP.end());
        y.insert(y.end(), s.spikes.begin(), s.spikes.end());
        for (const float v : s.soma)
            somaTruth.push_back(std::clamp(v, -90.0f, -57.0f));
        soma.insert(soma.end(), s.somaP.begin(), s.somaP.end());
        rateTruth.insert(rateTruth.end(), s.rate.begin(), s.rate.end());
        rate.insert(rate.end(), s.rateP.begin(), s.rateP.end());
    }
    const auto e = evaluator.finish();
    VERIFY_OK(e);
    QCOMPARE(e->plan, plan);
    QCOMPARE(e->spikes, binaryScores(p, y));
    QVERIFY(e->spikes->auc > 0.99 && e->nearSpike->auc > 0.6 && e->nearSpike->auc < 0.99);
    const auto expected = regressionSums(somaTruth, soma).scores();
    QVERIFY(std::abs(e->soma.scores->rmse - expected->rmse) < 1e-10);
    QVERIFY(e->soma.scores->rmse < 0.6); // truth was clamped
    QVERIFY(std::abs(e->rate.scores->mae - regressionSums(rateTruth, rate).scores()->mae) < 1e-12);
    QCOMPARE(e->calibration, calibrate(p, y, plan.windowMs, 8));
    QCOMPARE(e->calibration.truth.size(), 32u);
    QCOMPARE(e->reliability, reliability(p, y));
    QCOMPARE(e->histogram, probabilityHistogram(p, y));
}

void tst_Evaluation::segments()
{
    const EvaluationPlan plan = smallPlan(2);
    Evaluator evaluator(plan, Scaling{});
    RegressionSums third;
    for (std::uint64_t i = 0; i < 2; ++i) {
        const Simulation s(i, plan.windowMs);
        VERIFY_OK(evaluator.add(s.truth(i), s.prediction()));
        const auto window = static_cast<std::size_t>(plan.windowMs);
        std::vector<float> clipped;
        for (std::size_t t = 2 * window; t < 3 * window; ++t)
            clipped.push_back(std::clamp(s.dend[t], -90.0f, 5.0f));
        third.add(clipped, std::span(s.dendP).subspan(2 * window));
    }
    const auto e = evaluator.finish();
    QCOMPARE(e->dendSegments.size(), 3u);
    QCOMPARE(e->dendSegments[2]->count, third.count());
    QVERIFY(std::abs(e->dendSegments[2]->rmse - third.scores()->rmse) < 1e-10);
    QVERIFY(e->dendSegments[0]->rmse < e->dendSegments[2]->rmse); // more noise there
    double squares = 0.0;
    for (const auto &segment : e->dendSegments)
        squares += segment->rmse * segment->rmse / 3.0;
    QVERIFY(std::abs(std::sqrt(squares) - e->dend.scores->rmse) < 1e-10);
}

void tst_Evaluation::perSimulation()
{
    const EvaluationPlan plan = smallPlan(3);
    Evaluator evaluator(plan, Scaling{});
    const Simulation spiking(1, plan.windowMs);
    const Simulation silent(2, plan.windowMs, 0.0);
    Simulation broken(3, plan.windowMs);
    broken.rateP[5] = std::nanf("");
    VERIFY_OK(evaluator.add(spiking.truth(70), spiking.prediction()));
    VERIFY_OK(evaluator.add(silent.truth(71), silent.prediction()));
    VERIFY_OK(evaluator.add(broken.truth(72), broken.prediction()));
    const auto e = evaluator.finish();
    QCOMPARE(e->perSimulation.size(), 1u);
    const SimulationScores &s = e->perSimulation[0];
    QCOMPARE(s.simulation, 70u);
    QCOMPARE(s.spikes, int(std::count(spiking.spikes.begin(), spiking.spikes.end(), 1)));
    QCOMPARE(s.spikesAuc, rocAuc(spiking.spikeP, spiking.spikes).value());
    QVERIFY(s.somaEvPercent > 90.0 && s.dendEvPercent > 90.0 && s.rateEvPercent > 50.0);
    QVERIFY(!e->rate.scores); // one of them was not a number
    QVERIFY(e->soma.scores && e->spikes);
}

void tst_Evaluation::scatter()
{
    const EvaluationPlan plan = smallPlan(5);
    Evaluator evaluator(plan, Scaling{});
    const auto window = static_cast<std::size_t>(plan.windowMs);
    for (std::uint64_t i = 0; i < 5; ++i) {
        Simulation s(i, plan.windowMs);
        for (std::size_t t = 0; t < s.dend.size(); ++t) { // recognisable
            s.dend[t] = -80.0f + static_cast<float>(i);
            s.dendP[t] = -80.0f + static_cast<float>(i);
        }
        for (std::size_t t = 0; t < window; ++t)
            s.somaP[t] = s.soma[t] = -80.0f + static_cast<float>(t % 20);
        VERIFY_OK(evaluator.add(s.truth(i), s.prediction()));
    }
    const auto e = evaluator.finish();
    for (const RegressionEvaluation *head : {&e->soma, &e->rate, &e->dend}) {
        QCOMPARE(head->scatter.truth.size(), 500u);
        QCOMPARE(head->scatter.predicted.size(), 500u);
    }
    QCOMPARE(e->soma.scatter.truth, e->soma.scatter.predicted);
    // From all simulations, the last too.
    for (std::uint64_t i = 0; i < 5; ++i) {
        const auto n = std::count(e->dend.scatter.truth.begin(), e->dend.scatter.truth.end(),
                                  -80.0f + static_cast<float>(i));
        QVERIFY2(n > 60 && n < 140, qPrintable(QString::number(n)));
    }
}

void tst_Evaluation::ignoredStart()
{
    EvaluationPlan plan = smallPlan(1);
    plan.ignoredMs = 200;
    Evaluator evaluator(plan, Scaling{});
    Simulation s(1, plan.windowMs);
    for (std::size_t t = 0; t < 200; ++t)
        s.somaP[t] = s.dendP[t] = 1000.0f; // far off, and not counted
    VERIFY_OK(evaluator.add(s.truth(0), s.prediction()));
    const auto e = evaluator.finish();
    QCOMPARE(e->soma.scores->count, static_cast<std::size_t>(plan.windowMs - 200));
    QCOMPARE(e->dend.scores->count, static_cast<std::size_t>(3 * (plan.windowMs - 200)));
    QVERIFY(e->soma.scores->rmse < 1.0 && e->dend.scores->rmse < 3.0);
    QCOMPARE(e->calibration.binMs, (plan.windowMs - 200) / 8);
}

void tst_Evaluation::refused()
{
    const EvaluationPlan plan = smallPlan(1);
    const Simulation s(1, plan.windowMs);
    const Simulation shorter(1, plan.windowMs - 1);
    Evaluator evaluator(plan, Scaling{});
    VERIFY_ERROR(evaluator.finish(), ErrorCode::InvalidValue, "ended after 0 of 1");
    VERIFY_ERROR(evaluator.add(shorter.truth(0), shorter.prediction()), ErrorCode::InvalidValue,
                 "shape");
    WindowOfPrediction halfOf = s.prediction();
    halfOf.dendMv = halfOf.dendMv.subspan(1);
    VERIFY_ERROR(evaluator.add(s.truth(0), halfOf), ErrorCode::InvalidValue, "shape");
    VERIFY_OK(evaluator.add(s.truth(0), s.prediction()));
    VERIFY_ERROR(evaluator.add(s.truth(0), s.prediction()), ErrorCode::InvalidValue, "more");
    VERIFY_OK(evaluator.finish());
    EvaluationPlan nothing = plan;
    nothing.ignoredMs = plan.windowMs;
    VERIFY_ERROR(Evaluator(nothing, Scaling{}).add(s.truth(0), s.prediction()),
                 ErrorCode::InvalidValue, "ignores");
}

DT_TEST(tst_Evaluation, QCoreApplication)
#include "tst_Evaluation.moc"
