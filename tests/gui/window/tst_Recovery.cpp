// SPDX-License-Identifier: GPL-3.0-or-later
//
// Unsaved work through the controller: kept after a while, dropped when it is safe, offered and
// recovered after a crash.
#include "app/window/ProjectController.h"

#include "engine/document/Document.h"
#include "engine/project/ProjectFile.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>

using namespace dt;
using namespace dt::test;
using Unsaved = ProjectDialogs::Unsaved;

namespace {

/// A copy is written two seconds after a change; a busy machine takes longer.
constexpr int Generous = 15000;

Project crashedProject()
{
    Project project;
    project.stimulus.durationMs = 123;
    return project;
}

} // namespace

class tst_Recovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void writtenTwoSecondsAfterAChange();
    void writtenAlthoughEditingGoesOn();
    void clearedWhenSaved();
    void clearedOnClose();
    void keptWhenClosingIsCancelled();
    void clearedByAnotherProject();
    void failureIsToldOnce();
    void liveWorkIsNotOffered();
    void recovers_data();
    void recovers();
    void recoveredWorkIsKeptSafe();
    void recoveryAsksForUnsavedWork_data();
    void recoveryAsksForUnsavedWork();
    void copyStaysUntilItsWorkIsSafe();
    void damagedCopy();

private:
    [[nodiscard]] QString at(const QString &name) const { return m_sandbox->path(name); }
    [[nodiscard]] QString folder() const { return at(QStringLiteral("autosave")); }
    [[nodiscard]] QStringList copies() const
    {
        QStringList found;
        for (const QFileInfo &info :
             QDir(folder()).entryInfoList({QStringLiteral("*.dendro")}, QDir::Files))
            found << info.absoluteFilePath();
        return found;
    }
    void start(const QString &folder);
    void edit(int ms);
    /// Unsaved work with its copy, without waiting for one.
    void haveKeptWork();
    QString leaveCrash(const QString &original, const QString &where);

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<FakeDialogs> m_dialogs;
    std::unique_ptr<ProjectController> m_project;
    std::unique_ptr<QSignalSpy> m_failed;
};

void tst_Recovery::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    start(folder());
}

void tst_Recovery::start(const QString &where)
{
    m_document = std::make_unique<Document>();
    m_dialogs = std::make_unique<FakeDialogs>();
    m_project = std::make_unique<ProjectController>(m_document.get(), m_dialogs.get(), where);
    m_failed = std::make_unique<QSignalSpy>(m_project.get(), &ProjectController::failed);
}

void tst_Recovery::cleanup()
{
    m_failed.reset();
    m_project.reset();
    m_document.reset();
    m_sandbox.reset();
}

void tst_Recovery::edit(int ms)
{
    QVERIFY(m_document->edit(QStringLiteral("x"), [ms](Project &p) { p.stimulus.durationMs = ms; })
                .ok());
}

void tst_Recovery::haveKeptWork()
{
    leaveCrash({}, folder());
    m_project->recover(m_project->recoverable().at(0));
    QVERIFY(m_document->isModified());
    QCOMPARE(copies().size(), 1);
}

QString tst_Recovery::leaveCrash(const QString &original, const QString &where)
{
    QDir().mkpath(where);
    const QString file = where + QStringLiteral("/crash.dendro");
    Autosave autosave(at(QStringLiteral("elsewhere")));
    if (!autosave.write(crashedProject(), original) || !QFile::copy(autosave.file(), file))
        qFatal("no crash could be staged");
    return file;
}

