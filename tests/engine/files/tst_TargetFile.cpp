// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/files/TargetFile.h"

#include "tests/support/Child.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"

#include <QTest>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

using namespace dt;

namespace {

void put(const std::string &path, const char *text)
{
    std::ofstream(path) << text;
}

} // namespace

class tst_TargetFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void appearsOnCommit();
    void vanishesWithoutCommit();
    void existing();
    void replaced();
    void link();
    void refused_data();
    void refused();
    void relativeName();
    void moved();
    void commitFails();
    void unwritableFolder();
    void partsOfTheDead();

private:
    std::unique_ptr<test::TestFolder> m_folder;
};

void tst_TargetFile::init()
{
    m_folder = std::make_unique<test::TestFolder>();
}

void tst_TargetFile::appearsOnCommit()
{
    const std::string path = m_folder->file("a.h5");
    {
        Result<TargetFile> target = TargetFile::prepare(path, false);
        VERIFY_OK(target);
        QCOMPARE(target->path(), path);
        QVERIFY(target->temporaryPath() != path);
        put(target->temporaryPath(), "new");
        QVERIFY(!m_folder->names().contains("a.h5"));
        VERIFY_OK(target->commit());
        QCOMPARE(m_folder->names(), QStringList("a.h5"));
    }
    QCOMPARE(m_folder->read("a.h5"), QByteArray("new"));
}

void tst_TargetFile::vanishesWithoutCommit()
{
    {
        const Result<TargetFile> target = TargetFile::prepare(m_folder->file("a.h5"), false);
        VERIFY_OK(target);
        put(target->temporaryPath(), "half");
        QCOMPARE(m_folder->names().size(), 1);
    }
    QVERIFY(m_folder->names().isEmpty());
}

void tst_TargetFile::existing()
{
    QVERIFY(m_folder->write("a.h5", "old"));
    VERIFY_ERROR(TargetFile::prepare(m_folder->file("a.h5"), false), ErrorCode::Exists, "--force");
    QCOMPARE(m_folder->names(), QStringList("a.h5"));
    QCOMPARE(m_folder->read("a.h5"), QByteArray("old"));
}

void tst_TargetFile::replaced()
{
    QVERIFY(m_folder->write("a.h5", "old"));
    {
        Result<TargetFile> target = TargetFile::prepare(m_folder->file("a.h5"), true);
        VERIFY_OK(target);
        put(target->temporaryPath(), "new");
        QCOMPARE(m_folder->read("a.h5"), QByteArray("old"));
    }
    QCOMPARE(m_folder->read("a.h5"), QByteArray("old"));
    {
        Result<TargetFile> target = TargetFile::prepare(m_folder->file("a.h5"), true);
        VERIFY_OK(target);
        put(target->temporaryPath(), "new");
        VERIFY_OK(target->commit());
    }
    QCOMPARE(m_folder->read("a.h5"), QByteArray("new"));
    QCOMPARE(m_folder->names(), QStringList("a.h5"));
}

void tst_TargetFile::link()
{
    const std::string real = m_folder->file("real.h5");
    const std::string link = m_folder->file("link.h5");
    put(real, "old");
    std::filesystem::create_symlink(real, link);
    Result<TargetFile> target = TargetFile::prepare(link, true);
    VERIFY_OK(target);
    put(target->temporaryPath(), "new");
    VERIFY_OK(target->commit());
    QVERIFY(std::filesystem::is_symlink(link));
    QCOMPARE(m_folder->read("real.h5"), QByteArray("new"));
}

void tst_TargetFile::refused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("no folder") << "none/a.h5" << int(ErrorCode::NotFound)
                               << QByteArray("does not exist");
    QTest::newRow("below a file") << "file/a.h5" << int(ErrorCode::NotFound)
                                  << QByteArray("does not exist");
    QTest::newRow("a folder") << "folder" << int(ErrorCode::Exists) << QByteArray("is a folder");
    // Replacing a device by a file is never what --force means.
    QTest::newRow("a pipe") << "pipe" << int(ErrorCode::Exists)
                            << QByteArray("not an ordinary file");
    QTest::newRow("nothing") << "" << int(ErrorCode::NotFound) << QByteArray("The folder of");
}

