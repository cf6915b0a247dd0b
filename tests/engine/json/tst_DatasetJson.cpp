// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/json/DatasetJson.h"

#include "engine/cell/Presets.h"
#include "tests/support/Neurons.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QTest>

#include <functional>

using namespace dt;

namespace {

DatasetPlan unusualPlan()
{
    DatasetPlan plan;
    plan.neuron = test::treeWithTable();
    plan.recipe.excMagnitude = {{0.1, 0.2}, {0.30000000000000004, 1.0 / 3.0}};
    plan.recipe.inhSparsity = {{0.0, 0.5}, {0.5, 1.0}};
    plan.recipe.modulationProbability = 0.123456789012345;
    plan.recipe.minIntervals = 0;
    plan.recipe.maxIntervals = 7;
    plan.recipe.minIntervalMs = 1;
    plan.recipe.maxIntervalMs = 2000;
    plan.recipe.factors = {{0.7, 0.25}, {1.0, 0.75}};
    plan.filter = {{Statistic::InhSd, 0.1, 5.0}, {Statistic::FiringRateHz, -1.0, 1e300}};
    plan.wanted = {0, 17, 1000000};
    plan.durationMs = 12345;
    plan.seed = 18446744073709551615ULL;
    plan.engine = "another";
    return plan;
}

} // namespace

class tst_DatasetJson : public QObject
{
    Q_OBJECT

    using Change = std::function<void(Json &)>;

private Q_SLOTS:
    void roundTrip();
    void parts();
    void damaged_data();
    void damaged();
    void acceptances();
    void damagedAcceptance_data();
    void damagedAcceptance();
    void buildPlans();
};

void tst_DatasetJson::roundTrip()
{
    DatasetPlan published;
    published.neuron = presetNeuron("ampa-point").value();
    DatasetPlan unfiltered = published;
    unfiltered.filter.clear();
    for (const DatasetPlan &plan : {published, unfiltered, unusualPlan()}) {
        const std::string text = toJson(plan).dump();
        const Result<Json> json = parseJson(text, "file");
        VERIFY_OK(json);
        const Result<DatasetPlan> again = planFromJson(*json, "file");
        VERIFY_OK(again);
        QVERIFY(*again == plan);
        QCOMPARE(toJson(*again).dump(), text);
    }
}

void tst_DatasetJson::parts()
{
    const DatasetPlan plan = unusualPlan();
    const Result<InputRecipe> recipe = recipeFromJson(toJson(plan.recipe), "file");
    VERIFY_OK(recipe);
    QVERIFY(*recipe == plan.recipe);
    const auto filter = filterFromJson(toJson(plan.filter), "file");
    VERIFY_OK(filter);
    QCOMPARE(*filter, plan.filter); // in order: the first violated range is the one that is told
}

void tst_DatasetJson::damaged_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const Change &change) {
        QTest::newRow(name) << QByteArray(words) << change;
    };
    row("not an object", "is not an object", [](Json &j) { j = Json::array({1, 2}); });
    row("null", "is not an object", [](Json &j) { j = nullptr; });
    for (const char *key :
         {"neuron", "inputs", "filter", "wanted", "duration_ms", "seed", "engine"}) {
        row((std::string("no ") + key).c_str(), key, [key](Json &j) { j.erase(key); });
        row((std::string(key) + " is an array").c_str(), "",
            [key](Json &j) { j[key] = Json::array({1}); });
        row((std::string(key) + " is null").c_str(), "", [key](Json &j) { j[key] = nullptr; });
    }
    row("no train", "train", [](Json &j) { j["wanted"].erase("train"); });
    row("half a simulation", "train", [](Json &j) { j["wanted"]["train"] = 1.5; });
    row("negative", "-3 simulations", [](Json &j) { j["wanted"]["test"] = -3; });
    row("negative seed", "seed", [](Json &j) { j["seed"] = -1; });
    row("seed in words", "seed", [](Json &j) { j["seed"] = "one"; });
    row("too long", "ms", [](Json &j) { j["duration_ms"] = 2000000; });
    row("engine is a number", "engine", [](Json &j) { j["engine"] = 4; });
    row("another statistic", "spikes", [](Json &j) { j["filter"]["spikes"] = {1, 2}; });
    row("one number", "soma_v_sd", [](Json &j) { j["filter"]["soma_v_sd"] = {1}; });
    row("three numbers", "soma_v_sd", [](Json &j) { j["filter"]["soma_v_sd"] = {1, 2, 3}; });
    row("words", "soma_v_sd", [](Json &j) { j["filter"]["soma_v_sd"] = {"1", "2"}; });
    row("endless", "soma_v_sd", [](Json &j) { j["filter"]["soma_v_sd"] = {1, nullptr}; });
    row("range falls", "soma_v_sd", [](Json &j) { j["filter"]["soma_v_sd"] = {2, 1}; });
    row("recipe is not valid", "interval length",
        [](Json &j) { j["inputs"]["min_interval_ms"] = 0; });
    row("magnitude is a number", "exc_magnitude",
        [](Json &j) { j["inputs"]["exc_magnitude"] = 1; });
    row("magnitude has one end", "exc_magnitude",
        [](Json &j) { j["inputs"]["exc_magnitude"].erase("to"); });
    row("magnitude of three", "exc_magnitude", [](Json &j) {
        j["inputs"]["exc_magnitude"]["to"] = {1, 2, 3};
    });
    row("no magnitude", "inh_magnitude", [](Json &j) { j["inputs"].erase("inh_magnitude"); });
    row("no probability", "modulation_probability",
        [](Json &j) { j["inputs"].erase("modulation_probability"); });
    row("factors are a number", "factors", [](Json &j) { j["inputs"]["factors"] = 1; });
    row("factors are null", "factor", [](Json &j) { j["inputs"]["factors"] = nullptr; });
    row("factor without probability", "factors",
        [](Json &j) { j["inputs"]["factors"][0] = {0.4}; });
    row("factors do not add up", "add up", [](Json &j) { j["inputs"]["factors"].erase(0); });
    row("a neuron that cannot be", "", [](Json &j) { j["neuron"]["soma"]["length_um"] = -1; });
}

