// SPDX-License-Identifier: GPL-3.0-or-later
//
// A training for other programs: NumPy reads the archive, and the tables say the same.
#include "engine/data/RunExport.h"

#include "engine/base/CsvText.h"
#include "engine/base/Half.h"
#include "engine/cell/Presets.h"
#include "engine/data/NpyFile.h"
#include "engine/data/ZipFile.h"
#include "engine/input/Stimulus.h"
#include "tests/support/Python.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace dt;

namespace {

constexpr int DurationMs = 60;

ExportedRun exported()
{
    Neuron neuron = presetNeuron("nmda-cable").value();
    setSegments(neuron, 0, 3);
    Stimulus stimulus = defaultStimulus();
    stimulus.durationMs = DurationMs;
    stimulus.rain.excSparsity = 0.9;
    VoltageTrace trace;
    trace.segments = 3;
    trace.samplesPerMs = neuron.samplesPerMs;
    trace.recordedMs = DurationMs;
    for (int i = 0; i <= DurationMs * trace.samplesPerMs; ++i)
        trace.somaFine.push_back(i == 1000 ? 20.0F : -80.0F + 0.001F * static_cast<float>(i));
    for (int t = 0; t < DurationMs; ++t) {
        for (int s = 0; s < 3; ++s)
            trace.dendV.push_back(-70.0F + static_cast<float>(t) + 0.25F * static_cast<float>(s));
    }
    ExportedRun run;
    run.recording = makeRecording(neuron, renderStimulus(stimulus, 3), trace, "test");
    run.probes = {std::vector<float>(trace.somaFine.size(), 0.5F)};
    run.caption = "Run 7 of μ, seed 1";
    run.project = "{}";
    return run;
}

} // namespace

