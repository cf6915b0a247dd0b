// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/project/Autosave.h"

#include "engine/project/ProjectFile.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <unistd.h>

using namespace dt;

namespace {

Project someProject(int durationMs = 333)
{
    Project project;
    project.stimulus.durationMs = durationMs;
    project.neuron.dendrites[0].lengthUm = 777.5;
    return project;
}

/// A copy as a program leaves it that is gone without a trace.
QString leaveCopy(const QString &folder, const QString &original, int durationMs = 333)
{
    const QDir dir(folder);
    QString name;
    {
        Autosave autosave(folder);
        if (!autosave.write(someProject(durationMs), original))
            return {};
        name = QStringLiteral("left-%1.dendro").arg(durationMs);
        QFile::copy(autosave.file(), dir.filePath(name));
    }
    return dir.filePath(name);
}

bool setAge(const QString &path, qint64 seconds)
{
    QFile file(path);
    return file.open(QIODevice::ReadWrite)
        && file.setFileTime(QDateTime::currentDateTime().addSecs(-seconds),
                            QFileDevice::FileModificationTime);
}

/// The program that is killed: writes a copy, says so, and waits for its end.
int child(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    Autosave autosave(application.arguments().at(1));
    const bool written =
        autosave.write(someProject(4711), QStringLiteral("/home/me/cell.dendro")).ok();
    std::puts(written ? "written" : "failed");
    std::fflush(stdout);
    for (;;)
        ::pause();
}

const dt::test::ProgramPart childPart("autosave-child", child);

} // namespace

class tst_Autosave : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }

    void copyIsACompleteProject();
    void knowsItsFile();
    void clearRemovesIt();
    void normalEndLeavesNothing();
    void makesItsFolder();
    void noFolderNoOrphans();
    void knowsWhereItBelongs_data();
    void knowsWhereItBelongs();
    void newestFirst();
    void liveCopyIsNotOffered_data();
    void liveCopyIsNotOffered();
    void lookingChangesNothing();
    void lockWithoutCopyIsNoOrphan();
    void damagedCopyIsStillFound();
    void discardRemovesTheCopy();
    void writeFailureSaysWhy();
    void killedProgramLeavesItsCopy();

