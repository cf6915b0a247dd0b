// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/jobs/StoredTwin.h"
#include "tests/app/cli/RunProgram.h"
#include "tests/support/Child.h"
#include "tests/support/Datasets.h"
#include "tests/support/SmallTwins.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <array>
#include <csignal>

using namespace dt;
using test::CliOutcome;

namespace {

/// Lines of a log but for times; where a sitting ended is no part of the run.
QList<QByteArray> losses(const QByteArray &log)
{
    QList<QByteArray> lines;
    for (const QByteArray &text : log.split('\n')) {
        nlohmann::json line = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
        if (!line.is_object()) {
            if (!text.isEmpty())
                lines.push_back("broken: " + text);
            continue;
        }
        line.erase("seconds");
        lines.push_back(QByteArray::fromStdString(line.dump()));
    }
    return lines;
}

/// All that must not depend on the time of day or the sitting.
TwinContents timeless(StoredTwin twin)
{
    TwinContents c = twin.contents;
    c.history.seconds = 0.0;
    std::fill(c.history.epochSeconds.begin(), c.history.epochSeconds.end(), 0.0);
    c.evaluation.clear(); // compared by its numbers
    c.dataset->path.clear();
    return c;
}

Evaluation timeless(Evaluation evaluation)
{
    evaluation.millisecondsPerSimulation.reset();
    return evaluation;
}

} // namespace

/// `train` as a whole program that is interrupted, killed, moved and out of disk, and goes on.
/// Whatever happens, the result is that of a run which nothing happened to.
class tst_TrainResume : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void stops_data();
    void stops();
    void anyMoment_data();
    void anyMoment();
    void stoppedAndKilled();
    void movedDataset();
    void fromAnotherFolder();
    void lostLog();
    void diskFull_data();
    void diskFull();
    void diskFullLater();

private:
    [[nodiscard]] QString at(const char *name) const
    {
        return m_folder->at(QString::fromUtf8(name));
    }
    /// About a second of training: 30 epochs of 8 iterations.
    [[nodiscard]] QStringList trainArguments() const
    {
        return {"train",     "--dataset", at("ds.h5"), "--twin",      at("spec.json"), "--epochs",
                "30",        "--batch",   "1",         "--window-ms", "150",           "--lr",
                "1e-3",      "--threads", "1",         "--log",       at("log.jsonl"), "--out",
                at("x.twin")};
    }
    [[nodiscard]] QStringList resumeArguments(const QStringList &more = {}) const
    {
        return QStringList{"train", "--resume", at("x.twin")} + more;
    }
    [[nodiscard]] int logged() const
    {
        return m_folder->names().contains("log.jsonl")
            ? static_cast<int>(m_folder->read("log.jsonl").count('\n'))
            : 0;
    }
    /// Starts and sends the signal when the log has so many lines. Where the run was over before
    /// the signal reached it, everything is put back and tried again.
    CliOutcome signalled(const QStringList &arguments, int lines, int signal) const;
    CliOutcome signalledOnce(const QStringList &arguments, int lines, int signal) const;
    void verifyResult() const;

    test::TestFolder m_reference; ///< with what nothing happened to
    std::unique_ptr<test::TestFolder> m_folder;
};

void tst_TrainResume::initTestCase()
{
    VERIFY_OK(test::makeDataset(m_reference.file("ds.h5"), test::smallPlan({8, 5, 2}, 300)));
    QVERIFY(m_reference.write("spec.json", test::smallSpec("TCN")));
    init();
    const CliOutcome outcome = test::runProgram(trainArguments());
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    for (const char *name : {"log.jsonl", "x.twin"})
        QVERIFY(QFile::copy(at(name), m_reference.at(QString::fromUtf8(name))));
    // 240 iterations, 34 validations, 30 epochs, an end.
    QCOMPARE(logged(), 240 + 240 / 7 + 30 + 1);
}

void tst_TrainResume::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    for (const char *name : {"ds.h5", "spec.json"})
        QVERIFY(QFile::copy(m_reference.at(QString::fromUtf8(name)), at(name)));
}

