// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RecordingFile.h"
#include "engine/data/ZipFile.h"
#include "engine/input/Stimulus.h"
#include "engine/project/ProjectFile.h"
#include "tests/app/cli/RunCli.h"
#include "tests/support/Child.h"
#include "tests/support/H5File.h"
#include "tests/support/Neurons.h"
#include "tests/support/Recordings.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <fcntl.h>
#include <functional>
#include <limits>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace dt;
using test::CliOutcome;
using test::runCli;
using Build = std::function<void(test::H5File &)>;

namespace {

constexpr double NaN = std::numeric_limits<double>::quiet_NaN();
constexpr double Inf = std::numeric_limits<double>::infinity();

/// Both matrices, all zero but for one weight at segment 1, 2 ms.
Build matrices(hsize_t segments, double weight = 1.0)
{
    return [=](test::H5File &file) {
        std::vector<double> values(segments * 10, 0.0);
        values[12] = weight;
        file.set("input_exc", H5T_IEEE_F32LE, {segments, 10}, values);
        file.set("input_inh", H5T_IEEE_F32LE, {segments, 10});
    };
}

} // namespace

/// `simulate` with a worker that invents its samples: what goes in, what comes out, and every way
/// of being refused. The numbers themselves are the golden tests' business.
class tst_SimulateCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writes();
    void exports();
    void exportsHoldTheProject();
    void lockedInput();
    void followsLinks();
    void printsJson();
    void neurons_data();
    void neurons();
    void badInput_data();
    void badInput();
    void noInput_data();
    void noInput();
    void badNeuron_data();
    void badNeuron();
    void badTarget_data();
    void badTarget();
    void unwritableFolder();
    void diskFull();
    void badWorker_data();
    void badWorker();

private:
    /// simulate --neuron nmda-cable --input in.h5 --out out.h5 and more.
    [[nodiscard]] CliOutcome simulate(const QStringList &more = {}) const
    {
        return runCli(QStringList{"simulate", "--neuron", "nmda-cable", "--input",
                                  m_folder->at("in.h5"), "--out", m_folder->at("out.h5")}
                      + more);
    }
    void build(const char *name, const Build &build) const
    {
        test::H5File file(m_folder->file(name));
        build(file);
    }
    /// An older target is what it was, and nothing lies beside it.
    void verifyUntouched(QStringList others = {"in.h5"}) const
    {
        QCOMPARE(m_folder->read("out.h5"), QByteArray("old"));
        others << "out.h5";
        others.sort();
        QCOMPARE(m_folder->names(), others);
    }

    std::unique_ptr<test::TestFolder> m_folder;
};

void tst_SimulateCommand::init()
{
    qputenv("DENDROTWIN_WORKER", QByteArray::fromStdString(test::testProgram("fakeworker")));
    qunsetenv("FAKEWORKER_MODE");
    m_folder = std::make_unique<test::TestFolder>();
}

void tst_SimulateCommand::writes()
{
    build("in.h5", matrices(8, 0.3));
    const CliOutcome outcome = simulate();
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    QVERIFY(outcome.out.empty());
    QVERIFY2(test::saysOneSentence(outcome), outcome.err.c_str());
    QCOMPARE(m_folder->names(), (QStringList{"in.h5", "out.h5"}));
    const Result<Recording> recording = readRecording(m_folder->file("out.h5"));
    VERIFY_OK(recording);
    QCOMPARE(recording->neuron, presetNeuron("nmda-cable").value());
    QCOMPARE(recording->durationMs, 10);
    QCOMPARE(recording->engine, std::string("neuron"));
    QCOMPARE(recording->somaFine.back(), -84.6f);
    QCOMPARE(recording->input.events,
             (std::vector<InputEvent>{{Polarity::Excitatory, 1, 2, double(0.3f)}}));
    QCOMPARE(recording->input.precision, WeightPrecision::Single);
}

void tst_SimulateCommand::exports()
{
    build("in.h5", matrices(8, 0.3));
    for (const char *name : {"out.npz", "out.zip"}) {
        const CliOutcome done = simulate({"--export", m_folder->at(name), "--force"});
        QVERIFY2(done.code == 0, done.err.c_str());
        QVERIFY(QFile(m_folder->at(name)).size() > 1000);
    }
    QCOMPARE(simulate({"--export", m_folder->at("out.npz")}).code, 1); // both are there
    const CliOutcome wrong = simulate({"--export", m_folder->at("out.txt"), "--force"});
    QCOMPARE(wrong.code, 2);
    QVERIFY(wrong.err.find(".npz") != std::string::npos);
}

