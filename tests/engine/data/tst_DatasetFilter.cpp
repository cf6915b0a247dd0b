// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DatasetFile.h"
#include "tests/support/Child.h"
#include "tests/support/Datasets.h"
#include "tests/support/H5File.h"
#include "tests/support/Neurons.h"
#include "tests/support/Python.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <limits>
#include <sys/stat.h>

using namespace dt;

/// Choosing simulations of a data set into a new one.
class tst_DatasetFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsWhatMatches();
    void keepsAll();
    void ofAFiltered();
    void emptiesASplit();
    void nothingLeft();
    void longSimulations();
    void anotherPacking();
    void existing();
    void itself();
    void cancelled();
    void noPlaceToWrite();
    void diskFull();
    void damagedSource();

private:
    DatasetFile open(const char *name) const
    {
        Result<DatasetFile> file = DatasetFile::open(m_folder->file(name));
        if (!file)
            qFatal("%s", file.error().message.c_str());
        return std::move(*file);
    }
    /// Ranges of the two statistics that keep about half.
    std::vector<StatisticRange> half() const;

    std::unique_ptr<test::TestFolder> m_folder;
    DatasetPlan m_plan;
};

void tst_DatasetFilter::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    m_plan = test::smallPlan({12, 4, 3}, 200);
    VERIFY_OK(test::makeDataset(m_folder->file("ds.h5"), m_plan));
}

std::vector<StatisticRange> tst_DatasetFilter::half() const
{
    std::vector<double> rates;
    const auto statistics = open("ds.h5").statistics(Split::Train).value();
    for (const StatisticValues &v : statistics.values)
        rates.push_back(v[static_cast<std::size_t>(Statistic::ExcMean)]);
    std::sort(rates.begin(), rates.end());
    return {{Statistic::ExcMean, 0.0, rates[rates.size() / 2]},
            {Statistic::SomaVMean, -100.0, 0.0}};
}

void tst_DatasetFilter::keepsWhatMatches()
{
    const QByteArray before = m_folder->read("ds.h5");
    const auto ranges = half();
    std::vector<double> shares;
    {
        const DatasetFile file = open("ds.h5");
        VERIFY_OK(file.filterTo(m_folder->file("kept.h5"), ranges, false, [&](double share) {
            shares.push_back(share);
            return true;
        }));
        const DatasetFile kept = open("kept.h5");
        VERIFY_OK(kept.verify({}));
        QCOMPARE(kept.info().source, std::string("filter"));
        QCOMPARE(kept.info().neuron, m_plan.neuron);
        QVERIFY(kept.info().plan == m_plan);
        for (const Split split : AllSplits) {
            const SplitStatistics all = file.statistics(split).value();
            const SplitStatistics some = kept.statistics(split).value();
            std::vector<std::uint64_t> expected;
            for (std::size_t i = 0; i < all.index.size(); ++i) {
                if (!firstViolation(all.values[i], ranges))
                    expected.push_back(all.index[i]);
            }
            QCOMPARE(some.index, expected);
            QVERIFY(split != Split::Train || (expected.size() > 3 && expected.size() < 10));
            for (std::size_t i = 0; i < expected.size(); ++i) {
                const StoredSimulation s = kept.simulation(split, i).value();
                QCOMPARE(s.index, expected[i]);
                QVERIFY(test::sameNumbers(s, test::madeUp(m_plan, split, expected[i])));
            }
        }
    }
    QVERIFY(std::is_sorted(shares.begin(), shares.end()));
    QVERIFY(shares.back() > 0.999 && shares.back() <= 1.0);
    QCOMPARE(m_folder->read("ds.h5"), before);
    QCOMPARE(m_folder->names(), (QStringList{"ds.h5", "kept.h5"}));
}

void tst_DatasetFilter::keepsAll()
{
    VERIFY_OK(open("ds.h5").filterTo(m_folder->file("kept.h5"), {}, false, {}));
    QCOMPARE(open("kept.h5").info().simulations, open("ds.h5").info().simulations);
    // The same ranges give the same file.
    VERIFY_OK(open("ds.h5").filterTo(m_folder->file("again.h5"), {}, false, {}));
    QCOMPARE(m_folder->read("kept.h5"), m_folder->read("again.h5"));
}

void tst_DatasetFilter::ofAFiltered()
{
    const auto ranges = half();
    VERIFY_OK(open("ds.h5").filterTo(m_folder->file("one.h5"), {ranges[0]}, false, {}));
    VERIFY_OK(open("one.h5").filterTo(m_folder->file("two.h5"), ranges, false, {}));
    VERIFY_OK(open("ds.h5").filterTo(m_folder->file("both.h5"), ranges, false, {}));
    QCOMPARE(m_folder->read("two.h5"), m_folder->read("both.h5"));
}

