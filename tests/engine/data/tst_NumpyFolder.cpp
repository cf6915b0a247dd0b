// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/NumpyFolder.h"

#include "engine/base/Half.h"
#include "engine/cell/Parameters.h"
#include "engine/cell/Presets.h"
#include "engine/data/NpyFile.h"
#include "tests/support/Child.h"
#include "tests/support/Datasets.h"
#include "tests/support/Neurons.h"
#include "tests/support/Paths.h"
#include "tests/support/Python.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QTest>

#include <algorithm>
#include <functional>
#include <limits>

using namespace dt;

namespace {

const QString ShortName =
    QStringLiteral("BallAndStickNeuron_Soma_Hay2011_Dend_Lxd_128um_x_4_0um_8segs");

/// All files below a folder by relative path.
QMap<QString, QByteArray> contents(const QString &folder)
{
    QMap<QString, QByteArray> files;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            files[QDir(folder).relativeFilePath(it.filePath())] = file.readAll();
    }
    return files;
}

bool copyFolder(const QString &from, const QString &to)
{
    const auto files = contents(from);
    for (auto it = files.begin(); it != files.end(); ++it) {
        const QString path = to + QLatin1Char('/') + it.key();
        QFile file(path);
        if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly)
            || file.write(it.value()) != it.value().size())
            return false;
    }
    return !files.isEmpty();
}

bool rewrite(const QString &path, const std::function<void(QByteArray &)> &change)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite))
        return false;
    QByteArray bytes = file.readAll();
    change(bytes);
    return file.resize(0) && file.seek(0) && file.write(bytes) == bytes.size();
}

/// Folders of the layout below a folder of golden files.
QStringList folders(const QString &root)
{
    QStringList found;
    for (const QString &name : QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (name.startsWith(QLatin1String("BallAndStick")))
            found += root + QLatin1Char('/') + name;
    }
    if (QDir(root).dirName().startsWith(QLatin1String("BallAndStick")))
        found += root;
    return found;
}

} // namespace

class tst_NumpyFolder : public QObject
{
    Q_OBJECT

    using Spoil = std::function<void(const QString &folder)>;

private Q_SLOTS:
    void init();
    void thereAndBack_data();
    void thereAndBack();
    void values();
    void whichNeuron_data();
    void whichNeuron();
    void treesAreRefused();
    void otherNames();
    void spoiled_data();
    void spoiled();
    void extrasAreIgnored();
    void largeNumbers();
    void notAFolder();
    void cancelled();
    void existingTargets();
    void diskFull();
    void numpyReads();

private:
    /// A copy of the small folder that may be spoiled.
    QString copy(const QString &name = ShortName)
    {
        const QString path = m_folder->at(name);
        return copyFolder(QString::fromStdString(test::dataPath("numpy_dataset/")) + ShortName,
                          path)
            ? path
            : QString();
    }
    Status import(const QString &folder, const char *target = "ds.h5", bool replace = false)
    {
        return importNumpy(folder.toStdString(), presetNeuron("ampa-point").value(),
                           m_folder->file(target), replace, {});
    }

    std::unique_ptr<test::TestFolder> m_folder;
};

void tst_NumpyFolder::init()
{
    m_folder = std::make_unique<test::TestFolder>();
}

void tst_NumpyFolder::thereAndBack_data()
{
    QTest::addColumn<QString>("folder");
    const QString root =
        QString::fromStdString(test::goldenFolder("DENDROTWIN_GOLDEN_NUMPY", "numpy_dataset"));
    const QStringList found = folders(root);
    QVERIFY2(!found.isEmpty(), qPrintable(root + QStringLiteral(" holds no folder to try")));
    for (const QString &folder : found)
        QTest::newRow(qPrintable(folder)) << folder;
}

