// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/Random.h"
#include "engine/data/TorchFile.h"
#include "tests/app/cli/RunCli.h"
#include "tests/support/Datasets.h"
#include "tests/support/H5File.h"
#include "tests/support/SmallTwins.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace dt;
using test::CliOutcome;
using test::runCli;

namespace {

constexpr int InputMs = 9000; ///< more than two pieces of a prediction
constexpr int Segments = 2;

/// In normalised units, and of probabilities. Reached: 2e-5 by the TCN, 1e-6 by the ELM.
constexpr double Tolerance = 1e-4;

/// Of an area under a curve, that is left to rounding.
constexpr double MostOpen = 5e-3;

/// Exit code; what was printed goes to `output`.
int python(const QStringList &arguments, QByteArray *output)
{
    QProcess process;
    process.start(
        QStringLiteral("/usr/bin/python3"),
        QStringList(QString::fromStdString(test::sourceDir() + "/tests/app/cli/twin_forward.py"))
            + arguments);
    if (!process.waitForFinished(120000) || process.exitStatus() != QProcess::NormalExit)
        return -1;
    *output =
        process.exitCode() == 0 ? process.readAllStandardOutput() : process.readAllStandardError();
    return process.exitCode();
}

/// Sparse and strong, so that what a network says of them is spread.
double weight(RandomStream &random)
{
    return random.uniform() < 0.05 ? random.uniform(0.0, 20.0) : 0.0;
}

/// Half-float weights, as files of ours have.
void writeInput(const std::string &path, int segments, int durationMs)
{
    RandomStream random({17});
    test::H5File file(path);
    for (const char *name : {"input_exc", "input_inh"}) {
        std::vector<double> values;
        for (int i = 0; i < segments * durationMs; ++i)
            values.push_back(weight(random));
        file.set(name, test::H5File::half(),
                 {static_cast<hsize_t>(segments), static_cast<hsize_t>(durationMs)}, values);
    }
}

Status makeStrongDataset(const std::string &path)
{
    return test::makeDataset(
        path, test::smallPlan({4, 2, 3}, 400), {}, [](Split split, StoredSimulation &simulation) {
            RandomStream random({static_cast<std::uint64_t>(split), simulation.index});
            for (std::uint16_t &half : simulation.inputs)
                half = halfFromFloat(static_cast<float>(weight(random)));
        });
}

} // namespace

/// Twins of all architectures go to PyTorch, are changed there, come back, and say what the same
/// formulas say in Python.
class tst_TwinTorch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void asPythonComputes_data();
    void asPythonComputes();
    void evaluatesAsPython_data();
    void evaluatesAsPython();
    void thereAndBack_data();
    void thereAndBack();
    void prefixes_data();
    void prefixes();
    void nullOptions();
    void importRefuses_data();
    void importRefuses();
    void importOfOtherNeuron();
    void exportRefuses();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_folder.at(name); }
    static void architectureRows()
    {
        QTest::addColumn<QString>("name");
        for (const QByteArray &name : test::architectures())
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    [[nodiscard]] CliOutcome import(const QString &name, const QString &from, const QString &to,
                                    const QStringList &more = {}) const
    {
        return runCli(QStringList{"twin", "import-torch", at(from), "--spec", at(name + ".json"),
                                  "--out", at(to)}
                      + more);
    }

    test::TestFolder m_folder;
    nlohmann::json m_found; ///< by Python
};

#define RUN(...)                                                                                   \
    do {                                                                                           \
        const CliOutcome ran_ = (__VA_ARGS__);                                                     \
        QVERIFY2(ran_.code == 0, ran_.err.c_str());                                                \
    } while (false)

