// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/StoredTwin.h"
#include "engine/json/NeuronJson.h"
#include "engine/json/TwinJson.h"
#include "tests/app/cli/RunProgram.h"
#include "tests/support/Child.h"
#include "tests/support/Datasets.h"
#include "tests/support/H5File.h"
#include "tests/support/SmallTwins.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cmath>
#include <limits>
#include <set>

using namespace dt;
using test::CliOutcome;
using test::runCli;

namespace {

constexpr int DurationMs = 400;

} // namespace

/// `twin`, `evaluate` and `predict` on twins trained for a moment: what they print, write and
/// refuse. Numbers are compared with another implementation by tst_TwinTorch.
class tst_TwinCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void helps();
    void usageMistakes_data();
    void usageMistakes();
    void presets();
    void info();
    void evaluates();
    void splits_data();
    void splits();
    void ignoresStart();
    void undefinedFigures();
    void evaluateRefuses_data();
    void evaluateRefuses();
    void predicts();
    void predictsLongInputs_data();
    void predictsLongInputs();
    void predictRefuses_data();
    void predictRefuses();
    void diskFull_data();
    void diskFull();
    void damaged_data();
    void damaged();
    void newerVersion();
    void kernelsByName();

private:
    [[nodiscard]] QString at(const char *name) const
    {
        return m_folder->at(QString::fromUtf8(name));
    }
    [[nodiscard]] QString twin(const QString &name = "TCN") const
    {
        return m_data.at(name + ".twin");
    }
    [[nodiscard]] CliOutcome evaluate(const QStringList &more = {}) const
    {
        return runCli(QStringList{"evaluate", "--twin", twin(), "--dataset", m_data.at("ds.h5"),
                                  "--threads", "1"}
                      + more);
    }
    [[nodiscard]] CliOutcome predict(const QStringList &more = {}) const
    {
        return runCli(
            QStringList{"predict", "--twin", twin(), "--input", at("in.h5"), "--out", at("pred.h5")}
            + more);
    }
    /// Weights on the first segment every 50 ms, from `shiftMs` on.
    void writeInput(const char *name, int segments, int durationMs, int shiftMs = 0,
                    double weight = 2.0) const
    {
        test::H5File file(m_folder->file(name));
        for (const char *matrix : {"input_exc", "input_inh"}) {
            std::vector<double> cells(static_cast<std::size_t>(segments * durationMs));
            for (int t = shiftMs; t < durationMs; t += 50)
                cells[static_cast<std::size_t>(t)] = weight;
            file.set(matrix, H5T_IEEE_F32LE,
                     {static_cast<hsize_t>(segments), static_cast<hsize_t>(durationMs)}, cells);
        }
    }

    test::TestFolder m_data;
    std::unique_ptr<test::TestFolder> m_folder;
};

void tst_TwinCommand::initTestCase()
{
    VERIFY_OK(test::makeDataset(m_data.file("ds.h5"), test::smallPlan({3, 2, 2}, DurationMs)));
    for (const QByteArray &bytes : test::architectures()) {
        const QString name = QString::fromUtf8(bytes);
        QVERIFY(m_data.write(name + ".json", test::smallSpec(bytes)));
        const CliOutcome outcome =
            runCli({"train", "--dataset", m_data.at("ds.h5"), "--twin", m_data.at(name + ".json"),
                    "--epochs", "6", "--batch", "2", "--window-ms", "100", "--threads", "1", "--lr",
                    "3e-3", "--out", twin(name)});
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
    }
}

void tst_TwinCommand::init()
{
    m_folder = std::make_unique<test::TestFolder>();
}

void tst_TwinCommand::helps()
{
    const CliOutcome all = runCli({"twin", "--help"});
    QCOMPARE(all.code, 0);
    QVERIFY2(all.out.starts_with("Usage: "), all.out.c_str());
    for (const char *command : {"presets", "info", "export-torch", "import-torch"}) {
        QVERIFY2(test::contains(all.out, "\n  " + std::string(command) + " "), command);
        const CliOutcome one = runCli({"twin", command, "--help"});
        QVERIFY2(one.code == 0 && one.out.starts_with("Usage: "), command);
    }
    for (const char *command : {"train", "evaluate", "predict"}) {
        const CliOutcome one = runCli({command, "--help"});
        QVERIFY2(one.code == 0 && one.out.starts_with("Usage: "), command);
    }
    QCOMPARE(runCli({"twin"}).code, int(cli::Usage));
}

