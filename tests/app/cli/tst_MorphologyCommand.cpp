// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/ProjectFile.h"
#include "tests/app/cli/RunCli.h"
#include "tests/support/Child.h"
#include "tests/support/Neurons.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>

using namespace dt;
using namespace dt::test;

class tst_MorphologyCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void importsAndExports();
    void importTakesTheRestFromANeuron();
    void remarksByLine();
    void remarksOfAKindAreOne();
    void followsLinks();
    void fullDisk();
    void faults();
    void soma();
    void usage_data();
    void usage();
    void keepsExistingFiles();
    void script();

private:
    [[nodiscard]] QString at(const char *name) const { return m_folder.at(QLatin1String(name)); }
    [[nodiscard]] static QString cell(const char *name)
    {
        return QString::fromStdString(dataPath(std::string("swc/") + name));
    }
    TestFolder m_folder;
};

void tst_MorphologyCommand::importsAndExports()
{
    const CliOutcome outcome = runCli(
        {"neuron", "import", cell("three_points.swc"), "--out", at("cell.dendro"), "--json"});
    QVERIFY2(outcome.code == cli::Ok, outcome.err.c_str());
    const nlohmann::json json = jsonOf(outcome);
    QCOMPARE(json["dendrites"].get<int>(), 4);
    QCOMPARE(json["soma_L_um"].get<double>(), 16.0);
    QCOMPARE(json["points"].get<int>(), 9);
    const Result<Project> project = loadProject(at("cell.dendro"));
    VERIFY_OK(project);
    QCOMPARE(project->neuron.dendrites.size(), std::size_t{4});
    QCOMPARE(project->neuron.segmentCount(), json["num_segments"].get<int>());
    QVERIFY(project->stimulus.painted.empty());

    const CliOutcome out =
        runCli({"neuron", "export", at("cell.dendro"), "--swc", at("back.swc"), "--json"});
    QVERIFY2(out.code == cli::Ok, out.err.c_str());
    QVERIFY(m_folder.read(QStringLiteral("back.swc")).startsWith("# cell\n"));
    const CliOutcome again =
        runCli({"neuron", "import", at("back.swc"), "--out", at("again.dendro"), "--json"});
    QVERIFY2(again.code == cli::Ok, again.err.c_str());
    QVERIFY(std::abs(jsonOf(again)["dendrite_area_um2"].get<double>()
                     - json["dendrite_area_um2"].get<double>())
            < 1e-6);
    const CliOutcome text =
        runCli({"neuron", "import", at("back.swc"), "--out", at("again.dendro"), "--force"});
    QVERIFY2(contains(text.out, "again.dendro: 4 dendrites, "), text.out.c_str());
    QVERIFY2(contains(text.out, "soma 16.0 x 16.0 um."), text.out.c_str());
}

void tst_MorphologyCommand::importTakesTheRestFromANeuron()
{
    const CliOutcome outcome =
        runCli({"neuron", "import", cell("sphere.swc"), "--out", at("ampa.dendro"), "--neuron",
                "ampa-point", "--set", "Ra_ohm_cm=90"});
    QVERIFY2(outcome.code == cli::Ok, outcome.err.c_str());
    const Neuron neuron = loadProject(at("ampa.dendro")).value().neuron;
    QCOMPARE(neuron.synapseKinds, presetNeuron("ampa-point").value().synapseKinds);
    QCOMPARE(neuron.membrane.raOhmCm, 90.0);
    QCOMPARE(neuron.soma.diamUm, 20.0);
}

void tst_MorphologyCommand::remarksByLine()
{
    const CliOutcome outcome =
        runCli({"neuron", "import", cell("types.swc"), "--out", at("types.dendro"), "--json"});
    QCOMPARE(outcome.code, int(cli::Ok));
    QVERIFY2(contains(outcome.err, "types.swc:7: Type 5 is none of"), outcome.err.c_str());
    const nlohmann::json json = jsonOf(outcome);
    QCOMPARE(json["warnings"].size(), json["warning_count"].get<std::size_t>());
    QVERIFY(json["warnings"].size() >= 3);
}

