// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/TrainingJson.h"

#include "engine/cell/Presets.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_TrainingJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settings();
    void wrongSettings_data();
    void wrongSettings();
    void scaling();
    void history();
    void identity();
};

void tst_TrainingJson::settings()
{
    TrainingSettings s;
    QCOMPARE(trainingFromText(trainingText(s), "x").value(), s);
    s.epochs = 77;
    s.trainWindowMs = 1024;
    s.validWindowMs = 2049;
    s.trainBatch = 3;
    s.validBatch = 5;
    s.marginMs = 17;
    s.learningRate = 1e-3;
    s.weightDecay = 0.2;
    s.beta1 = 0.8;
    s.beta2 = 0.99;
    s.epsilon = 1e-7;
    s.maxGradNorm = 1.5;
    s.warmUpFraction = 0.05;
    s.warmUpMostEpochs = 7;
    s.coolDownFraction = 0.2;
    s.warmUpFrom = 0.01;
    s.warmUpTo = 0.9;
    s.coolDownFrom = 0.4;
    s.coolDownTo = 0.1;
    s.ratePerStep = true;
    s.startWeights = {1, 2, 3, 4, 5};
    s.endWeights = HeadValues{6, 7, 8, 9, 10};
    s.transitionFrom = 1.5;
    s.transitionTo = 2.25;
    s.validationFraction = 0.5;
    s.bestRule = BestRule::Kept;
    s.bestSlack = 0.25;
    s.randomValidationWindows = true;
    s.seed = 0xFFFFFFFFFFFFFFFFu;
    const auto again = trainingFromText(trainingText(s), "x");
    VERIFY_OK(again);
    QCOMPARE(*again, s);
    // Twins that are older than the rules went by the spike loss.
    TrainingSettings old;
    old.bestRule = BestRule::Lowest;
    QCOMPARE(trainingFromText("{}", "x").value(), old);
    for (const BestRule rule : {BestRule::Halfway, BestRule::Lowest, BestRule::Kept}) {
        s.bestRule = rule;
        QCOMPARE(trainingFromText(trainingText(s), "x").value(), s);
    }
    QVERIFY(toJson(s)["end_weights"]["dend_v"] == 10.0);
    QVERIFY(!toJson(TrainingSettings{}).contains("end_weights"));
}

void tst_TrainingJson::wrongSettings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *text, const char *words) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(words);
    };
    row("[]", "not an object");
    row("{", "x");
    row(R"({"epochs": 5})", "at least 6 epochs");
    row(R"({"epochs": 7.5})", "'epochs'");
    row(R"({"lr": "fast"})", "'lr'");
    row(R"({"best_rule": "highest"})", "none of 'halfway weights', 'lowest' and 'kept'");
    row(R"({"start_weights": [1, 2]})", "five heads");
    row(R"({"start_weights": {"spikes": 1}})", "five heads");
    row(R"({"end_weights": {"spikes": null, "soma": 1, "near_spike": 1, "inst_rate": 1, "dend_v": 1}})",
        "loss weight");
    row(R"({"seed": -1})", "'seed'");
}

void tst_TrainingJson::wrongSettings()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const auto read = trainingFromText(text.toStdString(), "x.twin");
    VERIFY_ERROR(read, ErrorCode::Format, words.toStdString());
    QVERIFY(test::contains(read.error().message, "x.twin"));
}

void tst_TrainingJson::scaling()
{
    Neuron neuron = presetNeuron("ampa-point").value();
    neuron.membrane.restMv = -80.5;
    const Scaling s = scalingFor(neuron).value();
    QCOMPARE(scalingFromText(scalingText(s), "x").value(), s);
    const Json json = toJson(Scaling{});
    QCOMPARE(json.size(), 10u);
    QVERIFY(json["X_scale"] == 10.0);
    QVERIFY(json["V_scale_soma"] == 11.5);
    QVERIFY(json["V_clip_dend_max"] == 5.0);
    VERIFY_ERROR(scalingFromText(R"({"V_scale_soma": 0})", "x"), ErrorCode::Format, "V_scale_soma");
    VERIFY_ERROR(scalingFromText(R"({"X_scale": true})", "x"), ErrorCode::Format, "'X_scale'");
}

void tst_TrainingJson::history()
{
    TrainingHistory h;
    h.iterationsPerEpoch = 192;
    h.seconds = 12.5;
    TrainingHistory read;
    VERIFY_OK(readHistoryScalars(historyScalarsText(h), "x", read));
    QCOMPARE(read, h);
    h.best = BestModel{19109, {{1, 2, 3, 4, 5}, 6}, {{0.1, 0.2, 0.3, 0.4, 0.5}, 0.6}};
    VERIFY_OK(readHistoryScalars(historyScalarsText(h), "x", read));
    QCOMPARE(read, h);
    // A loss that was not a number is not one afterwards.
    h.best->training.heads[1] = std::nan("");
    VERIFY_OK(readHistoryScalars(historyScalarsText(h), "x", read));
    QVERIFY(std::isnan(read.best->training.heads[1]));
    QCOMPARE(read.best->training.heads[2], 0.3);
    VERIFY_ERROR(readHistoryScalars(R"({"best": 3})", "x", read), ErrorCode::Format, "best model");
    VERIFY_ERROR(readHistoryScalars(R"({"best": {"training": 3}})", "x", read), ErrorCode::Format,
                 "'training'");
}

void tst_TrainingJson::identity()
{
    DatasetIdentity d{"/some/where.h5", {3068, 263, 251}, 8, 8192, 7, "abc"};
    QCOMPARE(identityFromText(identityText(d), "x").value(), d);
    d.seed.reset();
    QCOMPARE(identityFromText(identityText(d), "x").value(), d);
    DatasetIdentity moved = d;
    moved.path = "/else";
    QVERIFY(moved.sameData(d) && !(moved == d));
    moved.simulations[2] = 1;
    QVERIFY(!moved.sameData(d));
    d.path = "/caf\xe9.h5"; // not UTF-8: still written
    VERIFY_OK(identityFromText(identityText(d), "x"));
    VERIFY_ERROR(identityFromText(R"({"seed": "one"})", "x"), ErrorCode::Format, "'seed'");
}

DT_TEST(tst_TrainingJson, QCoreApplication)
#include "tst_TrainingJson.moc"
