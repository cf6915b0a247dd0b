// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/ProjectFile.h"
#include "tests/app/cli/RunCli.h"
#include "tests/support/Child.h"
#include "tests/support/Datasets.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

using namespace dt;
using test::CliOutcome;
using test::runCli;

/// The commands of `dataset` on made-up data sets: what they print, write and refuse.
class tst_DatasetCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void helps();
    void usageMistakes_data();
    void usageMistakes();
    void infoTells();
    void infoOfUnfinished();
    void statsTell();
    void verifies();
    void verifiesDamage();
    void filters();
    void filterRefuses_data();
    void filterRefuses();
    void numpyThereAndBack();
    void importRefuses();
    void notADataset_data();
    void notADataset();
    void resumeOfNothing();
    void diskFull_data();
    void diskFull();

private:
    [[nodiscard]] CliOutcome dataset(const QStringList &arguments) const
    {
        return runCli(QStringList{"dataset"} + arguments);
    }
    [[nodiscard]] QString at(const char *name) const
    {
        return m_folder->at(QString::fromUtf8(name));
    }

    std::unique_ptr<test::TestFolder> m_folder;
};

namespace {

/// The example with a preset's geometry, so that NumPy folders tell it.
DatasetPlan presetPlan()
{
    DatasetPlan plan = test::smallPlan({3, 2, 1}, 200);
    plan.neuron = presetNeuron("nmda-cable").value();
    return plan;
}

} // namespace

void tst_DatasetCommand::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    VERIFY_OK(test::makeDataset(m_folder->file("ds.h5"), presetPlan()));
}

void tst_DatasetCommand::helps()
{
    const CliOutcome all = dataset({"--help"});
    QCOMPARE(all.code, 0);
    QVERIFY2(all.out.starts_with("Usage: "), all.out.c_str());
    for (const char *command :
         {"build", "resume", "info", "stats", "verify", "filter", "import-numpy", "export-numpy"}) {
        QVERIFY2(test::contains(all.out, "\n  " + std::string(command) + " "), command);
        const CliOutcome one = dataset({command, "--help"});
        QVERIFY2(one.code == 0 && one.out.starts_with("Usage: "), command);
    }
    QCOMPARE(dataset({}).code, int(cli::Usage));
}

void tst_DatasetCommand::usageMistakes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *arguments, const char *part) {
        QTest::newRow(qUtf8Printable(QString::fromUtf8(arguments).left(80)))
            << QString::fromUtf8(arguments).split(' ', Qt::SkipEmptyParts)
            << QString::fromUtf8(part);
    };
    const QByteArray build("build --neuron nmda-cable --train 1 --valid 1 --test 1 --out x.h5 ");
    row("bild", "There is no 'dataset bild'");
    row("build --train 1 --valid 1 --test 1 --out x.h5", "--neuron is missing");
    row("build --neuron nmda-cable --valid 1 --test 1 --out x.h5", "--train is missing");
    row("build --neuron nmda-cable --train 1 --test 1 --out x.h5", "--valid is missing");
    row("build --neuron nmda-cable --train 1 --valid 1 --out x.h5", "--test is missing");
    row("build --neuron nmda-cable --train 1 --valid 1 --test 1", "--out is missing");
    row("build --neuron nmda-cable --train x --valid 1 --test 1 --out x.h5", "--train");
    row("build --neuron nmda-cable --train -1 --valid 1 --test 1 --out x.h5", "--train");
    row(build + "--jobs 0", "--jobs");
    row(build + "--jobs 1025", "--jobs");
    row(build + "--seed -1", "--seed");
    row(build + "--seed 18446744073709551616", "--seed");
    row(build + "--duration-ms 0.5", "--duration-ms");
    row(build + "--engine brain", "no engine 'brain'");
    row(build + "--frobnicate", "frobnicate");
    row(build + "more", "more");
    row("resume", "An argument is missing");
    row("resume a.h5 b.h5", "b.h5");
    row("resume a.h5 --jobs x", "--jobs");
    row("info", "An argument is missing");
    row("stats", "An argument is missing");
    row("verify", "An argument is missing");
    row("filter ds.h5", "--out is missing");
    row("filter ds.h5 --out x.h5 --range firing_rate_hz=1", "firing_rate_hz=1");
    row("filter ds.h5 --out x.h5 --range rate=1:2", "rate");
    row("filter ds.h5 --out x.h5 --range firing_rate_hz=2:1", "2");
    row("import-numpy folder", "--out is missing");
    row("import-numpy folder --out x.h5 --set num_segments=3", "--neuron");
    row("export-numpy ds.h5", "--out is missing");
}