void tst_DatasetFilter::emptiesASplit()
{
    const double only =
        open("ds.h5").statistics(Split::Valid).value().values[1][std::size_t(Statistic::DendVSd)];
    VERIFY_OK(open("ds.h5").filterTo(m_folder->file("kept.h5"), {{Statistic::DendVSd, only, only}},
                                     false, {}));
    const DatasetFile kept = open("kept.h5");
    QCOMPARE(kept.info().simulations, (std::array<std::size_t, 3>{0, 1, 0}));
    QCOMPARE(kept.info().durationMs, 200);
    QCOMPARE(kept.statistics(Split::Valid).value().index, std::vector<std::uint64_t>{1});
    VERIFY_OK(kept.verify({}));
}

void tst_DatasetFilter::nothingLeft()
{
    const Status filtered = open("ds.h5").filterTo(
        m_folder->file("kept.h5"),
        {{Statistic::ExcMean, 0.0, 1e6}, {Statistic::SomaVSd, 500.0, 501.0}}, false, {});
    VERIFY_ERROR(filtered, ErrorCode::InvalidValue, "None of the 19 simulations");
    QVERIFY(test::contains(filtered.error().message, "19 failed at soma_v_sd (500 to 501)"));
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
}

void tst_DatasetFilter::longSimulations()
{
    const DatasetPlan plan = test::smallPlan({2, 0, 1}, 20000); // three chunks each
    VERIFY_OK(test::makeDataset(m_folder->file("long.h5"), plan));
    VERIFY_OK(open("long.h5").filterTo(m_folder->file("kept.h5"), {}, false, {}));
    const DatasetFile kept = open("kept.h5");
    VERIFY_OK(kept.verify({}));
    QVERIFY(test::sameNumbers(kept.simulation(Split::Test, 0).value(),
                              test::madeUp(plan, Split::Test, 0)));
}

void tst_DatasetFilter::anotherPacking()
{
    // Rewritten by a script: the same names, shapes and types, other chunks and filters.
    REQUIRE_PYTHON("h5py");
    const QString program = QStringLiteral(
        "import h5py, sys\n"
        "a = h5py.File(sys.argv[1], 'r')\n"
        "b = h5py.File(sys.argv[2], 'w')\n"
        "for k, v in a.attrs.items():\n"
        "    if 'checksum' not in k and k != 'text_end': b.attrs[k] = v\n"
        "def visit(name, o):\n"
        "    if isinstance(o, h5py.Dataset):\n"
        "        s = dict(eval(sys.argv[3])) if o.size and name.count('/') == 1 else {}\n"
        "        if s.get('chunks') == 'same': s['chunks'] = o.chunks\n"
        "        b.create_dataset(name, data=o[...], **s)\n"
        "a.visititems(visit)\n");
    for (const char *settings : {"{}", "{'chunks': 'same', 'compression': 9}", "{'chunks': 'same'}",
                                 "{'chunks': True, 'shuffle': True, 'compression': 1,"
                                 " 'fletcher32': True}"}) {
        const test::PythonOutcome made =
            test::runPython({QStringLiteral("-c"), program, m_folder->at("ds.h5"),
                             m_folder->at("b.h5"), QString::fromLatin1(settings)});
        QVERIFY2(made.ok, made.text);
        VERIFY_OK(open("b.h5").verify({}));
        VERIFY_OK(open("b.h5").filterTo(m_folder->file("kept.h5"), {}, true, {}));
        const DatasetFile kept = open("kept.h5");
        VERIFY_OK(kept.verify({}));
        for (std::size_t i = 0; i < 12; ++i)
            QVERIFY(test::sameNumbers(kept.simulation(Split::Train, i).value(),
                                      test::madeUp(m_plan, Split::Train, i)));
    }
}

void tst_DatasetFilter::existing()
{
    QVERIFY(m_folder->write("kept.h5", "old"));
    VERIFY_ERROR(open("ds.h5").filterTo(m_folder->file("kept.h5"), {}, false, {}),
                 ErrorCode::Exists, "exists already");
    QCOMPARE(m_folder->read("kept.h5"), QByteArray("old"));
    VERIFY_OK(open("ds.h5").filterTo(m_folder->file("kept.h5"), {}, true, {}));
    VERIFY_OK(open("kept.h5").verify({}));
    VERIFY_ERROR(open("ds.h5").filterTo(m_folder->file("none/kept.h5"), {}, false, {}),
                 ErrorCode::NotFound, "does not exist");
    VERIFY_ERROR(open("ds.h5").filterTo(m_folder->path().toStdString(), {}, true, {}),
                 ErrorCode::Exists, "is a folder");
}