void tst_NumpyFolder::thereAndBack()
{
    QFETCH(QString, folder);
    const Result<Neuron> neuron = neuronOfNumpyFolder(folder.toStdString(), std::nullopt);
    VERIFY_OK(neuron);
    const std::string path = m_folder->file("ds.h5");
    VERIFY_OK(importNumpy(folder.toStdString(), *neuron, path, false, {}));
    QCOMPARE(m_folder->names(), QStringList("ds.h5")); // no scratch
    const Result<DatasetFile> file = DatasetFile::open(path);
    VERIFY_OK(file);
    VERIFY_OK(file->verify({}));
    QCOMPARE(file->info().source, std::string("numpy"));
    QVERIFY(!file->info().plan.has_value());
    QCOMPARE(file->info().neuron, *neuron);
    VERIFY_OK(exportNumpy(*file, m_folder->file("out"), {}));
    QCOMPARE(
        QDir(m_folder->at("out")).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList(QDir(folder).dirName()));
    QMap<QString, QByteArray> before = contents(folder);
    before.removeIf([](const std::pair<const QString &, QByteArray &> &entry) {
        return !entry.first.endsWith(QLatin1String(".npy"));
    });
    const QMap<QString, QByteArray> after = contents(m_folder->at("out/") + QDir(folder).dirName());
    QCOMPARE(after.keys(), before.keys());
    for (auto it = before.begin(); it != before.end(); ++it)
        QVERIFY2(after[it.key()] == it.value(), qPrintable(it.key()));
}

void tst_NumpyFolder::values()
{
    const QString folder = copy();
    // File numbers are kept, gaps and all.
    for (const char *field : {"inputs", "output_spikes", "output_soma_v", "output_near_spikes",
                              "output_inst_rate", "intermidiate_branch_v"}) {
        const QString base =
            folder + QStringLiteral("/train/%1/sim_00000").arg(QLatin1String(field));
        QVERIFY(QFile::rename(base + QStringLiteral("02.npy"), base + QStringLiteral("47.npy")));
    }
    VERIFY_OK(import(folder));
    const Result<DatasetFile> file = DatasetFile::open(m_folder->file("ds.h5"));
    VERIFY_OK(file);
    QCOMPARE(file->info().simulations, (std::array<std::size_t, 3>{3, 1, 1}));
    QCOMPARE(file->info().durationMs, 2048);
    QCOMPARE(file->info().segments, 8);
    const Result<SplitStatistics> statistics = file->statistics(Split::Train);
    VERIFY_OK(statistics);
    QCOMPARE(statistics->index, (std::vector<std::uint64_t>{0, 1, 47}));
    const Result<StoredSimulation> s = file->simulation(Split::Train, 2);
    VERIFY_OK(s);
    QCOMPARE(s->index, std::uint64_t(47));
    const auto npy = [&](const char *field, const char *type) {
        return readNpy(
                   (folder + QStringLiteral("/train/%1/sim_0000047.npy").arg(QLatin1String(field)))
                       .toStdString(),
                   type)
            .value()
            .bytes;
    };
    const auto as = [](const auto &values) {
        const auto *bytes = reinterpret_cast<const char *>(values.data());
        return std::vector<char>(bytes, bytes + values.size() * sizeof values[0]);
    };
    QVERIFY(npy("output_soma_v", "<f4") == as(s->somaV));
    QVERIFY(npy("output_inst_rate", "<f4") == as(s->instRate));
    QVERIFY(npy("output_spikes", "|b1") == as(s->spikes));
    QVERIFY(npy("output_near_spikes", "|b1") == as(s->nearSpikes));
    QVERIFY(npy("intermidiate_branch_v", "<f2") == as(s->dendV));
    const std::vector<char> bytes = npy("inputs", "<f2");
    std::vector<std::uint16_t> inputs(bytes.size() / 2);
    std::memcpy(inputs.data(), bytes.data(), bytes.size());
    const std::size_t cells = 8 * 2048;
    for (std::size_t i = 0; i < cells; ++i) {
        QVERIFY(s->inputs[i] == inputs[2 * i]); // last axis: excitation, inhibition
        QVERIFY(s->inputs[cells + i] == inputs[2 * i + 1]);
    }
}

