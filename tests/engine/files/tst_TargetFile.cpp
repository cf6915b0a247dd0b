// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/files/TargetFile.h"

#include "tests/support/Child.h"
#include "tests/support/Sentence.h"
#include "tests/support/TestFolder.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

#include <cerrno>
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
    void links_data();
    void links();
    void linksInACircle();
    void linkIntoNowhere();
    void keepsPermissions();
    void protectedFile();
    void writesWhole();
    void fullDiskIsNamed();
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

/// Where what a link leads to is not there yet, it appears there.
void tst_TargetFile::links_data()
{
    QTest::addColumn<QStringList>("chain"); // each leads to the next; the last is the file
    QTest::newRow("relative") << QStringList{"out.h5", "disk/out.h5"};
    QTest::newRow("absolute") << QStringList{"out.h5", "/disk/out.h5"};
    QTest::newRow("another name") << QStringList{"out.h5", "disk/real.h5"};
    QTest::newRow("chain") << QStringList{"out.h5", "a.h5", "/b.h5", "disk/real.h5"};
    QTest::newRow("up and down") << QStringList{"out.h5", "disk/../disk/./real.h5"};
}

void tst_TargetFile::links()
{
    QFETCH(QStringList, chain);
    const auto whole = [&](const QString &name) {
        return m_folder->at(name.startsWith(u'/') ? name.mid(1) : name);
    };
    QVERIFY(QDir(m_folder->path()).mkdir("disk"));
    for (qsizetype i = 0; i + 1 < chain.size(); ++i) {
        const QString to = chain[i + 1].startsWith(u'/') ? whole(chain[i + 1]) : chain[i + 1];
        std::filesystem::create_symlink(to.toStdString(), whole(chain[i]).toStdString());
    }
    const QStringList before = m_folder->names();
    const std::string link = whole(chain.front()).toStdString();
    for (const char *text : {"first", "second"}) {
        Result<TargetFile> target = TargetFile::prepare(link, *text == 's');
        VERIFY_OK(target);
        QCOMPARE(target->path(), link);
        put(target->temporaryPath(), text);
        VERIFY_OK(target->commit());
        QCOMPARE(m_folder->read(whole(chain.back())), QByteArray(text));
    }
    VERIFY_ERROR(TargetFile::prepare(link, false), ErrorCode::Exists, "exists already");
    QCOMPARE(m_folder->names(), before); // links are links
    QVERIFY(std::filesystem::is_symlink(link));
    QCOMPARE(QDir(m_folder->at("disk")).entryList(QDir::Files).size(), 1);
}

void tst_TargetFile::linksInACircle()
{
    std::filesystem::create_symlink("b.h5", m_folder->file("a.h5"));
    std::filesystem::create_symlink("a.h5", m_folder->file("b.h5"));
    std::filesystem::create_symlink("self.h5", m_folder->file("self.h5"));
    for (const char *name : {"a.h5", "self.h5"}) {
        for (const bool replace : {false, true})
            VERIFY_ERROR(TargetFile::prepare(m_folder->file(name), replace), ErrorCode::Exists,
                         "leads in a circle");
    }
    QCOMPARE(m_folder->names(), (QStringList{"a.h5", "b.h5", "self.h5"}));
}

void tst_TargetFile::linkIntoNowhere()
{
    const std::string link = m_folder->file("a.h5");
    std::filesystem::create_symlink("unplugged/a.h5", link);
    VERIFY_ERROR(TargetFile::prepare(link, true), ErrorCode::NotFound,
                 "unplugged/a.h5, to which " + link + " leads, does not exist");
    std::filesystem::create_symlink(m_folder->path().toStdString(), m_folder->file("b.h5"));
    VERIFY_ERROR(TargetFile::prepare(m_folder->file("b.h5"), true), ErrorCode::Exists,
                 "is a folder");
    QCOMPARE(m_folder->names(), (QStringList{"a.h5", "b.h5"}));
}

void tst_TargetFile::keepsPermissions()
{
    QVERIFY(m_folder->write("a.h5", "old"));
    QVERIFY(::chmod(m_folder->file("a.h5").c_str(), 0640) == 0);
    VERIFY_OK(writeFile(m_folder->file("a.h5"), "new", true));
    struct stat state
    {
    };
    QVERIFY(::stat(m_folder->file("a.h5").c_str(), &state) == 0);
    QCOMPARE(int(state.st_mode & 0777), 0640);
}

/// In a folder that takes new files.
void tst_TargetFile::protectedFile()
{
    QVERIFY(m_folder->write("a.h5", "old"));
    QVERIFY(::chmod(m_folder->file("a.h5").c_str(), 0444) == 0);
    QVERIFY(::chmod(m_folder->path().toLocal8Bit(), 0777) == 0);
    const test::ChildResult child = test::inChild([&]() -> std::string {
        if (!test::dropPrivileges())
            return "cannot drop privileges";
        const Status written = writeFile(m_folder->file("a.h5"), "new", true);
        return written ? "written" : written.error().message;
    });
    QVERIFY(child.exited);
    QVERIFY2(test::isSentence(child.text)
                 && test::contains(child.text, "protected against writing"),
             child.text.c_str());
    QCOMPARE(m_folder->read("a.h5"), QByteArray("old"));
    QCOMPARE(m_folder->names(), QStringList("a.h5"));
}

void tst_TargetFile::writesWhole()
{
    const std::string path = m_folder->file("a.txt");
    const std::string bytes(3'000'000, 'x');
    VERIFY_OK(writeFile(path, bytes, false));
    QCOMPARE(m_folder->read("a.txt"), QByteArray::fromStdString(bytes));
    VERIFY_ERROR(writeFile(path, "new", false), ErrorCode::Exists, "exists already");
    VERIFY_OK(writeFile(path, "", true));
    QCOMPARE(m_folder->read("a.txt"), QByteArray());
    QCOMPARE(m_folder->names(), QStringList("a.txt"));
}

/// The target and the reason, not the file beside it.
void tst_TargetFile::fullDiskIsNamed()
{
    const std::string path = m_folder->file("a.py");
    const test::ChildResult child = test::inChild([&]() -> std::string {
        test::limitFileSize(1000);
        const Status written = writeFile(path, std::string(2000, 'x'), false);
        return written ? "written" : written.error().message;
    });
    QVERIFY(child.exited);
    QVERIFY2(test::isSentence(child.text)
                 && child.text.starts_with(path + " could not be written: files may not be that"),
             child.text.c_str());
    QVERIFY(m_folder->names().isEmpty());
    const Error full = writeError(path, ENOSPC);
    QVERIFY2(test::isSentence(full.message) && test::contains(full.message, "the disk is full"),
             full.message.c_str());
    QVERIFY(test::contains(writeError(path, EDQUOT).message, "share of the disk"));
    QVERIFY(test::contains(writeError(path, EIO).message, "Input/output error"));
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

DT_TEST(tst_TargetFile, QCoreApplication)
#include "tst_TargetFile.moc"
