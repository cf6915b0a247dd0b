// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DatasetFile.h"

#include "engine/cell/Parameters.h"
#include "engine/data/RecordingFile.h"
#include "engine/json/DatasetJson.h"
#include "tests/support/Datasets.h"
#include "tests/support/H5File.h"
#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/Python.h"
#include "tests/support/Recordings.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QTest>

#include <functional>

using namespace dt;

namespace {

/// Two in three pass, as in a real build.
bool mostPass(Split split, std::uint64_t index)
{
    return (index + static_cast<std::uint64_t>(split)) % 3 != 1;
}

DatasetPlan filteredPlan()
{
    DatasetPlan plan = test::smallPlan({5, 2, 0});
    plan.filter = publishedFilter();
    plan.seed = 18446744073709551615ULL;
    return plan;
}

} // namespace

class tst_DatasetFile : public QObject
{
    Q_OBJECT

    using Change = std::function<void(hid_t)>;

private Q_SLOTS:
    void init();
    void roundTrip_data();
    void roundTrip();
    void remembersItsMaking();
    void storedStatistics();
    void outOfRange();
    void sameBytes();
    void asPythonSeesIt();
    void spoiled_data();
    void spoiled();
    void foreign_data();
    void foreign();
    void verifyFindsFaults_data();
    void verifyFindsFaults();
    void verifyCancels();

private:
    std::unique_ptr<test::TestFolder> m_folder;
    std::string m_path;
};

void tst_DatasetFile::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    m_path = m_folder->file("ds.h5");
}

void tst_DatasetFile::roundTrip_data()
{
    QTest::addColumn<DatasetPlan>("plan");
    QTest::newRow("small") << test::smallPlan();
    QTest::newRow("only training") << test::smallPlan({2, 0, 0});
    QTest::newRow("only a test") << test::smallPlan({0, 0, 1});
    QTest::newRow("shortest") << test::smallPlan({1, 1, 1}, 100);
    QTest::newRow("several blocks") << test::smallPlan({70, 9, 5}, 100);
    QTest::newRow("longer than a chunk") << test::smallPlan({2, 1, 1}, 20000);
    QTest::newRow("exactly a chunk") << test::smallPlan({1, 0, 1}, 8192);
    DatasetPlan tree = test::smallPlan({2, 1, 1}, 150);
    tree.neuron = test::treeWithTable();
    QTest::newRow("tree") << tree;
    DatasetPlan one = test::smallPlan({2, 1, 1}, 150);
    setSegments(one.neuron, 0, 1);
    QTest::newRow("one segment") << one;
    DatasetPlan many = test::smallPlan({1, 1, 1}, 150);
    setSegments(many.neuron, 0, 64);
    QTest::newRow("64 segments") << many;
}

void tst_DatasetFile::roundTrip()
{
    QFETCH(DatasetPlan, plan);
    VERIFY_OK(test::makeDataset(m_path, plan));
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
    const Result<DatasetFile> file = DatasetFile::open(m_path);
    VERIFY_OK(file);
    const DatasetInfo &info = file->info();
    QCOMPARE(file->path(), m_path);
    QCOMPARE(info.neuron, plan.neuron);
    QCOMPARE(info.segments, plan.neuron.segmentCount());
    QCOMPARE(info.durationMs, plan.durationMs);
    QVERIFY(info.plan == plan);
    QCOMPARE(info.source, std::string("build"));
    for (const Split split : AllSplits) {
        const auto n = static_cast<std::size_t>(plan.wantedIn(split));
        QCOMPARE(info.simulations[static_cast<std::size_t>(split)], n);
        const Result<SplitStatistics> statistics = file->statistics(split);
        VERIFY_OK(statistics);
        QCOMPARE(statistics->values.size(), n);
        for (std::size_t i = 0; i < n; ++i) {
            QCOMPARE(statistics->index[i], i);
            const Result<StoredSimulation> read = file->simulation(split, i);
            VERIFY_OK(read);
            const StoredSimulation made = test::madeUp(plan, split, i);
            QVERIFY(test::sameNumbers(*read, made));
            QCOMPARE(read->index, made.index);
            QVERIFY(statistics->values[i] == statisticsOf(made, info.segments));
        }
    }
    VERIFY_OK(file->verify({}));
    const Result<Neuron> neuron = readNeuronOf(m_path);
    VERIFY_OK(neuron);
    QCOMPARE(*neuron, plan.neuron);
}