void tst_NumpyFolder::whichNeuron_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("expected"); // a preset, or * for an error
    QTest::addColumn<QByteArray>("words");
    const QString cable =
        QStringLiteral("BallAndStickNeuron_Soma_Hay2011_Dend_Lxd_2048um_x_1_0um_8segs");
    const auto row = [](const char *name, const QString &folder, const char *given,
                        const char *expected, const char *words = "") {
        QTest::newRow(name) << folder << given << expected << QByteArray(words);
    };
    const auto sized = [](const char *size) {
        return QStringLiteral("BallAndStickNeuron_Soma_Hay2011_Dend_Lxd_") + QLatin1String(size);
    };
    row("point", ShortName, "", "ampa-point");
    row("cable", "/data/" + cable, "", "nmda-cable");
    row("slash at the end", "/data/" + cable + "/", "", "nmda-cable");
    row("dots", "/data/" + cable + "/x/..", "", "nmda-cable");
    row("64 segments", sized("2048um_x_1_0um_64segs"), "", "nmda-cable-64");
    row("unknown geometry", sized("500um_x_1_0um_8segs"), "", "*", "--neuron");
    row("any name", "/data/mine", "", "*", "--neuron");
    row("any name, given", "/data/mine", "nmda-cable", "nmda-cable");
    row("given and right", ShortName, "ampa-point", "ampa-point");
    row("given and wrong", ShortName, "nmda-cable", "*", "2048um");
    row("wrong segments", cable, "nmda-cable-64", "*", "64segs");
}

void tst_NumpyFolder::whichNeuron()
{
    QFETCH(QString, folder);
    QFETCH(QString, given);
    QFETCH(QString, expected);
    QFETCH(QByteArray, words);
    std::optional<Neuron> neuron;
    if (!given.isEmpty())
        neuron = presetNeuron(given.toStdString()).value();
    const Result<Neuron> found = neuronOfNumpyFolder(folder.toStdString(), neuron);
    if (expected == QLatin1String("*")) {
        VERIFY_ERROR(found, neuron ? ErrorCode::InvalidValue : ErrorCode::NotFound,
                     words.toStdString());
    } else {
        VERIFY_OK(found);
        QCOMPARE(*found, presetNeuron(expected.toStdString()).value());
    }
}

void tst_NumpyFolder::treesAreRefused()
{
    for (const char *name : {"mine", qPrintable(ShortName)})
        VERIFY_ERROR(neuronOfNumpyFolder(name, test::smallTree()), ErrorCode::InvalidValue,
                     "ball-and-stick");
    DatasetPlan plan = test::smallPlan({1, 0, 0});
    plan.neuron = test::smallTree();
    VERIFY_OK(test::makeDataset(m_folder->file("tree.h5"), plan));
    const Result<DatasetFile> file = DatasetFile::open(m_folder->file("tree.h5"));
    VERIFY_OK(file);
    VERIFY_ERROR(exportNumpy(*file, m_folder->file("out"), {}), ErrorCode::InvalidValue,
                 "ball-and-stick");
    QCOMPARE(m_folder->names(), QStringList("tree.h5"));
}

void tst_NumpyFolder::otherNames()
{
    // A folder by its current directory, and one with a slash at its end.
    const QString folder = copy();
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(folder));
    const Result<Neuron> here = neuronOfNumpyFolder(".", std::nullopt);
    const Status imported = import(QStringLiteral("."), "here.h5");
    QVERIFY(QDir::setCurrent(before));
    VERIFY_OK(here);
    QCOMPARE(*here, presetNeuron("ampa-point").value());
    VERIFY_OK(imported);
    VERIFY_OK(import(folder + QStringLiteral("/"), "slash.h5"));
    QCOMPARE(m_folder->read("here.h5"), m_folder->read("slash.h5"));
}

