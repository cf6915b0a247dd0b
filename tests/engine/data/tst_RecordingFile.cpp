// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/RecordingFile.h"

#include "engine/cell/Parameters.h"
#include "tests/support/Child.h"
#include "tests/support/H5File.h"
#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/Python.h"
#include "tests/support/Recordings.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <functional>
#include <limits>
#include <numeric>

using namespace dt;

namespace {

Neuron small()
{
    return presetNeuron("nmda-cable").value();
}

void compare(const Recording &read, const Recording &written)
{
    QCOMPARE(read.neuron, written.neuron);
    QCOMPARE(read.input.segments, written.input.segments);
    QCOMPARE(read.input.durationMs, written.input.durationMs);
    QCOMPARE(read.input.events, written.input.events);
    QCOMPARE(read.input.precision, written.input.precision);
    QCOMPARE(read.engine, written.engine);
    QCOMPARE(read.durationMs, written.durationMs);
    QCOMPARE(read.segments, written.segments);
    QCOMPARE(read.somaFine, written.somaFine);
    QCOMPARE(read.somaV, written.somaV);
    QCOMPARE(read.dendV, written.dendV);
    QCOMPARE(read.spike, written.spike);
    QCOMPARE(read.nearSpike, written.nearSpike);
    QCOMPARE(read.instRate, written.instRate);
}

QString python()
{
    return QStringLiteral("/usr/bin/python3");
}

QByteArray runPython(const QStringList &arguments, int *code)
{
    QProcess process;
    process.start(python(), arguments);
    *code = process.waitForFinished(30000) && process.exitStatus() == QProcess::NormalExit
        ? process.exitCode()
        : -1;
    return *code == 0 ? process.readAllStandardOutput() : process.readAllStandardError();
}

} // namespace

class tst_RecordingFile : public QObject
{
    Q_OBJECT

    using Change = std::function<void(hid_t)>;

private Q_SLOTS:
    void init();
    void roundTrip_data();
    void roundTrip();
    void asPythonSeesIt();
    void spoiled_data();
    void spoiled();
    void cutShort();
    void damagedBytes();
    void existing();
    void diskFull_data();
    void diskFull();

private:
    std::unique_ptr<test::TestFolder> m_folder;
    std::string m_path;
};

void tst_RecordingFile::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    m_path = m_folder->file("a.h5");
}

void tst_RecordingFile::roundTrip_data()
{
    QTest::addColumn<Neuron>("neuron");
    QTest::addColumn<int>("durationMs");
    QTest::addColumn<WeightPrecision>("precision");
    QTest::newRow("stick") << small() << 100 << WeightPrecision::Half;
    QTest::newRow("64 segments") << defaultNeuron() << 50 << WeightPrecision::Half;
    QTest::newRow("tree") << test::treeWithTable() << 60 << WeightPrecision::Half;
    QTest::newRow("one ms") << small() << 1 << WeightPrecision::Half;
    QTest::newRow("single weights") << small() << 40 << WeightPrecision::Single;
    QTest::newRow("double weights") << small() << 40 << WeightPrecision::Double;
    Neuron fine = small();
    fine.samplesPerMs = 200;
    QTest::newRow("other steps") << fine << 30 << WeightPrecision::Half;
    QTest::newRow("longer than a chunk") << small() << 7000 << WeightPrecision::Half;
}

void tst_RecordingFile::roundTrip()
{
    QFETCH(Neuron, neuron);
    QFETCH(int, durationMs);
    QFETCH(WeightPrecision, precision);
    const Recording recording = test::randomRecording(neuron, durationMs, precision);
    VERIFY_OK(writeRecording(m_path, recording, false));
    QCOMPARE(m_folder->names(), QStringList("a.h5"));
    const Result<Recording> again = readRecording(m_path);
    VERIFY_OK(again);
    compare(*again, recording);
    // Its parts on their own.
    const Result<SpikeInput> input = readInput(m_path);
    VERIFY_OK(input);
    QCOMPARE(input->events, recording.input.events);
    const Result<Neuron> itsNeuron = readNeuronOf(m_path);
    VERIFY_OK(itsNeuron);
    QCOMPARE(*itsNeuron, neuron);
}