void tst_DatasetFile::remembersItsMaking()
{
    const DatasetPlan plan = filteredPlan();
    VERIFY_OK(test::makeDataset(m_path, plan, mostPass));
    const Result<DatasetFile> file = DatasetFile::open(m_path);
    VERIFY_OK(file);
    QVERIFY(file->info().plan == plan);
    // Candidates up to the last one that was needed: 0 . 2 3 . 5 6, then . 1 2.
    const auto &acceptance = file->info().acceptance;
    QCOMPARE(acceptance[0].tried, std::uint64_t(7));
    QCOMPARE(acceptance[0].accepted, std::uint64_t(5));
    QCOMPARE(acceptance[0].rejectedBy[0], std::uint64_t(2));
    QCOMPARE(acceptance[1].tried, std::uint64_t(3));
    QCOMPARE(acceptance[1].accepted, std::uint64_t(2));
    QCOMPARE(acceptance[2], Acceptance{});
    QCOMPARE(file->statistics(Split::Train).value().index,
             (std::vector<std::uint64_t>{0, 2, 3, 5, 6}));
    QCOMPARE(file->statistics(Split::Valid).value().index, (std::vector<std::uint64_t>{1, 2}));
    for (std::size_t i = 0; i < 5; ++i) {
        const StoredSimulation s = file->simulation(Split::Train, i).value();
        QVERIFY(test::sameNumbers(s, test::madeUp(plan, Split::Train, s.index)));
    }
}

void tst_DatasetFile::storedStatistics()
{
    const DatasetPlan plan = test::smallPlan({20, 3, 0}, 1000);
    VERIFY_OK(test::makeDataset(m_path, plan));
    const Result<DatasetFile> file = DatasetFile::open(m_path);
    VERIFY_OK(file);
    for (const Split split : AllSplits) {
        std::vector<int> isiMs;
        for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(plan.wantedIn(split)); ++i) {
            const auto intervals = interSpikeIntervals(test::madeUp(plan, split, i).spikes);
            isiMs.insert(isiMs.end(), intervals.begin(), intervals.end());
        }
        const Result<SplitStatistics> statistics = file->statistics(split);
        VERIFY_OK(statistics);
        QCOMPARE(statistics->isiMs, isiMs);
        QVERIFY(split == Split::Test || isiMs.size() > 10);
    }
}

void tst_DatasetFile::outOfRange()
{
    VERIFY_OK(test::makeDataset(m_path, test::smallPlan({2, 0, 1})));
    const Result<DatasetFile> file = DatasetFile::open(m_path);
    VERIFY_OK(file);
    VERIFY_ERROR(file->simulation(Split::Train, 2), ErrorCode::NotFound, "train");
    VERIFY_ERROR(file->simulation(Split::Valid, 0), ErrorCode::NotFound, m_path);
}

void tst_DatasetFile::sameBytes()
{
    // Nothing in a file depends on when or where it was made.
    const DatasetPlan plan = filteredPlan();
    VERIFY_OK(test::makeDataset(m_path, plan, mostPass));
    QTest::qSleep(1100); // a time stamp in whole seconds would show
    VERIFY_OK(test::makeDataset(m_folder->file("again.h5"), plan, mostPass));
    QCOMPARE(m_folder->read("ds.h5"), m_folder->read("again.h5"));
}