CliOutcome tst_TrainResume::signalled(const QStringList &arguments, int lines, int signal) const
{
    const std::array<QString, 2> names{"x.twin", "log.jsonl"};
    const QStringList there = m_folder->names();
    std::array<QByteArray, 2> before;
    for (std::size_t i = 0; i < 2; ++i)
        before[i] = m_folder->read(names[i]);
    CliOutcome outcome = signalledOnce(arguments, lines, signal);
    for (int again = 0; again < 5 && outcome.code == 0; ++again) {
        for (std::size_t i = 0; i < 2; ++i) {
            if (!QFile::remove(m_folder->at(names[i]))
                || (there.contains(names[i]) && !m_folder->write(names[i], before[i])))
                return {};
        }
        outcome = signalledOnce(arguments, lines, signal);
    }
    return outcome;
}

CliOutcome tst_TrainResume::signalledOnce(const QStringList &arguments, int lines, int signal) const
{
    QProcess cli;
    test::startProgram(cli, arguments);
    const auto grown = [&] { return logged() >= lines || cli.state() == QProcess::NotRunning; };
    if (QTest::qWaitFor(grown, 30000) && cli.state() != QProcess::NotRunning)
        ::kill(static_cast<pid_t>(cli.processId()), signal);
    return test::endOf(cli);
}

void tst_TrainResume::verifyResult() const
{
    QCOMPARE(m_folder->names(), (QStringList{"ds.h5", "log.jsonl", "spec.json", "x.twin"}));
    const QList<QByteArray> expected = losses(m_reference.read("log.jsonl"));
    const QList<QByteArray> found = losses(m_folder->read("log.jsonl"));
    for (qsizetype i = 0; i < std::min(found.size(), expected.size()); ++i)
        QCOMPARE(found[i], expected[i]);
    QCOMPARE(found.size(), expected.size());
    const Result<StoredTwin> reference = loadTwin(m_reference.file("x.twin"));
    const Result<StoredTwin> twin = loadTwin(m_folder->file("x.twin"));
    VERIFY_OK(reference);
    VERIFY_OK(twin);
    QVERIFY(twin->contents.complete);
    QVERIFY(twin->contents.weights == reference->contents.weights);
    QVERIFY(timeless(*twin).history == timeless(*reference).history);
    QVERIFY(timeless(*twin) == timeless(*reference));
    QVERIFY(timeless(*twin->evaluation) == timeless(*reference->evaluation));
}

