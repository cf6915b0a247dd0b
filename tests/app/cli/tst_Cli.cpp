// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Version.h"
#include "engine/cell/Frusta.h"
#include "engine/cell/Parameters.h"
#include "engine/data/RecordingFile.h"
#include "engine/project/ProjectFile.h"
#include "tests/app/cli/RunCli.h"
#include "tests/support/Neurons.h"
#include "tests/support/Recordings.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTest>

using namespace dt;
using test::CliOutcome;
using test::runCli;

namespace {

nlohmann::json show(const QStringList &arguments)
{
    const CliOutcome outcome = runCli(QStringList{"neuron", "show", "--json"} + arguments);
    if (outcome.code != 0)
        qWarning("%s", outcome.err.c_str());
    return test::jsonOf(outcome);
}

bool near(const nlohmann::json &value, double expected, double tolerance)
{
    return value.is_number() && std::abs(value.get<double>() - expected) <= tolerance;
}

} // namespace

class tst_Cli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void help_data();
    void help();
    void everyCommandHelps();
    void version();
    void usage_data();
    void usage();
    void nothing();
    void failed_data();
    void failed();
    void presets();
    void jsonBeforeTheCommand();
    void bench();
    void show_data();
    void show();
    void showSet();
    void showTapered();
    void showText();
    void showFiles();
    void about();
};

void tst_Cli::initTestCase()
{
    qputenv("DENDROTWIN_WORKER", QByteArray::fromStdString(test::testProgram("fakeworker")));
}

void tst_Cli::help_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("--help") << QStringList{"--help"};
    QTest::newRow("-h") << QStringList{"-h"};
    QTest::newRow("help") << QStringList{"help"};
    QTest::newRow("neuron") << QStringList{"neuron", "--help"};
    QTest::newRow("neuron -h") << QStringList{"neuron", "-h"};
    QTest::newRow("neuron presets") << QStringList{"neuron", "presets", "--help"};
    QTest::newRow("neuron show") << QStringList{"neuron", "show", "--help"};
    QTest::newRow("neuron show X") << QStringList{"neuron", "show", "nmda-cable", "--help"};
    QTest::newRow("simulate") << QStringList{"simulate", "--help"};
    QTest::newRow("about") << QStringList{"about", "--help"};
}

void tst_Cli::help()
{
    QFETCH(QStringList, arguments);
    const CliOutcome outcome = runCli(arguments);
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.out.starts_with("Usage: dendrotwin-cli"), outcome.out.c_str());
    QVERIFY(outcome.err.empty());
    // It names the command it explains.
    for (const QString &argument : arguments) {
        if (!argument.startsWith(QLatin1Char('-')) && argument != QStringLiteral("help")
            && argument != QStringLiteral("nmda-cable"))
            QVERIFY2(test::contains(outcome.out, argument.toStdString()), outcome.out.c_str());
    }
}

void tst_Cli::everyCommandHelps()
{
    const QString text = QString::fromStdString(runCli({"--help"}).out);
    QStringList names;
    for (auto it =
             QRegularExpression(QStringLiteral("^  (\\w+) "), QRegularExpression::MultilineOption)
                 .globalMatch(text);
         it.hasNext();)
        names << it.next().captured(1);
    QVERIFY(names.size() >= 3);
    for (const QString &name : names) {
        const CliOutcome outcome = runCli({name, "--help"});
        QVERIFY2(outcome.code == 0 && outcome.out.starts_with("Usage: "), qPrintable(name));
    }
}

void tst_Cli::version()
{
    const CliOutcome outcome = runCli({"--version"});
    QCOMPARE(outcome.code, 0);
    QCOMPARE(outcome.out, "DendroTwin " + std::string(ProgramVersion) + "\n");
}

