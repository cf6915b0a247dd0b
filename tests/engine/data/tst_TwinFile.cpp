// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/TwinFile.h"

#include "engine/base/Random.h"
#include "engine/data/RecordingFile.h"
#include "engine/json/TrainingJson.h"
#include "tests/support/Child.h"
#include "tests/support/H5File.h"
#include "tests/support/Neurons.h"
#include "tests/support/Python.h"
#include "tests/support/Recordings.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <functional>
#include <limits>
#include <memory>

using namespace dt;

namespace {

NamedTensor random(const char *name, const std::vector<std::int64_t> &shape)
{
    RandomStream stream({static_cast<std::uint64_t>(name[0]), shape.size()});
    std::size_t items = 1;
    for (const std::int64_t n : shape)
        items *= static_cast<std::size_t>(n);
    std::vector<float> values;
    for (std::size_t i = 0; i < items; ++i)
        values.push_back(static_cast<float>(stream.uniform(-1.0, 1.0)));
    return {name, shape, std::move(values)};
}

TrainingHistory history(int iterations)
{
    TrainingHistory h;
    h.iterationsPerEpoch = 10;
    RandomStream stream({3});
    const TrainingSettings settings;
    for (int i = 0; i < iterations; ++i) {
        if (i % 10 == 0)
            h.learningRate.push_back(1e-4 * (i + 1));
        LossRecord record;
        for (std::size_t head = 0; head < HeadCount; ++head) {
            record.losses.heads[head] = stream.uniform();
            record.weights[head] = stream.uniform();
        }
        record.losses.total = stream.uniform();
        h.addIteration(record, stream.uniform());
        if (i % 9 == 8)
            h.addValidation(record, settings);
        if (i % 10 == 9)
            h.epochSeconds.push_back(1.5);
    }
    h.seconds = 3.25;
    return h;
}

/// Everything a checkpoint can hold.
TwinContents checkpoint()
{
    TwinContents twin;
    twin.author = "Anna Müller";
    twin.spec = R"({"arch": "TCN"})";
    twin.scaling = scalingText(Scaling{});
    twin.training = trainingText(TrainingSettings{});
    twin.evaluation = R"({"spikes_auc": null})";
    twin.neuron = presetNeuron("nmda-cable").value();
    // Not in the order of their names.
    twin.weights = {
        random("stem.weight", {32, 2, 8, 41}),
        random("stem.bias", {32}),
        random("a.weight", {32, 32, 1, 7}),
        random("empty", {3, 0}),
        random("scalar", {}),
        NamedTensor{"norm.num_batches_tracked", {}, std::vector<std::int64_t>{1234567890123}}};
    twin.history = history(30);
    twin.dataset = {"/data/a.h5", {3, 2, 1}, 8, 8192, 1, "0123456789abcdef"};
    TwinResume resume;
    resume.logPath = "log.jsonl";
    resume.current = twin.weights;
    resume.current[0] = random("stem.weight", {32, 2, 8, 41});
    resume.optimiser = {random("exp_avg.stem.weight", {32, 2, 8, 41}), random("exp_avg.b", {32})};
    twin.resume = resume;
    return twin;
}

/// For tests that read a file over and over.
TwinContents smallTwin()
{
    TwinContents twin = checkpoint();
    twin.weights = {random("w", {3, 4}), random("s", {})};
    twin.resume->current = twin.weights;
    twin.resume->optimiser = {random("m", {3, 4})};
    twin.history = history(20);
    return twin;
}

} // namespace

class tst_TwinFile : public QObject
{
    Q_OBJECT

    using Change = std::function<void(hid_t)>;
    using Spoil = std::function<void(TwinContents &)>;

private Q_SLOTS:
    void init();
    void roundTrip_data();
    void roundTrip();
    void refused_data();
    void refused();
    void equalFiles();
    void largeTexts();
    void asPythonSeesIt();
    void flippedBits();
    void withoutTrailer();
    void cutShort();
    void spoiled_data();
    void spoiled();
    void foreign();
    void existing();
    void diskFull_data();
    void diskFull();
    void identity();

private:
    std::unique_ptr<test::TestFolder> m_folder;
    std::string m_path;
};

void tst_TwinFile::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    m_path = m_folder->file("a.twin");
}