void tst_DatasetCommand::usageMistakes()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, part);
    const CliOutcome outcome = dataset(arguments);
    QCOMPARE(outcome.code, int(cli::Usage));
    QVERIFY2(test::contains(outcome.err, part.toStdString()), outcome.err.c_str());
    QVERIFY(outcome.out.empty());
    QVERIFY(!QFile::exists(QStringLiteral("x.h5")));
}

void tst_DatasetCommand::infoTells()
{
    CliOutcome outcome = dataset({"info", at("ds.h5")});
    QVERIFY2(outcome.code == 0 && outcome.err.empty(), outcome.err.c_str());
    for (const char *part :
         {"3 train, 2 valid, 1 test simulations of 200 ms, 8 segments, ", " kB\n",
          "neuron: BallAndStickNeuron_Soma_Hay2011_Dend_Lxd_2048um_x_1_0um_8segs",
          "seed 1, engine neuron", "train: 3 of 3 candidates passed the filter"})
        QVERIFY2(test::contains(outcome.out, part), outcome.out.c_str());
    outcome = dataset({"info", at("ds.h5"), "--json"});
    const nlohmann::json json = test::jsonOf(outcome);
    QVERIFY2(json.is_object(), outcome.out.c_str());
    QVERIFY(json["simulations"] == (nlohmann::json{{"train", 3}, {"valid", 2}, {"test", 1}}));
    QVERIFY(json["duration_ms"] == 200 && json["num_segments"] == 8);
    QVERIFY(json["seed"] == 1 && json["engine"] == "neuron" && json["complete"] == true);
    QVERIFY(json["source"] == "build");
    QVERIFY(json["neuron"]["dendrites"].size() == 1);
    QVERIFY(json["acceptance"]["valid"]["tried"] == 2);
    QVERIFY(json["bytes"] == m_folder->read("ds.h5").size());
}

void tst_DatasetCommand::infoOfUnfinished()
{
    {
        const Result<BuildFolder> folder =
            BuildFolder::create(m_folder->file("new.h5"), presetPlan(), false);
        VERIFY_OK(folder);
        VERIFY_OK(test::writeMadeUpShard(*folder, Split::Train, 0));
        VERIFY_OK(test::writeMadeUpShard(*folder, Split::Train, 2)); // behind a gap
    }
    CliOutcome outcome = dataset({"info", at("new.h5")});
    QVERIFY2(outcome.code == 0 && outcome.err.empty(), outcome.err.c_str());
    QCOMPARE(outcome.out,
             "unfinished: 1 train, 0 valid, 0 test of 3, 2, 1 simulations of 200 ms\n"
             "go on with: dendrotwin-cli dataset resume "
                 + m_folder->file("new.h5") + "\n");
    outcome = dataset({"info", at("new.h5"), "--json"});
    const nlohmann::json json = test::jsonOf(outcome);
    QVERIFY2(json.is_object(), outcome.out.c_str());
    QVERIFY(json["complete"] == false);
    QVERIFY(json["simulations"] == (nlohmann::json{{"train", 1}, {"valid", 0}, {"test", 0}}));
    QVERIFY(json["wanted"] == (nlohmann::json{{"train", 3}, {"valid", 2}, {"test", 1}}));
    for (const char *key : {"duration_ms", "num_segments", "seed", "engine", "neuron"})
        QVERIFY2(json.contains(key), key);
    // Other commands say where to go.
    for (const char *command : {"stats", "verify"})
        VERIFY_REFUSED(dataset({command, at("new.h5")}), cli::Failed, "new.h5");
}

void tst_DatasetCommand::statsTell()
{
    CliOutcome outcome = dataset({"stats", at("ds.h5")});
    QVERIFY2(outcome.code == 0 && outcome.err.empty(), outcome.err.c_str());
    QVERIFY2(test::contains(outcome.out, "train: 3 simulations\n"), outcome.out.c_str());
    QVERIFY2(test::contains(outcome.out, "test: 1 simulation\n"), outcome.out.c_str());
    outcome = dataset({"stats", at("ds.h5"), "--json"});
    const nlohmann::json json = test::jsonOf(outcome);
    QVERIFY2(json.is_object(), outcome.out.c_str());
    const DatasetPlan plan = presetPlan();
    double sum = 0.0;
    for (const std::uint64_t i : {0u, 1u, 2u})
        sum += statisticsOf(test::madeUp(plan, Split::Train, i), 8)[0];
    QVERIFY(std::abs(json["train"]["firing_rate_hz"]["mean"].get<double>() - sum / 3) < 1e-9);
    QVERIFY(json["test"]["simulations"] == 1);
    for (const StatisticInfo &info : statistics())
        QVERIFY(json["valid"][std::string(info.name)].contains("sd"));
    QVERIFY(json["valid"]["isi_ms"].contains("min"));
}

