// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/data/ZipFile.h"

#include "engine/base/Random.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <memory>

using namespace dt;

namespace {

using Members = std::map<std::string, std::string>;

QByteArray archive(const Members &members)
{
    ZipWriter zip;
    for (const auto &[name, bytes] : members)
        zip.add(name, bytes);
    return QByteArray::fromStdString(zip.finish());
}

Members exampleMembers()
{
    return {{"a/data.pkl", "}."}, {"a/data/0", std::string(1000, '\1')}, {"a/empty", ""}};
}

Members copied(const ZipReader &zip)
{
    Members members;
    for (const auto &[name, bytes] : zip.members())
        members.emplace(name, bytes);
    return members;
}

std::string littleEndian(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i) & 0xFF);
    return text;
}

/// The same archive with sizes and offsets in zip64's places, as for files beyond 4 GB.
QByteArray inZip64(const QByteArray &archive)
{
    const std::string bytes = archive.toStdString();
    const auto number = [&](std::size_t at, int count) {
        std::uint64_t value = 0;
        for (int i = count; i-- > 0;)
            value = value << 8 | static_cast<unsigned char>(bytes[at + std::size_t(i)]);
        return value;
    };
    const std::size_t start = bytes.find("PK\x01\x02");
    const std::size_t end = bytes.rfind("PK\x05\x06");
    std::string directory;
    std::uint64_t count = 0;
    for (std::size_t at = start; at < end; ++count) {
        const auto nameSize = std::size_t(number(at + 28, 2));
        directory += bytes.substr(at, 20) + std::string(8, '\xff') + bytes.substr(at + 28, 2)
            + littleEndian(28, 2) + bytes.substr(at + 32, 10) + std::string(4, '\xff')
            + bytes.substr(at + 46, nameSize) + littleEndian(1, 2) + littleEndian(24, 2)
            + littleEndian(number(at + 24, 4), 8) + littleEndian(number(at + 20, 4), 8)
            + littleEndian(number(at + 42, 4), 8);
        at += 46 + nameSize;
    }
    const std::size_t end64 = start + directory.size();
    const std::string last = "PK\x06\x06" + littleEndian(44, 8) + littleEndian(45, 2)
        + littleEndian(45, 2) + littleEndian(0, 8) + littleEndian(count, 8) + littleEndian(count, 8)
        + littleEndian(directory.size(), 8) + littleEndian(start, 8) + "PK\x06\x07"
        + littleEndian(0, 4) + littleEndian(end64, 8) + littleEndian(1, 4) + "PK\x05\x06"
        + littleEndian(0, 4) + std::string(12, '\xff') + littleEndian(0, 2);
    return QByteArray::fromStdString(bytes.substr(0, start) + directory + last);
}

} // namespace

class tst_ZipFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void crc();
    void roundTrip();
    void aligned();
    void wrong_data();
    void wrong();
    void zip64();

private:
    std::unique_ptr<test::TestFolder> m_folder;
    std::string m_path;
};

void tst_ZipFile::init()
{
    m_folder = std::make_unique<test::TestFolder>();
    m_path = m_folder->file("a.zip");
}

void tst_ZipFile::crc()
{
    QCOMPARE(crc32("123456789"), 0xCBF43926u);
    QCOMPARE(crc32(""), 0u);
}

void tst_ZipFile::roundTrip()
{
    QVERIFY(m_folder->write("a.zip", archive(exampleMembers())));
    Result<ZipReader> zip = ZipReader::open(m_path);
    VERIFY_OK(zip);
    QCOMPARE(copied(*zip), exampleMembers());
    const ZipReader moved = std::move(*zip);
    QCOMPARE(copied(moved), exampleMembers());
}

void tst_ZipFile::aligned()
{
    const QByteArray bytes = archive(exampleMembers());
    QCOMPARE(bytes.indexOf("}.") % 64, 0);
    QCOMPARE(bytes.indexOf(QByteArray(1000, '\1')) % 64, 0);
}

void tst_ZipFile::wrong_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("words");
    ZipWriter twice;
    twice.add("a/data.pkl", "}.");
    twice.add("a/data.pkl", "}.");
    QTest::newRow("twice") << QByteArray::fromStdString(twice.finish()) << QByteArray("twice");
    const QByteArray good = archive(exampleMembers());
    const auto central = good.indexOf("PK\x01\x02");
    const auto changed = [&](qsizetype at, char value) {
        QByteArray bytes = good;
        bytes[at] = value;
        return bytes;
    };
    QTest::newRow("compressed") << changed(central + 10, 8) << QByteArray("compressed");
    QTest::newRow("encrypted") << changed(central + 8, 1) << QByteArray("encrypted");
    QTest::newRow("checksum") << changed(central + 16, 1) << QByteArray("checksum");
    QTest::newRow("far member") << changed(central + 44, 1) << QByteArray("outside");
    QTest::newRow("other name") << changed(central + 46, 'b') << QByteArray("damaged");
    QTest::newRow("bytes behind") << good + "x" << QByteArray("directory is missing");
    // The first member reaches over the second's header, with a checksum that fits.
    const auto data = good.indexOf("}.");
    const auto end = good.indexOf("a/data/0") + 8;
    const std::uint32_t sum =
        crc32({good.constData() + data, static_cast<std::size_t>(end - data)});
    QByteArray overlap = good;
    for (int i = 0; i < 4; ++i) {
        overlap[central + 16 + i] = static_cast<char>(sum >> (8 * i) & 0xFF);
        overlap[central + 20 + i] = static_cast<char>((end - data) >> (8 * i) & 0xFF);
        overlap[central + 24 + i] = overlap[central + 20 + i];
    }
    QTest::newRow("overlap") << overlap << QByteArray("members overlap");
}

void tst_ZipFile::wrong()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, words);
    QVERIFY(m_folder->write("a.zip", bytes));
    VERIFY_ERROR(ZipReader::open(m_path), ErrorCode::Format, words.toStdString());
}

void tst_ZipFile::zip64()
{
    const QByteArray large = inZip64(archive(exampleMembers()));
    QVERIFY(m_folder->write("a.zip", large));
    const Result<ZipReader> zip = ZipReader::open(m_path);
    VERIFY_OK(zip);
    QCOMPARE(copied(*zip), exampleMembers());
    // Damage in the directory is noticed or harmless.
    RandomStream random({12});
    const auto directory = large.indexOf("PK\x01\x02");
    for (int i = 0; i < 500; ++i) {
        QByteArray bytes = large;
        const auto place = directory
            + static_cast<qsizetype>(
                               random.below(static_cast<std::uint64_t>(large.size() - directory)));
        bytes[place] = static_cast<char>(random.below(256));
        QVERIFY(m_folder->write("b.zip", bytes));
        const Result<ZipReader> changed = ZipReader::open(m_folder->file("b.zip"));
        if (changed)
            QCOMPARE(copied(*changed), exampleMembers());
    }
}

DT_TEST(tst_ZipFile, QCoreApplication)
#include "tst_ZipFile.moc"