void tst_TwinFile::roundTrip_data()
{
    QTest::addColumn<TwinContents>("twin");
    QTest::newRow("checkpoint") << checkpoint();
    TwinContents twin = checkpoint();
    twin.complete = true;
    twin.resume.reset();
    QTest::newRow("finished") << twin;
    twin.neuron = test::treeWithTable();
    QTest::newRow("of a tree") << twin;
    twin.neuron.reset();
    twin.training.clear();
    twin.evaluation.clear();
    twin.history = {};
    QTest::newRow("imported") << twin;
    QTest::newRow("nothing") << TwinContents{};
    twin = checkpoint();
    twin.history = history(5); // before any validation
    twin.dataset->seed.reset();
    twin.resume->logPath.clear();
    twin.resume->optimiser.clear();
    QTest::newRow("early") << twin;
}

void tst_TwinFile::roundTrip()
{
    QFETCH(TwinContents, twin);
    VERIFY_OK(writeTwin(m_path, twin, false));
    QCOMPARE(m_folder->names(), QStringList("a.twin"));
    const Result<TwinContents> again = readTwin(m_path);
    VERIFY_OK(again);
    QCOMPARE(again->weights, twin.weights); // with their order
    QCOMPARE(again->history, twin.history);
    QCOMPARE(again->resume, twin.resume);
    QCOMPARE(*again, twin);
    if (twin.neuron) {
        const Result<Neuron> neuron = readNeuronOf(m_path);
        VERIFY_OK(neuron);
        QCOMPARE(*neuron, *twin.neuron);
    }
}

void tst_TwinFile::refused_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Spoil>("spoil");
    const auto row = [](const char *name, const char *words, const Spoil &spoil) {
        QTest::newRow(name) << QByteArray(words) << spoil;
    };
    row("slash", "'a/b'", [](TwinContents &t) { t.weights[0].name = "a/b"; });
    row("no name", "''", [](TwinContents &t) { t.weights[0].name.clear(); });
    row("dot", "'.'", [](TwinContents &t) { t.weights[0].name = "."; });
    row("twice", "two of its weights", [](TwinContents &t) { t.weights[1] = t.weights[0]; });
    row("shape", "does not fit", [](TwinContents &t) { t.weights[0].shape = {7}; });
    row("negative", "does not fit", [](TwinContents &t) { t.weights[0].shape = {-3, -4}; });
    row("overflow", "does not fit", [](TwinContents &t) {
        t.weights[0].shape = {std::int64_t{1} << 33, std::int64_t{1} << 33};
    });
    row("history", "inconsistent", [](TwinContents &t) { t.history.gradNorm.pop_back(); });
    row("optimiser", "optimiser states",
        [](TwinContents &t) { t.resume->optimiser.push_back(t.resume->optimiser[0]); });
}

void tst_TwinFile::refused()
{
    QFETCH(QByteArray, words);
    QFETCH(Spoil, spoil);
    TwinContents twin = smallTwin();
    spoil(twin);
    const Status written = writeTwin(m_path, twin, false);
    QVERIFY(!written);
    QVERIFY2(test::isSentence(written.error().message)
                 && test::contains(written.error().message, words.toStdString()),
             written.error().message.c_str());
    QVERIFY(m_folder->names().isEmpty());
}

void tst_TwinFile::equalFiles()
{
    VERIFY_OK(writeTwin(m_path, checkpoint(), false));
    VERIFY_OK(writeTwin(m_folder->file("b.twin"), checkpoint(), false));
    QCOMPARE(m_folder->read("a.twin"), m_folder->read("b.twin"));
}

void tst_TwinFile::largeTexts()
{
    TwinContents twin = smallTwin();
    twin.evaluation = '"' + std::string(3'000'000, 'x') + '"'; // beyond HDF5's 64 KB
    VERIFY_OK(writeTwin(m_path, twin, false));
    QCOMPARE(readTwin(m_path)->evaluation, twin.evaluation);
}

void tst_TwinFile::asPythonSeesIt()
{
    VERIFY_OK(writeTwin(m_path, checkpoint(), false));
    REQUIRE_PYTHON("h5py");
    QProcess process;
    process.start(QStringLiteral("/usr/bin/python3"),
                  {"-c",
                   "import sys\n"
                   "import h5py\n"
                   "f = h5py.File(sys.argv[1], 'r')\n"
                   "w = f['weights/stem.weight']\n"
                   "print(w.dtype, *w.shape, f.attrs['format'], int(f.attrs['complete']),\n"
                   "      f['weights/scalar'].shape, f['weights/norm.num_batches_tracked'][()],\n"
                   "      len(f['history/train_spikes']), f.attrs['num_segments'],\n"
                   "      f.attrs['spec'])\n",
                   QString::fromStdString(m_path)});
    QVERIFY(process.waitForFinished(30000));
    QCOMPARE(process.readAllStandardOutput().trimmed(),
             QByteArray("float32 32 2 8 41 dendrotwin-twin 0 () 1234567890123 30 8 "
                        "{\"arch\": \"TCN\"}"));
}