private:
    [[nodiscard]] QString folder() const { return m_folder->path(); }
    [[nodiscard]] QStringList names() const
    {
        return QDir(folder()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void tst_Autosave::copyIsACompleteProject()
{
    Autosave autosave(folder());
    QVERIFY(!QFile::exists(autosave.file())); // nothing to keep yet
    for (const int ms : {100, 200}) {
        QVERIFY(autosave.write(someProject(ms), QStringLiteral("/a.dendro")).ok());
        const Result<Project> read = loadProject(autosave.file());
        QVERIFY2(read.ok(), read.ok() ? "" : read.error().message.c_str());
        QCOMPARE(*read, someProject(ms));
    }
    QCOMPARE(names().size(), 2); // the copy and its lock, however often it is written
}

// Of the file that the copy belongs to: what it held, so that a later change of it is noticed.
void tst_Autosave::knowsItsFile()
{
    const QTemporaryDir home;
    const QString path = home.filePath(QStringLiteral("cell.dendro"));
    QVERIFY(fileStamp(path).isNull());
    QVERIFY(saveProject(path, someProject()).ok());
    const QByteArray stamp = fileStamp(path);
    QVERIFY(!stamp.isNull());
    {
        Autosave autosave(folder());
        QVERIFY(autosave.write(someProject(), path, stamp).ok());
        QVERIFY(
            QFile::copy(autosave.file(), QDir(folder()).filePath(QStringLiteral("left.dendro"))));
    }
    const std::vector<Autosave::Copy> copies = Autosave::orphans(folder());
    QCOMPARE(copies.size(), std::size_t{1});
    QCOMPARE(copies.front().originalStamp, stamp);
    QVERIFY(saveProject(path, someProject()).ok());
    QCOMPARE(fileStamp(path), stamp); // the same content
    QVERIFY(saveProject(path, someProject(7)).ok());
    QVERIFY(fileStamp(path) != stamp);
}

void tst_Autosave::clearRemovesIt()
{
    Autosave autosave(folder());
    autosave.clear(); // nothing there: no harm
    QVERIFY(autosave.write(someProject(), {}).ok());
    autosave.clear();
    QVERIFY(!QFile::exists(autosave.file()));
    QVERIFY(autosave.write(someProject(), {}).ok());
    QVERIFY(QFile::exists(autosave.file()));
}

void tst_Autosave::normalEndLeavesNothing()
{
    {
        Autosave autosave(folder());
        QVERIFY(autosave.write(someProject(), {}).ok());
        QVERIFY(!names().isEmpty());
    }
    QCOMPARE(names(), QStringList());
}

void tst_Autosave::makesItsFolder()
{
    const QString deep = folder() + QStringLiteral("/not/yet/there");
    Autosave autosave(deep);
    QVERIFY(autosave.write(someProject(), {}).ok());
    QVERIFY(QFile::exists(autosave.file()));
    QCOMPARE(QFileInfo(autosave.file()).absolutePath(), deep);
}

void tst_Autosave::noFolderNoOrphans()
{
    QVERIFY(Autosave::orphans(folder() + QStringLiteral("/nowhere")).empty());
    QVERIFY(!QDir(folder() + QStringLiteral("/nowhere")).exists());
}

void tst_Autosave::knowsWhereItBelongs_data()
{
    QTest::addColumn<QString>("original");
    QTest::newRow("saved before") << QStringLiteral("/home/me/cell.dendro");
    QTest::newRow("never saved") << QString();
    QTest::newRow("any name") << QStringLiteral("/tmp/Zellen \"alt\"/π–Zelle.dendro");
}

void tst_Autosave::knowsWhereItBelongs()
{
    QFETCH(QString, original);
    const QString file = leaveCopy(folder(), original);
    const std::vector<Autosave::Copy> copies = Autosave::orphans(folder());
    QCOMPARE(copies.size(), std::size_t(1));
    QCOMPARE(copies[0].file, file);
    QCOMPARE(copies[0].originalPath, original);
    QVERIFY(std::abs(copies[0].saved.secsTo(QDateTime::currentDateTime())) < 60);
    QCOMPARE(loadProject(copies[0].file).value(), someProject());
}

void tst_Autosave::newestFirst()
{
    const QString old = leaveCopy(folder(), QStringLiteral("/old.dendro"), 1);
    const QString recent = leaveCopy(folder(), QStringLiteral("/new.dendro"), 2);
    const QString middle = leaveCopy(folder(), QStringLiteral("/mid.dendro"), 3);
    QVERIFY(setAge(old, 3600));
    QVERIFY(setAge(middle, 60));
    const std::vector<Autosave::Copy> copies = Autosave::orphans(folder());
    QCOMPARE(copies.size(), std::size_t(3));
    QCOMPARE(copies[0].file, recent);
    QCOMPARE(copies[1].file, middle);
    QCOMPARE(copies[2].file, old);
}

void tst_Autosave::liveCopyIsNotOffered_data()
{
    QTest::addColumn<int>("age");
    QTest::newRow("just started") << 0;
    QTest::newRow("running for a week") << 7 * 24 * 3600;
}

void tst_Autosave::liveCopyIsNotOffered()
{
    QFETCH(int, age);
    Autosave autosave(folder());
    QVERIFY(autosave.write(someProject(), {}).ok());
    QVERIFY(setAge(autosave.file(), age));
    QVERIFY(setAge(autosave.file() + QStringLiteral(".lock"), age));
    QVERIFY(Autosave::orphans(folder()).empty());
    QVERIFY(QFile::exists(autosave.file()));
    // Beside a live one the left one is found.
    const QString left = leaveCopy(folder(), {});
    const std::vector<Autosave::Copy> copies = Autosave::orphans(folder());
    QCOMPARE(copies.size(), std::size_t(1));
    QCOMPARE(copies[0].file, left);
}

void tst_Autosave::lookingChangesNothing()
{
    leaveCopy(folder(), {});
    const QStringList before = names();
    QCOMPARE(Autosave::orphans(folder()).size(), std::size_t(1));
    QCOMPARE(names(), before);
    QCOMPARE(Autosave::orphans(folder()).size(), std::size_t(1));
}

void tst_Autosave::lockWithoutCopyIsNoOrphan()
{
    QFile lock(folder() + QStringLiteral("/x.dendro.lock"));
    QVERIFY(lock.open(QIODevice::WriteOnly));
    QVERIFY(Autosave::orphans(folder()).empty());
}

void tst_Autosave::damagedCopyIsStillFound()
{
    // It is for a person to decide what becomes of it.
    QFile file(folder() + QStringLiteral("/x.dendro"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.write("{\"format\": \"dendrotwin-pro") > 0);
    file.close();
    const std::vector<Autosave::Copy> copies = Autosave::orphans(folder());
    QCOMPARE(copies.size(), std::size_t(1));
    QVERIFY(copies[0].originalPath.isEmpty());
    QVERIFY(!loadProject(copies[0].file).ok());
}

void tst_Autosave::discardRemovesTheCopy()
{
    leaveCopy(folder(), {});
    const std::vector<Autosave::Copy> copies = Autosave::orphans(folder());
    QCOMPARE(copies.size(), std::size_t(1));
    Autosave::discard(copies[0]);
    QCOMPARE(names(), QStringList());
    Autosave::discard(copies[0]); // again: no harm
}

void tst_Autosave::writeFailureSaysWhy()
{
    const QString gone = folder() + QStringLiteral("/gone");
    Autosave autosave(gone);
    QVERIFY(QDir(gone).removeRecursively());
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("Could not remove our own lock file")));
    const Status written = autosave.write(someProject(), {});
    QVERIFY(!written.ok());
    QCOMPARE(written.error().code, ErrorCode::Io);
    const QString sentence = QString::fromStdString(written.error().message);
    QVERIFY2(sentence.contains(autosave.file()), qPrintable(sentence));
    QVERIFY2(sentence.contains(QStringLiteral("Save the project yourself")), qPrintable(sentence));
}

void tst_Autosave::killedProgramLeavesItsCopy()
{
    QProcess program;
    program.setReadChannel(QProcess::StandardOutput);
    program.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("autosave-child"), folder()});
    QVERIFY(program.waitForStarted(10000));
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += program.readAll()).contains('\n'), 10000);
    QCOMPARE(said.trimmed(), QByteArray("written"));
    QVERIFY(Autosave::orphans(folder()).empty()); // it runs

    program.kill();
    QVERIFY(program.waitForFinished(10000));
    QCOMPARE(program.exitStatus(), QProcess::CrashExit);

    QCOMPARE(names().size(), 2); // copy and lock, as a crash leaves them
    const std::vector<Autosave::Copy> copies = Autosave::orphans(folder());
    QCOMPARE(copies.size(), std::size_t(1));
    QCOMPARE(copies[0].originalPath, QStringLiteral("/home/me/cell.dendro"));
    QCOMPARE(loadProject(copies[0].file).value(), someProject(4711));
    Autosave::discard(copies[0]);
    QCOMPARE(names(), QStringList());
}

DT_TEST(tst_Autosave, QCoreApplication)
#include "tst_Autosave.moc"
