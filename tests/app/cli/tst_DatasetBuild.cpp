// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/data/BuildFolder.h"
#include "engine/project/ProjectFile.h"
#include "tests/support/Child.h"
#include "tests/support/Datasets.h"
#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/Processes.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <unistd.h>

using namespace dt;

/// `dataset build` and `resume` as whole programs with real simulators: killed, interrupted, out of
/// disk, with few workers and many. The file is the same, byte by byte, whatever happened.
class tst_DatasetBuild : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void jobs_data();
    void jobs();
    void killed();
    void workerKilled();
    void interrupted_data();
    void interrupted();
    void secondProgram();
    void diskFull_data();
    void diskFull();
    void neurons_data();
    void neurons();
    void neverFires();
    void existingTarget();
    void printsJson();
    void refused_data();
    void refused();

private:
    struct Ended
    {
        int code = -1; ///< -1: by a signal
        QByteArray out;
        QByteArray err;
    };

    [[nodiscard]] QStringList buildArguments(const QStringList &more = {}) const
    {
        return QStringList{"dataset", "build", "--neuron",      "nmda-cable",
                           "--train", "40",    "--valid",       "3",
                           "--test",  "2",     "--duration-ms", "500",
                           "--seed",  "7",     "--out",         m_folder->at("ds.h5")}
        + more;
    }
    [[nodiscard]] QStringList resumeArguments(const QStringList &more = {}) const
    {
        return QStringList{"dataset", "resume", m_folder->at("ds.h5")} + more;
    }
    /// Starts the program in a group of processes of its own, as a shell would.
    static void start(QProcess &cli, const QStringList &arguments)
    {
        cli.setChildProcessModifier([] { ::setpgid(0, 0); });
        cli.start(QString::fromStdString(test::binDir() + "/dendrotwin-cli"), arguments);
        QVERIFY(cli.waitForStarted());
    }
    static Ended end(QProcess &cli)
    {
        if (!cli.waitForFinished(30000))
            return {-2, {}, "does not end"};
        return {cli.exitStatus() == QProcess::NormalExit ? cli.exitCode() : -1,
                cli.readAllStandardOutput(), cli.readAllStandardError()};
    }
    static Ended run(const QStringList &arguments)
    {
        QProcess cli;
        start(cli, arguments);
        return end(cli);
    }
    [[nodiscard]] std::size_t shards() const
    {
        return BuildFolder::peek(m_folder->file("ds.h5")).size();
    }
    /// Waits until a build has that many shards or ends.
    void waitForShards(QProcess &cli, std::size_t count) const
    {
        QTRY_VERIFY_WITH_TIMEOUT(shards() >= count || cli.state() == QProcess::NotRunning, 20000);
    }
    void verifyResult() const
    {
        QCOMPARE(m_folder->names(), QStringList("ds.h5"));
        QVERIFY(m_folder->read("ds.h5") == m_expected);
    }

    QByteArray m_expected; ///< of a build that nothing happened to
    std::unique_ptr<test::TestFolder> m_folder;
};

void tst_DatasetBuild::initTestCase()
{
    qputenv("DENDROTWIN_WORKER", QByteArray::fromStdString(test::binDir() + "/dendrotwin-worker"));
    init();
    const Ended ended = run(buildArguments({"--jobs", "2"}));
    QVERIFY2(ended.code == 0, ended.err);
    QVERIFY(ended.out.isEmpty());
    QVERIFY2(ended.err.contains("45 simulations, written to "), ended.err);
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
    m_expected = m_folder->read("ds.h5");
}

void tst_DatasetBuild::init()
{
    m_folder = std::make_unique<test::TestFolder>();
}

void tst_DatasetBuild::jobs_data()
{
    QTest::addColumn<QString>("number");
    QTest::newRow("one") << "1";
    QTest::newRow("four") << "4";
}

void tst_DatasetBuild::jobs()
{
    QFETCH(QString, number);
    const Ended ended = run(buildArguments({"--jobs", number}));
    QVERIFY2(ended.code == 0, ended.err);
    verifyResult();
}

void tst_DatasetBuild::killed()
{
    RandomStream random({20});
    QStringList arguments = buildArguments({"--jobs", "2"});
    int kills = 0;
    for (int k = 0; k < 12; ++k) {
        QProcess cli;
        start(cli, arguments);
        // Any moment, from before the plan is written until after the end.
        if (cli.waitForFinished(static_cast<int>(random.below(700))))
            break;
        cli.kill();
        QVERIFY(cli.waitForFinished(5000));
        ++kills;
        if (BuildFolder::exists(m_folder->file("ds.h5")))
            arguments = resumeArguments({"--jobs", QString::number(1 + k % 4)});
        else if (m_folder->names().contains("ds.h5"))
            break;
    }
    QVERIFY(kills > 0);
    // Until done; a build that ended just before it was killed says so.
    if (!BuildFolder::exists(m_folder->file("ds.h5")) && !m_folder->names().contains("ds.h5"))
        QCOMPARE(run(arguments).code, 0);
    const Ended ended = run(resumeArguments());
    QVERIFY2(ended.code == 0, ended.err);
    verifyResult();
}