void tst_DatasetFile::asPythonSeesIt()
{
    REQUIRE_PYTHON("h5py");
    const DatasetPlan plan = test::smallPlan({3, 1, 0});
    VERIFY_OK(test::makeDataset(m_path, plan));
    const QString program = QStringLiteral(
        "import h5py, json, sys\n"
        "def plain(v): return v if isinstance(v, str) else v.item()\n"
        "f = h5py.File(sys.argv[1], 'r')\n"
        "sets = {}\n"
        "def visit(name, o):\n"
        "    if isinstance(o, h5py.Dataset):\n"
        "        sets[name] = {'dtype': str(o.dtype), 'shape': list(o.shape),\n"
        "                      'units': o.attrs.get('units', ''),\n"
        "                      'sum': float(o[...].astype('float64').sum())}\n"
        "f.visititems(visit)\n"
        "print(json.dumps({'attributes': {k: plain(v) for k, v in f.attrs.items()},\n"
        "                  'sets': sets}))\n");
    const test::PythonOutcome seen =
        test::runPython({QStringLiteral("-c"), program, QString::fromStdString(m_path)});
    QVERIFY2(seen.ok, seen.text);
    const auto json = nlohmann::json::parse(seen.text.toStdString());
    const auto &sets = json["sets"];
    struct Expected
    {
        const char *name;
        const char *dtype;
        std::vector<int> shape;
        const char *units;
    };
    for (const auto &[split, n] : {std::pair{"train", 3}, {"valid", 1}, {"test", 0}}) {
        for (const Expected &e : {Expected{"inputs", "float16", {n, 2, 2, 300}, "weight (x g_max)"},
                                  Expected{"spikes", "uint8", {n, 300}, ""},
                                  Expected{"near_spikes", "uint8", {n, 300}, ""},
                                  Expected{"soma_v", "float32", {n, 300}, "mV"},
                                  Expected{"inst_rate", "float32", {n, 300}, "spikes/ms"},
                                  Expected{"dend_v", "float16", {n, 2, 300}, "mV"},
                                  Expected{"simulation_index", "uint64", {n}, ""}}) {
            const std::string name = std::string(split) + "/" + e.name;
            QVERIFY2(sets.contains(name), name.c_str());
            QVERIFY2(sets[name]["dtype"] == e.dtype, name.c_str());
            QVERIFY2(sets[name]["shape"] == e.shape, name.c_str());
            QVERIFY2(sets[name]["units"] == e.units, name.c_str());
        }
        for (const StatisticInfo &info : statistics()) {
            const std::string name = std::string(split) + "/statistics/" + std::string(info.name);
            QVERIFY2(sets.contains(name), name.c_str());
            QVERIFY2(sets[name]["dtype"] == "float64", name.c_str());
            QVERIFY2(sets[name]["shape"] == std::vector{n}, name.c_str());
            QVERIFY2(sets[name]["units"] == std::string(info.unit), name.c_str());
        }
        const std::string isi = std::string(split) + "/isi_ms";
        QVERIFY(sets.contains(isi) && sets[isi]["dtype"] == "int32" && sets[isi]["units"] == "ms");
    }
    QCOMPARE(sets.size(), std::size_t(3 * (7 + 12 + 1)));
    double soma = 0.0;
    double inputs = 0.0;
    for (std::uint64_t i = 0; i < 3; ++i) {
        const StoredSimulation s = test::madeUp(plan, Split::Train, i);
        for (const float v : s.somaV)
            soma += static_cast<double>(v);
        for (const std::uint16_t v : s.inputs)
            inputs += static_cast<double>(floatFromHalf(v));
    }
    QVERIFY(std::abs(sets["train/soma_v"]["sum"].get<double>() - soma) < 1e-6);
    QVERIFY(std::abs(sets["train/inputs"]["sum"].get<double>() - inputs) < 1e-6);

    const auto &attributes = json["attributes"];
    QVERIFY(attributes["format"] == "dendrotwin-dataset");
    QVERIFY(attributes["format_version"] == 1);
    QVERIFY(attributes["engine"] == "neuron");
    QVERIFY(attributes["seed"] == 1);
    QVERIFY(attributes["duration_ms"] == 300);
    QVERIFY(attributes["synapse_type"] == "NMDA_human");
    for (const ParameterInfo &parameter : parameters()) {
        const std::string name(parameter.name);
        QVERIFY2(attributes[name].is_number()
                     && attributes[name].get<double>() == parameter.get(plan.neuron),
                 name.c_str());
    }
    QVERIFY(attributes["neuron"].is_string());
    QVERIFY(nlohmann::ordered_json::parse(attributes["plan"].get<std::string>()) == toJson(plan));

    // The largest seed stays what it is.
    DatasetPlan largest = plan;
    largest.seed = 18446744073709551615ULL;
    VERIFY_OK(test::makeDataset(m_folder->file("largest.h5"), largest));
    const test::PythonOutcome seed = test::runPython(
        {QStringLiteral("-c"),
         QStringLiteral("import h5py, sys; print(h5py.File(sys.argv[1]).attrs['seed'])"),
         m_folder->at("largest.h5")});
    QCOMPARE(seed.text.trimmed(), QByteArray("18446744073709551615"));
}