void tst_TargetFile::refused()
{
    QFETCH(QString, name);
    QFETCH(int, code);
    QFETCH(QByteArray, words);
    QVERIFY(m_folder->write("file", "old"));
    QVERIFY(QDir(m_folder->path()).mkdir("folder"));
    QVERIFY(::mkfifo(m_folder->file("pipe").c_str(), 0600) == 0);
    const std::string path = name.isEmpty() ? "" : m_folder->at(name).toStdString();
    for (const bool replace : {false, true})
        VERIFY_ERROR(TargetFile::prepare(path, replace), ErrorCode(code), words.toStdString());
    QCOMPARE(m_folder->names(), (QStringList{"file", "folder", "pipe"}));
}

void tst_TargetFile::relativeName()
{
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(m_folder->path()));
    Result<TargetFile> target = TargetFile::prepare("a.h5", false);
    VERIFY_OK(target);
    VERIFY_OK(target->commit());
    QVERIFY(QDir::setCurrent(before));
    QCOMPARE(m_folder->names(), QStringList("a.h5"));
}

void tst_TargetFile::moved()
{
    {
        Result<TargetFile> target = TargetFile::prepare(m_folder->file("a.h5"), false);
        VERIFY_OK(target);
        TargetFile owner = std::move(*target);
        VERIFY_OK(owner.commit());
    }
    QCOMPARE(m_folder->names(), QStringList("a.h5"));
}

void tst_TargetFile::commitFails()
{
    {
        Result<TargetFile> target = TargetFile::prepare(m_folder->file("a.h5"), false);
        VERIFY_OK(target);
        QVERIFY(QDir(m_folder->path()).mkdir("a.h5")); // somebody else was faster
        VERIFY_ERROR(target->commit(), ErrorCode::Io, "Nothing was replaced");
    }
    QCOMPARE(m_folder->names(), QStringList("a.h5"));
    {
        Result<TargetFile> target = TargetFile::prepare(m_folder->file("b.h5"), false);
        VERIFY_OK(target);
        QVERIFY(QFile::remove(QString::fromStdString(target->temporaryPath())));
        VERIFY_ERROR(target->commit(), ErrorCode::Io, "b.h5");
    }
    QCOMPARE(m_folder->names(), QStringList("a.h5"));
}

void tst_TargetFile::unwritableFolder()
{
    QVERIFY(m_folder->write("a.h5", "old"));
    QVERIFY(::chmod(m_folder->path().toLocal8Bit(), 0555) == 0);
    const test::ChildResult child = test::inChild([&]() -> std::string {
        if (!test::dropPrivileges())
            return "cannot drop privileges";
        const Result<TargetFile> target = TargetFile::prepare(m_folder->file("a.h5"), true);
        return target ? "prepared" : target.error().message;
    });
    QVERIFY(::chmod(m_folder->path().toLocal8Bit(), 0755) == 0);
    QVERIFY(child.exited);
    QVERIFY2(test::isSentence(child.text) && test::contains(child.text, "Cannot write in"),
             child.text.c_str());
    QCOMPARE(m_folder->names(), QStringList("a.h5"));
    QCOMPARE(m_folder->read("a.h5"), QByteArray("old"));
}

void tst_TargetFile::partsOfTheDead()
{
    // Number 1 lives as long as the machine does; this one never was.
    QVERIFY(m_folder->write("a.h5.part-1", "alive"));
    QVERIFY(m_folder->write("a.h5.part-999999999", "dead"));
    QVERIFY(m_folder->write("a.h5.part-old", "a person's"));
    QVERIFY(m_folder->write("b.h5.part-999999999", "another file's"));
    {
        const Result<TargetFile> target = TargetFile::prepare(m_folder->file("a.h5"), false);
        VERIFY_OK(target);
    }
    QCOMPARE(m_folder->names(),
             (QStringList{"a.h5.part-1", "a.h5.part-old", "b.h5.part-999999999"}));
}

QTEST_GUILESS_MAIN(tst_TargetFile)
#include "tst_TargetFile.moc"