void tst_TwinTorch::initTestCase()
{
    VERIFY_OK(makeStrongDataset(m_folder.file("ds.h5")));
    writeInput(m_folder.file("in.h5"), Segments, InputMs);
    QStringList names;
    for (const QByteArray &bytes : test::architectures()) {
        const QString name = QString::fromUtf8(bytes);
        names.push_back(name);
        QVERIFY(m_folder.write(name + ".json", test::smallSpec(bytes)));
        RUN(runCli({"train", "--dataset", at("ds.h5"), "--twin", at(name + ".json"), "--epochs",
                    "6", "--batch", "2", "--window-ms", "100", "--lr", "3e-3", "--threads", "1",
                    "--out", at(name + ".twin")}));
        RUN(runCli({"twin", "export-torch", at(name + ".twin"), "--out", at(name + ".pt")}));
    }
    QByteArray text;
    const int code = python(QStringList{"shake", m_folder.path()} + names, &text);
    QVERIFY2(code == 0, text);
    for (const QString &name : names) {
        RUN(import(name, name + "-shaken.pt", name + "-shaken.twin", {"--neuron", at("ds.h5")}));
        RUN(runCli(
            {"twin", "export-torch", at(name + "-shaken.twin"), "--out", at(name + "-again.pt")}));
        RUN(runCli({"predict", "--twin", at(name + "-shaken.twin"), "--input", at("in.h5"), "--out",
                    at(name + ".h5")}));
        const CliOutcome info = runCli({"twin", "info", at(name + "-shaken.twin"), "--json"});
        RUN(info);
        QVERIFY(m_folder.write(name + ".info", QByteArray::fromStdString(info.out)));
    }
    QVERIFY2(python(QStringList{"compare", m_folder.path()} + names, &text) == 0, text);
    m_found = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    QVERIFY(m_found.is_object());
}

void tst_TwinTorch::asPythonComputes_data()
{
    architectureRows();
}

void tst_TwinTorch::asPythonComputes()
{
    QFETCH(QString, name);
    const nlohmann::json found = m_found[name.toStdString()];
    QCOMPARE(found["differences"].size(), std::size_t(5));
    for (const auto &[key, value] : found["differences"].items()) {
        const std::string what = key + " " + value.dump();
        QVERIFY2(value.is_number() && value.get<double>() < Tolerance, what.c_str());
        // Something was compared.
        QVERIFY2(found["spread"][key].get<double>() > 20 * Tolerance, key.c_str());
    }
}

void tst_TwinTorch::evaluatesAsPython_data()
{
    architectureRows();
}

