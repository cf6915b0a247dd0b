// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cell/Parameters.h"
#include "engine/data/RecordingFile.h"
#include "engine/recording/Labels.h"
#include "tests/support/Paths.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <hdf5.h>

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <cmath>

using namespace dt;

namespace {

constexpr double SomaToleranceMv = 0.05;
constexpr double DendToleranceMv = 0.13; // half precision
constexpr double AroundSpikeMs = 2.0;
constexpr double RateTolerance = 1e-6;

constexpr const char *Sets[] = {"input_exc", "input_inh", "soma_v_fine", "soma_v",
                                "dend_v",    "spike",     "near_spike",  "inst_rate"};

QStringList files()
{
    const std::string folder = test::goldenFolder("DENDROTWIN_GOLDEN_NEURON", "neuron");
    QStringList paths;
    for (const QFileInfo &info :
         QDir(QString::fromStdString(folder))
             .entryInfoList({QStringLiteral("*.h5")}, QDir::Files, QDir::Name))
        paths << info.absoluteFilePath();
    return paths;
}

/// "8 x 1024, 2 bytes, class 1"
std::string layout(const QString &path, const char *name)
{
    const hid_t file = H5Fopen(path.toLocal8Bit(), H5F_ACC_RDONLY, H5P_DEFAULT);
    const hid_t set = H5Dopen2(file, name, H5P_DEFAULT);
    if (set < 0)
        return "missing";
    const hid_t space = H5Dget_space(set);
    const hid_t type = H5Dget_type(set);
    hsize_t dims[H5S_MAX_RANK];
    const int rank = H5Sget_simple_extent_dims(space, dims, nullptr);
    std::string text;
    for (int i = 0; i < rank; ++i)
        text += (i ? " x " : "") + std::to_string(dims[i]);
    text += ", " + std::to_string(H5Tget_size(type)) + " bytes, class "
        + std::to_string(H5Tget_class(type));
    H5Tclose(type);
    H5Sclose(space);
    H5Dclose(set);
    H5Fclose(file);
    return text;
}

herr_t collect(hid_t, const char *name, const H5A_info_t *, void *names)
{
    static_cast<QStringList *>(names)->append(QString::fromUtf8(name));
    return 0;
}

/// Root attributes that say something of the neuron which the program does not know.
QStringList unknownAttributes(const QString &path)
{
    QStringList names;
    const hid_t file = H5Fopen(path.toLocal8Bit(), H5F_ACC_RDONLY, H5P_DEFAULT);
    hsize_t position = 0;
    H5Aiterate2(file, H5_INDEX_NAME, H5_ITER_INC, &position, collect, &names);
    H5Fclose(file);
    names.removeIf([](const QString &name) {
        return findParameter(name.toStdString()) || name == QStringLiteral("synapse_type")
            || name == QStringLiteral("neuron") || name == QStringLiteral("neuron_version");
    });
    return names;
}

/// The largest difference away from spikes and near them.
struct Largest
{
    double outside = 0.0;
    double inside = 0.0;
    void take(double difference, bool nearSpike)
    {
        double &largest = nearSpike ? inside : outside;
        largest = difference <= largest ? largest : difference; // NaN wins
    }
};

} // namespace

/// Traces of the reference's own program on NEURON: what `dendrotwin-cli simulate` makes of the
/// same input must match. DENDROTWIN_GOLDEN_NEURON names another folder.
class tst_GoldenNeuron : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void simulated_data();
    void simulated();
    void labels_data();
    void labels();
};

void tst_GoldenNeuron::initTestCase()
{
    QVERIFY2(!files().isEmpty(), "there is no .h5 file in the folder");
}

void tst_GoldenNeuron::simulated_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("engine");
    for (const QString &path : files()) {
        for (const QString &engine : {QStringLiteral("neuron"), QStringLiteral("fast")})
            QTest::addRow("%s, %s", qPrintable(QFileInfo(path).fileName()), qPrintable(engine))
                << path << engine;
    }
}

