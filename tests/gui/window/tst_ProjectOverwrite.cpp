// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files of projects that others change meanwhile: saving asks before it overwrites.
#include "engine/cell/Presets.h"
#include "tests/gui/window/ProjectBench.h"
#include "tests/support/TestProgram.h"

#include <QApplication>
#include <QDir>

using namespace dt;
using namespace dt::test;

class tst_ProjectOverwrite : public ProjectBench
{
    Q_OBJECT

    using Unsaved = ProjectDialogs::Unsaved;
    using Changed = ProjectDialogs::Changed;

private Q_SLOTS:
    void init() { ProjectBench::init(); }
    void cleanup() { ProjectBench::cleanup(); }

    void changedOutside_data();
    void changedOutside();
    void changedOutsideIsNoLossToUndo();
    void theirsCannotBeRead();
    void sameContentIsNoChange();
    void goneOutside_data();
    void goneOutside();
    void ownSavesAreNoChange();
    void changedOutsideThenClosed_data();
    void changedOutsideThenClosed();
    void changedBeforeRecovery_data();
    void changedBeforeRecovery();
    void anotherProjectIsAnotherFile();
};

void tst_ProjectOverwrite::changedOutside_data()
{
    QTest::addColumn<Changed>("answer");
    QTest::addColumn<int>("inFile");
    QTest::addColumn<int>("shown");
    QTest::addColumn<bool>("saved");
    QTest::newRow("keep theirs") << Changed::KeepTheirs << OtherMs << OtherMs << true;
    QTest::newRow("overwrite") << Changed::Overwrite << OpenMs + 1 << OpenMs + 1 << true;
    QTest::newRow("save as") << Changed::SaveAs << OtherMs << OpenMs + 1 << true;
    QTest::newRow("cancel") << Changed::Cancel << OtherMs << OpenMs + 1 << false;
}

void tst_ProjectOverwrite::changedOutside()
{
    QFETCH(Changed, answer);
    QFETCH(int, inFile);
    QFETCH(int, shown);
    QFETCH(bool, saved);
    const QString path = at(QStringLiteral("a.dendro"));
    haveOpen(path, true);
    QVERIFY(saveProject(path, withDuration(OtherMs)).ok());
    m_dialogs->changed = answer;
    m_dialogs->savePath = at(QStringLiteral("mine"));
    QCOMPARE(m_project->save(), saved);
    QCOMPARE(m_dialogs->changedAsked, 1);
    QVERIFY(!m_dialogs->lastGone);
    QCOMPARE(m_dialogs->saveAsked, answer == Changed::SaveAs ? 1 : 0);
    QCOMPARE(loadProject(path).value(), withDuration(inFile));
    QCOMPARE(durationMs(), shown);
    QCOMPARE(m_document->isModified(), !saved);
    QCOMPARE(m_document->path(),
             answer == Changed::SaveAs ? at(QStringLiteral("mine.dendro")) : path);
    if (answer == Changed::SaveAs)
        QCOMPARE(loadProject(at(QStringLiteral("mine.dendro"))).value(), withDuration(OpenMs + 1));
    QCOMPARE(m_failed->count(), 0);
    // What was answered is settled; what was not is asked again.
    edit(OpenMs + 2);
    m_dialogs->changed = Changed::Cancel;
    QCOMPARE(m_project->save(), saved);
    QCOMPARE(m_dialogs->changedAsked, saved ? 1 : 2);
}

// Their version is a step like any other.
void tst_ProjectOverwrite::changedOutsideIsNoLossToUndo()
{
    const QString path = at(QStringLiteral("a.dendro"));
    haveOpen(path, true);
    Project theirs = withDuration(OtherMs);
    theirs.neuron = presetNeuron("nmda-cable").value(); // other segments for the same events
    theirs.stimulus.painted.pop_back();
    QVERIFY(saveProject(path, theirs).ok());
    m_dialogs->changed = Changed::KeepTheirs;
    const Project mine = m_document->project();
    QSignalSpy told(m_project.get(), &ProjectController::told);
    QVERIFY(m_project->save());
    QCOMPARE(m_document->project(), loadProject(path).value());
    QCOMPARE(told.count(), 1);
    m_document->undoStack()->undo();
    QCOMPARE(m_document->project(), mine);
    QVERIFY(m_document->isModified());
    QVERIFY(m_project->save()); // seen and decided: no second question
    QCOMPARE(m_dialogs->changedAsked, 1);
    QCOMPARE(loadProject(path).value(), mine);
}

void tst_ProjectOverwrite::theirsCannotBeRead()
{
    const QString path = at(QStringLiteral("a.dendro"));
    haveOpen(path, true);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("half a pro");
    file.close();
    m_dialogs->changed = Changed::KeepTheirs;
    QVERIFY(!m_project->save());
    QCOMPARE(m_failed->count(), 1);
    QCOMPARE(durationMs(), OpenMs + 1);
    QVERIFY(m_document->isModified());
    QCOMPARE(contents(path), QByteArray("half a pro"));
}

void tst_ProjectOverwrite::sameContentIsNoChange()
{
    const QString path = at(QStringLiteral("a.dendro"));
    haveOpen(path, true);
    // Written anew, as a synchronised folder does, or replaced by a copy.
    const QByteArray text = contents(path);
    QVERIFY(QFile::remove(path));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    QVERIFY(m_project->save());
    QCOMPARE(m_dialogs->changedAsked, 0);
    QCOMPARE(loadProject(path).value(), withDuration(OpenMs + 1));
}