void tst_DatasetFile::spoiled_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<int>("code");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const Change &change,
                        ErrorCode code = ErrorCode::Format) {
        QTest::newRow(name) << QByteArray(words) << int(code) << change;
    };
    const auto replaced = [](const char *name, hid_t type, const std::vector<hsize_t> &dims) {
        return [=](hid_t file) {
            H5Ldelete(file, name, H5P_DEFAULT);
            const hid_t space = H5Screate_simple(int(dims.size()), dims.data(), nullptr);
            H5Dclose(H5Dcreate2(file, name, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
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
    for (const char *split : {"train", "valid", "test"}) {
        row(split, split, [=](hid_t file) { H5Ldelete(file, split, H5P_DEFAULT); });
        for (const char *name : {"inputs", "spikes", "near_spikes", "soma_v", "inst_rate", "dend_v",
                                 "simulation_index"}) {
            const std::string path = std::string(split) + "/" + name;
            row(("no " + path).c_str(), name,
                [=](hid_t file) { H5Ldelete(file, path.c_str(), H5P_DEFAULT); });
        }
    }
    row("a data set for a split", "train", replaced("train", H5T_IEEE_F32LE, {3}));
    row("a group for a data set", "soma_v", [](hid_t file) {
        H5Ldelete(file, "train/soma_v", H5P_DEFAULT);
        H5Gclose(H5Gcreate2(file, "train/soma_v", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    });
    row("double voltages", "'train/soma_v' has an unexpected type",
        replaced("train/soma_v", H5T_IEEE_F64LE, {3, 300}));
    row("integers for rates", "'test/inst_rate' has an unexpected type",
        replaced("test/inst_rate", H5T_STD_I32LE, {1, 300}));
    row("too few spikes", "'train/spikes' has an unexpected shape",
        replaced("train/spikes", H5T_STD_U8LE, {2, 300}));
    row("shorter voltages", "'train/soma_v' has an unexpected shape",
        replaced("train/soma_v", H5T_IEEE_F32LE, {3, 299}));
    row("flat inputs", "'train/inputs' has an unexpected shape",
        replaced("train/inputs", test::H5File::half(), {3, 300}));
    row("three kinds", "'train/inputs' has an unexpected shape",
        replaced("train/inputs", test::H5File::half(), {3, 3, 2, 300}));
    row("too few indices", "'valid/simulation_index' has an unexpected shape",
        replaced("valid/simulation_index", H5T_STD_U64LE, {0}));
    row("newer", "newer DendroTwin", numbered("format_version", 2), ErrorCode::Version);
    row("no version", "format_version", [](hid_t file) { H5Adelete(file, "format_version"); });
    row("no format", "is not a data set of ours", [](hid_t file) { H5Adelete(file, "format"); });
    row("format is a number", "'format' is not text", numbered("format", 1));
    row("another duration", "checksum", numbered("duration_ms", 301));
    row("another seed", "checksum", numbered("seed", 2));
    row("no plan", "checksum", [](hid_t file) { H5Adelete(file, "plan"); });
    row("one attribute more", "checksum", [](hid_t file) {
        const hid_t space = H5Screate(H5S_SCALAR);
        H5Aclose(H5Acreate2(file, "note", H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT));
        H5Sclose(space);
    });
    row("the checksum itself", "checksum", numbered("attributes_checksum", 12));
}

void tst_DatasetFile::spoiled()
{
    QFETCH(QByteArray, words);
    QFETCH(int, code);
    QFETCH(Change, change);
    VERIFY_OK(test::makeDataset(m_path, test::smallPlan()));
    const hid_t h5 = H5Fopen(m_path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    change(h5);
    H5Fclose(h5);
    const Result<DatasetFile> file = DatasetFile::open(m_path);
    VERIFY_ERROR(file, ErrorCode(code), words.toStdString());
    QVERIFY2(test::contains(file.error().message, m_path), file.error().message.c_str());
}

void tst_DatasetFile::foreign_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *kind, const char *words) {
        QTest::newRow(kind) << QByteArray(kind) << QByteArray(words);
    };
    row("nothing", "There is no file");
    row("folder", "is a folder");
    row("text", "is not an HDF5 file");
    row("empty", "is not an HDF5 file");
    row("hdf5", "is not a data set of ours");
    row("recording", "is a recording, not a data set");
    row("shard", "is a part of an unfinished build, not a data set");
    row("golden", "is not a data set of ours");
}

void tst_DatasetFile::foreign()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, words);
    if (kind == "folder")
        m_path = m_folder->path().toStdString();
    else if (kind == "text")
        QVERIFY(m_folder->write("ds.h5", "These are notes.\n"));
    else if (kind == "empty")
        QVERIFY(m_folder->write("ds.h5", ""));
    else if (kind == "hdf5")
        test::H5File(m_path).set("train/../x", H5T_IEEE_F32LE, {3});
    else if (kind == "recording")
        VERIFY_OK(writeRecording(m_path, test::randomRecording(test::smallTree(), 100), false));
    else if (kind == "shard")
        VERIFY_OK(
            writeShard(m_path, test::madeUpShard(test::smallPlan(), "1", Split::Train, 0), 2, 300));
    else if (kind == "golden")
        m_path = test::dataPath("neuron/ampa_point.h5");
    const Result<DatasetFile> file = DatasetFile::open(m_path);
    VERIFY_ERROR(file, kind == "nothing" ? ErrorCode::NotFound : ErrorCode::Format,
                 words.toStdString());
    QVERIFY(test::contains(file.error().message, m_path));
}

void tst_DatasetFile::verifyFindsFaults_data()
{
    // What HDF5's checksums cannot know: numbers that were wrong when they were written.
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const char *words, const Change &change) {
        QTest::newRow(name) << QByteArray(words) << change;
    };
    const auto put = [](const char *name, std::vector<hsize_t> at, double value) {
        return [=](hid_t file) {
            const hid_t set = H5Dopen2(file, name, H5P_DEFAULT);
            const hid_t space = H5Dget_space(set);
            H5Sselect_elements(space, H5S_SELECT_SET, 1, at.data());
            const hid_t one = H5Screate(H5S_SCALAR);
            H5Dwrite(set, H5T_NATIVE_DOUBLE, one, space, H5P_DEFAULT, &value);
            H5Sclose(one);
            H5Sclose(space);
            H5Dclose(set);
        };
    };
    constexpr double NaN = std::numeric_limits<double>::quiet_NaN();
    row("voltage", "train simulation 2: 'soma_v' holds a value that is not a number",
        put("train/soma_v", {2, 299}, NaN));
    row("rate", "'inst_rate'", put("train/inst_rate", {0, 0}, NaN));
    row("dendrite", "'dend_v'", put("valid/dend_v", {0, 1, 5}, NaN));
    row("infinite weight", "'inputs'", put("test/inputs", {0, 1, 1, 7}, 1e9));
    row("negative weight", "test simulation 0", put("test/inputs", {0, 1, 1, 7}, -1.0));
    row("two spikes", "spike flag", put("train/spikes", {1, 3}, 2));
    row("two near-spikes", "spike flag", put("train/near_spikes", {1, 3}, 255));
    row("another voltage", "train simulation 1: its statistics do not fit",
        put("train/soma_v", {1, 3}, 50.0));
    row("another statistic", "train simulation 1: its statistics do not fit",
        put("train/statistics/dend_v_sd", {1}, 50.0));
    row("statistic is NaN", "statistics do not fit", put("test/statistics/exc_sd", {0}, NaN));
    row("another interval", "inter-spike intervals of train do not fit",
        put("train/isi_ms", {0}, 4000));
    row("no intervals", "valid/isi_ms",
        [](hid_t file) { H5Ldelete(file, "valid/isi_ms", H5P_DEFAULT); });
    row("an index twice", "train simulation 1", put("train/simulation_index", {1}, 0));
}

void tst_DatasetFile::verifyFindsFaults()
{
    QFETCH(QByteArray, words);
    QFETCH(Change, change);
    VERIFY_OK(test::makeDataset(m_path, test::smallPlan()));
    const hid_t h5 = H5Fopen(m_path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    change(h5);
    H5Fclose(h5);
    const Result<DatasetFile> file = DatasetFile::open(m_path);
    VERIFY_OK(file);
    const Status verified = file->verify({});
    VERIFY_ERROR(verified, ErrorCode::Format, words.toStdString());
    QVERIFY(test::contains(verified.error().message, m_path));
}

void tst_DatasetFile::verifyCancels()
{
    VERIFY_OK(test::makeDataset(m_path, test::smallPlan()));
    const Result<DatasetFile> file = DatasetFile::open(m_path);
    VERIFY_OK(file);
    std::vector<double> shares;
    VERIFY_OK(file->verify([&](double share) {
        shares.push_back(share);
        return true;
    }));
    QCOMPARE(shares.size(), std::size_t(5));
    QVERIFY(std::is_sorted(shares.begin(), shares.end()));
    QCOMPARE(shares.back(), 1.0);
    VERIFY_ERROR(file->verify([](double share) { return share < 0.5; }), ErrorCode::Cancelled,
                 "Cancelled");
}

DT_TEST(tst_DatasetFile, QCoreApplication)
#include "tst_DatasetFile.moc"