/// Those that matter are not pushed out by many that do not.
void tst_MorphologyCommand::remarksOfAKindAreOne()
{
    QByteArray text("1 1 0 0 0 5 -1 0 0\n");
    for (int i = 2; i < 1200; ++i)
        text += QByteArray::number(i) + (i == 1150 ? " 9 " : " 3 ") + QByteArray::number(i)
            + (i == 1100 ? " 0 0 0 " : " 0 0 1 ") + QByteArray::number(i - 1) + " 0 0\n";
    QVERIFY(m_folder.write(QStringLiteral("cell.eswc"), text));
    const CliOutcome outcome =
        runCli({"neuron", "import", at("cell.eswc"), "--out", at("eswc.dendro"), "--json"});
    QVERIFY2(outcome.code == cli::Ok, outcome.err.c_str());
    const nlohmann::json warnings = jsonOf(outcome)["warnings"];
    QCOMPARE(warnings.size(), std::size_t{3});
    QCOMPARE(warnings[0]["lines"].get<int>(), 1199);
    QVERIFY(contains(warnings[0]["message"].get<std::string>(), "It has 9 fields"));
    QVERIFY(contains(warnings[1]["message"].get<std::string>(), "The radius is 0"));
    QVERIFY(contains(warnings[2]["message"].get<std::string>(), "Type 9"));
    QCOMPARE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 3);
}

void tst_MorphologyCommand::followsLinks()
{
    QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("disk")));
    const auto link = [&](const char *name) {
        return QFile::link(QStringLiteral("disk/") + name, at(name));
    };
    QVERIFY(link("linked.dendro") && link("linked.swc") && link("linked.py"));
    const QStringList commands[] = {
        {"neuron", "import", cell("sphere.swc"), "--out", at("linked.dendro")},
        {"neuron", "export", at("linked.dendro"), "--swc", at("linked.swc")},
        {"neuron", "script", at("linked.dendro"), "--out", at("linked.py")}};
    for (const QStringList &command : commands) {
        const CliOutcome outcome = runCli(command);
        QVERIFY2(outcome.code == cli::Ok, outcome.err.c_str());
        const QFileInfo target(command.last());
        QVERIFY(target.isSymLink());
        QVERIFY(QFileInfo(at("disk")).dir().exists(QStringLiteral("disk/") + target.fileName()));
        QVERIFY(target.size() > 100);
    }
}

/// The message names the target and the reason.
void tst_MorphologyCommand::fullDisk()
{
    const QStringList commands[] = {
        {"neuron", "import", cell("sphere.swc"), "--out", at("full.dendro")},
        {"neuron", "script", "nmda-cable", "--out", at("full.py")}};
    for (const QStringList &command : commands) {
        const ChildResult child = inChild([&]() -> std::string {
            limitFileSize(100);
            return runCli(command).err;
        });
        QVERIFY(child.exited);
        const std::string path = command.last().toStdString();
        QVERIFY2(
            child.text.starts_with(path + " could not be written: files may not be that large"),
            child.text.c_str());
        QVERIFY(!contains(child.text, ".part"));
        QVERIFY(!QFile::exists(command.last()));
    }
}

void tst_MorphologyCommand::faults()
{
    QVERIFY(m_folder.write(QStringLiteral("bad.swc"), "1 1 0 0 0 10 -1\n2 3 x 0 0 1 1\n3 3\n"));
    const QStringList command{"neuron", "import", at("bad.swc"), "--out", at("bad.dendro")};
    VERIFY_REFUSED(runCli(command), cli::Failed, "bad.swc: Line 2: The x is 'x'");
    VERIFY_REFUSED(runCli(command), cli::Failed, "It is the first of 2 faults.");
    QVERIFY(!QFile::exists(at("bad.dendro")));
    const CliOutcome listed = runCli(command + QStringList("--json"));
    QCOMPARE(listed.code, int(cli::Failed));
    const nlohmann::json json = jsonOf(listed);
    QCOMPARE(json["faults"].size(), std::size_t{2});
    QCOMPARE(json["faults"][1]["line"].get<int>(), 3);
    VERIFY_REFUSED(runCli({"neuron", "import", at("none.swc"), "--out", at("bad.dendro")}),
                   cli::Failed, "none.swc cannot be read");
}