void tst_DatasetCommand::verifies()
{
    CliOutcome outcome = dataset({"verify", at("ds.h5")});
    QCOMPARE(outcome.code, 0);
    QVERIFY2(test::saysOneSentence(outcome), outcome.err.c_str());
    outcome = dataset({"verify", at("ds.h5"), "--json"});
    QCOMPARE(outcome.code, 0);
    QVERIFY(test::jsonOf(outcome)["ok"] == true);
}

void tst_DatasetCommand::verifiesDamage()
{
    QByteArray bytes = m_folder->read("ds.h5");
    bytes[bytes.size() - 1000] = static_cast<char>(bytes[bytes.size() - 1000] ^ 4);
    QVERIFY(m_folder->write("ds.h5", bytes));
    VERIFY_REFUSED(dataset({"verify", at("ds.h5"), "--json"}), cli::Failed, "ds.h5");
}

void tst_DatasetCommand::filters()
{
    CliOutcome outcome = dataset({"filter", at("ds.h5"), "--out", at("kept.h5"), "--range",
                                  "firing_rate_hz=0:1000", "--range", "exc_mean=0:10", "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    nlohmann::json json = test::jsonOf(outcome);
    QVERIFY(json["out"] == m_folder->file("kept.h5"));
    QVERIFY(json["simulations"] == (nlohmann::json{{"train", 3}, {"valid", 2}, {"test", 1}}));
    const QByteArray kept = m_folder->read("kept.h5");
    VERIFY_REFUSED(dataset({"filter", at("ds.h5"), "--out", at("kept.h5"), "--range",
                            "firing_rate_hz=0:1000"}),
                   cli::Failed, "exists already");
    QVERIFY(m_folder->read("kept.h5") == kept);
    const double first = statisticsOf(test::madeUp(presetPlan(), Split::Train, 0), 8)[6];
    const QString range = QStringLiteral("dend_v_mean=%1:%2")
                              .arg(first - 1e-6, 0, 'g', 12)
                              .arg(first + 1e-6, 0, 'g', 12);
    outcome = dataset({"filter", at("ds.h5"), "--out", at("kept.h5"), "--force", "--range", range});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QCOMPARE(outcome.err, "1 simulation, written to " + m_folder->file("kept.h5") + ".\n");
    QCOMPARE(dataset({"verify", at("kept.h5")}).code, 0);
    QVERIFY(test::jsonOf(dataset({"info", at("kept.h5"), "--json"}))["source"] == "filter");
}

void tst_DatasetCommand::filterRefuses_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QString>("out");
    QTest::addColumn<QString>("part");
    QTest::newRow("itself") << QStringList{"--force"} << "ds.h5"
                            << "ds.h5";
    QTest::newRow("nothing left") << QStringList{"--range", "firing_rate_hz=900:1000"} << "kept.h5"
                                  << "failed at firing_rate_hz (900 to 1000)";
    QTest::newRow("no such folder") << QStringList{"--range", "exc_mean=0:10"} << "no/kept.h5"
                                    << "no/kept.h5";
}

void tst_DatasetCommand::filterRefuses()
{
    QFETCH(QStringList, more);
    QFETCH(QString, out);
    QFETCH(QString, part);
    const QByteArray before = m_folder->read("ds.h5");
    VERIFY_REFUSED(dataset(QStringList{"filter", at("ds.h5"), "--out", m_folder->at(out)} + more),
                   cli::Failed, part.toStdString());
    QVERIFY(m_folder->read("ds.h5") == before);
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
}

void tst_DatasetCommand::numpyThereAndBack()
{
    CliOutcome outcome = dataset({"export-numpy", at("ds.h5"), "--out", at("np"), "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const std::string folder = test::jsonOf(outcome)["out"];
    QCOMPARE(folder,
             m_folder->file("np/BallAndStickNeuron_Soma_Hay2011_Dend_Lxd_2048um_x_1_0um"
                            "_8segs"));
    outcome =
        dataset({"import-numpy", QString::fromStdString(folder), "--out", at("back.h5"), "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QVERIFY(test::jsonOf(outcome)["simulations"]["train"] == 3);
    QCOMPARE(dataset({"verify", at("back.h5")}).code, 0);
    outcome = dataset({"info", at("back.h5")});
    QVERIFY2(test::contains(outcome.out, "imported from NumPy files"), outcome.out.c_str());
    const nlohmann::json json = test::jsonOf(dataset({"info", at("back.h5"), "--json"}));
    QVERIFY(json["seed"].is_null() && json["engine"].is_null() && json["source"] == "numpy");
    QVERIFY(test::jsonOf(dataset({"stats", at("back.h5"), "--json"}))
            == test::jsonOf(dataset({"stats", at("ds.h5"), "--json"})));
    VERIFY_REFUSED(
        dataset({"import-numpy", QString::fromStdString(folder), "--out", at("back.h5")}),
        cli::Failed, "exists already");
    QCOMPARE(
        dataset({"import-numpy", QString::fromStdString(folder), "--out", at("back.h5"), "--force"})
            .code,
        0);
}

void tst_DatasetCommand::importRefuses()
{
    QCOMPARE(dataset({"export-numpy", at("ds.h5"), "--out", at("np")}).code, 0);
    const QString name = "np/" + QDir(at("np")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)[0];
    VERIFY_REFUSED(dataset({"import-numpy", m_folder->at(name), "--out", at("x.h5"), "--neuron",
                            "nmda-cable-64"}),
                   cli::Failed, "would be BallAndStick");
    QVERIFY(QDir(m_folder->path()).rename(name, "np/mine"));
    VERIFY_REFUSED(dataset({"import-numpy", at("np/mine"), "--out", at("x.h5")}), cli::Failed,
                   "--neuron");
    QVERIFY(!m_folder->names().contains("x.h5"));
    QCOMPARE(dataset({"import-numpy", at("np/mine"), "--out", at("x.h5"), "--neuron", "nmda-cable"})
                 .code,
             0);
    VERIFY_REFUSED(
        dataset({"import-numpy", at("none"), "--out", at("y.h5"), "--neuron", "nmda-cable"}),
        cli::Failed, "none");
}

void tst_DatasetCommand::notADataset_data()
{
    QTest::addColumn<QString>("command");
    for (const char *command : {"info", "stats", "verify", "filter", "export-numpy", "resume"})
        QTest::newRow(command) << QString::fromUtf8(command);
}

void tst_DatasetCommand::notADataset()
{
    QFETCH(QString, command);
    QVERIFY(m_folder->write("text.h5", "not HDF5 at all"));
    const QStringList more = command == "filter" || command == "export-numpy"
        ? QStringList{"--out", at("out")}
        : QStringList();
    VERIFY_REFUSED(dataset(QStringList{command, at("text.h5")} + more), cli::Failed, "text.h5");
    VERIFY_REFUSED(dataset(QStringList{command, at("none.h5")} + more), cli::Failed, "none.h5");
    VERIFY_REFUSED(dataset(QStringList{command, m_folder->path()} + more), cli::Failed,
                   m_folder->path().toStdString());
    QCOMPARE(m_folder->names(), (QStringList{"ds.h5", "text.h5"}));
}

void tst_DatasetCommand::resumeOfNothing()
{
    VERIFY_REFUSED(dataset({"resume", at("none.h5")}), cli::Failed, "no unfinished build");
    CliOutcome outcome = dataset({"resume", at("ds.h5"), "--json"});
    QCOMPARE(outcome.code, 0);
    QVERIFY(test::jsonOf(outcome)["simulations"]["valid"] == 2);
}

void tst_DatasetCommand::diskFull_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("filter") << QStringList{"filter",        "ds.h5", "--range",
                                           "exc_mean=0:10", "--out", "out"};
    QTest::newRow("export") << QStringList{"export-numpy", "ds.h5", "--out", "out"};
    QTest::newRow("import") << QStringList{"import-numpy", "np",    "--neuron",
                                           "nmda-cable",   "--out", "out"};
}

void tst_DatasetCommand::diskFull()
{
    QFETCH(QStringList, arguments);
    QCOMPARE(dataset({"export-numpy", at("ds.h5"), "--out", at(".")}).code, 0);
    QVERIFY(QDir(m_folder->path()).rename(m_folder->names().filter("Ball")[0], "np"));
    const QStringList before = m_folder->names();
    for (const unsigned long bytes : {0UL, 100UL, 3000UL, 20000UL}) {
        QProcess cli;
        cli.setWorkingDirectory(m_folder->path());
        cli.setChildProcessModifier([bytes] { test::limitFileSize(bytes); });
        cli.start(QString::fromStdString(test::binDir() + "/dendrotwin-cli"),
                  QStringList{"dataset"} + arguments);
        QVERIFY(cli.waitForFinished(20000));
        const CliOutcome outcome{cli.exitStatus() == QProcess::NormalExit ? cli.exitCode() : -1,
                                 cli.readAllStandardOutput().toStdString(),
                                 cli.readAllStandardError().toStdString()};
        if (arguments[0] == "export-numpy" && bytes == 20000UL)
            break; // its files are small
        VERIFY_REFUSED(outcome, cli::Failed, "out");
        QCOMPARE(m_folder->names(), before);
    }
}

DT_TEST(tst_DatasetCommand, QCoreApplication)
#include "tst_DatasetCommand.moc"