void tst_TrainResume::stops_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void tst_TrainResume::stops()
{
    QFETCH(int, signal);
    CliOutcome outcome = signalled(trainArguments(), 20, signal);
    QVERIFY2(outcome.code == int(cli::Cancelled), outcome.err.c_str());
    QVERIFY(outcome.out.empty());
    const std::string last = test::lastSentence(outcome);
    QVERIFY2(last.starts_with("Stopped after "), outcome.err.c_str());
    QVERIFY2(last.ends_with("'dendrotwin-cli train --resume " + m_folder->file("x.twin") + "'."),
             last.c_str());
    QVERIFY(losses(m_folder->read("log.jsonl")).last().contains("\"how\":\"stopped\""));
    const Result<StoredTwin> twin = loadTwin(m_folder->file("x.twin"));
    VERIFY_OK(twin);
    QVERIFY(!twin->contents.complete && twin->contents.resume.has_value());
    const std::size_t done = twin->contents.history.iterations();
    QVERIFY(test::contains(last, "after " + std::to_string(done) + " iterations"));
    QVERIFY(done > 0 && done < 240);

    // What there is can be used already.
    outcome = test::runCli({"twin", "info", at("x.twin"), "--json"});
    QVERIFY(test::jsonOf(outcome)["complete"] == false);
    QVERIFY(test::jsonOf(outcome)["iterations"] == done);
    outcome = test::runCli(
        {"evaluate", "--twin", at("x.twin"), "--dataset", at("ds.h5"), "--threads", "1", "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());

    outcome = test::runProgram(resumeArguments());
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    verifyResult();
}

void tst_TrainResume::anyMoment_data()
{
    QTest::addColumn<bool>("stops");
    QTest::addColumn<bool>("kills");
    QTest::newRow("interrupted") << true << false;
    QTest::newRow("killed") << false << true;
    QTest::newRow("both") << true << true;
}

/// From before anything is loaded until after the end.
void tst_TrainResume::anyMoment()
{
    QFETCH(bool, stops);
    QFETCH(bool, kills);
    RandomStream random({31, stops, kills});
    int signalsSent = 0;
    for (int k = 0; k < 5; ++k) {
        // Killed runs have no later checkpoint than the one they began with.
        const Result<StoredTwin> soFar = loadTwin(m_folder->file("x.twin"));
        if (soFar && !soFar->contents.resume)
            break; // the signal came at the very end
        QProcess cli;
        test::startProgram(cli, soFar ? resumeArguments() : trainArguments());
        if (cli.waitForFinished(static_cast<int>(random.below(k == 0 ? 300 : 900)))) {
            QVERIFY2(cli.exitCode() == 0, cli.readAllStandardError());
            break;
        }
        const bool kill = kills && (!stops || random.below(2) == 0);
        ::kill(static_cast<pid_t>(cli.processId()), kill ? SIGKILL : SIGINT);
        const CliOutcome outcome = test::endOf(cli);
        ++signalsSent;
        if (kill)
            continue;
        if (outcome.code == 0)
            break; // it was just done
        // Before its handler is in place, and after, a signal ends the program as any other.
        QVERIFY2(outcome.code == int(cli::Cancelled)
                     || (outcome.code == -1
                         && (outcome.err.empty()
                             || test::contains(outcome.err, "Trained twin written"))),
                 outcome.err.c_str());
        QVERIFY2(outcome.err.empty() || !test::lastSentence(outcome).empty(), outcome.err.c_str());
    }
    QVERIFY(signalsSent > 0);
    // Killed programs leave what they were writing.
    for (const QString &name : m_folder->names().filter(".part-"))
        QVERIFY(QFile::remove(m_folder->at(name)));
    const Result<StoredTwin> twin = loadTwin(m_folder->file("x.twin"));
    if (!twin || !twin->contents.complete || twin->contents.resume) {
        const CliOutcome outcome = test::runProgram(twin ? resumeArguments() : trainArguments());
        QVERIFY2(outcome.code == 0, outcome.err.c_str());
    }
    verifyResult();
}

/// The log runs ahead of the checkpoint, which stands where the first sitting ended.
void tst_TrainResume::stoppedAndKilled()
{
    CliOutcome outcome = signalled(trainArguments(), 40, SIGINT);
    QVERIFY2(outcome.code == int(cli::Cancelled), outcome.err.c_str());
    const int before = logged();
    outcome = signalled(resumeArguments(), before + 30, SIGKILL);
    QCOMPARE(outcome.code, -1);
    QVERIFY(logged() >= before + 30);
    QVERIFY(m_folder->names().filter(".part-").isEmpty());

    // Also with a last line that is cut off.
    QByteArray log = m_folder->read("log.jsonl");
    QVERIFY(m_folder->write("log.jsonl", log.chopped(20)));
    outcome = test::runProgram(resumeArguments());
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    verifyResult();
}

void tst_TrainResume::movedDataset()
{
    CliOutcome outcome = signalled(trainArguments(), 20, SIGINT);
    QVERIFY2(outcome.code == int(cli::Cancelled), outcome.err.c_str());
    const QByteArray before = m_folder->read("x.twin");
    const QByteArray log = m_folder->read("log.jsonl");
    QVERIFY(QFile::rename(at("ds.h5"), at("moved.h5")));
    VERIFY_REFUSED(test::runCli(resumeArguments()), cli::Failed, "--dataset");

    DatasetPlan plan = test::smallPlan({8, 5, 2}, 300);
    plan.seed = 99; // all else alike
    VERIFY_OK(test::makeDataset(m_folder->file("other.h5"), plan));
    VERIFY_REFUSED(test::runCli(resumeArguments({"--dataset", at("other.h5")})), cli::Failed,
                   "is not the data set that this twin is trained on");
    VERIFY_REFUSED(test::runCli(resumeArguments({"--dataset", at("spec.json")})), cli::Failed,
                   "spec.json");
    QVERIFY(m_folder->read("x.twin") == before);
    QVERIFY(m_folder->read("log.jsonl") == log);

    outcome = test::runProgram(resumeArguments({"--dataset", at("moved.h5")}));
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QCOMPARE(loadTwin(m_folder->file("x.twin"))->contents.dataset->path,
             m_folder->file("moved.h5"));
    QVERIFY(QFile::remove(at("other.h5")));
    QVERIFY(QFile::rename(at("moved.h5"), at("ds.h5")));
    verifyResult();
}

/// Paths that were relative to where training was begun.
void tst_TrainResume::fromAnotherFolder()
{
    QStringList arguments = trainArguments();
    for (QString &argument : arguments)
        argument.replace(m_folder->path() + "/", "");
    const QString here = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder->path()));
    CliOutcome outcome = signalled(arguments, 20, SIGINT);
    QVERIFY(QDir::setCurrent(here));
    QVERIFY2(outcome.code == int(cli::Cancelled), outcome.err.c_str());
    outcome = test::runProgram(resumeArguments());
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    verifyResult();
}