/// The run can be opened in the window.
void tst_SimulateCommand::exportsHoldTheProject()
{
    build("in.h5", matrices(8, 0.5));
    const CliOutcome done = simulate({"--export", m_folder->at("out.zip")});
    QVERIFY2(done.code == 0, done.err.c_str());
    const auto zip = ZipReader::open(m_folder->file("out.zip"));
    VERIFY_OK(zip);
    QVERIFY(zip->members().count("project.dendro") == 1);
    const std::string_view text = zip->members().at("project.dendro");
    const Result<Project> project =
        projectFromText(QByteArray(text.data(), qsizetype(text.size())), QStringLiteral("p"));
    VERIFY_OK(project);
    QCOMPARE(project->neuron, presetNeuron("nmda-cable").value());
    QCOMPARE(project->stimulus.durationMs, 10);
    QVERIFY(!project->stimulus.rain.on);
    QCOMPARE(renderStimulus(project->stimulus, 8).events,
             readInput(m_folder->file("in.h5"))->events);

    // What a project cannot hold is left out of it.
    build("in.h5", matrices(8, 5000.0));
    QVERIFY(simulate({"--export", m_folder->at("heavy.zip"), "--force"}).code == 0);
    const auto heavy = ZipReader::open(m_folder->file("heavy.zip"));
    const std::string_view rest = heavy->members().at("project.dendro");
    const Result<Project> light =
        projectFromText(QByteArray(rest.data(), qsizetype(rest.size())), QStringLiteral("p"));
    VERIFY_OK(light);
    QVERIFY(light->stimulus.painted.empty());

    QVERIFY(simulate({"--export", m_folder->at("out.npz"), "--force"}).code == 0);
    const auto npz = ZipReader::open(m_folder->file("out.npz"));
    VERIFY_OK(npz);
    QVERIFY(npz->members().at("project.npy").find("dendrotwin-project") != std::string_view::npos);
}

void tst_SimulateCommand::lockedInput()
{
    build("in.h5", matrices(8));
    const int fd = ::open(m_folder->file("in.h5").c_str(), O_RDWR | O_CLOEXEC);
    QVERIFY(::flock(fd, LOCK_EX | LOCK_NB) == 0);
    const CliOutcome outcome = simulate();
    ::close(fd);
    VERIFY_REFUSED(outcome, cli::Failed, "in.h5 is open in another program");
    QCOMPARE(simulate().code, int(cli::Ok));
}

void tst_SimulateCommand::followsLinks()
{
    build("in.h5", matrices(8));
    QVERIFY(QDir(m_folder->path()).mkdir("disk"));
    for (const char *name : {"out.h5", "out.npz"})
        QVERIFY(QFile::link(QStringLiteral("disk/") + name, m_folder->at(name)));
    const CliOutcome done = simulate({"--export", m_folder->at("out.npz")});
    QVERIFY2(done.code == 0, done.err.c_str());
    for (const char *name : {"out.h5", "out.npz"}) {
        QVERIFY(QFileInfo(m_folder->at(name)).isSymLink());
        QVERIFY(QFileInfo(m_folder->at(QStringLiteral("disk/") + name)).size() > 1000);
    }
    QCOMPARE(simulate().code, int(cli::Failed)); // it is there now
}