void tst_TwinCommand::usageMistakes_data()
{
    QTest::addColumn<QString>("part");
    const auto row = [](const char *arguments, const char *part) {
        QTest::newRow(arguments) << QString::fromUtf8(part);
    };
    row("twin presents", "There is no 'twin presents'");
    row("twin info", "An argument is missing");
    row("twin info a.twin b.twin", "b.twin");
    row("twin presets tcn-a", "tcn-a");
    row("evaluate --dataset ds.h5", "--twin is missing");
    row("evaluate --twin x.twin", "--dataset is missing");
    row("evaluate --twin x.twin --dataset ds.h5 --split all", "train, valid or test");
    row("evaluate --twin x.twin --dataset ds.h5 --threads -1", "--threads");
    row("predict --input in.h5 --out pred.h5", "--twin is missing");
    row("predict --twin x.twin --out pred.h5", "--input is missing");
    row("predict --twin x.twin --input in.h5", "--out is missing");
}

void tst_TwinCommand::usageMistakes()
{
    QFETCH(QString, part);
    const CliOutcome outcome = runCli(QString::fromUtf8(QTest::currentDataTag()).split(' '));
    QCOMPARE(outcome.code, int(cli::Usage));
    QVERIFY2(test::contains(outcome.err, part.toStdString()), outcome.err.c_str());
    QVERIFY(outcome.out.empty());
}

void tst_TwinCommand::presets()
{
    const std::vector<std::pair<std::string, int>> expected{
        {"tcn-a", 17612},  {"tcn-b", 47148},       {"tcn-c", 189644},     {"tcn-d", 922380},
        {"tcn-e", 328460}, {"tcn", 189644},        {"tcn-large", 510252}, {"resnet-tcn", 667836},
        {"elm", 19580},    {"transformer", 151740}};
    const CliOutcome outcome = runCli({"twin", "presets", "--json"});
    QVERIFY2(outcome.code == 0 && outcome.err.empty(), outcome.err.c_str());
    const nlohmann::json list = test::jsonOf(outcome)["presets"];
    QCOMPARE(list.size(), expected.size());
    const CliOutcome text = runCli({"twin", "presets"});
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QVERIFY2(list[i]["name"] == expected[i].first, list[i].dump().c_str());
        QVERIFY2(list[i]["parameters"] == expected[i].second, list[i].dump().c_str());
        QVERIFY(list[i]["num_segments"] == 8);
        QVERIFY(list[i]["spec"].contains("arch") && list[i]["spec"].contains("config"));
        QVERIFY2(test::contains(text.out, "\n" + expected[i].first + " ")
                     || text.out.starts_with(expected[i].first + " "),
                 text.out.c_str());
        QVERIFY(test::contains(text.out, std::to_string(expected[i].second)));
        // What is listed is a spec file of the same twin.
        const Result<TwinSpec> spec = twinFromText(list[i]["spec"].dump(), "spec.json");
        VERIFY_OK(spec);
        QVERIFY(*spec == presetTwin(expected[i].first).value());
    }
    QVERIFY(list[8]["receptive_field_ms"].is_null()); // the ELM's memory has no end
    QVERIFY(list[2]["receptive_field_ms"] == 201);
}

void tst_TwinCommand::info()
{
    for (const QByteArray &bytes : test::architectures()) {
        const QString name = QString::fromUtf8(bytes);
        const CliOutcome outcome = runCli({"twin", "info", twin(name), "--json"});
        QVERIFY2(outcome.code == 0 && outcome.err.empty(), outcome.err.c_str());
        const nlohmann::json found = test::jsonOf(outcome);
        const Result<StoredTwin> stored = loadTwin(twin(name).toStdString());
        VERIFY_OK(stored);
        QVERIFY(found["complete"] == true);
        QVERIFY(found["short_name"] == shortName(stored->spec));
        QVERIFY(found["parameters"] == parameterCount(stored->spec).total);
        QVERIFY(found["num_segments"] == 2);
        QVERIFY(found["spec"]["arch"] == bytes.toStdString());
        QVERIFY(found["training"]["epochs"] == 6);
        QVERIFY(found["iterations"] == 12);
        QVERIFY(found["epochs_finished"] == 6);
        QVERIFY(found["best_iteration"] == stored->contents.history.best->iteration);
        QVERIFY(found["dataset"]["path"] == m_data.file("ds.h5"));
        QVERIFY(found["dataset"]["simulations"] == (nlohmann::json{3, 2, 2}));
        QVERIFY(found["evaluation"]["parameters"] == found["parameters"]);
        QVERIFY(found["neuron"] == nlohmann::json(toJson(test::smallPlan().neuron)));
        const CliOutcome text = runCli({"twin", "info", twin(name)});
        for (const char *part : {"neuron: ", "data set: ", "trained: 12 iterations, 6 of 6 epochs",
                                 "best model: iteration", "explained variance"})
            QVERIFY2(test::contains(text.out, part), text.out.c_str());
    }
}