void tst_TwinTorch::evaluatesAsPython()
{
    QFETCH(QString, name);
    const CliOutcome outcome = runCli({"evaluate", "--twin", at(name + "-shaken.twin"), "--dataset",
                                       at("ds.h5"), "--threads", "1", "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.c_str());
    const nlohmann::json said = test::jsonOf(outcome);
    for (const auto &[key, value] : m_found[name.toStdString()]["evaluation"].items()) {
        const std::string what = key + ": " + said[key].dump() + ", not " + value.dump();
        const double found = said[key].get<double>();
        if (value.is_array()) { // least and greatest, as rounding turns the order of scores
            const double low = value[0].get<double>();
            const double high = value[1].get<double>();
            QVERIFY2(found >= low - 1e-9 && found <= high + 1e-9, what.c_str());
            QVERIFY2(high - low < MostOpen, what.c_str());
        } else {
            const double expected = value.get<double>();
            QVERIFY2(std::abs(found - expected) < 2e-4 * std::max(1.0, std::abs(expected)),
                     what.c_str());
        }
    }
}

void tst_TwinTorch::thereAndBack_data()
{
    architectureRows();
}

void tst_TwinTorch::thereAndBack()
{
    QFETCH(QString, name);
    RUN(import(name, name + ".pt", name + "-back.twin", {"--neuron", at("ds.h5"), "--json"}));
    RUN(runCli({"twin", "export-torch", at(name + "-back.twin"), "--out", at(name + "-back.pt")}));
    QVERIFY(m_folder.read(name + "-back.pt") == m_folder.read(name + ".pt"));
    QByteArray predictions;
    for (const char *end : {".twin", "-back.twin"}) {
        RUN(runCli({"predict", "--twin", at(name + end), "--input", at("in.h5"), "--out",
                    at("pred.h5"), "--force"}));
        const QByteArray bytes = m_folder.read("pred.h5");
        QVERIFY(predictions.isEmpty() || bytes == predictions);
        predictions = bytes;
    }
    // Known to be imported, and of which neuron.
    CliOutcome outcome = runCli({"twin", "info", at(name + "-back.twin")});
    QVERIFY2(test::contains(outcome.out, "imported from PyTorch"), outcome.out.c_str());
    outcome = runCli({"twin", "info", at(name + "-back.twin"), "--json"});
    const nlohmann::json info = test::jsonOf(outcome);
    QVERIFY(info["training"].is_null() && info["evaluation"].is_null() && info["complete"] == true);
    QVERIFY(info["neuron"].is_object());
}

/// Names as training programs leave them: the same twin, and said.
void tst_TwinTorch::prefixes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("prefix");
    for (const QByteArray &name : test::architectures()) {
        for (const char *prefix : {"_orig_mod.", "module.", "module._orig_mod.", "model."})
            QTest::addRow("%s %s", name.constData(), prefix)
                << QString::fromUtf8(name) << QString::fromUtf8(prefix);
    }
}

void tst_TwinTorch::prefixes()
{
    QFETCH(QString, name);
    QFETCH(QString, prefix);
    Result<std::vector<NamedTensor>> tensors = readTorch((at(name) + ".pt").toStdString());
    VERIFY_OK(tensors);
    for (NamedTensor &tensor : *tensors)
        tensor.name.insert(0, prefix.toStdString());
    tensors->push_back({"n_averaged", {}, std::vector<std::int64_t>{7}}); // of another part
    VERIFY_OK(writeTorch(m_folder.file("prefixed.pt"), *tensors, true));
    const CliOutcome outcome = import(name, "prefixed.pt", "prefixed.twin",
                                      {"--neuron", at("ds.h5"), "--force", "--json"});
    QVERIFY2(outcome.code == cli::Ok, outcome.err.c_str());
    QVERIFY2(test::contains(outcome.err, "began with '" + prefix.toStdString() + "'"),
             outcome.err.c_str());
    QVERIFY2(test::contains(outcome.err, "'n_averaged' is no weight of this network"),
             outcome.err.c_str());
    QCOMPARE(test::jsonOf(outcome)["prefix"].get<std::string>(), prefix.toStdString());
    RUN(runCli(
        {"twin", "export-torch", at("prefixed.twin"), "--out", at("prefixed.pt"), "--force"}));
    QVERIFY(m_folder.read("prefixed.pt") == m_folder.read(name + ".pt"));
    QVERIFY(QFile::remove(at("prefixed.pt")) && QFile::remove(at("prefixed.twin")));
}

/// The reference's configuration of attention that is not blocked.
void tst_TwinTorch::nullOptions()
{
    const QByteArray blocked("\"SWA_block_size\": 8");
    QByteArray spec = test::smallSpec("Transformer");
    QVERIFY(spec.contains(blocked));
    spec.replace(blocked, R"("SWA_type": "full", "SWA_block_size": null,
        "first_nonlinearity_str": "gelu", "first_leaky_slope": null)");
    QVERIFY(m_folder.write("full.json", spec));
    RUN(import("full", "Transformer.pt", "full.twin"));
    RUN(runCli({"twin", "export-torch", at("full.twin"), "--out", at("full.pt")}));
    QVERIFY(m_folder.read("full.pt") == m_folder.read("Transformer.pt"));
    RUN(runCli({"train", "--dataset", at("ds.h5"), "--twin", at("full.json"), "--epochs", "6",
                "--batch", "2", "--window-ms", "100", "--threads", "1", "--out", at("full.twin"),
                "--force"}));
    for (const char *name : {"full.json", "full.twin", "full.pt"})
        QVERIFY(QFile::remove(at(QLatin1String(name))));
}

void tst_TwinTorch::importRefuses_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QString>("part");
    QTest::newRow("missing") << QByteArray("missing") << "soma_head.temporal_conv.bias";
    QTest::newRow("extra") << QByteArray("extra") << "backbone.more.weight";
    QTest::newRow("misshapen") << QByteArray("misshapen") << "soma_head.temporal_conv.bias";
    QTest::newRow("turned") << QByteArray("turned") << "wq.weight";
    QTest::newRow("whole numbers") << QByteArray("integers") << "soma_head.temporal_conv.bias";
    QTest::newRow("empty") << QByteArray("empty") << "";
    QTest::newRow("not PyTorch's") << QByteArray("text") << "changed.pt";
}