void tst_ProjectOverwrite::goneOutside_data()
{
    QTest::addColumn<Changed>("answer");
    QTest::newRow("save it again") << Changed::Overwrite;
    QTest::newRow("save as") << Changed::SaveAs;
    QTest::newRow("cancel") << Changed::Cancel;
}

void tst_ProjectOverwrite::goneOutside()
{
    QFETCH(Changed, answer);
    const QString path = at(QStringLiteral("a.dendro"));
    haveOpen(path, true);
    QVERIFY(QFile::rename(path, at(QStringLiteral("moved.dendro"))));
    m_dialogs->changed = answer;
    m_dialogs->savePath = at(QStringLiteral("b"));
    QCOMPARE(m_project->save(), answer != Changed::Cancel);
    QCOMPARE(m_dialogs->changedAsked, 1);
    QVERIFY(m_dialogs->lastGone);
    QCOMPARE(QFile::exists(path), answer == Changed::Overwrite);
    QCOMPARE(QFile::exists(at(QStringLiteral("b.dendro"))), answer == Changed::SaveAs);
    QCOMPARE(m_document->isModified(), answer == Changed::Cancel);
    QCOMPARE(loadProject(at(QStringLiteral("moved.dendro"))).value(), withDuration(OpenMs));
}

void tst_ProjectOverwrite::ownSavesAreNoChange()
{
    const QString path = at(QStringLiteral("a.dendro"));
    edit(OpenMs);
    m_dialogs->savePath = path;
    QVERIFY(m_project->save()); // a new file
    for (const int ms : {701, 702, 703}) {
        edit(ms);
        QVERIFY(m_project->save());
    }
    m_dialogs->savePath = at(QStringLiteral("b.dendro"));
    QVERIFY(m_project->saveAs());
    edit(704);
    QVERIFY(m_project->save());
    m_dialogs->savePath = path; // the dialog has asked whether it may be replaced
    QVERIFY(m_project->saveAs());
    edit(705);
    QVERIFY(m_project->save());
    QCOMPARE(m_dialogs->changedAsked, 0);
}

void tst_ProjectOverwrite::changedOutsideThenClosed_data()
{
    QTest::addColumn<Changed>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<int>("inFile");
    QTest::newRow("keep theirs") << Changed::KeepTheirs << true << OtherMs;
    QTest::newRow("overwrite") << Changed::Overwrite << true << OpenMs + 1;
    QTest::newRow("cancel") << Changed::Cancel << false << OtherMs;
}

void tst_ProjectOverwrite::changedOutsideThenClosed()
{
    QFETCH(Changed, answer);
    QFETCH(bool, closes);
    QFETCH(int, inFile);
    const QString path = at(QStringLiteral("a.dendro"));
    haveOpen(path, true);
    QVERIFY(saveProject(path, withDuration(OtherMs)).ok());
    m_dialogs->unsaved = Unsaved::Save;
    m_dialogs->changed = answer;
    QCOMPARE(m_project->mayClose(), closes);
    QCOMPARE(m_dialogs->changedAsked, 1);
    QCOMPARE(loadProject(path).value(), withDuration(inFile));
}

void tst_ProjectOverwrite::changedBeforeRecovery_data()
{
    QTest::addColumn<bool>("changed");
    QTest::newRow("the file is as the crash left it") << false;
    QTest::newRow("somebody worked on it since") << true;
}

// The copy of a crash knows what its file held, so that recovered work is not saved over later
// work.
void tst_ProjectOverwrite::changedBeforeRecovery()
{
    QFETCH(bool, changed);
    const QString path = at(QStringLiteral("a.dendro"));
    QVERIFY(saveProject(path, withDuration(OpenMs)).ok());
    {
        Autosave autosave(at(QStringLiteral("elsewhere")));
        QVERIFY(autosave.write(withDuration(OpenMs + 1), path, fileStamp(path)).ok());
        QVERIFY(QDir().mkpath(at(QStringLiteral("autosave"))));
        QVERIFY(QFile::copy(autosave.file(), at(QStringLiteral("autosave/crash.dendro"))));
    }
    if (changed)
        QVERIFY(saveProject(path, withDuration(OtherMs)).ok());
    const std::vector<Autosave::Copy> copies = m_project->recoverable();
    QCOMPARE(copies.size(), std::size_t{1});
    m_project->recover(copies.front());
    QCOMPARE(durationMs(), OpenMs + 1);
    QCOMPARE(m_project->save(), !changed);
    QCOMPARE(m_dialogs->changedAsked, changed ? 1 : 0);
    QCOMPARE(loadProject(path).value(), withDuration(changed ? OtherMs : OpenMs + 1));
}

void tst_ProjectOverwrite::anotherProjectIsAnotherFile()
{
    const QString path = at(QStringLiteral("a.dendro"));
    haveOpen(path, false);
    QVERIFY(saveProject(path, withDuration(OtherMs)).ok());
    m_project->newProject();
    edit(OpenMs);
    m_dialogs->savePath = at(QStringLiteral("new"));
    QVERIFY(m_project->save());
    QCOMPARE(m_dialogs->changedAsked, 0);
    // Opened again it is what it is now.
    m_project->openPath(path);
    QCOMPARE(durationMs(), OtherMs);
    edit(OpenMs);
    QVERIFY(m_project->save());
    QCOMPARE(m_dialogs->changedAsked, 0);
}

DT_TEST(tst_ProjectOverwrite, QApplication)
#include "tst_ProjectOverwrite.moc"