void tst_GoldenNeuron::simulated()
{
    QFETCH(QString, path);
    QFETCH(QString, engine);
    const test::TestFolder folder;
    const QString out = folder.at(QStringLiteral("out.h5"));
    QProcess cli;
    cli.start(QString::fromStdString(test::binDir() + "/dendrotwin-cli"),
              {"simulate", "--neuron", path, "--input", path, "--out", out, "--engine", engine});
    QVERIFY(cli.waitForFinished(240000));
    QVERIFY2(cli.exitCode() == 0, cli.readAllStandardError());
    for (const char *name : Sets)
        QVERIFY2(
            layout(out, name) == layout(path, name),
            (std::string(name) + ": " + layout(out, name) + ", not " + layout(path, name)).c_str());
    if (const QStringList names = unknownAttributes(path); !names.isEmpty())
        qWarning("attributes that nothing reads: %s", qPrintable(names.join(u", ")));

    const Result<Recording> golden = readRecording(path.toStdString());
    VERIFY_OK(golden);
    const Result<Recording> ours = readRecording(out.toStdString());
    VERIFY_OK(ours);
    QCOMPARE(ours->neuron, golden->neuron);
    QCOMPARE(ours->input.events, golden->input.events);

    const LabelSettings &settings = golden->neuron.labels;
    const auto perMs = static_cast<std::size_t>(golden->neuron.samplesPerMs);
    const auto T = static_cast<std::size_t>(golden->durationMs);
    std::vector<bool> nearSpike(golden->somaFine.size(), false);
    const auto reach = static_cast<std::size_t>(AroundSpikeMs * double(perMs));
    for (const std::size_t peak : spikeSamples(golden->somaFine, settings.spikeThresholdMv)) {
        for (std::size_t i = peak > reach ? peak - reach : 0;
             i <= std::min(peak + reach, nearSpike.size() - 1); ++i)
            nearSpike[i] = true;
    }

    Largest fine;
    for (std::size_t i = 0; i < nearSpike.size(); ++i)
        fine.take(std::abs(double(ours->somaFine[i]) - double(golden->somaFine[i])), nearSpike[i]);
    Largest soma;
    Largest dend;
    double rate = 0.0;
    const double threshold = settings.somaCapMv - settings.nearSpikeVDiffMv;
    for (std::size_t t = 0; t < T; ++t) {
        const bool isNear = nearSpike[t * perMs];
        soma.take(std::abs(double(ours->somaV[t]) - double(golden->somaV[t])), isNear);
        for (std::size_t s = 0; s < static_cast<std::size_t>(golden->segments); ++s)
            dend.take(std::abs(double(ours->dendV[s * T + t]) - double(golden->dendV[s * T + t])),
                      isNear);
        rate = std::max(rate, std::abs(double(ours->instRate[t]) - double(golden->instRate[t])));
        // Only a voltage within the tolerance of the threshold may fall on its other side.
        const bool onTheEdge =
            std::abs(double(golden->somaFine[t * perMs]) - threshold) <= SomaToleranceMv;
        QVERIFY2(ours->nearSpike[t] == golden->nearSpike[t] || onTheEdge,
                 qPrintable(QStringLiteral("near_spike at %1 ms").arg(t)));
    }
    qInfo("%s: %d spikes; largest error outside spikes soma_v_fine %.1e mV, soma_v %.1e mV, dend_v "
          "%.1e mV; within 2 ms of a spike %.1e, %.1e, %.1e mV; inst_rate %.1e spikes/ms",
          QTest::currentDataTag(), golden->spikeCount(), fine.outside, soma.outside, dend.outside,
          fine.inside, soma.inside, dend.inside, rate);
    QCOMPARE(ours->spike, golden->spike);
    QVERIFY(fine.outside <= SomaToleranceMv);
    QVERIFY(soma.outside <= SomaToleranceMv);
    QVERIFY(dend.outside <= DendToleranceMv);
    QVERIFY(rate <= RateTolerance);
}

void tst_GoldenNeuron::labels_data()
{
    QTest::addColumn<QString>("path");
    for (const QString &path : files())
        QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
}

void tst_GoldenNeuron::labels()
{
    // What is derived from the reference's own voltage is what the reference derived.
    QFETCH(QString, path);
    const Result<Recording> golden = readRecording(path.toStdString());
    VERIFY_OK(golden);
    const SomaLabels labels = somaLabels(golden->somaFine, golden->neuron.samplesPerMs,
                                         golden->durationMs, golden->neuron.labels);
    QCOMPARE(labels.somaV, golden->somaV);
    QCOMPARE(labels.spike, golden->spike);
    QCOMPARE(labels.nearSpike, golden->nearSpike);
    for (std::size_t t = 0; t < labels.instRate.size(); ++t)
        QVERIFY2(std::abs(double(labels.instRate[t]) - double(golden->instRate[t]))
                     <= RateTolerance,
                 qPrintable(QString::number(t)));
}

DT_TEST(tst_GoldenNeuron, QCoreApplication)
#include "tst_GoldenNeuron.moc"