void tst_NumpyFolder::spoiled_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<Spoil>("spoil");
    const auto row = [](const char *name, const char *file, const char *words, const Spoil &spoil) {
        QTest::newRow(name) << QByteArray(file) << QByteArray(words) << spoil;
    };
    const auto removed = [](const char *path) {
        return [=](const QString &f) { QFile::remove(f + QLatin1Char('/') + QLatin1String(path)); };
    };
    const auto bytes = [](const char *path, const std::function<void(QByteArray &)> &change) {
        return [=](const QString &f) {
            if (!rewrite(f + QLatin1Char('/') + QLatin1String(path), change))
                qFatal("%s cannot be changed", path);
        };
    };
    const auto array = [](const char *path, const char *type, std::vector<std::size_t> shape) {
        return [=](const QString &f) {
            std::size_t size = static_cast<std::size_t>(type[2] - '0');
            for (const std::size_t d : shape)
                size *= d;
            const std::vector<char> zeros(size, 0);
            if (!writeNpy((f + QLatin1Char('/') + QLatin1String(path)).toStdString(), type, shape,
                          zeros.data(), size))
                qFatal("%s cannot be written", path);
        };
    };
    for (const char *field : {"inputs", "output_spikes", "output_soma_v", "output_near_spikes",
                              "output_inst_rate", "intermidiate_branch_v"}) {
        for (const char *number : {"0", "2"}) { // the first and the last
            const std::string path =
                std::string("train/") + field + "/sim_000000" + number + ".npy";
            row((path + " missing").c_str(), path.c_str(), "is missing",
                [=](const QString &f) { removed(path.c_str())(f); });
        }
        const std::string path = std::string("valid/") + field;
        row((path + " missing").c_str(), path.c_str(), "is missing", [=](const QString &f) {
            QDir(f + QLatin1Char('/') + QString::fromStdString(path)).removeRecursively();
        });
        const std::string truncated = std::string("test/") + field + "/sim_0000000.npy";
        row((truncated + " cut").c_str(), truncated.c_str(), "is cut short", [=](const QString &f) {
            bytes(truncated.c_str(), [](QByteArray &b) { b.chop(1); })(f);
        });
        row((truncated + " foreign").c_str(), truncated.c_str(), "is not a NumPy file",
            [=](const QString &f) {
                bytes(truncated.c_str(), [](QByteArray &b) { b = "notes"; })(f);
            });
        row((truncated + " empty").c_str(), truncated.c_str(), "is not a NumPy file",
            [=](const QString &f) {
                bytes(truncated.c_str(), [](QByteArray &b) { b.clear(); })(f);
            });
    }
    row("orphan", "train/inputs/sim_0000009.npy", "is missing", [](const QString &f) {
        QFile::copy(f + QStringLiteral("/train/output_soma_v/sim_0000000.npy"),
                    f + QStringLiteral("/train/output_soma_v/sim_0000009.npy"));
    });
    for (const char *name : {"notes.npy", "sim_000000.npy", "sim_0000a00.npy", "sim_00000000.npy",
                             "sim_-000001.npy", "Sim_0000000.npy", "sim_99999999999999999999.npy"})
        row(name, (std::string("train/inputs/") + name).c_str(), "is not named",
            [=](const QString &f) {
                QFile::copy(f + QStringLiteral("/train/inputs/sim_0000000.npy"),
                            f + QStringLiteral("/train/inputs/") + QLatin1String(name));
            });
    row("wrong dtype", "train/output_soma_v/sim_0000001.npy", "type <f8 where <f4 is expected",
        array("train/output_soma_v/sim_0000001.npy", "<f8", {2048}));
    row("spikes as numbers", "train/output_spikes/sim_0000001.npy", "type |u1 where |b1",
        array("train/output_spikes/sim_0000001.npy", "|u1", {2048}));
    row("inputs in single", "test/inputs/sim_0000000.npy", "type <f4 where <f2",
        array("test/inputs/sim_0000000.npy", "<f4", {8, 2048, 2}));
    row("shorter", "train/output_soma_v/sim_0000001.npy", "shape 2047 where 2048",
        array("train/output_soma_v/sim_0000001.npy", "<f4", {2047}));
    row("another duration", "valid/inputs/sim_0000000.npy", "shape 8 x 1000 x 2 where 8 x 2048 x 2",
        array("valid/inputs/sim_0000000.npy", "<f2", {8, 1000, 2}));
    row("other segments", "train/inputs/sim_0000000.npy", "shape 7 x 2048 x 2 where 8 x 2048 x 2",
        array("train/inputs/sim_0000000.npy", "<f2", {7, 2048, 2}));
    row("kinds first", "train/inputs/sim_0000000.npy", "shape 2 x 8 x 2048",
        array("train/inputs/sim_0000000.npy", "<f2", {2, 8, 2048}));
    row("one kind", "train/inputs/sim_0000000.npy", "shape 8 x 2048 where 8 x milliseconds x 2",
        array("train/inputs/sim_0000000.npy", "<f2", {8, 2048}));
    row("no time", "train/inputs/sim_0000000.npy", "shape 8 x 0 x 2",
        array("train/inputs/sim_0000000.npy", "<f2", {8, 0, 2}));
    row("a number", "train/inputs/sim_0000000.npy", "shape () where",
        array("train/inputs/sim_0000000.npy", "<f2", {}));
    row("time first", "train/intermidiate_branch_v/sim_0000002.npy",
        "shape 2048 x 8 where 8 x 2048",
        array("train/intermidiate_branch_v/sim_0000002.npy", "<f2", {2048, 8}));
    const auto last = [&](const char *path, const QByteArray &value) {
        return bytes(
            path, [=](QByteArray &b) { b.replace(b.size() - value.size(), value.size(), value); });
    };
    row("NaN voltage", "train/output_soma_v/sim_0000001.npy", "not a number",
        last("train/output_soma_v/sim_0000001.npy", QByteArray("\0\0\xC0\x7F", 4)));
    row("infinite rate", "train/output_inst_rate/sim_0000001.npy", "not a number",
        last("train/output_inst_rate/sim_0000001.npy", QByteArray("\0\0\x80\x7F", 4)));
    row("NaN dendrite", "train/intermidiate_branch_v/sim_0000001.npy", "not a number",
        last("train/intermidiate_branch_v/sim_0000001.npy", QByteArray("\0\x7E", 2)));
    row("NaN weight", "train/inputs/sim_0000001.npy", "negative or not a number",
        last("train/inputs/sim_0000001.npy", QByteArray("\0\x7E", 2)));
    row("negative weight", "train/inputs/sim_0000001.npy", "negative or not a number",
        last("train/inputs/sim_0000001.npy", QByteArray("\0\xBC", 2)));
    row("two spikes", "train/output_spikes/sim_0000001.npy", "neither true nor false",
        last("train/output_spikes/sim_0000001.npy", QByteArray("\x02", 1)));
    row("two near-spikes", "train/output_near_spikes/sim_0000001.npy", "neither true nor false",
        last("train/output_near_spikes/sim_0000001.npy", QByteArray("\xFF", 1)));
    row("no simulations", "", "holds no simulation", [](const QString &f) {
        for (const QString &path : contents(f).keys())
            QFile::remove(f + QLatin1Char('/') + path);
    });
    row("empty folder", "", "holds no simulation", [](const QString &f) {
        QDir(f).removeRecursively();
        QDir().mkpath(f);
    });
    row("the folder above", "", "holds no simulation", [](const QString &f) {
        QDir().rename(f, f + QStringLiteral(".moved"));
        QDir().mkpath(f);
        QDir().rename(f + QStringLiteral(".moved"), f + QStringLiteral("/data"));
    });
}