class tst_RunExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numpyReadsIt()
    {
        const QString python = QStringLiteral("/usr/bin/python3");
        REQUIRE_PYTHON("numpy");
        const ExportedRun run = exported();
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("run.npz"));
        const Status saved = saveRun(path.toStdString(), run, false);
        QVERIFY2(saved.ok(), saved ? "" : saved.error().message.c_str());
        QProcess process;
        process.start(python,
                      {QStringLiteral("-c"), QStringLiteral(R"(
import sys, numpy as np
a = np.load(sys.argv[1])
print(sorted(a.files))
T, n = 60, 3
assert a['soma_v_fine'].dtype == np.float32 and a['soma_v_fine'].shape == (T * 40 + 1,)
assert a['time_fine_ms'].shape == (T * 40 + 1,) and a['time_fine_ms'][-1] == T
assert (a['time_ms'] == np.arange(T)).all()
assert a['soma_v_fine'][1000] == 20 and abs(a['soma_v_fine'][40] + 79.96) < 1e-5
assert a['dend_v'].shape == (n, T) and a['dend_v'][2, 10] == np.float32(-59.5)
assert a['dend_v'].max() <= 0
assert (a['spike_ms'] == np.flatnonzero(a['spike'])).all() and list(a['spike_ms']) == [25]
assert a['near_spike'][25:35].all()
assert a['input_exc'].dtype == np.float16 and a['input_exc'].shape == (n, T)
assert a['input_exc'].sum() > 0 and a['input_inh'].shape == (n, T)
assert np.allclose(a['segment_x'], (np.arange(n) + 0.5) / n)
assert (a['segment_dendrite'] == 0).all()
assert a['probes'].shape == (1, T * 40 + 1) and (a['probes'] == 0.5).all()
assert a['caption'].item().decode() == 'Run 7 of \u03bc, seed 1'
assert a['project'].item() == b'{}'
print(float(a['input_exc'].astype(np.float64).sum()))
)"),
                       path});
        QVERIFY(process.waitForFinished(30000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        const QByteArrayList said = process.readAllStandardOutput().trimmed().split('\n');
        double sum = 0.0;
        for (const InputEvent &event : run.recording.input.events)
            sum += event.polarity == Polarity::Excitatory ? event.weight : 0.0;
        QCOMPARE(said.last().toDouble(), sum);
    }

    /// The numbers that the run used, not what they would be in half precision.
    void inputIsThatOfTheRun_data()
    {
        QTest::addColumn<int>("precision");
        QTest::addColumn<QByteArray>("type");
        QTest::newRow("half") << int(WeightPrecision::Half) << QByteArray("<f2");
        QTest::newRow("single") << int(WeightPrecision::Single) << QByteArray("<f4");
        QTest::newRow("double") << int(WeightPrecision::Double) << QByteArray("<f8");
    }

    void inputIsThatOfTheRun()
    {
        QFETCH(int, precision);
        QFETCH(QByteArray, type);
        ExportedRun run = exported();
        SpikeInput &input = run.recording.input;
        input.precision = WeightPrecision(precision);
        const auto exact = [&](double weight) {
            return precision == int(WeightPrecision::Half)
                ? double(floatFromHalf(halfFromFloat(float(weight))))
                : precision == int(WeightPrecision::Single) ? double(float(weight))
                                                            : weight;
        };
        input.events = {{Polarity::Excitatory, 0, 1, exact(1.23456789012)},
                        {Polarity::Excitatory, 2, 5, exact(60000.0)},
                        {Polarity::Inhibitory, 1, 7, exact(1e-6)}};
        if (precision != int(WeightPrecision::Half)) {
            input.events[1].weight = exact(70000.0);
            input.events[2].weight = exact(1e-9);
        }
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("run.zip")).toStdString();
        QVERIFY(saveRun(path, run, false).ok());
        const auto zip = ZipReader::open(path);
        QVERIFY(zip.ok());
        const CsvTable csv = readCsv(zip->members().at("input.csv"), "input.csv").value();
        for (std::size_t i = 0; i < input.events.size(); ++i)
            QCOMPARE(QByteArray::fromStdString(csv.rows[i + 1].cells[4]).toDouble(),
                     input.events[i].weight);

        const std::string npzPath = folder.filePath(QStringLiteral("run.npz")).toStdString();
        QVERIFY(saveRun(npzPath, run, false).ok());
        const auto npz = ZipReader::open(npzPath);
        QVERIFY(npz.ok());
        for (const Polarity polarity : {Polarity::Excitatory, Polarity::Inhibitory}) {
            const std::string name = std::string(folder.path().toStdString()) + "/one.npy";
            const std::string_view bytes = npz->members().at(
                polarity == Polarity::Excitatory ? "input_exc.npy" : "input_inh.npy");
            QFile file(QString::fromStdString(name));
            QVERIFY(file.open(QIODevice::WriteOnly)
                    && file.write(bytes.data(), qint64(bytes.size())) == qint64(bytes.size()));
            file.close();
            const Result<NpyArray> array = readNpy(name, type.toStdString());
            QVERIFY2(array.ok(), array ? "" : array.error().message.c_str());
            const std::vector<double> expected = input.matrix(polarity);
            const std::size_t item = array->bytes.size() / expected.size();
            for (std::size_t i = 0; i < expected.size(); ++i) {
                const char *at = array->bytes.data() + i * item;
                double found = 0.0;
                float single = 0.0F;
                std::uint16_t half = 0;
                if (item == 8)
                    std::memcpy(&found, at, item);
                else if (item == 4)
                    std::memcpy(&single, at, item);
                else
                    std::memcpy(&half, at, item);
                if (item != 8)
                    found = double(item == 4 ? single : floatFromHalf(half));
                QCOMPARE(found, expected[i]);
            }
        }
    }

    void tablesSayTheSame()
    {
        const ExportedRun run = exported();
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("run.zip")).toStdString();
        QVERIFY(saveRun(path, run, false).ok());
        const auto zip = ZipReader::open(path);
        QVERIFY(zip.ok());
        const auto table = [&](const char *name) {
            return readCsv(zip->members().at(name), name).value();
        };
        const auto cell = [](const CsvTable &t, std::size_t row, std::size_t column) {
            return QString::fromStdString(t.rows[row].cells[column]).toDouble();
        };
        const CsvTable soma = table("soma.csv");
        QCOMPARE(soma.rows.size(), run.recording.somaFine.size() + 1);
        for (const std::size_t i : {std::size_t{0}, std::size_t{1000}, std::size_t{2399}}) {
            QCOMPARE(cell(soma, i + 1, 0), static_cast<double>(i) / 40.0);
            QCOMPARE(static_cast<float>(cell(soma, i + 1, 1)), run.recording.somaFine[i]);
        }
        const CsvTable dendrite = table("dendrite.csv");
        QCOMPARE(dendrite.rows.size(), std::size_t{DurationMs + 1});
        QCOMPARE(dendrite.rows[0].cells.size(), std::size_t{4});
        QVERIFY(dendrite.rows[0].cells[3].ends_with("_mV"));
        QVERIFY2(dendrite.rows[0].cells[1].ends_with("(0.1667)_mV"), // of 3 segments
                 dendrite.rows[0].cells[1].c_str());
        QCOMPARE(static_cast<float>(cell(dendrite, 11, 3)), -59.5F);
        QCOMPARE(table("spikes.csv").rows.at(1).cells.at(0), std::string("25"));
        QCOMPARE(table("outputs.csv").rows.size(), std::size_t{DurationMs + 1});
        QCOMPARE(table("input.csv").rows.size(), run.recording.input.events.size() + 1);
        QCOMPARE(table("probes.csv").rows.size(), run.recording.somaFine.size() + 1);
        QVERIFY(std::string(zip->members().at("about.txt")).starts_with(run.caption));
        QCOMPARE(std::string(zip->members().at("project.dendro")), std::string("{}"));
    }

    void refused()
    {
        QTemporaryDir folder;
        const auto path = [&](const char *name) {
            return folder.filePath(QLatin1String(name)).toStdString();
        };
        const Status ending = saveRun(path("run.txt"), exported(), false);
        QVERIFY(!ending.ok());
        QVERIFY(QString::fromStdString(ending.error().message).contains(QStringLiteral(".npz")));
        QVERIFY(saveRun(path("run.npz"), exported(), false).ok());
        QVERIFY(!saveRun(path("run.npz"), exported(), false).ok());
        QVERIFY(saveRun(path("run.npz"), exported(), true).ok());
        QVERIFY(!saveRun(path("none/run.npz"), exported(), false).ok());
        QVERIFY(!saveRun("/dev/full/run.npz", exported(), true).ok());
    }
};

DT_TEST(tst_RunExport, QCoreApplication)
#include "tst_RunExport.moc"