void tst_Recovery::writtenTwoSecondsAfterAChange()
{
    QElapsedTimer timer;
    timer.start();
    QVERIFY(saveProject(at(QStringLiteral("a.dendro")), {}).ok());
    m_project->openPath(at(QStringLiteral("a.dendro")));
    edit(444);
    QTRY_COMPARE_WITH_TIMEOUT(copies().size(), 1, Generous);
    QVERIFY2(timer.elapsed() >= 1900, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(loadProject(copies().first()).value(), m_document->project());
    QCOMPARE(loadProject(at(QStringLiteral("a.dendro"))).value(), Project{}); // untouched
    QCOMPARE(m_failed->count(), 0);
    // The next change goes into the same copy.
    edit(555);
    QTRY_COMPARE_WITH_TIMEOUT(loadProject(copies().value(0)).value().stimulus.durationMs, 555,
                              Generous);
    QCOMPARE(copies().size(), 1);
    // Undone: the file holds all there is.
    m_document->undoStack()->undo();
    QCOMPARE(copies().size(), 1);
    m_document->undoStack()->undo();
    QCOMPARE(copies(), QStringList());
}

void tst_Recovery::writtenAlthoughEditingGoesOn()
{
    // Somebody who changes something every 100 ms is kept safe, too.
    QTimer busy;
    int ms = 300;
    connect(&busy, &QTimer::timeout, this, [&] { edit(++ms); });
    busy.start(100);
    QTRY_COMPARE_WITH_TIMEOUT(copies().size(), 1, Generous);
    busy.stop();
    QVERIFY(ms >= 310);
}

void tst_Recovery::clearedWhenSaved()
{
    haveKeptWork();
    m_dialogs->savePath = at(QStringLiteral("a"));
    QVERIFY(m_project->save());
    QCOMPARE(copies(), QStringList());
}

void tst_Recovery::clearedOnClose()
{
    haveKeptWork();
    m_dialogs->unsaved = Unsaved::Discard;
    QVERIFY(m_project->mayClose());
    QCOMPARE(copies(), QStringList());
    m_project.reset();
    QCOMPARE(QDir(folder()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void tst_Recovery::keptWhenClosingIsCancelled()
{
    haveKeptWork();
    m_dialogs->unsaved = Unsaved::Cancel;
    QVERIFY(!m_project->mayClose());
    QCOMPARE(copies().size(), 1);
}

void tst_Recovery::clearedByAnotherProject()
{
    haveKeptWork();
    m_dialogs->unsaved = Unsaved::Discard;
    m_project->newProject();
    QCOMPARE(copies(), QStringList());
}

void tst_Recovery::failureIsToldOnce()
{
    QVERIFY(QDir(folder()).removeRecursively());
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("Could not remove our own lock file")));
    edit(1);
    QTRY_COMPARE_WITH_TIMEOUT(m_failed->count(), 1, Generous);
    const QString sentence = QString::fromStdString(m_failed->at(0).at(0).value<Error>().message);
    QVERIFY2(sentence.contains(QStringLiteral("Save the project yourself")), qPrintable(sentence));
    // The second time it is known; when it works again all is well.
    edit(2);
    QVERIFY(QDir().mkpath(folder()));
    QTRY_COMPARE_WITH_TIMEOUT(copies().size(), 1, Generous);
    QCOMPARE(m_failed->count(), 1);
    m_project.reset(); // with its warning
}

void tst_Recovery::liveWorkIsNotOffered()
{
    haveKeptWork();
    QVERIFY(m_project->recoverable().empty());
    Document document;
    ProjectController second(&document, m_dialogs.get(), folder());
    QVERIFY(second.recoverable().empty());
    QCOMPARE(copies().size(), 1);
}

void tst_Recovery::recovers_data()
{
    QTest::addColumn<QString>("original");
    QTest::addColumn<QString>("name");
    QTest::newRow("saved before") << QStringLiteral("/home/me/cell.dendro")
                                  << QStringLiteral("cell");
    QTest::newRow("never saved") << QString() << QStringLiteral("Untitled");
}

void tst_Recovery::recovers()
{
    QFETCH(QString, original);
    QFETCH(QString, name);
    const QString file = leaveCrash(original, folder());
    const auto offered = m_project->recoverable();
    QCOMPARE(offered.size(), std::size_t(1));
    QCOMPARE(offered[0].file, file);
    m_project->recover(offered[0]);
    QCOMPARE(m_document->project(), crashedProject());
    QCOMPARE(m_document->path(), original); // Save goes where it would have gone
    QCOMPARE(m_project->displayName(), name);
    QVERIFY(m_document->isModified());
    QVERIFY(!m_document->undoStack()->canUndo());
    QCOMPARE(m_dialogs->unsavedAsked, 0);
    QVERIFY(!QFile::exists(file));
    QVERIFY(m_project->recoverable().empty());
    QCOMPARE(m_project->recent(), QStringList()); // the copy is nobody's recent project
    // Closing asks, although nothing was edited.
    QVERIFY(!m_project->mayClose());
    QCOMPARE(m_dialogs->unsavedAsked, 1);
}

void tst_Recovery::recoveredWorkIsKeptSafe()
{
    // A second crash right after the first must not lose what was recovered.
    leaveCrash({}, folder());
    m_project->recover(m_project->recoverable().at(0));
    QCOMPARE(copies().size(), 1);
    QCOMPARE(loadProject(copies().first()).value(), crashedProject());
    m_dialogs->savePath = at(QStringLiteral("a"));
    QVERIFY(m_project->save());
    QCOMPARE(copies(), QStringList());
    QCOMPARE(loadProject(at(QStringLiteral("a.dendro"))).value(), crashedProject());
}

void tst_Recovery::recoveryAsksForUnsavedWork_data()
{
    QTest::addColumn<Unsaved>("answer");
    QTest::newRow("save") << Unsaved::Save;
    QTest::newRow("discard") << Unsaved::Discard;
    QTest::newRow("cancel") << Unsaved::Cancel;
}

void tst_Recovery::recoveryAsksForUnsavedWork()
{
    QFETCH(Unsaved, answer);
    const QString file = leaveCrash({}, folder());
    edit(444);
    const Project before = m_document->project();
    m_dialogs->unsaved = answer;
    m_dialogs->savePath = at(QStringLiteral("a"));
    m_project->recover(m_project->recoverable().at(0));
    QCOMPARE(m_dialogs->unsavedAsked, 1);
    QCOMPARE(QFile::exists(at(QStringLiteral("a.dendro"))), answer == Unsaved::Save);
    if (answer == Unsaved::Cancel) {
        QCOMPARE(m_document->project(), before);
        QVERIFY(QFile::exists(file)); // offered again another time
    } else {
        QCOMPARE(m_document->project(), crashedProject());
        QVERIFY(!QFile::exists(file));
    }
}

void tst_Recovery::copyStaysUntilItsWorkIsSafe()
{
    // The disk is full or the folder is gone: then the old copy is all there is.
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("Could not remove our own lock file")));
    const QString file = leaveCrash({}, at(QStringLiteral("other")));
    const auto offered = Autosave::orphans(at(QStringLiteral("other")));
    QCOMPARE(offered.size(), std::size_t(1));
    QVERIFY(QDir(folder()).removeRecursively());
    m_project->recover(offered[0]);
    QCOMPARE(m_document->project(), crashedProject());
    QCOMPARE(m_failed->count(), 1);
    QVERIFY(QFile::exists(file));
    m_project.reset(); // with its warning
}

void tst_Recovery::damagedCopy()
{
    const QString file = folder() + QStringLiteral("/crash.dendro");
    QFile damaged(file);
    QVERIFY(damaged.open(QIODevice::WriteOnly));
    damaged.close();
    edit(444);
    m_dialogs->unsaved = Unsaved::Discard;
    m_project->recover(m_project->recoverable().at(0));
    QCOMPARE(m_failed->count(), 1);
    QCOMPARE(m_dialogs->unsavedAsked, 0);
    QCOMPARE(m_document->stimulus().durationMs, 444);
    QVERIFY(QFile::exists(file));
}

DT_TEST(tst_Recovery, QApplication)
#include "tst_Recovery.moc"