void tst_NumpyFolder::spoiled()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, words);
    QFETCH(Spoil, spoil);
    const QString folder = copy();
    VERIFY_OK(import(folder, "good.h5"));
    spoil(folder);
    const Status imported = import(folder);
    VERIFY_ERROR(imported, ErrorCode::Format, words.toStdString());
    const std::string named =
        folder.toStdString() + (file.isEmpty() ? "" : "/" + file.toStdString());
    QVERIFY2(test::contains(imported.error().message, named), imported.error().message.c_str());
    QCOMPARE(m_folder->names(), (QStringList{ShortName, "good.h5"}));
    // Nor is an older file lost that was to be replaced.
    const QByteArray old = m_folder->read("good.h5");
    QVERIFY(!import(folder, "good.h5", true));
    QCOMPARE(m_folder->read("good.h5"), old);
    QCOMPARE(m_folder->names(), (QStringList{ShortName, "good.h5"}));
}

void tst_NumpyFolder::extrasAreIgnored()
{
    const QString folder = copy();
    VERIFY_OK(import(folder, "a.h5"));
    for (const char *name : {"neuron.pkl", "train/notes.txt", "train/inputs/.DS_Store"}) {
        QFile file(folder + QLatin1Char('/') + QLatin1String(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
    }
    QVERIFY(QDir().mkpath(folder + QStringLiteral("/train/more")));
    // A split that is not there is an empty one.
    VERIFY_OK(import(folder, "b.h5"));
    QCOMPARE(m_folder->read("a.h5"), m_folder->read("b.h5"));
    QVERIFY(QDir(folder + QStringLiteral("/test")).removeRecursively());
    VERIFY_OK(import(folder, "c.h5"));
    const Result<DatasetFile> file = DatasetFile::open(m_folder->file("c.h5"));
    VERIFY_OK(file);
    QCOMPARE(file->info().simulations, (std::array<std::size_t, 3>{3, 1, 0}));
}

void tst_NumpyFolder::largeNumbers()
{
    // Candidates beyond seven digits keep their number.
    const QString folder = copy();
    for (const char *field : {"inputs", "output_spikes", "output_soma_v", "output_near_spikes",
                              "output_inst_rate", "intermidiate_branch_v"}) {
        const QString base = folder + QStringLiteral("/train/%1/sim_").arg(QLatin1String(field));
        QVERIFY(QFile::rename(base + QStringLiteral("0000002.npy"),
                              base + QStringLiteral("123456789.npy")));
    }
    VERIFY_OK(import(folder));
    const Result<DatasetFile> file = DatasetFile::open(m_folder->file("ds.h5"));
    VERIFY_OK(file);
    VERIFY_OK(exportNumpy(*file, m_folder->file("out"), {}));
    QCOMPARE(contents(m_folder->at("out/") + ShortName).keys(), contents(folder).keys());
}

void tst_NumpyFolder::notAFolder()
{
    QVERIFY(m_folder->write("file", "x"));
    VERIFY_ERROR(import(m_folder->at("file")), ErrorCode::Format, "is not a folder");
    VERIFY_ERROR(import(m_folder->at("none")), ErrorCode::Format, "is not a folder");
    // Asking the system about such a name is an error in itself.
    VERIFY_ERROR(import(m_folder->at(QString(5000, QLatin1Char('x')))), ErrorCode::Format,
                 "is not a folder");
    QCOMPARE(m_folder->names(), QStringList("file"));
}

void tst_NumpyFolder::cancelled()
{
    const QString folder = copy();
    double last = 0.0;
    VERIFY_OK(importNumpy(folder.toStdString(), presetNeuron("ampa-point").value(),
                          m_folder->file("ds.h5"), false, [&](double share) {
                              const bool rises = share >= last && share <= 1.0;
                              last = share;
                              return rises;
                          }));
    QCOMPARE(last, 1.0);
    const QStringList before = m_folder->names();
    for (const double at : {0.0, 0.3, 0.96, 1.0}) {
        const Status stopped =
            importNumpy(folder.toStdString(), presetNeuron("ampa-point").value(),
                        m_folder->file("b.h5"), false, [&](double share) { return share < at; });
        VERIFY_ERROR(stopped, ErrorCode::Cancelled, "ancelled");
        QCOMPARE(m_folder->names(), before);
    }
    const Result<DatasetFile> file = DatasetFile::open(m_folder->file("ds.h5"));
    VERIFY_OK(file);
    QVERIFY(QDir().mkpath(m_folder->at("out")));
    for (const double at : {0.0, 0.5, 1.0}) {
        VERIFY_ERROR(
            exportNumpy(*file, m_folder->file("out"), [&](double share) { return share < at; }),
            ErrorCode::Cancelled, "ancelled");
        QVERIFY(QDir(m_folder->at("out"))
                    .isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    }
}

void tst_NumpyFolder::existingTargets()
{
    const QString folder = copy();
    QVERIFY(m_folder->write("ds.h5", "old"));
    VERIFY_ERROR(import(folder), ErrorCode::Exists, "exists already");
    QCOMPARE(m_folder->read("ds.h5"), QByteArray("old"));
    VERIFY_OK(import(folder, "ds.h5", true));
    VERIFY_ERROR(import(folder, "none/ds.h5"), ErrorCode::NotFound, "does not exist");
    const Result<DatasetFile> file = DatasetFile::open(m_folder->file("ds.h5"));
    VERIFY_OK(file);
    // Beside the folder that was read lies a folder of the same name.
    VERIFY_ERROR(exportNumpy(*file, m_folder->path().toStdString(), {}), ErrorCode::Exists,
                 "exists already");
    QVERIFY(m_folder->write("plain", "x"));
    VERIFY_ERROR(exportNumpy(*file, m_folder->file("plain"), {}), ErrorCode::Format, "plain");
    QCOMPARE(m_folder->names(), (QStringList{ShortName, "ds.h5", "plain"}));
}

void tst_NumpyFolder::diskFull()
{
    const QString folder = copy();
    VERIFY_OK(import(folder, "ds.h5"));
    const QStringList before = m_folder->names();
    for (const unsigned long bytes : {0UL, 100UL, 20000UL, 150000UL}) {
        const test::ChildResult child = test::inChild([&]() -> std::string {
            test::limitFileSize(bytes);
            const Status written = import(folder, "b.h5");
            return written ? "written" : written.error().message;
        });
        QVERIFY2(child.exited && child.code == 0, qPrintable(QString::number(child.code)));
        QVERIFY2(test::isSentence(child.text), child.text.c_str());
        QVERIFY2(!test::contains(child.text, "esume"), child.text.c_str()); // there is nothing to
        QCOMPARE(m_folder->names(), before);
    }
    for (const unsigned long bytes : {0UL, 100UL, 5000UL}) {
        const test::ChildResult child = test::inChild([&]() -> std::string {
            const Result<DatasetFile> file = DatasetFile::open(m_folder->file("ds.h5"));
            test::limitFileSize(bytes);
            const Status written = exportNumpy(*file, m_folder->file("out"), {});
            return written ? "written" : written.error().message;
        });
        QVERIFY2(child.exited && child.code == 0, qPrintable(QString::number(child.code)));
        QVERIFY2(test::isSentence(child.text), child.text.c_str());
        QVERIFY2(test::contains(child.text, "could not be written"), child.text.c_str());
        QVERIFY(contents(m_folder->at("out")).isEmpty());
    }
}

void tst_NumpyFolder::numpyReads()
{
    REQUIRE_PYTHON("numpy");
    VERIFY_OK(test::makeDataset(m_folder->file("ds.h5"), test::smallPlan({2, 1, 0})));
    const Result<DatasetFile> file = DatasetFile::open(m_folder->file("ds.h5"));
    VERIFY_OK(file);
    VERIFY_OK(exportNumpy(*file, m_folder->file("out"), {}));
    const QString program = QStringLiteral(
        "import sys, glob, numpy as np\n"
        "for p in sorted(glob.glob(sys.argv[1] + '/*/*/*/sim_*.npy')):\n"
        "    a = np.load(p)\n"
        "    print('/'.join(p.split('/')[-3:]), a.dtype, a.shape, a.flags.c_contiguous,\n"
        "          np.isfinite(a).all())\n");
    const test::PythonOutcome seen =
        test::runPython({QStringLiteral("-c"), program, m_folder->at("out")});
    QVERIFY2(seen.ok, seen.text);
    QByteArray expected;
    for (const char *split : {"train", "valid"}) {
        for (const auto &[field, about] : {std::pair{"inputs", "float16 (2, 300, 2)"},
                                           std::pair{"intermidiate_branch_v", "float16 (2, 300)"},
                                           std::pair{"output_inst_rate", "float32 (300,)"},
                                           std::pair{"output_near_spikes", "bool (300,)"},
                                           std::pair{"output_soma_v", "float32 (300,)"},
                                           std::pair{"output_spikes", "bool (300,)"}}) {
            for (int i = 0; i < (split[0] == 't' ? 2 : 1); ++i)
                expected += QByteArray(split) + "/" + field + "/sim_000000" + QByteArray::number(i)
                    + ".npy " + about + " True True\n";
        }
    }
    QCOMPARE(seen.text, expected);
}

DT_TEST(tst_NumpyFolder, QCoreApplication)
#include "tst_NumpyFolder.moc"