void tst_DatasetFilter::itself()
{
    const QByteArray before = m_folder->read("ds.h5");
    QVERIFY(QFile::link(m_folder->at("ds.h5"), m_folder->at("link.h5")));
    for (const bool replace : {false, true}) {
        for (const char *name : {"ds.h5", "./ds.h5", "link.h5"}) {
            VERIFY_ERROR(open("ds.h5").filterTo(m_folder->file(name), half(), replace, {}),
                         ErrorCode::Exists, name);
            QCOMPARE(m_folder->read("ds.h5"), before);
        }
    }
    QCOMPARE(m_folder->names(), (QStringList{"ds.h5", "link.h5"}));
}

void tst_DatasetFilter::cancelled()
{
    QVERIFY(m_folder->write("kept.h5", "old"));
    for (const double at : {0.0, 0.05, 0.1, 0.5, 0.99}) {
        VERIFY_ERROR(open("ds.h5").filterTo(m_folder->file("kept.h5"), {}, true,
                                            [&](double share) { return share <= at; }),
                     ErrorCode::Cancelled, "Cancelled");
        QCOMPARE(m_folder->names(), (QStringList{"ds.h5", "kept.h5"}));
        QCOMPARE(m_folder->read("kept.h5"), QByteArray("old"));
    }
}

void tst_DatasetFilter::noPlaceToWrite()
{
    // Root ignores permissions.
    QVERIFY(::chmod(m_folder->path().toUtf8().constData(), 0555) == 0);
    const test::ChildResult child = test::inChild([&]() -> std::string {
        if (!test::dropPrivileges())
            return "privileges were kept";
        const Status written = open("ds.h5").filterTo(m_folder->file("kept.h5"), {}, false, {});
        return written ? "written" : written.error().message;
    });
    QVERIFY(::chmod(m_folder->path().toUtf8().constData(), 0700) == 0);
    QVERIFY(child.exited);
    QVERIFY2(test::contains(child.text, "Cannot write in") && test::isSentence(child.text),
             child.text.c_str());
    QCOMPARE(m_folder->names(), QStringList("ds.h5"));
}

void tst_DatasetFilter::diskFull()
{
    const QByteArray before = m_folder->read("ds.h5");
    for (const unsigned long bytes : {0ul, 100ul, 5000ul, 50000ul}) {
        const test::ChildResult child = test::inChild([&]() -> std::string {
            const DatasetFile file = open("ds.h5");
            test::limitFileSize(bytes);
            const Status written = file.filterTo(m_folder->file("kept.h5"), {}, false, {});
            if (written)
                return "written";
            // Somebody makes room: the same program can go on.
            test::limitFileSize(std::numeric_limits<unsigned long>::max());
            const Status again = file.filterTo(m_folder->file("again.h5"), {}, true, {});
            return again ? written.error().message : "not written afterwards";
        });
        QVERIFY2(child.exited && child.code == 0, qPrintable(QString::number(child.code)));
        QVERIFY2(test::isSentence(child.text)
                     && test::contains(child.text, m_folder->file("kept.h5 ")),
                 child.text.c_str());
        QCOMPARE(m_folder->names(), (QStringList{"again.h5", "ds.h5"}));
        VERIFY_OK(open("again.h5").verify({}));
    }
    QCOMPARE(m_folder->read("ds.h5"), before);
}

void tst_DatasetFilter::damagedSource()
{
    // Spikes are read on the way: nothing is made of a file that is damaged there.
    const hid_t h5 = H5Fopen(m_folder->file("ds.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    const hid_t set = H5Dopen2(h5, "train/spikes", H5P_DEFAULT);
    const hid_t space = H5Dget_space(set);
    unsigned mask = 0;
    haddr_t address = 0;
    hsize_t size = 0;
    QVERIFY(H5Dget_chunk_info(set, space, 3, nullptr, &mask, &address, &size) >= 0);
    H5Sclose(space);
    H5Dclose(set);
    H5Fclose(h5);
    QByteArray bytes = m_folder->read("ds.h5");
    const auto at = static_cast<qsizetype>(address + size / 2);
    bytes[at] = static_cast<char>(bytes[at] ^ 4);
    QVERIFY(m_folder->write("bad.h5", bytes));
    VERIFY_ERROR(open("bad.h5").filterTo(m_folder->file("kept.h5"), {}, false, {}),
                 ErrorCode::Format, m_folder->file("bad.h5"));
    QCOMPARE(m_folder->names(), (QStringList{"bad.h5", "ds.h5"}));
}

DT_TEST(tst_DatasetFilter, QCoreApplication)
#include "tst_DatasetFilter.moc"