void tst_SimulateCommand::printsJson()
{
    build("in.h5", matrices(8));
    const CliOutcome outcome = simulate({"--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const nlohmann::json json = test::jsonOf(outcome);
    QVERIFY2(json.is_object(), outcome.out.c_str());
    QVERIFY(json["out"] == m_folder->file("out.h5"));
    QVERIFY(json["engine"] == "neuron");
    QVERIFY(json["duration_ms"] == 10 && json["num_segments"] == 8);
    QVERIFY(json["spikes"] == 0 && json["rate_hz"] == 0.0);
    QVERIFY(json["seconds"] == 0.125);
}

void tst_SimulateCommand::neurons_data()
{
    QTest::addColumn<QString>("neuron");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("segments");
    QTest::newRow("preset") << "ampa-point" << QStringList() << 8;
    QTest::newRow("changed") << "nmda-cable" << QStringList{"--set", "num_segments=3"} << 3;
    QTest::newRow("changed twice")
        << "nmda-cable" << QStringList{"--set", "num_segments=3", "--set", "num_segments=5"} << 5;
    QTest::newRow("project") << "tree.dendro" << QStringList() << 8;
    QTest::newRow("recording") << "old.h5" << QStringList() << 64;
}

void tst_SimulateCommand::neurons()
{
    QFETCH(QString, neuron);
    QFETCH(QStringList, more);
    QFETCH(int, segments);
    Project project;
    project.neuron = test::smallTree();
    VERIFY_OK(saveProject(m_folder->at("tree.dendro"), project));
    VERIFY_OK(
        writeRecording(m_folder->file("old.h5"), test::randomRecording(defaultNeuron(), 5), false));
    build("in.h5", matrices(static_cast<hsize_t>(segments)));
    const QString source = neuron.contains(QLatin1Char('.')) ? m_folder->at(neuron) : neuron;
    const CliOutcome outcome =
        runCli(QStringList{"simulate", "--neuron", source, "--input", m_folder->at("in.h5"),
                           "--out", m_folder->at("out.h5")}
               + more);
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const Result<Recording> recording = readRecording(m_folder->file("out.h5"));
    VERIFY_OK(recording);
    QCOMPARE(recording->segments, segments);
    if (neuron == QStringLiteral("tree.dendro"))
        QCOMPARE(recording->neuron, test::smallTree());
}

void tst_SimulateCommand::badInput_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Build>("build");
    const auto row = [](const char *name, const char *words, const Build &build) {
        QTest::newRow(name) << QByteArray(words) << build;
    };
    const hid_t type = H5T_IEEE_F32LE;
    row("foreign", "no data set 'input_exc'", [=](test::H5File &file) {
        file.set("voltage", type, {8, 10});
    });
    row("half", "no data set 'input_inh'", [=](test::H5File &file) {
        file.set("input_exc", type, {8, 10});
    });
    row("vector", "1 dimensions", [=](test::H5File &file) {
        file.set("input_exc", type, {80});
        file.set("input_inh", type, {80});
    });
    row("two shapes", "8 x 10 but 'input_inh' is 8 x 11", [=](test::H5File &file) {
        file.set("input_exc", type, {8, 10});
        file.set("input_inh", type, {8, 11});
    });
    row("empty", "is empty", [=](test::H5File &file) {
        file.set("input_exc", type, {8, 0});
        file.set("input_inh", type, {8, 0});
    });
    row("huge", "too large", [=](test::H5File &file) {
        file.set("input_exc", type, {8, 2000000});
        file.set("input_inh", type, {8, 2000000});
    });
    row("other neuron", "64 segment rows", matrices(64));
    row("on its side", "give it transposed", [](test::H5File &file) {
        file.set("input_exc", H5T_IEEE_F64LE, {300, 8});
        file.set("input_inh", H5T_IEEE_F64LE, {300, 8});
    });
    row("long and on its side", "give it transposed", [](test::H5File &file) {
        file.set("input_exc", H5T_IEEE_F64LE, {8192, 8});
        file.set("input_inh", H5T_IEEE_F64LE, {8192, 8});
    });
    row("beyond all weights", "has the weight 1e+300, more than the largest of 1000000",
        [](test::H5File &file) {
            std::vector<double> values(80, 0.0);
            values[12] = 1e300;
            file.set("input_exc", H5T_IEEE_F64LE, {8, 10}, values);
            file.set("input_inh", H5T_IEEE_F64LE, {8, 10});
        });
    row("not a number", "segment 1 at 2 ms is not a number", matrices(8, NaN));
    row("endless", "segment 1 at 2 ms is not a number", matrices(8, Inf));
    row("negative", "negative weight -0.5", matrices(8, -0.5));
    row("too heavy", "more than the largest", matrices(8, 1e7));
    row("newer", "newer DendroTwin", [=](test::H5File &file) {
        matrices(8)(file);
        file.text("format", "dendrotwin-recording");
        file.number("format_version", 99);
    });
}

void tst_SimulateCommand::badInput()
{
    QFETCH(QByteArray, words);
    QFETCH(Build, build);
    this->build("in.h5", build);
    QVERIFY(m_folder->write("out.h5", "old"));
    const CliOutcome outcome = simulate({"--force", "--json"});
    VERIFY_REFUSED(outcome, cli::Failed, words.toStdString());
    QVERIFY2(test::contains(outcome.err, m_folder->file("in.h5")), outcome.err.c_str());
    verifyUntouched();
}

void tst_SimulateCommand::noInput_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("missing") << QByteArray("There is no file");
    QTest::newRow("folder") << QByteArray("is a folder");
    QTest::newRow("text") << QByteArray("is not an HDF5 file");
    QTest::newRow("empty") << QByteArray("is not an HDF5 file");
    QTest::newRow("cut short") << QByteArray("damaged or incomplete");
}