void tst_TwinFile::flippedBits()
{
    const TwinContents twin = smallTwin();
    VERIFY_OK(writeTwin(m_path, twin, false));
    const QByteArray whole = m_folder->read("a.twin");
    const std::string path = m_folder->file("b.twin");
    int detected = 0;
    int harmless = 0;
    const auto flip = [&](qsizetype at, int bit) {
        QByteArray bytes = whole;
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
        QVERIFY(m_folder->write("b.twin", bytes));
        const Result<TwinContents> read = readTwin(path);
        if (!read) {
            QVERIFY2(test::isSentence(read.error().message), read.error().message.c_str());
            ++detected;
        } else {
            QCOMPARE(*read, twin);
            ++harmless;
        }
    };
    for (qsizetype at = 0; at < whole.size(); at += 1 + whole.size() / 1500)
        flip(at, int(at % 8));
    QCOMPARE(harmless, 0);
    for (qsizetype at = whole.size() - 24; at < whole.size(); ++at)
        flip(at, 3);
    QCOMPARE(harmless, 8); // the trailer's own letters
    QVERIFY(detected > 1000);
}

void tst_TwinFile::withoutTrailer()
{
    // As after another program wrote to the file: the seals inside must do, see spoiled().
    const TwinContents twin = smallTwin();
    VERIFY_OK(writeTwin(m_path, twin, false));
    QByteArray whole = m_folder->read("a.twin");
    whole.chop(24);
    QVERIFY(m_folder->write("b.twin", whole));
    QCOMPARE(readTwin(m_folder->file("b.twin")).value(), twin);
}

void tst_TwinFile::cutShort()
{
    VERIFY_OK(writeTwin(m_path, smallTwin(), false));
    const QByteArray whole = m_folder->read("a.twin");
    const std::string cut = m_folder->file("cut.twin");
    for (qsizetype size = 0; size < whole.size() - 24; size += whole.size() / 101) {
        QVERIFY(m_folder->write("cut.twin", whole.left(size)));
        VERIFY_ERROR(readTwin(cut), ErrorCode::Format, cut);
    }
}

void tst_TwinFile::spoiled_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const Change &change,
                        ErrorCode code = ErrorCode::Format) {
        QTest::newRow(name) << QByteArray(words) << int(code) << change;
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
    const auto value = [](const char *name) {
        return [=](hid_t file) {
            const hid_t set = H5Dopen2(file, name, H5P_DEFAULT);
            std::vector<double> zeros(1000, 0.125);
            H5Dwrite(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, zeros.data());
            H5Dclose(set);
        };
    };
    const auto without = [](const char *name) {
        return [=](hid_t file) { H5Ldelete(file, name, H5P_DEFAULT); };
    };
    const auto unsigned_ = [](const char *name) {
        return [=](hid_t file) { H5Adelete(file, name); };
    };
    row("newer", "newer DendroTwin", numbered("format_version", 2), ErrorCode::Version);
    row("another weight", "checksum", value("weights/w"));
    row("another scalar", "checksum", value("weights/s"));
    row("another loss", "checksum", value("history/train_soma"));
    row("another optimiser", "checksum", value("resume/optimiser/m"));
    row("complete", "checksum", numbered("complete", 1));
    row("no weights", "'weights'", without("weights"));
    row("a weight less", "checksum", without("weights/s"));
    row("a column less", "'history/valid_total'", without("history/valid_total"));
    row("no resume", "checksum", without("resume"));
    row("no optimiser", "'resume/optimiser'", without("resume/optimiser"));
    row("no seal", "missing", unsigned_("attributes_checksum"));
    row("no checksum", "missing", unsigned_("contents_checksum"));
    row("no format", "not a twin", unsigned_("format"));
    row("no spec", "checksum", unsigned_("spec"));
    row("renamed", "checksum", [](hid_t file) {
        H5Lmove(file, "weights/w", file, "weights/v", H5P_DEFAULT, H5P_DEFAULT);
    });
}