void tst_RecordingFile::asPythonSeesIt()
{
    REQUIRE_PYTHON("h5py");
    int code = 0;
    const Recording recording = test::randomRecording(small(), 100);
    VERIFY_OK(writeRecording(m_path, recording, false));
    const QByteArray text = runPython(
        {QString::fromStdString(test::sourceDir() + "/tests/engine/data/describe_hdf5.py"),
         QString::fromStdString(m_path)},
        &code);
    QVERIFY2(code == 0, text.constData());
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    const QJsonObject sets = json["sets"].toObject();
    const auto check = [&](const char *name, const char *type, const QJsonArray &shape,
                           const char *units, double sum, double last) {
        const QJsonObject set = sets[QLatin1String(name)].toObject();
        QCOMPARE(set["dtype"].toString(), QString::fromLatin1(type));
        QCOMPARE(set["shape"].toArray(), shape);
        QCOMPARE(set["attributes"]["units"].toString(), QString::fromLatin1(units));
        QVERIFY2(std::abs(set["sum"].toDouble() - sum) <= 1e-9 * std::abs(sum) + 1e-12, name);
        QVERIFY2(set["last"].toDouble() == last, name);
    };
    const auto checkVector = [&](const char *name, const char *type, const QJsonArray &shape,
                                 const char *units, const auto &values) {
        check(name, type, shape, units, std::accumulate(values.begin(), values.end(), 0.0),
              double(values.back()));
    };
    const std::vector<double> exc = recording.input.matrix(Polarity::Excitatory);
    const std::vector<double> inh = recording.input.matrix(Polarity::Inhibitory);
    checkVector("input_exc", "float16", {8, 100}, "weight (x g_max)", exc);
    checkVector("input_inh", "float16", {8, 100}, "weight (x g_max)", inh);
    checkVector("soma_v_fine", "float32", {4001}, "mV", recording.somaFine);
    checkVector("soma_v", "float32", {100}, "mV", recording.somaV);
    checkVector("dend_v", "float16", {8, 100}, "mV", recording.dendV);
    checkVector("spike", "uint8", {100}, "", recording.spike);
    checkVector("near_spike", "uint8", {100}, "", recording.nearSpike);
    checkVector("inst_rate", "float32", {100}, "spikes/ms", recording.instRate);
    QCOMPARE(sets.size(), 8);

    const QJsonObject attributes = json["attributes"].toObject();
    QCOMPARE(attributes["format"].toString(), QStringLiteral("dendrotwin-recording"));
    QCOMPARE(attributes["format_version"].toInt(), 1);
    QVERIFY(attributes["created_by"].toString().startsWith(QStringLiteral("DendroTwin ")));
    QCOMPARE(attributes["engine"].toString(), QStringLiteral("neuron"));
    QCOMPARE(attributes["synapse_type"].toString(), QStringLiteral("NMDA_human"));
    for (const ParameterInfo &parameter : parameters()) {
        const QString name = QString::fromStdString(std::string(parameter.name));
        QVERIFY2(attributes[name].isDouble(), qPrintable(name));
        QVERIFY2(attributes[name].toDouble() == parameter.get(recording.neuron), qPrintable(name));
    }
    const QJsonObject neuron =
        QJsonDocument::fromJson(attributes["neuron"].toString().toUtf8()).object();
    QCOMPARE(neuron["dendrites"][0]["length_um"].toDouble(), 2048.0);
}

void tst_RecordingFile::spoiled_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const Change &change,
                        ErrorCode code = ErrorCode::Format) {
        QTest::newRow(name) << QByteArray(words) << int(code) << change;
    };
    const auto without = [](const char *name) {
        return [=](hid_t file) { H5Ldelete(file, name, H5P_DEFAULT); };
    };
    const auto shaped = [](const char *name, hsize_t size) {
        return [=](hid_t file) {
            H5Ldelete(file, name, H5P_DEFAULT);
            const hid_t space = H5Screate_simple(1, &size, nullptr);
            H5Dclose(H5Dcreate2(file, name, H5T_IEEE_F32LE, space, H5P_DEFAULT, H5P_DEFAULT,
                                H5P_DEFAULT));
            H5Sclose(space);
        };
    };
    const auto numbered = [](const char *name, long long value) {
        return [=](hid_t file) {
            H5Adelete(file, name);
            const hid_t space = H5Screate(H5S_SCALAR);
            const hid_t attribute =
                H5Acreate2(file, name, H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT);
            H5Awrite(attribute, H5T_NATIVE_LLONG, &value);
            H5Aclose(attribute);
            H5Sclose(space);
        };
    };
    for (const char *name : {"input_exc", "input_inh", "soma_v_fine", "soma_v", "dend_v", "spike",
                             "near_spike", "inst_rate"})
        row(name, name, without(name));
    row("fine trace too short", "'soma_v_fine' has an unexpected shape",
        shaped("soma_v_fine", 4000));
    row("labels too long", "'spike' has an unexpected shape", shaped("spike", 101));
    row("flat dendrites", "'dend_v' has an unexpected shape", shaped("dend_v", 800));
    row("newer", "newer DendroTwin", numbered("format_version", 2), ErrorCode::Version);
    row("no version", "format_version", [](hid_t file) { H5Adelete(file, "format_version"); });
    row("format is a number", "'format' is not text", numbered("format", 1));
    row("no neuron", "'num_segments'", [](hid_t file) {
        H5Adelete(file, "neuron");
        H5Adelete(file, "num_segments");
    });
    row("scalars of another neuron", "rows but its neuron", [=](hid_t file) {
        H5Adelete(file, "neuron");
        numbered("num_segments", 7)(file);
    });
}