void tst_DatasetJson::damaged()
{
    QFETCH(QByteArray, words);
    QFETCH(Change, change);
    DatasetPlan plan;
    plan.neuron = presetNeuron("nmda-cable").value();
    Json json = toJson(plan);
    change(json);
    const Result<DatasetPlan> read = planFromJson(json, "ds.h5");
    QVERIFY2(!read.ok(), "an error was expected");
    const std::string &message = read.error().message;
    QVERIFY2(test::isSentence(message), message.c_str());
    QVERIFY2(test::contains(message, "ds.h5"), message.c_str());
    QVERIFY2(test::contains(message, words.toStdString()), message.c_str());
}

void tst_DatasetJson::acceptances()
{
    Acceptances acceptance{};
    acceptance[0].tried = 48;
    acceptance[0].accepted = 30;
    acceptance[0].rejectedBy[static_cast<std::size_t>(Statistic::InhSd)] = 18;
    acceptance[2].tried = 18446744073709551615ULL;
    const std::string text = acceptanceText(acceptance);
    const Result<Acceptances> back = acceptanceFromText(text, "here");
    VERIFY_OK(back);
    QVERIFY(*back == acceptance);
    const Json json = Json::parse(text);
    QVERIFY(json["train"]["rejected_by"] == (Json{{"inh_sd", 18}})); // zeros are left out
    QVERIFY(json["valid"]["rejected_by"] == Json::object());
    QVERIFY(json == toJson(acceptance));
    QVERIFY(acceptanceFromText("{}", "here").value() == Acceptances{});
}

void tst_DatasetJson::damagedAcceptance_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no JSON") << QByteArray("{");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("a split is a number") << QByteArray("{\"train\": 4}");
    QTest::newRow("negative") << QByteArray("{\"train\": {\"tried\": -1}}");
    QTest::newRow("text") << QByteArray("{\"test\": {\"accepted\": \"3\"}}");
    QTest::newRow("rejected is a list") << QByteArray("{\"test\": {\"rejected_by\": []}}");
    QTest::newRow("rejected is half")
        << QByteArray("{\"test\": {\"rejected_by\": {\"exc_sd\": 0.5}}}");
}

void tst_DatasetJson::damagedAcceptance()
{
    QFETCH(QByteArray, text);
    VERIFY_ERROR(acceptanceFromText(text.toStdString(), "x.h5"), ErrorCode::Format, "x.h5");
}

void tst_DatasetJson::buildPlans()
{
    for (const bool replace : {false, true}) {
        const BuildPlan build{unusualPlan(), replace};
        const std::string text = buildPlanText(build);
        const Result<BuildPlan> back = buildPlanFromText(text, "plan.json");
        VERIFY_OK(back);
        QVERIFY(back->plan == build.plan);
        QCOMPARE(back->replace, replace);
        Json newer = Json::parse(text);
        newer["format_version"] = 2;
        VERIFY_ERROR(buildPlanFromText(newer.dump(), "plan.json"), ErrorCode::Version, "newer");
    }
    VERIFY_ERROR(buildPlanFromText("[]", "plan.json"), ErrorCode::Format, "not the plan");
}

DT_TEST(tst_DatasetJson, QCoreApplication)
#include "tst_DatasetJson.moc"
