// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/MlLoader.h"
#include "engine/jobs/StoredTwin.h"
#include "engine/json/EvaluationJson.h"
#include "tests/app/cli/RunProgram.h"
#include "tests/app/cli/TrainingLogs.h"
#include "tests/support/Child.h"
#include "tests/support/Datasets.h"
#include "tests/support/SmallTwins.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTest>

#include <cmath>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

using namespace dt;
using test::CliOutcome;
using test::keysOf;
using test::linesOf;
using test::runCli;
using test::withoutSeconds;

namespace {

constexpr int Epochs = 6;
constexpr int PerEpoch = 3; // seven simulations in batches of three
constexpr int Interval = 2; // of validations

} // namespace

/// `train` on small made-up data: what it writes, prints and refuses.
class tst_TrainCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void log();
    void sameSeedSameLosses();
    void architectures_data();
    void architectures();
    void preset();
    void keepsTheAuthor();
    void printsJson();
    void withoutTestSplit();
    void recipes();
    void tooShort();
    void shortensWindows();
    void usageMistakes_data();
    void usageMistakes();
    void refuses_data();
    void refuses();
    void unusableData_data();
    void unusableData();
    void noCuda();
    void explodes();
    void existingTarget();
    void readOnlyFolder();
    void resumeRefuses();
    void resumeTakesNoOptions_data();
    void resumeTakesNoOptions();
    void keepsItsInputs();

private:
    [[nodiscard]] QString at(const char *name) const
    {
        return m_folder->at(QString::fromUtf8(name));
    }
    /// Later options win.
    [[nodiscard]] QStringList arguments(const QStringList &more = {}) const
    {
        QStringList list{"train", "--threads", "1"};
        list << "--dataset" << m_data.at("ds.h5") << "--twin" << m_data.at("TCN.json");
        list << "--epochs" << QString::number(Epochs) << "--batch"
             << "3";
        list << "--window-ms"
             << "100"
             << "--log" << at("log.jsonl") << "--out" << at("x.twin");
        return list + more;
    }
    [[nodiscard]] CliOutcome train(const QStringList &more = {}) const
    {
        return runCli(arguments(more));
    }

    test::TestFolder m_data;
    std::unique_ptr<test::TestFolder> m_folder;
};

void tst_TrainCommand::initTestCase()
{
    VERIFY_OK(test::makeDataset(m_data.file("ds.h5"), test::smallPlan({7, 3, 2}, 300)));
    for (const QByteArray &name : test::architectures())
        QVERIFY(m_data.write(name + ".json", test::smallSpec(name)));
}

void tst_TrainCommand::init()
{
    m_folder = std::make_unique<test::TestFolder>();
}