void tst_TwinFile::spoiled()
{
    QFETCH(QByteArray, words);
    QFETCH(int, code);
    QFETCH(Change, change);
    VERIFY_OK(writeTwin(m_path, smallTwin(), false));
    const hid_t file = H5Fopen(m_path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    change(file);
    H5Fclose(file);
    const Result<TwinContents> read = readTwin(m_path);
    VERIFY_ERROR(read, ErrorCode(code), words.toStdString());
    QVERIFY2(test::contains(read.error().message, m_path), read.error().message.c_str());
}

void tst_TwinFile::foreign()
{
    VERIFY_ERROR(readTwin(m_path), ErrorCode::NotFound, "no file");
    QVERIFY(m_folder->write("a.twin", "hello"));
    VERIFY_ERROR(readTwin(m_path), ErrorCode::Format, "not an HDF5 file");
    VERIFY_ERROR(readTwin(m_folder->path().toStdString()), ErrorCode::Format, "a folder");
    {
        test::H5File file(m_path);
        file.number("x", 1.0);
    }
    VERIFY_ERROR(readTwin(m_path), ErrorCode::Format, "not a twin");
    VERIFY_OK(writeRecording(m_path, test::randomRecording(presetNeuron("nmda-cable").value(), 10),
                             true));
    VERIFY_ERROR(readTwin(m_path), ErrorCode::Format, "is a recording, not a twin.");
}

void tst_TwinFile::existing()
{
    QVERIFY(m_folder->write("a.twin", "old"));
    VERIFY_ERROR(writeTwin(m_path, smallTwin(), false), ErrorCode::Exists, "exists already");
    QCOMPARE(m_folder->read("a.twin"), QByteArray("old"));
    VERIFY_OK(writeTwin(m_path, smallTwin(), true));
    VERIFY_OK(readTwin(m_path));
    QCOMPARE(m_folder->names(), QStringList("a.twin"));
}

void tst_TwinFile::diskFull_data()
{
    QTest::addColumn<int>("bytes");
    init();
    VERIFY_OK(writeTwin(m_path, checkpoint(), false));
    const int whole = int(m_folder->read("a.twin").size());
    QTest::newRow("at once") << 0;
    QTest::newRow("in the header") << 100;
    QTest::newRow("in the weights") << whole / 2;
    QTest::newRow("before the trailer") << whole - 24;
    QTest::newRow("in the trailer") << whole - 5;
}

void tst_TwinFile::diskFull()
{
    QFETCH(int, bytes);
    const TwinContents old = smallTwin();
    VERIFY_OK(writeTwin(m_path, old, true));
    const test::ChildResult child = test::inChild([&]() -> std::string {
        test::limitFileSize(static_cast<unsigned long>(bytes));
        const Status written = writeTwin(m_path, checkpoint(), true);
        if (written)
            return "written";
        const std::string untouched = m_folder->names() == QStringList("a.twin") ? "" : "leftovers";
        test::limitFileSize(std::numeric_limits<unsigned long>::max());
        if (!writeTwin(m_folder->file("b.twin"), checkpoint(), true))
            return "not written afterwards";
        return written.error().message + untouched;
    });
    QVERIFY2(child.exited, qPrintable(QStringLiteral("signal %1").arg(child.code)));
    QVERIFY2(test::isSentence(child.text) && test::contains(child.text, m_path),
             child.text.c_str());
    QCOMPARE(readTwin(m_path).value(), old);
    QCOMPARE(readTwin(m_folder->file("b.twin")).value(), checkpoint());
}

void tst_TwinFile::identity()
{
    DatasetInfo info;
    info.neuron = presetNeuron("nmda-cable").value();
    info.segments = 8;
    info.durationMs = 8192;
    info.simulations = {2, 1, 0};
    std::array<SplitStatistics, 3> statistics;
    statistics[0] = {{0, 4}, {StatisticValues{1.0}, StatisticValues{2.0}}, {}};
    statistics[1] = {{7}, {StatisticValues{3.0}}, {}};
    const DatasetIdentity a = datasetIdentity("a.h5", info, statistics);
    QCOMPARE(a.simulations, (std::array<std::uint64_t, 3>{2, 1, 0}));
    QCOMPARE(a.fingerprint.size(), 16u);
    QVERIFY(!a.seed);
    QVERIFY(a.sameData(datasetIdentity("b.h5", info, statistics)));
    auto other = statistics;
    other[0].index[1] = 5;
    QVERIFY(!a.sameData(datasetIdentity("a.h5", info, other)));
    other = statistics;
    other[1].values[0][3] = 1e-9;
    QVERIFY(!a.sameData(datasetIdentity("a.h5", info, other)));
    DatasetInfo changed = info;
    changed.neuron.labels.somaCapMv -= 1.0;
    QVERIFY(!a.sameData(datasetIdentity("a.h5", changed, statistics)));
}

DT_TEST(tst_TwinFile, QCoreApplication)
#include "tst_TwinFile.moc"