void tst_SimulateCommand::noInput()
{
    QFETCH(QByteArray, words);
    const QByteArray tag = QTest::currentDataTag();
    QStringList others{"in.h5"};
    if (tag == "missing")
        others.clear();
    else if (tag == "folder")
        QVERIFY(QDir(m_folder->path()).mkdir("in.h5"));
    else if (tag == "text")
        QVERIFY(m_folder->write("in.h5", "0 0 1 0\n"));
    else if (tag == "empty")
        QVERIFY(m_folder->write("in.h5", ""));
    else {
        build("in.h5", matrices(8));
        QVERIFY(m_folder->write("in.h5", m_folder->read("in.h5").chopped(40)));
    }
    QVERIFY(m_folder->write("out.h5", "old"));
    const CliOutcome outcome = simulate({"--force"});
    VERIFY_REFUSED(outcome, cli::Failed, words.toStdString());
    QVERIFY2(test::contains(outcome.err, m_folder->file("in.h5")), outcome.err.c_str());
    verifyUntouched(others);
}

void tst_SimulateCommand::badNeuron_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QStringList &arguments, const char *words) {
        QTest::newRow(name) << arguments << QByteArray(words);
    };
    // Later options count.
    row("unknown preset", {"--neuron", "granule-cell"}, "granule-cell");
    row("missing file", {"--neuron", "none.h5"}, "none.h5");
    row("no segments", {"--set", "num_segments=0"}, "num_segments");
    row("a billion segments", {"--set", "num_segments=1e9"}, "num_segments");
    row("no diameter", {"--set", "dend_diam_um=0"}, "dend_diam_um");
    row("a metre", {"--set", "dend_L_um=1e6"}, "dend_L_um");
    row("not a number", {"--set", "soma_L_um=nan"}, "soma_L_um");
    row("one step a ms", {"--set", "num_samples_per_ms=1"}, "num_samples_per_ms");
    row("unknown", {"--set", "length=3"}, "'length'");
}

void tst_SimulateCommand::badNeuron()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    build("in.h5", matrices(8));
    QVERIFY(m_folder->write("out.h5", "old"));
    VERIFY_REFUSED(simulate(QStringList{"--force"} + arguments), cli::Failed, words.toStdString());
    verifyUntouched();
}

void tst_SimulateCommand::badTarget_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("force");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("existing") << "out.h5" << false << QByteArray("exists already");
    QTest::newRow("the input") << "in.h5" << false << QByteArray("is the input itself");
    QTest::newRow("the input, forced") << "in.h5" << true << QByteArray("is the input itself");
    QTest::newRow("the input by another path")
        << "folder/../in.h5" << true << QByteArray("is the input itself");
    QTest::newRow("a link to the input") << "link.h5" << true << QByteArray("is the input itself");
    QTest::newRow("a folder") << "folder" << true << QByteArray("is a folder");
    QTest::newRow("no folder") << "none/out.h5" << true << QByteArray("does not exist");
    QTest::newRow("below a file") << "out.h5/x.h5" << true << QByteArray("does not exist");
    QTest::newRow("a device") << "/dev/full" << true << QByteArray("not an ordinary file");
}

void tst_SimulateCommand::badTarget()
{
    QFETCH(QString, target);
    QFETCH(bool, force);
    QFETCH(QByteArray, words);
    build("in.h5", matrices(8));
    const QByteArray input = m_folder->read("in.h5");
    QVERIFY(m_folder->write("out.h5", "old"));
    QVERIFY(QDir(m_folder->path()).mkdir("folder"));
    QVERIFY(QFile::link("in.h5", m_folder->at("link.h5")));
    const QString path = m_folder->at(target); // absolute ones stay as they are
    QStringList arguments{"--out", path};
    if (force)
        arguments << "--force";
    const CliOutcome outcome = simulate(arguments);
    VERIFY_REFUSED(outcome, cli::Failed, words.toStdString());
    QVERIFY2(test::contains(outcome.err, path.toStdString()), outcome.err.c_str());
    verifyUntouched({"folder", "in.h5", "link.h5"});
    QCOMPARE(m_folder->read("in.h5"), input);
    QVERIFY(QDir(m_folder->at("folder")).isEmpty());
}