void tst_DatasetBuild::workerKilled()
{
    QProcess cli;
    start(cli, buildArguments({"--jobs", "2"}));
    std::vector<int> workers;
    QTRY_VERIFY((workers = test::childProcessesOf(static_cast<int>(cli.processId()))).size() == 2);
    waitForShards(cli, 1);
    QCOMPARE(cli.state(), QProcess::Running);
    ::kill(workers[0], SIGKILL);
    const Ended ended = end(cli);
    QVERIFY2(ended.code == 0, ended.err);
    verifyResult();
}

void tst_DatasetBuild::interrupted_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<bool>("group"); // as a terminal does: the workers hear it too
    QTest::newRow("SIGINT") << SIGINT << false;
    QTest::newRow("Ctrl-C in a terminal") << SIGINT << true;
    QTest::newRow("SIGTERM") << SIGTERM << false;
}

void tst_DatasetBuild::interrupted()
{
    QFETCH(int, signal);
    QFETCH(bool, group);
    QProcess cli;
    start(cli, buildArguments({"--jobs", "1"}));
    waitForShards(cli, 1);
    const auto pid = static_cast<pid_t>(cli.processId());
    QCOMPARE(::kill(group ? -pid : pid, signal), 0);
    Ended ended = end(cli);
    QVERIFY2(ended.code == 130, ended.err);
    QVERIFY2(ended.err.contains("Stopped. What is finished is kept: go on with 'dendrotwin-cli "
                                "dataset resume "
                                + m_folder->at("ds.h5").toUtf8() + "'.\n"),
             ended.err);
    QVERIFY(ended.out.isEmpty());
    QCOMPARE(m_folder->names(), QStringList("ds.h5.building"));
    const std::size_t kept = shards();
    QVERIFY(kept > 0);

    // A new build of the same file is refused, also with --force.
    for (const QStringList &more : {QStringList{}, QStringList{"--force"}}) {
        ended = run(buildArguments(more));
        QCOMPARE(ended.code, 1);
        QVERIFY2(ended.err.contains("has an unfinished build"), ended.err);
    }
    QCOMPARE(shards(), kept);

    ended = run(resumeArguments());
    QVERIFY2(ended.code == 0, ended.err);
    verifyResult();
    ended = run(resumeArguments());
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.err.contains("is complete already."), ended.err);
}

void tst_DatasetBuild::secondProgram()
{
    QProcess cli;
    start(cli, buildArguments({"--jobs", "1"}));
    QTRY_VERIFY(BuildFolder::exists(m_folder->file("ds.h5")));
    const Ended second = run(resumeArguments());
    QCOMPARE(second.code, 1);
    QVERIFY2(second.err.contains("is being built by another program"), second.err);
    QCOMPARE(end(cli).code, 0);
    verifyResult();
}

void tst_DatasetBuild::diskFull_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addColumn<bool>("begun"); // a folder was made
    QTest::newRow("for the plan") << 100 << false;
    QTest::newRow("for a shard") << 20000 << true;
    QTest::newRow("for the file") << int(m_expected.size()) / 2 << true;
}

void tst_DatasetBuild::diskFull()
{
    QFETCH(int, bytes);
    QFETCH(bool, begun);
    QProcess cli;
    cli.setChildProcessModifier(
        [bytes] { test::limitFileSize(static_cast<unsigned long>(bytes)); });
    cli.start(QString::fromStdString(test::binDir() + "/dendrotwin-cli"), buildArguments());
    Ended ended = end(cli);
    QVERIFY2(ended.code == 1, ended.err);
    const QByteArray last = ended.err.trimmed().split('\n').last();
    QVERIFY2(test::isSentence(last.toStdString()) && last.contains("ds.h5"), last);
    QCOMPARE(last.contains("dataset resume"), begun);
    QCOMPARE(m_folder->names(), begun ? QStringList("ds.h5.building") : QStringList());
    ended = run(begun ? resumeArguments() : buildArguments());
    QVERIFY2(ended.code == 0, ended.err);
    verifyResult();
}

void tst_DatasetBuild::neurons_data()
{
    QTest::addColumn<QString>("neuron");
    QTest::addColumn<int>("segments");
    QTest::newRow("tree in a project") << "tree.dendro" << 8;
    QTest::newRow("64 segments") << "nmda-cable-64" << 64;
    QTest::newRow("another data set's") << "old.h5" << 2;
}