void tst_TrainCommand::log()
{
    const CliOutcome outcome = test::runProgram(arguments()); // the real program, once
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QCOMPARE(m_folder->names(), (QStringList{"log.jsonl", "x.twin"}));
    const std::vector<nlohmann::json> lines = linesOf(m_folder->read("log.jsonl"));
    const std::set<std::string> losses{"spikes",    "soma",   "near_spike",
                                       "inst_rate", "dend_v", "total"};
    std::set<std::string> place{"kind", "iteration", "epoch", "seconds"};
    std::set<std::string> step = place;
    step.insert(losses.begin(), losses.end());
    const std::set<std::string> validation = step;
    step.insert({"lr", "grad_norm"});
    std::set<std::string> epoch = place;
    epoch.insert("lr");
    std::vector<std::string> kinds;
    std::vector<std::string> expected;
    double seconds = 0.0;
    for (const nlohmann::json &line : lines) {
        QVERIFY2(line.is_object(), line.dump().c_str());
        const std::string kind = line.value("kind", "");
        kinds.push_back(kind + std::to_string(line["iteration"].get<int>()));
        QCOMPARE(line["epoch"].get<int>(), line["iteration"].get<int>() / PerEpoch);
        if (kind != "end")
            QVERIFY(keysOf(line) == (kind == "step" ? step : kind == "epoch" ? epoch : validation));
        QVERIFY(line["seconds"].get<double>() >= seconds);
        seconds = line["seconds"].get<double>();
    }
    for (int i = 0; i < Epochs * PerEpoch; ++i) {
        expected.push_back("step" + std::to_string(i));
        if ((i + 1) % Interval == 0)
            expected.push_back("validation" + std::to_string(i));
        if ((i + 1) % PerEpoch == 0)
            expected.push_back("epoch" + std::to_string(i));
    }
    expected.push_back("end" + std::to_string(Epochs * PerEpoch - 1));
    QCOMPARE(kinds, expected);
    // The weighted sum, with the weights of the first epoch; and its learning rate.
    const nlohmann::json &first = lines[0];
    const double total = 2.0 * first["spikes"].get<double>() + 0.7 * first["soma"].get<double>()
        + 1.8 * first["near_spike"].get<double>() + 3.0 * first["inst_rate"].get<double>()
        + 6.0 * first["dend_v"].get<double>();
    QVERIFY(std::abs(first["total"].get<double>() - total) < 1e-5 * total);
    QVERIFY(std::abs(first["lr"].get<double>() - 3e-7) < 1e-12);

    // The twin's history is the same.
    const Result<StoredTwin> twin = loadTwin(m_folder->file("x.twin"));
    VERIFY_OK(twin);
    const TrainingHistory &h = twin->contents.history;
    QCOMPARE(h.iterations(), std::size_t(Epochs * PerEpoch));
    QCOMPARE(h.validations(), std::size_t(Epochs * PerEpoch / Interval));
    QCOMPARE(h.training.heads[0][0], first["spikes"].get<double>());
    QCOMPARE(h.gradNorm[0], first["grad_norm"].get<double>());
}

void tst_TrainCommand::sameSeedSameLosses()
{
    const auto losses = [this](const QStringList &more) -> std::vector<nlohmann::json> {
        const CliOutcome outcome = train(QStringList{"--force"} + more);
        return outcome.code == 0 ? withoutSeconds(linesOf(m_folder->read("log.jsonl")))
                                 : std::vector<nlohmann::json>();
    };
    for (const char *threads : {"1", "2"}) {
        const std::vector<nlohmann::json> once = losses({"--threads", threads});
        QVERIFY(!once.empty());
        QVERIFY(losses({"--threads", threads}) == once);
        const std::vector<nlohmann::json> other = losses({"--threads", threads, "--seed", "2"});
        QCOMPARE(other.size(), once.size());
        QVERIFY(other[0]["total"] != once[0]["total"]);
    }
    // Another process is no other run.
    const std::vector<nlohmann::json> here = losses({"--twin", m_data.at("ELM.json")});
    const CliOutcome outcome =
        test::runProgram(arguments({"--force", "--twin", m_data.at("ELM.json")}));
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QVERIFY(withoutSeconds(linesOf(m_folder->read("log.jsonl"))) == here);
}

void tst_TrainCommand::architectures_data()
{
    QTest::addColumn<QString>("name");
    for (const QByteArray &name : test::architectures())
        QTest::newRow(name) << QString::fromUtf8(name);
}