/// Somebody tidied up. Training goes on, and the log with it.
void tst_TrainResume::lostLog()
{
    CliOutcome outcome = signalled(trainArguments(), 20, SIGINT);
    QVERIFY2(outcome.code == int(cli::Cancelled), outcome.err.c_str());
    const auto kept = static_cast<qsizetype>(losses(m_folder->read("log.jsonl")).size()) - 1;
    QVERIFY(QFile::remove(at("log.jsonl")));
    outcome = test::runProgram(resumeArguments());
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const QList<QByteArray> expected = losses(m_reference.read("log.jsonl"));
    QCOMPARE(losses(m_folder->read("log.jsonl")), expected.mid(kept));
    QVERIFY(QFile::remove(at("log.jsonl")));
    QVERIFY(QFile::copy(m_reference.at("log.jsonl"), at("log.jsonl")));
    verifyResult();
}

void tst_TrainResume::diskFull_data()
{
    QTest::addColumn<int>("bytes");
    QTest::newRow("at once") << 0;
    QTest::newRow("for the first checkpoint") << 5000;
}

void tst_TrainResume::diskFull()
{
    QFETCH(int, bytes);
    const auto limit = [bytes] { test::limitFileSize(static_cast<unsigned long>(bytes)); };
    CliOutcome outcome = test::runProgram(trainArguments(), limit);
    QVERIFY2(outcome.code == int(cli::Failed), outcome.err.c_str());
    QVERIFY2(test::contains(test::lastSentence(outcome), "could not be written"),
             outcome.err.c_str());
    QVERIFY(!m_folder->names().contains("x.twin"));
    QVERIFY(m_folder->names().filter(".part-").isEmpty());
    outcome = test::runProgram(trainArguments());
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    verifyResult();
}

/// In the middle of training the log or the checkpoint no longer fits.
void tst_TrainResume::diskFullLater()
{
    CliOutcome outcome = signalled(trainArguments(), 20, SIGINT);
    QVERIFY2(outcome.code == int(cli::Cancelled), outcome.err.c_str());
    const QByteArray twin = m_folder->read("x.twin");
    QByteArray log = m_folder->read("log.jsonl");
    // Neither the checkpoint nor the log that is there can be written again.
    for (const unsigned long bytes : {0UL, 1000UL}) {
        outcome = test::runProgram(resumeArguments(), [bytes] { test::limitFileSize(bytes); });
        QVERIFY2(outcome.code == int(cli::Failed), outcome.err.c_str());
        QVERIFY2(test::contains(test::lastSentence(outcome), "could not be written"),
                 outcome.err.c_str());
        QVERIFY(m_folder->read("x.twin") == twin);
        QVERIFY(m_folder->read("log.jsonl") == log);
        QVERIFY(m_folder->names().filter(".part-").isEmpty());
    }

    // A log larger than the checkpoint, so that it is the first to fail.
    const QByteArray large = "{\"kind\":\"step\",\"iteration\":0,\"epoch\":0,\"x\":\""
        + QByteArray(1'000'000, 'x') + "\"}\n";
    log.prepend(large);
    QVERIFY(m_folder->write("log.jsonl", log));
    const auto bytes = static_cast<unsigned long>(log.size()) + 3000;
    outcome = test::runProgram(resumeArguments(), [bytes] { test::limitFileSize(bytes); });
    QVERIFY2(outcome.code == int(cli::Failed), outcome.err.c_str());
    QVERIFY2(test::contains(test::lastSentence(outcome), "log.jsonl cannot be written"),
             outcome.err.c_str());
    const QByteArray grown = m_folder->read("log.jsonl");
    QVERIFY(static_cast<unsigned long>(grown.size()) == bytes); // a line is cut off
    QVERIFY(grown.startsWith(large));
    outcome = test::runProgram(resumeArguments());
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QVERIFY(m_folder->write("log.jsonl", m_folder->read("log.jsonl").mid(large.size())));
    verifyResult();
}

DT_TEST(tst_TrainResume, QCoreApplication)
#include "tst_TrainResume.moc"