void tst_DatasetBuild::neurons()
{
    QFETCH(QString, neuron);
    QFETCH(int, segments);
    Project project;
    project.neuron = test::smallTree();
    VERIFY_OK(saveProject(m_folder->at("tree.dendro"), project));
    VERIFY_OK(test::makeDataset(m_folder->file("old.h5"), test::smallPlan()));
    const QString source = neuron.contains('.') ? m_folder->at(neuron) : neuron;
    QByteArray first;
    for (const char *jobs : {"1", "3"}) {
        const Ended ended = run({"dataset", "build", "--neuron", source, "--train", "3", "--valid",
                                 "1", "--test", "0", "--duration-ms", "400", "--no-filter",
                                 "--jobs", jobs, "--out", m_folder->at("ds.h5"), "--force"});
        QVERIFY2(ended.code == 0, ended.err);
        const Result<DatasetFile> file = DatasetFile::open(m_folder->file("ds.h5"));
        VERIFY_OK(file);
        VERIFY_OK(file->verify({}));
        QCOMPARE(file->info().segments, segments);
        QCOMPARE(file->info().simulations, (std::array<std::size_t, 3>{3, 1, 0}));
        if (neuron == "tree.dendro")
            QCOMPARE(file->info().neuron, test::smallTree());
        if (first.isEmpty())
            first = m_folder->read("ds.h5");
        QVERIFY(m_folder->read("ds.h5") == first);
    }
}

void tst_DatasetBuild::neverFires()
{
    const Ended ended = run(
        buildArguments({"--set", "g_max_AMPA_uS=0", "--set", "g_max_NMDA_uS=0", "--jobs", "2"}));
    QCOMPARE(ended.code, 1);
    const QByteArray last = ended.err.trimmed().split('\n').last();
    QVERIFY2(test::isSentence(last.toStdString()), last);
    QVERIFY2(last.contains("only 0 passed the quality filter"), last);
    QVERIFY2(last.contains("failed at firing_rate_hz (0.4 to 20)"), last);
    QVERIFY2(!last.contains("resume"), last);
    QVERIFY(m_folder->names().isEmpty());
}

void tst_DatasetBuild::existingTarget()
{
    QVERIFY(m_folder->write("ds.h5", "old"));
    Ended ended = run(buildArguments());
    QCOMPARE(ended.code, 1);
    QVERIFY2(ended.err.contains("exists already"), ended.err);
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
    QCOMPARE(m_folder->read("ds.h5"), QByteArray("old"));
    // Replaced at the end, also by a resume; until then it is what it was.
    QProcess cli;
    start(cli, buildArguments({"--force", "--jobs", "1"}));
    waitForShards(cli, 1);
    cli.kill();
    QVERIFY(cli.waitForFinished(5000));
    QCOMPARE(m_folder->names(), (QStringList{"ds.h5", "ds.h5.building"}));
    QCOMPARE(m_folder->read("ds.h5"), QByteArray("old"));
    ended = run(resumeArguments());
    QVERIFY2(ended.code == 0, ended.err);
    verifyResult();
}

void tst_DatasetBuild::printsJson()
{
    const Ended ended = run(buildArguments({"--json"}));
    QCOMPARE(ended.code, 0);
    const QJsonObject json = QJsonDocument::fromJson(ended.out).object();
    QCOMPARE(json["out"].toString(), m_folder->at("ds.h5"));
    QCOMPARE(json["simulations"].toObject(),
             (QJsonObject{{"train", 40}, {"valid", 3}, {"test", 2}}));
    QVERIFY(json["tried"].toInt() >= 45);
    QVERIFY(json["seconds"].toDouble() > 0.0);
}

void tst_DatasetBuild::refused_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("part");
    // The later option wins.
    QTest::newRow("no simulation") << QStringList{"--train", "0", "--valid", "0", "--test", "0"}
                                   << 1 << QByteArray("no simulation at all");
    QTest::newRow("too short") << QStringList{"--duration-ms", "99"} << 1 << QByteArray("100 to");
    QTest::newRow("no such folder")
        << QStringList{"--out", "/nonexistent/ds.h5"} << 1 << QByteArray("does not exist");
    QTest::newRow("no such neuron")
        << QStringList{"--neuron", "purkinje"} << 1 << QByteArray("purkinje");
    QTest::newRow("no such parameter")
        << QStringList{"--set", "g_max=1"} << 1 << QByteArray("g_max");
}

void tst_DatasetBuild::refused()
{
    QFETCH(QStringList, more);
    QFETCH(int, code);
    QFETCH(QByteArray, part);
    const Ended ended = run(buildArguments(more));
    QVERIFY2(ended.code == code, ended.err);
    QVERIFY2(ended.err.contains(part), ended.err);
    QVERIFY2(test::isSentence(ended.err.trimmed().toStdString()), ended.err);
    QVERIFY(m_folder->names().isEmpty());
}

DT_TEST(tst_DatasetBuild, QCoreApplication)
#include "tst_DatasetBuild.moc"