void tst_RecordingFile::spoiled()
{
    QFETCH(QByteArray, words);
    QFETCH(int, code);
    QFETCH(Change, change);
    VERIFY_OK(writeRecording(m_path, test::randomRecording(small(), 100), false));
    const hid_t file = H5Fopen(m_path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    change(file);
    H5Fclose(file);
    const Result<Recording> recording = readRecording(m_path);
    VERIFY_ERROR(recording, ErrorCode(code), words.toStdString());
    QVERIFY2(test::contains(recording.error().message, m_path), recording.error().message.c_str());
}

void tst_RecordingFile::cutShort()
{
    VERIFY_OK(writeRecording(m_path, test::randomRecording(small(), 100), false));
    const QByteArray whole = m_folder->read("a.h5");
    const std::string cut = m_folder->file("cut.h5");
    for (qsizetype size = 0; size < whole.size(); size += whole.size() / 47) {
        QVERIFY(m_folder->write("cut.h5", whole.left(size)));
        VERIFY_ERROR(readRecording(cut), ErrorCode::Format, cut);
    }
}

void tst_RecordingFile::damagedBytes()
{
    // Checksums stand over the samples: no changed voltage goes unnoticed.
    const Recording recording = test::randomRecording(small(), 100);
    VERIFY_OK(writeRecording(m_path, recording, false));
    const QByteArray whole = m_folder->read("a.h5");
    hid_t file = H5Fopen(m_path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    const hid_t set = H5Dopen2(file, "soma_v_fine", H5P_DEFAULT);
    const hid_t space = H5Dget_space(set);
    unsigned filters = 0;
    haddr_t address = 0;
    hsize_t size = 0;
    QVERIFY(H5Dget_chunk_info(set, space, 0, nullptr, &filters, &address, &size) >= 0);
    H5Sclose(space);
    H5Dclose(set);
    H5Fclose(file);
    QVERIFY(address > 0 && size > 1000);
    for (hsize_t at = 0; at < size; at += size / 20) {
        QByteArray bytes = whole;
        const auto where = static_cast<qsizetype>(address + at);
        bytes[where] = static_cast<char>(bytes[where] ^ 0x10);
        QVERIFY(m_folder->write("b.h5", bytes));
        VERIFY_ERROR(readRecording(m_folder->file("b.h5")), ErrorCode::Format,
                     "'soma_v_fine' cannot be read");
    }
}

void tst_RecordingFile::existing()
{
    QVERIFY(m_folder->write("a.h5", "old"));
    const Recording recording = test::randomRecording(small(), 10);
    VERIFY_ERROR(writeRecording(m_path, recording, false), ErrorCode::Exists, "exists already");
    QCOMPARE(m_folder->read("a.h5"), QByteArray("old"));
    VERIFY_OK(writeRecording(m_path, recording, true));
    VERIFY_OK(readRecording(m_path));
    QCOMPARE(m_folder->names(), QStringList("a.h5"));
}

void tst_RecordingFile::diskFull_data()
{
    QTest::addColumn<int>("bytes");
    QTest::newRow("at once") << 0;
    QTest::newRow("in the header") << 100;
    QTest::newRow("in the attributes") << 3000;
    QTest::newRow("in the samples") << 30000;
}

void tst_RecordingFile::diskFull()
{
    QFETCH(int, bytes);
    QVERIFY(m_folder->write("a.h5", "old"));
    const Recording recording = test::randomRecording(small(), 1000);
    const test::ChildResult child = test::inChild([&]() -> std::string {
        test::limitFileSize(static_cast<unsigned long>(bytes));
        const Status written = writeRecording(m_path, recording, true);
        if (written)
            return "written";
        const std::string untouched = m_folder->names() == QStringList("a.h5") ? "" : "leftovers";
        // Somebody makes room: the same program can go on.
        test::limitFileSize(std::numeric_limits<unsigned long>::max());
        for (const char *name : {"b.h5", "c.h5"}) {
            if (!writeRecording(m_folder->file(name), recording, true)
                || !readRecording(m_folder->file(name)))
                return "not written afterwards";
        }
        return written.error().message + untouched;
    });
    QVERIFY2(child.exited, qPrintable(QStringLiteral("signal %1").arg(child.code)));
    QVERIFY2(test::isSentence(child.text) && test::contains(child.text, m_path),
             child.text.c_str());
    QCOMPARE(m_folder->names(), (QStringList{"a.h5", "b.h5", "c.h5"}));
    QCOMPARE(m_folder->read("a.h5"), QByteArray("old"));
    VERIFY_OK(readRecording(m_folder->file("c.h5")));
}

DT_TEST(tst_RecordingFile, QCoreApplication)
#include "tst_RecordingFile.moc"