void tst_Cli::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QStringList &arguments, const char *words) {
        QTest::newRow(name) << arguments << QByteArray(words);
    };
    row("unknown command", {"sing"}, "no command 'sing'");
    row("a command's case", {"Simulate"}, "no command 'Simulate'");
    row("only an option", {"--json"}, "no command '--json'");
    row("option first, unknown command", {"--json", "sing"}, "no command 'sing'");
    row("option first, nothing to show", {"--json", "neuron", "show"}, "argument is missing");
    row("unknown neuron command", {"neuron", "paint"}, "'neuron paint'");
    row("nothing to show", {"neuron", "show"}, "argument is missing");
    row("two to show", {"neuron", "show", "nmda-cable", "ampa-point"}, "'ampa-point'");
    row("too much for presets", {"neuron", "presets", "nmda-cable"}, "'nmda-cable'");
    row("unknown option", {"neuron", "show", "nmda-cable", "--loud"}, "loud");
    row("option without value", {"neuron", "show", "nmda-cable", "--set"}, "set");
    row("simulate nothing", {"simulate"}, "--neuron is missing");
    row("simulate without neuron", {"simulate", "--input", "a", "--out", "b"}, "--neuron is");
    row("simulate without input", {"simulate", "--neuron", "a", "--out", "b"}, "--input is");
    row("simulate without target", {"simulate", "--neuron", "a", "--input", "b"}, "--out is");
    row("simulate with more", {"simulate", "x", "--neuron", "a", "--input", "b", "--out", "c"},
        "'x'");
    row("unknown engine",
        {"simulate", "--neuron", "nmda-cable", "--input", "a", "--out", "b", "--engine", "warp"},
        "'warp'");
    row("about with more", {"about", "me"}, "'me'");
}

void tst_Cli::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    const CliOutcome outcome = runCli(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY(outcome.out.empty());
    QVERIFY2(test::contains(outcome.err, words.toStdString()), outcome.err.c_str());
    QVERIFY2(test::contains(outcome.err, "--help'."), outcome.err.c_str());
    QCOMPARE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), 1);
}

void tst_Cli::nothing()
{
    for (const QStringList &arguments : {QStringList(), QStringList("neuron")}) {
        const CliOutcome outcome = runCli(arguments);
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.out.empty());
        QVERIFY(outcome.err.starts_with("Usage: "));
    }
}

void tst_Cli::failed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QStringList &arguments, const char *words) {
        QTest::newRow(name) << arguments << QByteArray(words);
    };
    row("unknown preset", {"nmda"}, "The presets are nmda-cable, ampa-point, nmda-cable-64");
    row("missing project", {"none.dendro"}, "no file none.dendro");
    row("missing file", {"some/folder/x"}, "no file some/folder/x");
    row("a folder", {QDir::tempPath()}, "is a folder");
    row("unknown parameter", {"nmda-cable", "--set", "dend_l_um=5"}, "Did you mean dend_L_um?");
    row("not a number", {"nmda-cable", "--set", "dend_L_um=long"}, "'long' is not a number");
    row("NaN", {"nmda-cable", "--set", "dend_L_um=nan"}, "dend_L_um");
    row("out of range", {"nmda-cable", "--set", "num_segments=0"}, "range of 1 to 1000");
    row("huge", {"nmda-cable", "--set", "num_segments=1e9"}, "range of 1 to 1000");
    row("fraction", {"nmda-cable", "--set", "num_segments=2.5"}, "whole number");
    row("unknown type", {"nmda-cable", "--set", "synapse_type=kainate"}, "NMDA_rodent");
    row("no value", {"nmda-cable", "--set", "dend_L_um"}, "NAME=VALUE");
    row("no name", {"nmda-cable", "--set", "=5"}, "NAME=VALUE");
    row("empty value", {"nmda-cable", "--set", "dend_L_um="}, "is not a number");
    row("second of two", {"nmda-cable", "--set", "dend_L_um=5", "--set", "Ra=5"}, "'Ra'");
}

void tst_Cli::failed()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    for (const QStringList &before :
         {QStringList{"neuron", "show"}, QStringList{"neuron", "show", "--json"}})
        VERIFY_REFUSED(runCli(before + arguments), cli::Failed, words.toStdString());
}

void tst_Cli::presets()
{
    const CliOutcome text = runCli({"neuron", "presets"});
    QCOMPARE(text.code, 0);
    const CliOutcome outcome = runCli({"neuron", "presets", "--json"});
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.err.empty());
    const nlohmann::json presets = test::jsonOf(outcome)["presets"];
    QCOMPARE(presets.size(), std::size_t(3));
    for (const char *name : {"nmda-cable", "ampa-point", "nmda-cable-64"}) {
        QVERIFY2(test::contains(text.out, name), name);
        QVERIFY2(std::any_of(presets.begin(), presets.end(),
                             [&](const nlohmann::json &preset) { return preset["name"] == name; }),
                 name);
    }
}