void tst_TwinTorch::importRefuses()
{
    QFETCH(QByteArray, change);
    QFETCH(QString, part);
    Result<std::vector<NamedTensor>> tensors = readTorch(m_folder.file("Transformer.pt"));
    VERIFY_OK(tensors);
    const auto named = [&](const char *end) {
        return std::find_if(tensors->begin(), tensors->end(),
                            [&](const NamedTensor &tensor) { return tensor.name.ends_with(end); });
    };
    const auto bias = named("soma_head.temporal_conv.bias");
    QVERIFY(bias != tensors->end());
    if (change == "missing")
        tensors->erase(bias);
    else if (change == "extra")
        tensors->push_back({"backbone_and_heads.backbone.more.weight", {1}, std::vector<float>{1}});
    else if (change == "misshapen")
        *bias = {bias->name, {2}, std::vector<float>{1, 2}};
    else if (change == "turned")
        named("wq.weight")->shape = {4, 16};
    else if (change == "integers")
        *bias = {bias->name, {1}, std::vector<std::int64_t>{1}};
    else if (change == "empty")
        tensors->clear();
    const QStringList before = m_folder.names();
    if (change == "text")
        QVERIFY(m_folder.write("changed.pt", "PK no archive"));
    else
        VERIFY_OK(writeTorch(m_folder.file("changed.pt"), *tensors, true));
    VERIFY_REFUSED(import("Transformer", "changed.pt", "changed.twin"), cli::Failed,
                   part.toStdString());
    QVERIFY(QFile::remove(at("changed.pt")));
    QCOMPARE(m_folder.names(), before);
}

void tst_TwinTorch::importOfOtherNeuron()
{
    VERIFY_REFUSED(import("TCN", "TCN.pt", "new.twin", {"--neuron", "nmda-cable"}), cli::Failed,
                   "The neuron has 8 segments, but the network is made for 2");
    VERIFY_REFUSED(import("TCN", "TCN.pt", "new.twin", {"--neuron", "purkinje"}), cli::Failed,
                   "purkinje");
    VERIFY_REFUSED(import("ELM", "TCN.pt", "new.twin"), cli::Failed, "backbone");
    VERIFY_REFUSED(import("TCN", "none.pt", "new.twin"), cli::Failed, "none.pt");
    VERIFY_REFUSED(import("TCN", "TCN.pt", "TCN.twin"), cli::Failed, "exists already");
    for (const char *input : {"TCN.pt", "TCN.json", "ds.h5"}) {
        const QByteArray before = m_folder.read(input);
        VERIFY_REFUSED(import("TCN", "TCN.pt", input, {"--force", "--neuron", at("ds.h5")}),
                       cli::Failed, "is read by this command");
        QVERIFY(m_folder.read(input) == before);
    }
    QVERIFY(!m_folder.names().contains("new.twin"));
    QCOMPARE(runCli({"twin", "import-torch", at("TCN.pt"), "--spec", at("TCN.json")}).code,
             int(cli::Usage));
    QCOMPARE(runCli({"twin", "import-torch", at("TCN.pt"), "--out", at("new.twin")}).code,
             int(cli::Usage));
    // Without a neuron the scaling is that of the spec file.
    RUN(import("TCN", "TCN.pt", "new.twin"));
    QVERIFY(test::jsonOf(runCli({"twin", "info", at("new.twin"), "--json"}))["neuron"].is_null());
    QVERIFY(QFile::remove(at("new.twin")));
}

void tst_TwinTorch::exportRefuses()
{
    const QByteArray before = m_folder.read("TCN.pt");
    VERIFY_REFUSED(runCli({"twin", "export-torch", at("TCN.twin"), "--out", at("TCN.pt")}),
                   cli::Failed, "exists already");
    QVERIFY(m_folder.read("TCN.pt") == before);
    VERIFY_REFUSED(runCli({"twin", "export-torch", at("TCN.pt"), "--out", at("new.pt")}),
                   cli::Failed, "TCN.pt");
    VERIFY_REFUSED(runCli({"twin", "export-torch", at("TCN.twin"), "--out", at("no/new.pt")}),
                   cli::Failed, "does not exist");
    VERIFY_REFUSED(
        runCli({"twin", "export-torch", at("TCN.twin"), "--out", at("TCN.twin"), "--force"}),
        cli::Failed, "is read by this command");
    QCOMPARE(runCli({"twin", "export-torch", at("TCN.twin")}).code, int(cli::Usage));
    RUN(runCli({"twin", "export-torch", at("TCN.twin"), "--out", at("TCN.pt"), "--force"}));
    QVERIFY(m_folder.read("TCN.pt") == before);
}

DT_TEST(tst_TwinTorch, QCoreApplication)
#include "tst_TwinTorch.moc"