void tst_TwinCommand::evaluates()
{
    const CliOutcome outcome = evaluate({"--json"});
    QVERIFY2(outcome.code == 0 && outcome.err.empty(), outcome.err.c_str());
    const nlohmann::json found = test::jsonOf(outcome);
    const std::set<std::string> expected{"spikes_auc",
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
    std::set<std::string> keys;
    for (const auto &[key, value] : found.items()) {
        keys.insert(key);
        QVERIFY2(value.is_number(), key.c_str());
    }
    QVERIFY(keys == expected);
    QVERIFY(found["milliseconds_per_simulation"].get<double>() > 0.0);
    // The same as at the end of training, but for the time it took.
    nlohmann::json stored = test::jsonOf(runCli({"twin", "info", twin(), "--json"}))["evaluation"];
    nlohmann::json again = found;
    for (nlohmann::json *one : {&stored, &again})
        one->erase("milliseconds_per_simulation");
    QVERIFY2(stored == again, (stored.dump() + "\n" + again.dump()).c_str());
    const CliOutcome text = evaluate();
    QVERIFY2(text.out.starts_with("On 2 simulations of the split test, 367 ms each:\n"),
             text.out.c_str());
}

void tst_TwinCommand::splits_data()
{
    QTest::addColumn<QString>("split");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("train") << "train" << QByteArray("On 3 simulations of the split train, 367 ms");
    QTest::newRow("valid") << "valid" << QByteArray("On 2 simulations of the split valid, 367 ms");
}

void tst_TwinCommand::splits()
{
    QFETCH(QString, split);
    QFETCH(QByteArray, words);
    const CliOutcome outcome = evaluate({"--split", split});
    QCOMPARE(outcome.code, 0);
    QVERIFY2(test::contains(outcome.out, words.toStdString()), outcome.out.c_str());
    const double here =
        test::jsonOf(evaluate({"--split", split, "--json"}))["dend_rmse_mV"].get<double>();
    QVERIFY(here != test::jsonOf(evaluate({"--json"}))["dend_rmse_mV"].get<double>());
}

void tst_TwinCommand::ignoresStart()
{
    // Receptive field: 7 + 2 * 4 + 1 * 2 * 3 = 21 ms.
    CliOutcome outcome = evaluate({"--ignore-start"});
    QVERIFY2(test::contains(outcome.out, "367 ms each without the first 20 ms:"),
             outcome.out.c_str());
    QVERIFY2(test::contains(outcome.out, "367 ms each:"), outcome.out.c_str()); // both
    nlohmann::json with = test::jsonOf(evaluate({"--ignore-start", "--json"}));
    const nlohmann::json plain = test::jsonOf(evaluate({"--json"}));
    QVERIFY(with["without_start"]["soma_mae_mV"].is_number());
    QVERIFY(with["without_start"]["soma_mae_mV"] != plain["soma_mae_mV"]);
    QVERIFY(with["soma_mae_mV"] == plain["soma_mae_mV"]);
    // An ELM looks at all of the past.
    with = test::jsonOf(evaluate({"--ignore-start", "--json", "--twin", twin("ELM")}));
    QVERIFY(with["without_start"].is_null());
    outcome = evaluate({"--ignore-start", "--twin", twin("ELM")});
    QVERIFY2(test::contains(outcome.err, "no start to leave out"), outcome.err.c_str());
    QVERIFY2(outcome.out.starts_with("On 2 simulations of the split test, 367 ms each:\n"),
             outcome.out.c_str());
}

void tst_TwinCommand::undefinedFigures()
{
    DatasetPlan plan = test::smallPlan({1, 1, 1}, 200);
    VERIFY_OK(
        test::makeDataset(m_folder->file("quiet.h5"), plan, {}, [](Split, StoredSimulation &s) {
            s.spikes.assign(s.spikes.size(), 0);
            s.nearSpikes.assign(s.nearSpikes.size(), 0);
        }));
    const CliOutcome outcome = evaluate({"--dataset", at("quiet.h5"), "--json"});
    QCOMPARE(outcome.code, 0);
    QVERIFY2(test::contains(outcome.err, "so spikes have no AUC."), outcome.err.c_str());
    const nlohmann::json found = test::jsonOf(outcome);
    QCOMPARE(found.size(), std::size_t(20));
    for (const char *key : {"spikes_auc", "spikes_tpr_at_fpr_0_002", "near_spike_auc",
                            "near_spike_tpr_at_fpr_0_002", "calibration_correlation"})
        QVERIFY2(found[key].is_null(), (key + found[key].dump()).c_str());
    QVERIFY(found["soma_rmse_mV"].is_number());
    const std::string words = evaluate({"--dataset", at("quiet.h5")}).out;
    QVERIFY2(test::contains(words, "no figures: there is no spike to find"), words.c_str());
    QVERIFY2(test::contains(words, "no figures: no time is near a spike"), words.c_str());
    QVERIFY2(!test::contains(words, "undefined"), words.c_str());
}

void tst_TwinCommand::evaluateRefuses_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("part");
    QTest::newRow("no such twin") << QStringList{"--twin", "/nowhere/x.twin"} << "/nowhere/x.twin";
    QTest::newRow("no such data") << QStringList{"--dataset", "/nowhere/ds.h5"} << "/nowhere/ds.h5";
    QTest::newRow("a twin as data") << QStringList{"--dataset", twin()} << "TCN.twin";
    QTest::newRow("data as a twin") << QStringList{"--twin", m_data.at("ds.h5")} << "ds.h5";
    QTest::newRow("empty split") << QStringList{"--dataset", "empty.h5"} << "'test'";
}