void tst_Cli::jsonBeforeTheCommand()
{
    const CliOutcome after = runCli({"neuron", "show", "nmda-cable", "--json"});
    const CliOutcome before = runCli({"--json", "neuron", "show", "nmda-cable"});
    QVERIFY(test::jsonOf(after).is_object());
    QCOMPARE(before.out, after.out);
    QCOMPARE(before.code, 0);
    QCOMPARE(runCli({"--json", "neuron", "show", "nmda-cable", "--json"}).out, after.out);
    QVERIFY(runCli({"--json", "--help"}).out.starts_with("Usage: "));
}

void tst_Cli::bench()
{
    // Its own input is rain that the fake worker answers at once.
    const CliOutcome outcome = runCli({"bench", "simulate", "--jobs", "2"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const QStringList lines =
        QString::fromStdString(outcome.out).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 5);
    QList<qsizetype> ends;
    for (const QString &line : lines.mid(1)) {
        // Two spaces at least between the words and the number, and numbers below each other.
        const QRegularExpression form(QStringLiteral("^  \\S.*\\S  +\\d+\\.\\d{3} s( |$)"));
        QVERIFY2(form.match(line).hasMatch() || line.endsWith(QStringLiteral("   not measured")),
                 qPrintable(line));
        if (form.match(line).hasMatch())
            ends << line.indexOf(QRegularExpression(QStringLiteral(" s( |$)")));
    }
    QVERIFY(ends.size() >= 3);
    for (const qsizetype end : ends)
        QCOMPARE(end, ends.first());
    QVERIFY2(outcome.out.find("one worker, batches of 16") != std::string::npos
                 && outcome.out.find("2 workers together") != std::string::npos,
             outcome.out.c_str());
}

void tst_Cli::show_data()
{
    QTest::addColumn<int>("segments");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<double>("lambda");
    QTest::addColumn<double>("length");
    QTest::addColumn<double>("smoothing");
    QTest::newRow("nmda-cable") << 8 << QByteArray("NMDA_human") << 577.35 << 3.547 << 2.5;
    QTest::newRow("ampa-point") << 8 << QByteArray("AMPA") << 1154.70 << 0.1108 << 2.5;
    QTest::newRow("nmda-cable-64") << 64 << QByteArray("NMDA_human") << 577.35 << 3.547 << 2.0;
}

void tst_Cli::show()
{
    QFETCH(int, segments);
    QFETCH(QByteArray, type);
    QFETCH(double, lambda);
    QFETCH(double, length);
    QFETCH(double, smoothing);
    const nlohmann::json shown = ::show({QTest::currentDataTag()});
    for (const ParameterInfo &parameter : parameters()) {
        const std::string name(parameter.name);
        QVERIFY2(shown.contains(name) && shown[name].is_number(), name.c_str());
        QVERIFY2(shown[name].is_number_integer() == parameter.integer, name.c_str());
    }
    QCOMPARE(shown["num_segments"].get<int>(), segments);
    QVERIFY(shown["synapse_type"] == type.toStdString());
    QVERIFY(near(shown["lambda_um"], lambda, 0.005));
    QVERIFY(near(shown["L_over_lambda"], length, 0.0005));
    QVERIFY(shown["inst_rate_smoothing_tau"] == smoothing);
    QVERIFY(shown["soma_voltage_cap_mV"] == -62.0);
    QVERIFY(shown["num_samples_per_ms"] == 40);
    QVERIFY(shown["multiplicative_SKE2_factor"] == 0.0);
}

void tst_Cli::showSet()
{
    // In order: the last word counts, and a type sets three values at once.
    nlohmann::json shown = ::show({"nmda-cable", "--set", "dend_L_um=100", "--set",
                                   "dend_L_um=577.3502691896258", "--set", "num_segments=3"});
    QVERIFY(shown["dend_L_um"] == 577.3502691896258);
    QVERIFY(shown["num_segments"] == 3);
    QVERIFY(near(shown["L_over_lambda"], 1.0, 1e-12));
    shown = ::show({"nmda-cable", "--set", "g_max_AMPA_uS=0.5", "--set", "synapse_type=AMPA"});
    QVERIFY(shown["g_max_AMPA_uS"] == 0.0004 && shown["g_max_NMDA_uS"] == 0.0);
    QVERIFY(shown["gamma_NMDA"] == 0.062);
    QVERIFY(shown["synapse_type"] == "AMPA");
    shown = ::show({"nmda-cable", "--set", "synapse_type=AMPA", "--set", "g_max_AMPA_uS=0.5"});
    QVERIFY(shown["g_max_AMPA_uS"] == 0.5);
    QVERIFY(shown["synapse_type"] == "custom");
}

void tst_Cli::showTapered()
{
    const test::TestFolder folder;
    Project project;
    setPoints(project.neuron.dendrites[0],
              {{0, 0, 0, 4.0}, {100, 0, 0, 2.0}, {200, 0, 0, 1.0}, {300, 0, 0, 0.5}});
    const QString path = folder.at(QStringLiteral("tapered.dendro"));
    VERIFY_OK(saveProject(path, project));
    QVERIFY(near(::show({path})["L_over_lambda"], 0.448, 0.001));
}

void tst_Cli::showText()
{
    const CliOutcome outcome = runCli({"neuron", "show", "nmda-cable"});
    QCOMPARE(outcome.code, 0);
    QVERIFY(outcome.err.empty());
    const QString text = QString::fromStdString(outcome.out);
    for (const char *line : {"^dend_L_um +2048 um$", "^num_segments +8 *$", "^epas_mV +-85 mV$",
                             "^synapse_type +NMDA_human$", "^lambda_um +577.35$"})
        QVERIFY2(QRegularExpression(QLatin1String(line), QRegularExpression::MultilineOption)
                     .match(text)
                     .hasMatch(),
                 line);
}

void tst_Cli::showFiles()
{
    const test::TestFolder folder;
    Project project;
    project.neuron = test::treeWithTable();
    VERIFY_OK(saveProject(folder.at("tree.dendro"), project));
    nlohmann::json shown = ::show({folder.at("tree.dendro")});
    QVERIFY(shown["num_segments"] == 8);
    QVERIFY(!shown.contains("dend_L_um")); // there is no one dendrite
    QVERIFY(near(shown["lambda_um"], 577.35 * std::sqrt(2.0), 0.01));

    Neuron neuron = presetNeuron("ampa-point").value();
    neuron.membrane.raOhmCm = 99.5;
    VERIFY_OK(writeRecording(folder.file("a.h5"), test::randomRecording(neuron, 5), false));
    shown = ::show({folder.at("a.h5")});
    QVERIFY(shown["Ra_ohm_cm"] == 99.5 && shown["synapse_type"] == "AMPA");

    shown = ::show({QString::fromStdString(test::dataPath("neuron/nmda_rodent_slow_ahp.h5"))});
    QVERIFY(shown["dend_L_um"] == 512.0 && shown["multiplicative_SKE2_factor"] == 1.0);
    QVERIFY(shown["synapse_type"] == "NMDA_rodent");

    QVERIFY(folder.write("a.dendro", "{\"format\": \"dendrotwin-proj"));
    VERIFY_REFUSED(runCli({"neuron", "show", folder.at("a.dendro")}), cli::Failed,
                   folder.file("a.dendro") + " ends too early");
    QVERIFY(folder.write("b.h5", "no HDF5"));
    VERIFY_REFUSED(runCli({"neuron", "show", folder.at("b.h5")}), cli::Failed,
                   folder.file("b.h5") + " is not an HDF5 file");
}

void tst_Cli::about()
{
    const CliOutcome outcome = runCli({"about", "--json"});
    QCOMPARE(outcome.code, 0);
    const nlohmann::json about = test::jsonOf(outcome);
    QVERIFY(about["dendrotwin"] == std::string(ProgramVersion));
    QVERIFY(about["qt"] == qVersion());
    QVERIFY(about["neuron"] == "FAKE 1.0");
    QVERIFY2(about["libtorch"].get<std::string>().find('.') == 1, outcome.out.c_str());

    const QByteArray before = qgetenv("DENDROTWIN_WORKER");
    qputenv("DENDROTWIN_WORKER", "/no/such/worker");
    const CliOutcome without = runCli({"about"});
    qputenv("DENDROTWIN_WORKER", before);
    QCOMPARE(without.code, 0);
    QVERIFY2(QRegularExpression(QStringLiteral("neuron +not available"))
                 .match(QString::fromStdString(without.out))
                 .hasMatch(),
             without.out.c_str());
}

DT_TEST(tst_Cli, QCoreApplication)
#include "tst_Cli.moc"
