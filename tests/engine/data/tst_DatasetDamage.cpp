// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/DatasetFile.h"
#include "engine/json/DatasetJson.h"
#include "tests/support/Child.h"
#include "tests/support/Datasets.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <nlohmann/json.hpp>

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <hdf5.h>
#include <set>
#include <sstream>
#include <unistd.h>

using namespace dt;

namespace {

extern "C" herr_t addAttribute(hid_t object, const char *name, const H5A_info_t *, void *out)
{
    auto &text = *static_cast<std::string *>(out);
    const hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    const hid_t type = H5Aget_type(attribute);
    text += std::string("@") + name + "=";
    if (H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0) {
        char *value = nullptr;
        if (H5Aread(attribute, type, &value) < 0)
            return -1;
        text += value ? value : "(null)";
        H5free_memory(value);
    } else {
        std::string value(H5Tget_size(type), '\0');
        if (H5Aread(attribute, type, value.data()) < 0)
            return -1;
        text += value;
    }
    H5Tclose(type);
    H5Aclose(attribute);
    return 0;
}

template <typename Info> // named differently by HDF5 1.10 and 1.12
herr_t addObject(hid_t file, const char *name, const Info *, void *out)
{
    *static_cast<std::string *>(out) += std::string("\n/") + name;
    const hid_t object = H5Oopen(file, name, H5P_DEFAULT);
    hsize_t position = 0;
    const herr_t done =
        H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &position, addAttribute, out);
    H5Oclose(object);
    return done;
}

/// Every object's name and attributes.
std::string attributesOf(const std::string &path)
{
    std::string text;
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    const herr_t done =
        H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, addObject, &text, H5O_INFO_BASIC);
    H5Fclose(file);
    return done < 0 ? "not readable" : text;
}

template <typename T>
void append(std::string &text, const std::vector<T> &values)
{
    text.append(reinterpret_cast<const char *>(values.data()), values.size() * sizeof(T));
}

/// Where and how two texts differ first.
std::string difference(const std::string &a, const std::string &b)
{
    const auto [at, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    const auto n = static_cast<std::size_t>(std::max<std::ptrdiff_t>(at - a.begin() - 60, 0));
    return ": " + a.substr(n, 80) + " instead of " + b.substr(n, 80);
}

/// All that a file tells, or the error that the first reading met.
Result<std::string> everything(const std::string &path)
{
    const Result<DatasetFile> file = DatasetFile::open(path);
    if (!file)
        return file.error();
    if (const Status verified = file->verify({}); !verified)
        return verified.error();
    const DatasetInfo &info = file->info();
    std::ostringstream out;
    out << (info.plan ? toJson(*info.plan).dump() : "no plan") << toJson(info.neuron).dump()
        << info.segments << ' ' << info.durationMs << ' ' << info.source;
    for (const Acceptance &a : info.acceptance)
        out << ' ' << a.tried << ' ' << a.accepted;
    std::string text = out.str();
    for (const Split split : AllSplits) {
        const Result<SplitStatistics> statistics = file->statistics(split);
        if (!statistics)
            return statistics.error();
        append(text, statistics->index);
        append(text, statistics->values);
        append(text, statistics->isiMs);
        for (std::size_t i = 0; i < statistics->index.size(); ++i) {
            const Result<StoredSimulation> s = file->simulation(split, i);
            if (!s)
                return s.error();
            append(text, s->inputs);
            append(text, s->spikes);
            append(text, s->nearSpikes);
            append(text, s->somaV);
            append(text, s->instRate);
            append(text, s->dendV);
        }
    }
    return text + attributesOf(path);
}

} // namespace

/// What a disk may do to a data set after it was written.
class tst_DatasetDamage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void flippedBits_data();
    void flippedBits();
    void cutShort();
    void longer();
    void overwritten();

private:
    test::TestFolder m_folder;
    QByteArray m_whole;
    std::string m_told;
};

void tst_DatasetDamage::initTestCase()
{
    DatasetPlan plan = test::smallPlan({2, 1, 0}, 120);
    plan.filter = publishedFilter();
    VERIFY_OK(test::makeDataset(m_folder.file("ds.h5"), plan));
    m_whole = m_folder.read("ds.h5");
    const Result<std::string> told = everything(m_folder.file("ds.h5"));
    VERIFY_OK(told);
    m_told = *told;
    QVERIFY(test::contains(m_told, "/train/soma_v@units=mV"));
}

void tst_DatasetDamage::flippedBits_data()
{
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("count");
    QTest::newRow("header") << 0 << 64;
    for (int i = 0; i < 12; ++i)
        QTest::addRow("random %d", i) << -1 << 100;
}