void tst_SimulateCommand::unwritableFolder()
{
    build("in.h5", matrices(8));
    QVERIFY(m_folder->write("out.h5", "old"));
    QVERIFY(::chmod(m_folder->path().toLocal8Bit(), 0555) == 0);
    QVERIFY(::chmod(m_folder->file("in.h5").c_str(), 0444) == 0);
    const test::ChildResult child = test::inChild([&]() -> std::string {
        if (!test::dropPrivileges())
            return "cannot drop privileges";
        const CliOutcome outcome = simulate({"--force"});
        return std::to_string(outcome.code) + outcome.out + " " + outcome.err;
    });
    QVERIFY(::chmod(m_folder->path().toLocal8Bit(), 0755) == 0);
    QVERIFY(child.exited);
    QVERIFY2(child.text.starts_with("1 Cannot write in " + m_folder->path().toStdString()),
             child.text.c_str());
    QCOMPARE(std::count(child.text.begin(), child.text.end(), '\n'), 1);
    verifyUntouched();
}

void tst_SimulateCommand::diskFull()
{
    // The whole program, so that the limit holds for nothing else.
    build("in.h5", [](test::H5File &file) {
        file.set("input_exc", H5T_IEEE_F32LE, {8, 2000});
        file.set("input_inh", H5T_IEEE_F32LE, {8, 2000});
    });
    QVERIFY(m_folder->write("out.h5", "old"));
    QProcess cli;
    cli.setChildProcessModifier([] { test::limitFileSize(20000); });
    cli.start(QString::fromStdString(test::binDir() + "/dendrotwin-cli"),
              {"simulate", "--neuron", "nmda-cable", "--input", m_folder->at("in.h5"), "--out",
               m_folder->at("out.h5"), "--force"});
    QVERIFY(cli.waitForFinished(20000));
    const CliOutcome outcome{cli.exitStatus() == QProcess::NormalExit ? cli.exitCode() : -1,
                             cli.readAllStandardOutput().toStdString(),
                             cli.readAllStandardError().toStdString()};
    VERIFY_REFUSED(outcome, cli::Failed, m_folder->file("out.h5"));
    verifyUntouched();
}

void tst_SimulateCommand::badWorker_data()
{
    QTest::addColumn<QByteArray>("mode"); // empty: no such program
    QTest::addColumn<int>("lines");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("missing") << QByteArray() << 1 << QByteArray("is missing");
    QTest::newRow("crash") << QByteArray("crash") << 2 << QByteArray("It was tried twice.");
    QTest::newRow("garbage") << QByteArray("garbage") << 2 << QByteArray("Segmentation violation");
    QTest::newRow("refuse") << QByteArray("refuse") << 1 << QByteArray("has refused");
    QTest::newRow("early end") << QByteArray("early-end") << 1 << QByteArray("before all samples");
}

void tst_SimulateCommand::badWorker()
{
    QFETCH(QByteArray, mode);
    QFETCH(int, lines);
    QFETCH(QByteArray, words);
    if (mode.isEmpty())
        qputenv("DENDROTWIN_WORKER", "/no/such/worker");
    qputenv("FAKEWORKER_MODE", mode);
    build("in.h5", matrices(8));
    QVERIFY(m_folder->write("out.h5", "old"));
    const CliOutcome outcome = simulate({"--force", "--json"});
    QCOMPARE(outcome.code, 1);
    QVERIFY(outcome.out.empty());
    QVERIFY2(test::contains(outcome.err, words.toStdString()), outcome.err.c_str());
    QCOMPARE(std::count(outcome.err.begin(), outcome.err.end(), '\n'), lines);
    if (lines == 2)
        QVERIFY2(test::contains(outcome.err, "Trying again.\n"), outcome.err.c_str());
    verifyUntouched();
}

DT_TEST(tst_SimulateCommand, QCoreApplication)
#include "tst_SimulateCommand.moc"
