// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/ml/MlProbe.h"
#include "tests/engine/ml/TwinProbe.h"
#include "tests/golden/GoldenNetwork.h"
#include "tests/support/Paths.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace dt;
using Arrays = test::NpzArrays;
using test::largestDifference;

namespace {

constexpr double Tolerance = 2e-6; // single precision, values of order 1
/// One step of the grid on which a crossing is looked for.
constexpr double GridStep = 9.0 / 999.0;

enum class Kind { Norms, Activations, Network, Filled, TimeConstants, Unknown };

/// A file is known by what it holds.
Kind kindOf(const Arrays &arrays)
{
    const auto has = [&](const std::string &prefix) {
        const auto it = arrays.lower_bound(prefix);
        return it != arrays.end() && it->first.starts_with(prefix);
    };
    if (has("channel/") || has("last/"))
        return Kind::Norms;
    if (arrays.count("x") && !has("in/") && !has("out/") && !has("param/"))
        return Kind::Activations;
    if (has("param/"))
        return Kind::Network;
    const auto anyWith = [&](const char *part) {
        return std::any_of(arrays.begin(), arrays.end(), [&](const auto &item) {
            return item.first.find(part) != std::string::npos;
        });
    };
    if (anyWith("/out/"))
        return Kind::Filled;
    if (anyWith("/proto_tau_m") || anyWith("/tau_m"))
        return Kind::TimeConstants;
    return Kind::Unknown;
}

QStringList twinFiles()
{
    const std::string folder = test::goldenFolder("DENDROTWIN_GOLDEN_TWINS", "twins");
    QStringList paths;
    for (const QFileInfo &info :
         QDir(QString::fromStdString(folder))
             .entryInfoList({QStringLiteral("*.npz")}, QDir::Files, QDir::Name))
        paths << info.absoluteFilePath();
    return paths;
}

std::string jsonBeside(const QString &path)
{
    const QFileInfo info(path);
    QFile file(info.dir().filePath(info.completeBaseName() + QStringLiteral(".json")));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

} // namespace

/// Numbers of the reference's own program, file by file. DENDROTWIN_GOLDEN_TWINS names another
/// folder, which may hold any subset of the kinds of files there are, in any configuration.
class tst_GoldenTwins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void files_data();
    void file();
    void file_data() { files_data(); }

private:
    void show(const test::GoldenReport &report);
    void norms(const std::string &name, const Arrays &arrays);
    void activations(const std::string &name, const Arrays &arrays);
};

void tst_GoldenTwins::initTestCase()
{
    test::setThreads(1);
    QVERIFY2(!twinFiles().isEmpty(), "there is no .npz file in the folder");
}

void tst_GoldenTwins::files_data()
{
    QTest::addColumn<QString>("path");
    for (const QString &path : twinFiles())
        QTest::newRow(qPrintable(QFileInfo(path).fileName())) << path;
}

void tst_GoldenTwins::file()
{
    QFETCH(QString, path);
    const Result<Arrays> arrays = test::readNpz(path.toStdString());
    VERIFY_OK(arrays);
    switch (kindOf(*arrays)) {
    case Kind::Norms:
        norms(QTest::currentDataTag(), *arrays);
        break;
    case Kind::Activations:
        activations(QTest::currentDataTag(), *arrays);
        break;
    case Kind::Network:
        show(test::checkNetwork(*arrays, jsonBeside(path)));
        break;
    case Kind::Filled:
        show(test::checkFilled(*arrays, jsonBeside(path)));
        break;
    case Kind::TimeConstants:
        show(test::checkTimeConstants(*arrays));
        break;
    case Kind::Unknown:
        QFAIL("the file holds nothing that is known");
    }
}

void tst_GoldenTwins::show(const test::GoldenReport &report)
{
    for (const std::string &line : report.lines)
        qInfo("%s: %s", QTest::currentDataTag(), line.c_str());
    for (const std::string &fault : report.faults)
        qWarning("%s: %s", QTest::currentDataTag(), fault.c_str());
    QVERIFY2(report.faults.empty(), report.faults.empty() ? "" : report.faults.front().c_str());
}

void tst_GoldenTwins::norms(const std::string &name, const Arrays &arrays)
{
    struct Row
    {
        const char *key;
        test::NormKind kind;
        const char *input;
    };
    int compared = 0;
    for (const Row &row : {Row{"channel/RMSNorm", test::NormKind::ChannelRms, "x"},
                           Row{"channel/LayerNorm", test::NormKind::ChannelLayer, "x"},
                           Row{"last/RMSNorm", test::NormKind::LastRms, "x_last"},
                           Row{"last/LayerNorm", test::NormKind::LastLayer, "x_last"}}) {
        if (!arrays.count(row.key))
            continue;
        for (const char *needed : {row.input, "w", "b"})
            QVERIFY2(arrays.count(needed), needed);
        const test::NpzArray &x = arrays.at(row.input);
        const std::vector<double> y =
            test::normalised(row.kind, x.floats, {x.shape.begin(), x.shape.end()},
                             arrays.at("w").floats, arrays.at("b").floats);
        const double error = largestDifference(y, arrays.at(row.key).floats);
        qInfo("%s: %s, largest error %.1e", name.c_str(), row.key, error);
        QVERIFY2(error <= Tolerance, row.key);
        ++compared;
    }
    QVERIFY(compared > 0);
}

void tst_GoldenTwins::activations(const std::string &name, const Arrays &arrays)
{
    const std::vector<double> &x = arrays.at("x").floats;
    double largest = 0.0;
    double largestShift = 0.0;
    int compared = 0;
    for (const auto &[key, array] : arrays) {
        if (key == "x" || key.ends_with("/x_int"))
            continue;
        const std::size_t slash = key.find('/');
        QVERIFY2(slash != std::string::npos, key.c_str());
        const std::string function = key.substr(0, slash);
        const double slope = std::stod(key.substr(slash + 1));
        const auto crossing = arrays.find(key + "/x_int");
        // The gap that the reference minimises is even, so rounding chose the sign. A positive one
        // makes its function jump: wrong values, not compared.
        bool jumps = false;
        if (crossing != arrays.end()) {
            const double reference = crossing->second.floats.at(0);
            jumps = reference > 0.0;
            // The two-sided leaky relu is the same wherever inside [-1, 1] its halves meet.
            const bool anywhere = function.find("relu") != std::string::npos;
            const Result<double> ours = test::crossing(function, slope);
            VERIFY_OK(ours);
            const double shift = std::abs(*ours + std::abs(reference));
            if (anywhere)
                QVERIFY2(*ours <= 0.0 && *ours >= -1.0, key.c_str());
            else
                QVERIFY2(shift <= GridStep * 1.01, key.c_str());
            if (!anywhere)
                largestShift = std::max(largestShift, shift);
        }
        const auto y = test::activation(function, slope, x);
        VERIFY_OK(y);
        ++compared;
        if (jumps)
            continue;
        const double error = largestDifference(*y, array.floats);
        QVERIFY2(error <= Tolerance,
                 qPrintable(QString::fromStdString(key) + ": " + QString::number(error)));
        largest = std::max(largest, error);
    }
    qInfo("%s: %d functions, largest error %.1e, largest shift of a crossing %.1e", name.c_str(),
          compared, largest, largestShift);
    QVERIFY(compared > 0);
}

DT_TEST(tst_GoldenTwins, QCoreApplication)
#include "tst_GoldenTwins.moc"