void tst_TwinCommand::evaluateRefuses()
{
    QFETCH(QStringList, more);
    QFETCH(QString, part);
    VERIFY_OK(test::makeDataset(m_folder->file("empty.h5"), test::smallPlan({1, 1, 0}, 200)));
    if (more[1] == "empty.h5")
        more[1] = at("empty.h5");
    VERIFY_REFUSED(evaluate(more), cli::Failed, part.toStdString());

    // Another geometry: first a remark that the neuron is another one.
    DatasetPlan plan = test::smallPlan({1, 1, 1}, 200);
    plan.neuron = presetNeuron("nmda-cable").value();
    VERIFY_OK(test::makeDataset(m_folder->file("eight.h5"), plan));
    const CliOutcome outcome = evaluate({"--dataset", at("eight.h5")});
    QCOMPARE(outcome.code, int(cli::Failed));
    QVERIFY2(test::contains(test::lastSentence(outcome), "2 segments, but the data set has 8"),
             outcome.err.c_str());
    QVERIFY(test::contains(outcome.err, "neuron is not the one"));
    QVERIFY(outcome.out.empty());
}

void tst_TwinCommand::predicts()
{
    writeInput("in.h5", 2, 300);
    CliOutcome outcome = predict({"--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QVERIFY(test::jsonOf(outcome)["duration_ms"] == 300);
    QCOMPARE(m_folder->names(), (QStringList{"in.h5", "pred.h5"}));
    for (const char *name : {"spike_probability", "near_spike_probability"}) {
        const std::vector<double> found = test::h5Values(m_folder->file("pred.h5"), name);
        QCOMPARE(found.size(), std::size_t(300));
        for (const double p : found)
            QVERIFY(p > 0.0 && p < 1.0);
    }
    for (const char *name : {"soma_v_mV", "inst_rate"})
        QCOMPARE(test::h5Values(m_folder->file("pred.h5"), name).size(), std::size_t(300));
    QCOMPARE(test::h5Values(m_folder->file("pred.h5"), "dend_v_mV").size(), std::size_t(600));

    const QByteArray before = m_folder->read("pred.h5");
    VERIFY_REFUSED(predict(), cli::Failed, "exists already");
    QVERIFY(m_folder->read("pred.h5") == before);
    outcome = predict({"--force"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QVERIFY2(test::contains(outcome.err, " of 300 ms, written to "), outcome.err.c_str());
    QVERIFY(m_folder->read("pred.h5") == before);
}

void tst_TwinCommand::predictsLongInputs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("fieldMs"); // how far back a convolution sees; 0: fades
    QTest::newRow("TCN") << "TCN" << 21;
    QTest::newRow("ResNetTCN") << "ResNetTCN" << 29;
    QTest::newRow("Transformer") << "Transformer" << 41;
    QTest::newRow("ELM") << "ELM" << 0;
}

/// The input has a period, so behind the start what is said has it, too, wherever the pieces end.
void tst_TwinCommand::predictsLongInputs()
{
    QFETCH(QString, name);
    QFETCH(int, fieldMs);
    const std::size_t settled = fieldMs > 0 ? static_cast<std::size_t>(fieldMs) : 1000;
    writeInput("in.h5", 2, 9000);
    CliOutcome outcome = predict({"--twin", twin(name)});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const std::vector<double> soma = test::h5Values(m_folder->file("pred.h5"), "soma_v_mV");
    const std::vector<double> dend = test::h5Values(m_folder->file("pred.h5"), "dend_v_mV");
    QCOMPARE(soma.size(), std::size_t(9000));
    QCOMPARE(dend.size(), std::size_t(18000));
    for (std::size_t t = settled + 50; t < 9000; ++t) {
        QVERIFY2(std::abs(soma[t] - soma[t - 50]) < 1e-3, std::to_string(t).c_str());
        for (const std::size_t line : {std::size_t(0), std::size_t(9000)})
            QVERIFY2(std::abs(dend[line + t] - dend[line + t - 50]) < 1e-3,
                     std::to_string(t).c_str());
    }
    // And a shorter one is its beginning.
    writeInput("in.h5", 2, 700);
    QCOMPARE(predict({"--twin", twin(name), "--force"}).code, 0);
    const std::vector<double> start = test::h5Values(m_folder->file("pred.h5"), "soma_v_mV");
    for (std::size_t t = 0; t < 700; ++t)
        QVERIFY2(std::abs(start[t] - soma[t]) < 1e-3, std::to_string(t).c_str());
}

void tst_TwinCommand::predictRefuses_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("part");
    QTest::newRow("no such twin") << QStringList{"--twin", "/nowhere/x.twin"} << "/nowhere/x.twin";
    QTest::newRow("no such input") << QStringList{"--input", "/nowhere/i.h5"} << "/nowhere/i.h5";
    QTest::newRow("other geometry")
        << QStringList{"--input", "eight.h5"} << "The input has 8 segment rows";
    QTest::newRow("negative") << QStringList{"--input", "negative.h5"} << "has the negative weight";
    QTest::newRow("no number") << QStringList{"--input", "nan.h5"} << "is not a number";
    QTest::newRow("no input") << QStringList{"--input", twin()} << "input_exc";
    QTest::newRow("no folder") << QStringList{"--out", "/nowhere/p.h5"} << "does not exist";
    QTest::newRow("onto the input")
        << QStringList{"--out", "in.h5", "--force"} << "is read by this command";
}

void tst_TwinCommand::predictRefuses()
{
    QFETCH(QStringList, more);
    QFETCH(QString, part);
    writeInput("in.h5", 2, 100);
    writeInput("eight.h5", 8, 100);
    writeInput("negative.h5", 2, 100, 3, -1.0);
    writeInput("nan.h5", 2, 100, 3, std::numeric_limits<double>::quiet_NaN());
    const QStringList names = m_folder->names();
    if (names.contains(more[1]))
        more[1] = m_folder->at(more[1]);
    VERIFY_REFUSED(predict(more), cli::Failed, part.toStdString());
    QCOMPARE(m_folder->names(), names);
}

void tst_TwinCommand::diskFull_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("predict") << QStringList{"predict", "--twin", twin(), "--input", "in.h5"};
    QTest::newRow("export") << QStringList{"twin", "export-torch", twin()};
    QTest::newRow("import") << QStringList{"twin", "import-torch", "TCN.pt", "--spec",
                                           m_data.at("TCN.json")};
}

void tst_TwinCommand::diskFull()
{
    QFETCH(QStringList, arguments);
    writeInput("in.h5", 2, 100);
    QVERIFY(m_folder->write("out", "older"));
    QCOMPARE(runCli({"twin", "export-torch", twin(), "--out", at("TCN.pt")}).code, 0);
    const QStringList names = m_folder->names();
    for (QString &argument : arguments) {
        if (names.contains(argument))
            argument = m_folder->at(argument);
    }
    const CliOutcome outcome = test::runProgram(
        arguments + QStringList{"--force", "--out", at("out")}, [] { test::limitFileSize(1000); });
    VERIFY_REFUSED(outcome, cli::Failed, "out");
    QCOMPARE(m_folder->names(), names);
    QCOMPARE(m_folder->read("out"), QByteArray("older"));
}

void tst_TwinCommand::damaged_data()
{
    QTest::addColumn<double>("place"); // of the flipped bit or the end, as a share
    QTest::addColumn<bool>("cut");
    for (const double place : {0.0, 0.1, 0.35, 0.5, 0.77, 0.999}) {
        QTest::addRow("cut at %g", place) << place << true;
        QTest::addRow("flipped at %g", place) << place << false;
    }
}

/// Every command that reads a twin says so in a sentence and leaves the file alone.
void tst_TwinCommand::damaged()
{
    QFETCH(double, place);
    QFETCH(bool, cut);
    QByteArray bytes = m_data.read("TCN.twin");
    const auto byte = static_cast<qsizetype>(place * static_cast<double>(bytes.size()));
    if (cut)
        bytes.truncate(byte);
    else
        bytes[byte] = static_cast<char>(bytes[byte] ^ 16);
    QVERIFY(m_folder->write("x.twin", bytes));
    writeInput("in.h5", 2, 100);
    VERIFY_REFUSED(runCli({"twin", "info", at("x.twin"), "--json"}), cli::Failed, "x.twin");
    VERIFY_REFUSED(evaluate({"--twin", at("x.twin")}), cli::Failed, "x.twin");
    VERIFY_REFUSED(predict({"--twin", at("x.twin")}), cli::Failed, "x.twin");
    VERIFY_REFUSED(runCli({"twin", "export-torch", at("x.twin"), "--out", at("x.pt")}), cli::Failed,
                   "x.twin");
    VERIFY_REFUSED(runCli({"train", "--resume", at("x.twin")}), cli::Failed, "x.twin");
    QVERIFY(m_folder->read("x.twin") == bytes);
    QCOMPARE(m_folder->names(), (QStringList{"in.h5", "x.twin"}));
}

void tst_TwinCommand::newerVersion()
{
    QVERIFY(QFile::copy(twin(), at("x.twin")));
    const hid_t file = H5Fopen(m_folder->file("x.twin").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    const hid_t attribute = H5Aopen(file, "format_version", H5P_DEFAULT);
    const std::int64_t version = 2;
    H5Awrite(attribute, H5T_NATIVE_INT64, &version);
    H5Aclose(attribute);
    H5Fclose(file);
    VERIFY_REFUSED(runCli({"twin", "info", at("x.twin")}), cli::Failed, "newer DendroTwin");
    VERIFY_REFUSED(evaluate({"--twin", at("x.twin")}), cli::Failed, "newer DendroTwin");
    VERIFY_REFUSED(runCli({"train", "--resume", at("x.twin")}), cli::Failed, "newer DendroTwin");
}

/// The form of our loops that is named is taken, as far as the processor has it.
void tst_TwinCommand::kernelsByName()
{
    const auto taken = [](const char *name) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("DENDROTWIN_KERNELS", name);
        process.setProcessEnvironment(environment);
        test::startProgram(process, {"about", "--json"});
        const nlohmann::json about = test::jsonOf(test::endOf(process));
        return about.is_object() ? about.value("kernels", "nothing") : std::string("no JSON");
    };
    QCOMPARE(taken("plain"), std::string("plain"));
    const std::string newest = taken("avx512");
    QVERIFY2(newest == "plain" || newest == "avx2" || newest == "avx512", newest.c_str());
    QCOMPARE(taken("avx2"), newest == "plain" ? newest : std::string("avx2"));
    QCOMPARE(taken("abacus"), newest);
}

DT_TEST(tst_TwinCommand, QCoreApplication)
#include "tst_TwinCommand.moc"