void tst_DatasetDamage::flippedBits()
{
    // Flips one bit at a time: it is noticed, or nothing of what the file tells has changed.
    QFETCH(int, from);
    QFETCH(int, count);
    RandomStream random({12,
                         static_cast<std::uint64_t>(QTest::currentDataTag()[7])
                             + 256u * static_cast<std::uint64_t>(QTest::currentDataTag()[8])});
    const test::ChildResult child = test::inChild([&]() -> std::string {
        ::alarm(60);
        int noticed = 0;
        for (int i = 0; i < count; ++i) {
            const auto at = from >= 0
                ? from + i
                : static_cast<qsizetype>(random.below(static_cast<std::uint64_t>(m_whole.size())));
            const auto bit = static_cast<int>(random.below(8));
            QByteArray bytes = m_whole;
            bytes[at] = static_cast<char>(bytes[at] ^ (1 << bit));
            // Stays behind when reading it crashes.
            const QString name = QStringLiteral("byte %1 bit %2").arg(at).arg(bit);
            if (!m_folder.write(name, bytes))
                return "not written";
            const std::string path = m_folder.at(name).toStdString();
            const Result<std::string> told = everything(path);
            if (!told && !test::isSentence(told.error().message))
                return name.toStdString() + ": " + told.error().message;
            if (told && *told != m_told)
                return name.toStdString() + " goes unnoticed" + difference(*told, m_told);
            noticed += !told;
            QFile::remove(m_folder.at(name));
        }
        return "noticed " + std::to_string(noticed);
    });
    QVERIFY2(child.exited && child.code == 0,
             qPrintable(QStringLiteral("signal %1 at ").arg(child.code)
                        + m_folder.names().join(QStringLiteral(", "))));
    QVERIFY2(child.text.starts_with("noticed"), child.text.c_str());
    // Most of the file is data; unused bytes may flip unseen.
    QVERIFY2(std::stoi(child.text.substr(8)) > count / 4, child.text.c_str());
}

void tst_DatasetDamage::cutShort()
{
    const test::ChildResult child = test::inChild([&]() -> std::string {
        ::alarm(60);
        std::set<qsizetype> sizes;
        for (qsizetype size = 0; size < m_whole.size(); size += m_whole.size() / 61)
            sizes.insert(size);
        for (const qsizetype size : {1, 8, 47, 48, 49, 96, 512, 2048})
            sizes.insert(size);
        sizes.insert(m_whole.size() - 1);
        for (const qsizetype size : sizes) {
            const QString name = QStringLiteral("%1 bytes").arg(size);
            if (!m_folder.write(name, m_whole.left(size)))
                return "not written";
            const Result<std::string> told = everything(m_folder.at(name).toStdString());
            if (told || told.error().code != ErrorCode::Format
                || !test::isSentence(told.error().message)
                || !test::contains(told.error().message, m_folder.at(name).toStdString()))
                return name.toStdString() + ": " + (told ? "fine" : told.error().message);
            QFile::remove(m_folder.at(name));
        }
        return "";
    });
    QVERIFY2(child.exited && child.code == 0,
             qPrintable(QStringLiteral("signal %1 at ").arg(child.code)
                        + m_folder.names().join(QStringLiteral(", "))));
    QVERIFY2(child.text.empty(), child.text.c_str());
}

void tst_DatasetDamage::longer()
{
    // What follows the end belongs to nobody.
    QVERIFY(m_folder.write("longer.h5", m_whole + QByteArray(1000, 'x')));
    const Result<std::string> told = everything(m_folder.file("longer.h5"));
    VERIFY_OK(told);
    QVERIFY(*told == m_told);
}

void tst_DatasetDamage::overwritten()
{
    // A lost cluster of a disk: 512 zeros anywhere.
    const test::ChildResult child = test::inChild([&]() -> std::string {
        ::alarm(60);
        for (qsizetype at = 0; at + 512 <= m_whole.size(); at += 512) {
            QByteArray bytes = m_whole;
            bytes.replace(at, 512, QByteArray(512, '\0'));
            const QString name = QStringLiteral("zeros at %1").arg(at);
            if (!m_folder.write(name, bytes))
                return "not written";
            const Result<std::string> told = everything(m_folder.at(name).toStdString());
            if (!told && !test::isSentence(told.error().message))
                return name.toStdString() + ": " + told.error().message;
            if (told && *told != m_told)
                return name.toStdString() + " goes unnoticed" + difference(*told, m_told);
            QFile::remove(m_folder.at(name));
        }
        return "";
    });
    QVERIFY2(child.exited && child.code == 0,
             qPrintable(QStringLiteral("signal %1 at ").arg(child.code)
                        + m_folder.names().join(QStringLiteral(", "))));
    QVERIFY2(child.text.empty(), child.text.c_str());
}

DT_TEST(tst_DatasetDamage, QCoreApplication)
#include "tst_DatasetDamage.moc"