void tst_MorphologyCommand::soma()
{
    QVERIFY(m_folder.write(QStringLiteral("headless.swc"),
                           "1 3 5 5 5 1 -1\n2 3 15 5 5 1 1\n3 3 150 5 5 1 2\n"));
    const QStringList command{"neuron", "import", at("headless.swc"), "--out", at("soma.dendro")};
    VERIFY_REFUSED(runCli(command), cli::Failed, "--add-soma 25");
    const CliOutcome outcome = runCli(command + QStringList{"--add-soma", "18"});
    QVERIFY2(outcome.code == cli::Ok, outcome.err.c_str());
    QCOMPARE(loadProject(at("soma.dendro")).value().neuron.soma, (Soma{18.0, 18.0}));
    VERIFY_REFUSED(runCli(command + QStringList{"--add-soma", "-1", "--force"}), cli::Usage,
                   "add-soma");
    VERIFY_REFUSED(runCli(command + QStringList{"--add-soma", "5000", "--force"}), cli::Failed,
                   "As a cylinder the soma would be");
}

void tst_MorphologyCommand::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("part");
    QTest::newRow("import nothing") << QStringList{"neuron", "import"} << "argument is missing";
    QTest::newRow("import nowhere")
        << QStringList{"neuron", "import", "a.swc"} << "--out is missing";
    QTest::newRow("export nowhere")
        << QStringList{"neuron", "export", "nmda-cable"} << "--swc is missing";
    QTest::newRow("script nowhere")
        << QStringList{"neuron", "script", "nmda-cable"} << "--out is missing";
}

void tst_MorphologyCommand::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, part);
    VERIFY_REFUSED(runCli(arguments), cli::Usage, part.toStdString());
}

void tst_MorphologyCommand::keepsExistingFiles()
{
    QVERIFY(m_folder.write(QStringLiteral("there"), "mine"));
    for (const QStringList &command :
         {QStringList{"neuron", "import", cell("sphere.swc"), "--out", at("there")},
          QStringList{"neuron", "export", "nmda-cable", "--swc", at("there")},
          QStringList{"neuron", "script", "nmda-cable", "--out", at("there")}}) {
        VERIFY_REFUSED(runCli(command), cli::Failed, "there");
        QCOMPARE(m_folder.read(QStringLiteral("there")), QByteArray("mine"));
        QCOMPARE(runCli(command + QStringList("--force")).code, int(cli::Ok));
        QVERIFY(m_folder.read(QStringLiteral("there")) != QByteArray("mine"));
        QVERIFY(m_folder.write(QStringLiteral("there"), "mine"));
    }
}

void tst_MorphologyCommand::script()
{
    Project project;
    project.neuron = treeWithTable();
    project.stimulus.durationMs = 321;
    VERIFY_OK(saveProject(at("tree.dendro"), project));
    const CliOutcome outcome =
        runCli({"neuron", "script", at("tree.dendro"), "--out", at("run.py")});
    QVERIFY2(outcome.code == cli::Ok, outcome.err.c_str());
    const QByteArray text = m_folder.read(QStringLiteral("run.py"));
    QVERIFY(text.startsWith("#!/usr/bin/env python3\n\"\"\"tree\n"));
    QVERIFY(text.contains("DURATION_MS = 321\n"));
    QVERIFY(text.contains("# shunt\n"));
    VERIFY_REFUSED(runCli({"neuron", "script", "no-such", "--out", at("x.py")}), cli::Failed,
                   "no-such");
}

DT_TEST(tst_MorphologyCommand, QCoreApplication)
#include "tst_MorphologyCommand.moc"