void tst_TrainCommand::architectures()
{
    QFETCH(QString, name);
    const CliOutcome outcome =
        train({"--twin", m_data.at(name + ".json"), "--lr", "5e-3", "--epochs", "8"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QCOMPARE(test::lastSentence(outcome),
             "Trained twin written to " + m_folder->file("x.twin") + ".");
    const Result<StoredTwin> twin = loadTwin(m_folder->file("x.twin"));
    VERIFY_OK(twin);
    QVERIFY(twin->contents.complete);
    QVERIFY(!twin->contents.resume);
    QVERIFY(twin->evaluation.has_value());
    QCOMPARE(twin->evaluation->plan.simulations, std::size_t(2));
    QCOMPARE(twin->evaluation->plan.windowMs, 300 - 33);
    QVERIFY(twin->settings.has_value());
    QCOMPARE(twin->settings->threads, 1);
    QCOMPARE(twin->settings->learningRate, 5e-3);
    QCOMPARE(twin->settings->trainWindowMs, 100);
    QVERIFY(twin->contents.neuron == test::smallPlan().neuron);
    QVERIFY(twin->contents.dataset.has_value());
    QCOMPARE(twin->contents.dataset->path, m_data.file("ds.h5"));
    // Something is learnt even here: the mean of the voltages.
    const TrainingHistory &h = twin->contents.history;
    QVERIFY(h.validation.heads[headIndex(Head::DendV)].back()
            < h.validation.heads[headIndex(Head::DendV)].front());
    QVERIFY(h.best.has_value());
}

void tst_TrainCommand::preset()
{
    VERIFY_OK(test::makeDataset(m_folder->file("eight.h5"), [] {
        DatasetPlan plan = test::smallPlan({2, 1, 1}, 200);
        plan.neuron = presetNeuron("nmda-cable").value();
        return plan;
    }()));
    const CliOutcome outcome = train({"--dataset", at("eight.h5"), "--twin", "tcn-a"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const Result<StoredTwin> twin = loadTwin(m_folder->file("x.twin"));
    VERIFY_OK(twin);
    QCOMPARE(parameterCount(twin->spec).total, std::int64_t(17612));
    QCOMPARE(twin->evaluation->parameters, std::int64_t(17612));
    // Presets take the geometry of the data.
    const CliOutcome two = train({"--twin", "tcn-a", "--force"});
    QVERIFY2(two.code == 0, two.err.c_str());
    QCOMPARE(loadTwin(m_folder->file("x.twin"))->spec.segments, 2);
}

void tst_TrainCommand::keepsTheAuthor()
{
    QCOMPARE(train({"--author", "  Anna   Müller "}).code, 0);
    const CliOutcome info = runCli({"twin", "info", at("x.twin"), "--json"});
    QCOMPARE(nlohmann::json::parse(info.out)["author"].get<std::string>(),
             std::string("Anna Müller"));
    QVERIFY(runCli({"twin", "info", at("x.twin")}).out.find("trained by: Anna Müller")
            != std::string::npos);
    QCOMPARE(train({"--force"}).code, 0);
    QVERIFY(nlohmann::json::parse(runCli({"twin", "info", at("x.twin"), "--json"}).out)["author"]
                .is_null());
}

void tst_TrainCommand::printsJson()
{
    const CliOutcome outcome = train({"--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const nlohmann::json result = test::jsonOf(outcome);
    QVERIFY2(result.is_object(), outcome.out.c_str());
    QVERIFY(result["out"] == m_folder->file("x.twin"));
    QVERIFY(result["complete"] == true);
    QVERIFY(result["iterations"] == Epochs * PerEpoch);
    const Result<StoredTwin> twin = loadTwin(m_folder->file("x.twin"));
    VERIFY_OK(twin);
    QVERIFY(result["best_iteration"] == twin->contents.history.best->iteration);
    QVERIFY(result["evaluation"] == nlohmann::json(evaluationSummary(*twin->evaluation)));
}

void tst_TrainCommand::withoutTestSplit()
{
    VERIFY_OK(test::makeDataset(m_folder->file("ds.h5"), test::smallPlan({2, 1, 0}, 300)));
    const CliOutcome outcome = train({"--dataset", at("ds.h5"), "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QVERIFY2(test::contains(outcome.err, "no test simulations, so the twin is not evaluated.\n"),
             outcome.err.c_str());
    QVERIFY(test::jsonOf(outcome)["evaluation"].is_null());
    QVERIFY(loadTwin(m_folder->file("x.twin"))->contents.complete);
}

void tst_TrainCommand::recipes()
{
    // Without one: as published, where nothing else is said.
    const QStringList bare{
        "train",      "--dataset", m_data.at("ds.h5"), "--twin", m_data.at("TCN.json"),
        "--threads",  "1",         "--epochs",         "6",      "--out",
        at("x.twin"), "--force"};
    QByteArray shown;
    for (const char *recipe : {"", "published", "2min", "15min"}) {
        const CliOutcome outcome = runCli(*recipe ? bare + QStringList{"--recipe", recipe} : bare);
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
        const TrainingSettings s = loadTwin(m_folder->file("x.twin"))->settings.value();
        const bool classroom = QByteArray(recipe).contains("min");
        QCOMPARE(s.epochs, 6);
        QCOMPARE(s.trainBatch, classroom ? 8 : 16);
        QCOMPARE(s.learningRate, classroom ? 2.0e-3 : 3.0e-4);
        QCOMPARE(s.seed, std::uint64_t{1});
        QCOMPARE(s.threads, 1);
        QCOMPARE(test::contains(outcome.err, "Recipe " + std::string(recipe) + ": "), classroom);
    }
    // What is said beside it goes first.
    const CliOutcome own = runCli(
        bare
        + QStringList{"--recipe", "2min", "--batch", "3", "--lr", "1e-3", "--window-ms", "50",
                      "--lr-per-step", "--random-validation-windows", "--best-rule", "kept"});
    QVERIFY2(own.code == 0, own.err.c_str());
    const TrainingSettings s = loadTwin(m_folder->file("x.twin"))->settings.value();
    QCOMPARE(s.trainBatch, 3);
    QCOMPARE(s.learningRate, 1.0e-3);
    QCOMPARE(s.trainWindowMs, 50);
    QVERIFY(s.ratePerStep && s.randomValidationWindows);
    QCOMPARE(s.bestRule, BestRule::Kept);
}

// What would be called finished and has learned nothing is warned of, and told.
void tst_TrainCommand::tooShort()
{
    const CliOutcome outcome = train({"--lr", "1e-6", "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QVERIFY2(test::contains(outcome.err, "This training is too short to learn anything: "),
             outcome.err.c_str());
    const nlohmann::json result = test::jsonOf(outcome);
    const double auc = result["evaluation"]["spikes_auc"].get<double>();
    QVERIFY(result["learned"] == (auc >= 0.6));
    QCOMPARE(test::contains(outcome.err, "This twin has not learned: "), auc < 0.6);
}

void tst_TrainCommand::shortensWindows()
{
    const CliOutcome outcome = train({"--window-ms", "2000"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const Result<StoredTwin> twin = loadTwin(m_folder->file("x.twin"));
    VERIFY_OK(twin);
    QCOMPARE(twin->settings->trainWindowMs, 267);
    QCOMPARE(twin->settings->validWindowMs, 267);
    int said = 0;
    for (const QByteArray &line : QByteArray::fromStdString(outcome.err).split('\n')) {
        if (line.contains("shortened to 267 ms")) {
            QVERIFY2(test::isSentence(line.toStdString()), line);
            ++said;
        }
    }
    QCOMPARE(said, 2);
    QVERIFY2(test::contains(outcome.err, "2000") && test::contains(outcome.err, "4096"),
             outcome.err.c_str());
}

void tst_TrainCommand::usageMistakes_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *more, const char *part) {
        QTest::newRow(more) << QString::fromUtf8(more).split(' ') << QString::fromUtf8(part);
    };
    row("--epochs 5", "--epochs");
    row("--epochs many", "--epochs");
    row("--batch 0", "--batch");
    row("--window-ms 0", "--window-ms");
    row("--lr 0", "--lr");
    row("--recipe quick", "--recipe is published, 2min or 15min, not 'quick'");
    row("--lr -1e-3", "--lr");
    row("--lr nan", "--lr");
    row("--lr 1e3", "--lr takes a number from 1e-06 to 10, not '1e3'");
    row("--lr 1,000", "--lr = '1,000' may mean 1000 or 1.000");
    row("--best-rule newest", "--best-rule is halfway, lowest or kept, not 'newest'");
    row("--seed -1", "--seed");
    row("--threads 0", "--threads");
    row("--threads 1025", "--threads");
    row("--device tpu", "--device is cpu or cuda");
    row("--frobnicate", "frobnicate");
    row("more", "more");
    QTest::newRow("no data set") << QStringList{"--dataset", ""} << "--dataset is missing";
    QTest::newRow("no twin") << QStringList{"--twin", ""} << "--twin is missing";
    QTest::newRow("no target") << QStringList{"--out", ""} << "--out is missing";
}

void tst_TrainCommand::usageMistakes()
{
    QFETCH(QStringList, more);
    QFETCH(QString, part);
    const CliOutcome outcome = train(more);
    QCOMPARE(outcome.code, int(cli::Usage));
    QVERIFY2(test::contains(outcome.err, part.toStdString()), outcome.err.c_str());
    QVERIFY(outcome.out.empty());
    QVERIFY(m_folder->names().isEmpty());
}

void tst_TrainCommand::refuses_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("spec"); // of spec.json
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const QStringList &more, const char *part) {
        QTest::newRow(name) << more << QByteArray() << QString::fromUtf8(part);
    };
    row("no such data set", {"--dataset", "/nowhere/ds.h5"}, "/nowhere/ds.h5");
    row("no such twin", {"--twin", "tcn-z"}, "tcn-z");
    row("no such spec", {"--twin", "/nowhere/spec.json"}, "There is no file /nowhere/spec.json");
    row("spec is a folder", {"--twin", "/"}, "/");
    row("no such folder", {"--out", "/nowhere/x.twin"}, "/nowhere/x.twin");
    row("log in no folder", {"--log", "/nowhere/log.jsonl"}, "/nowhere/log.jsonl");
    row("log is a folder", {"--log", "/"}, "is a folder");
    row("data set is a twin's name", {"--dataset", "/proc/self/cmdline"}, "/proc/self/cmdline");
    const auto spec = [](const char *name, const QByteArray &text, const char *part) {
        QTest::newRow(name) << QStringList{"--twin", "spec.json"} << text
                            << QString::fromUtf8(part);
    };
    const auto with = [](const char *from, const char *to) {
        return test::smallSpec("TCN").replace(from, to);
    };
    spec("other geometry", test::smallSpec("TCN", 8), "8 segments");
    spec("empty", " ", "spec.json");
    spec("no JSON", "arch = TCN", "spec.json");
    spec("cut off", test::smallSpec("ELM").chopped(1), "spec.json");
    spec("a list", "[]", "spec.json");
    spec("unknown architecture", with("TCN", "LSTM"), "LSTM");
    spec("no kernel", with("size\": 7", "size\": 0"), "first_layer_temporal_kernel_size");
    spec("no width", with("[6, 4]", "[6, 0]"), "num_features_per_block_list");
    spec("uneven lists", with("[6, 4]", "[6]"), "num_features_per_block_list");
    spec("too large for any memory", with("[6, 4]", "[600000000, 4]"), "");
    spec("misspelt", with("first_layer", "frist_layer"), "frist_layer");
    spec("no number", with("size\": 7", "size\": \"7\""), "first_layer_temporal_kernel_size");
    spec("odd head", test::smallSpec("Transformer").replace("\"d_model\": 8", "\"d_model\": 6"),
         "d_model");
}

void tst_TrainCommand::refuses()
{
    QFETCH(QStringList, more);
    QFETCH(QByteArray, spec);
    QFETCH(QString, part);
    if (!spec.isEmpty()) {
        QVERIFY(m_folder->write("spec.json", spec));
        more.back() = at("spec.json");
    }
    const QStringList before = m_folder->names();
    CliOutcome outcome = train(more);
    // Windows of these short simulations are shortened before some things are found wrong.
    const std::string last = test::lastSentence(outcome);
    QVERIFY2(test::contains(last, part.toStdString()) && !last.empty(), outcome.err.c_str());
    QCOMPARE(outcome.code, int(cli::Failed));
    QVERIFY2(outcome.out.empty(), outcome.out.c_str());
    QCOMPARE(m_folder->names(), before);
}

void tst_TrainCommand::unusableData_data()
{
    QTest::addColumn<QList<int>>("wanted");
    QTest::addColumn<int>("without");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("empty train") << QList<int>{0, 1, 1} << -1 << QByteArray("'train'");
    QTest::newRow("empty valid") << QList<int>{2, 0, 1} << -1 << QByteArray("'valid'");
    QTest::newRow("no spike in train")
        << QList<int>{2, 1, 1} << 0 << QByteArray("no spike in the split 'train'");
    QTest::newRow("no spike in valid")
        << QList<int>{2, 1, 1} << 1 << QByteArray("no spike in the split 'valid'");
    QTest::newRow("no spike in test") << QList<int>{2, 1, 1} << 2 << QByteArray();
}

void tst_TrainCommand::unusableData()
{
    QFETCH(QList<int>, wanted);
    QFETCH(int, without);
    QFETCH(QByteArray, part);
    VERIFY_OK(test::makeDataset(
        m_folder->file("ds.h5"), test::smallPlan({wanted[0], wanted[1], wanted[2]}, 300), {},
        without < 0 ? test::Edit() : test::withoutSpikes(static_cast<Split>(without))));
    const CliOutcome outcome = train({"--dataset", at("ds.h5"), "--json"});
    if (part.isEmpty()) { // only figures are missing
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
        QVERIFY(test::jsonOf(outcome)["evaluation"]["spikes_auc"].is_null());
        return;
    }
    QCOMPARE(outcome.code, int(cli::Failed));
    QVERIFY2(test::contains(test::lastSentence(outcome), part.toStdString()), outcome.err.c_str());
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
}

void tst_TrainCommand::noCuda()
{
    const Result<MlModule *> ml = loadMlModule();
    VERIFY_OK(ml);
    if ((*ml)->info().cudaAvailable)
        QSKIP("There is a CUDA device here.");
    const CliOutcome outcome = train({"--device", "cuda"});
    QCOMPARE(outcome.code, int(cli::Failed));
    QVERIFY2(test::contains(test::lastSentence(outcome), "no CUDA device"), outcome.err.c_str());
    QVERIFY(m_folder->names().isEmpty());
}

void tst_TrainCommand::explodes()
{
    const CliOutcome outcome = train({"--lr", "10", "--epochs", "20"});
    QCOMPARE(outcome.code, int(cli::Failed));
    const std::string last = test::lastSentence(outcome);
    QVERIFY2(test::contains(last, "smaller learning rate"), outcome.err.c_str());
    QCOMPARE(m_folder->names(), (QStringList{"log.jsonl", "x.twin"}));
    const QByteArray end = m_folder->read("log.jsonl").trimmed().split('\n').last();
    QVERIFY2(end.contains("\"kind\":\"end\"") && end.contains("failed"), end.constData());
    const Result<StoredTwin> twin = loadTwin(m_folder->file("x.twin"));
    VERIFY_OK(twin);
    QVERIFY(!twin->contents.complete);
    for (const double loss : twin->contents.history.training.total)
        QVERIFY(std::isfinite(loss));
    const CliOutcome evaluated = runCli({"evaluate", "--twin", at("x.twin"), "--dataset",
                                         m_data.at("ds.h5"), "--threads", "1", "--json"});
    QVERIFY2(evaluated.code == 0, evaluated.err.c_str());
    QVERIFY(test::jsonOf(evaluated)["soma_rmse_mV"].is_number());
    VERIFY_REFUSED(runCli({"train", "--resume", at("x.twin")}), cli::Failed,
                   "holds nothing to go on from");
}

void tst_TrainCommand::existingTarget()
{
    QVERIFY(m_folder->write("log.jsonl", "mine"));
    VERIFY_REFUSED(train(), cli::Failed, "log.jsonl exists already");
    QCOMPARE(m_folder->read("log.jsonl"), QByteArray("mine"));
    QVERIFY(QFile::remove(at("log.jsonl")));
    QVERIFY(m_folder->write("x.twin", "mine"));
    VERIFY_REFUSED(train(), cli::Failed, "exists already");
    QCOMPARE(m_folder->read("x.twin"), QByteArray("mine"));
    QCOMPARE(m_folder->names(), QStringList("x.twin"));
    // With --force nothing is lost either before there is something better.
    const CliOutcome outcome = train({"--force", "--twin", m_data.at("none.json")});
    QCOMPARE(outcome.code, int(cli::Failed));
    QCOMPARE(m_folder->read("x.twin"), QByteArray("mine"));
    QCOMPARE(train({"--force"}).code, 0);
    VERIFY_OK(loadTwin(m_folder->file("x.twin")));
}

void tst_TrainCommand::readOnlyFolder()
{
    QVERIFY(QDir(m_folder->path()).mkdir("locked"));
    QVERIFY(QFile::setPermissions(at("locked"), QFile::ReadOwner | QFile::ExeOwner));
    // The data must be readable for whoever runs it.
    for (const QString &path : {m_folder->path(), m_data.path()})
        QVERIFY(::chmod(path.toUtf8().constData(), 0755) == 0);
    for (const QStringList &more : {QStringList{"--out", at("locked/x.twin")},
                                    QStringList{"--log", at("locked/log.jsonl")}}) {
        const CliOutcome outcome = test::runProgram(arguments(more), [] {
            if (!test::dropPrivileges())
                ::_exit(99);
        });
        if (outcome.code == -2)
            QSKIP("The program lies in a folder that only its owner may enter.");
        QCOMPARE(outcome.code, int(cli::Failed));
        QVERIFY2(!test::lastSentence(outcome).empty(), outcome.err.c_str());
        QCOMPARE(m_folder->names(), QStringList("locked"));
    }
}

void tst_TrainCommand::resumeRefuses()
{
    QCOMPARE(train().code, 0);
    const QByteArray before = m_folder->read("x.twin");
    VERIFY_REFUSED(runCli({"train", "--resume", at("x.twin")}), cli::Failed,
                   "is trained to the end already");
    QCOMPARE(m_folder->read("x.twin"), before);
    VERIFY_REFUSED(runCli({"train", "--resume", at("none.twin")}), cli::Failed, "none.twin");
    VERIFY_REFUSED(runCli({"train", "--resume", m_data.at("ds.h5")}), cli::Failed, "ds.h5");
}

void tst_TrainCommand::resumeTakesNoOptions_data()
{
    QTest::addColumn<QStringList>("more");
    for (const char *more :
         {"--twin tcn", "--recipe 2min", "--epochs 10", "--batch 2", "--window-ms 50", "--lr 1e-3",
          "--seed 2", "--threads 2", "--device cpu", "--lr-per-step", "--random-validation-windows",
          "--best-rule kept", "--author Anna", "--log l.jsonl", "--out y.twin"})
        QTest::newRow(more) << QString::fromUtf8(more).split(' ');
}

void tst_TrainCommand::resumeTakesNoOptions()
{
    QFETCH(QStringList, more);
    const CliOutcome outcome = runCli(QStringList{"train", "--resume", at("x.twin")} + more);
    QCOMPARE(outcome.code, int(cli::Usage));
    QVERIFY2(test::contains(outcome.err, "leave out " + more[0].toStdString() + "."),
             outcome.err.c_str());
}

/// A slip of the hand with --force costs neither the data set nor the twin.
void tst_TrainCommand::keepsItsInputs()
{
    QVERIFY(QFile::copy(m_data.at("ds.h5"), at("ds.h5")));
    QVERIFY(QFile::link(at("ds.h5"), at("link.h5")));
    const QByteArray data = m_folder->read("ds.h5");
    for (const QStringList &more :
         {QStringList{"--out", at("ds.h5")}, QStringList{"--log", at("ds.h5")},
          QStringList{"--log", at("link.h5")}, QStringList{"--log", at("./x.twin")}}) {
        VERIFY_REFUSED(train(QStringList{"--force", "--dataset", at("ds.h5")} + more), cli::Failed,
                       "Choose another file");
        QVERIFY(m_folder->read("ds.h5") == data);
        QCOMPARE(m_folder->names(), (QStringList{"ds.h5", "link.h5"}));
    }
}

DT_TEST(tst_TrainCommand, QCoreApplication)
#include "tst_TrainCommand.moc"
