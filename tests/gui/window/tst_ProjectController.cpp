// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/window/ProjectBench.h"
#include "tests/support/TestProgram.h"

#include <QApplication>
#include <QDir>

using namespace dt;
using namespace dt::test;

namespace {

enum class Act { New, Open, Close };

} // namespace

class tst_ProjectController : public ProjectBench
{
    Q_OBJECT

    using Unsaved = ProjectDialogs::Unsaved;

private Q_SLOTS:
    void init() { ProjectBench::init(); }
    void cleanup() { ProjectBench::cleanup(); }

    void startsUntitled();
    void savesWhereAsked_data();
    void savesWhereAsked();
    void savesAgainUnasked();
    void saveCanBeCancelled();
    void saveThatFails_data();
    void saveThatFails();
    void saveAsSuggestsTheName();
    void opens();
    void openCanBeCancelled();
    void cannotOpen_data();
    void cannotOpen();
    void unsavedWork_data();
    void unsavedWork();
    void nothingUnsavedNothingAsked_data();
    void nothingUnsavedNothingAsked();
    void unsavedWorkThatCannotBeSaved_data();
    void unsavedWorkThatCannotBeSaved();
    void savingBeforeOpeningTheSameFile();
    void recentOrder();
    void recentIsLimited();
    void recentForgetsMissingFiles();
    void recentOutlivesTheProgram();

private:
    bool perform(Act act);
};

bool tst_ProjectController::perform(Act act)
{
    switch (act) {
    case Act::New:
        m_project->newProject();
        return true;
    case Act::Open:
        m_dialogs->openPath = at(QStringLiteral("other.dendro"));
        m_project->open();
        return true;
    case Act::Close:
        return m_project->mayClose();
    }
    return false;
}

void tst_ProjectController::startsUntitled()
{
    QCOMPARE(m_project->displayName(), QStringLiteral("Untitled"));
    QVERIFY(m_project->recent().isEmpty());
    QVERIFY(m_project->recoverable().empty());
}

void tst_ProjectController::savesWhereAsked_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("file");
    QTest::newRow("with suffix") << QStringLiteral("cell.dendro") << QStringLiteral("cell.dendro");
    QTest::newRow("without suffix") << QStringLiteral("cell") << QStringLiteral("cell.dendro");
    QTest::newRow("a dot in the name")
        << QStringLiteral("cell 1.5 um") << QStringLiteral("cell 1.5 um.dendro");
    QTest::newRow("letters of all kinds")
        << QStringLiteral("Zelle µ π") << QStringLiteral("Zelle µ π.dendro");
}

void tst_ProjectController::savesWhereAsked()
{
    QFETCH(QString, asked);
    QFETCH(QString, file);
    edit(OpenMs);
    m_dialogs->savePath = at(asked);
    QVERIFY(m_project->save()); // never saved before: asks
    QCOMPARE(m_dialogs->saveAsked, 1);
    QVERIFY(m_dialogs->lastSuggestion.endsWith(QStringLiteral(".dendro")));
    QCOMPARE(m_document->path(), at(file));
    QVERIFY(!m_document->isModified());
    QCOMPARE(m_project->displayName(), file.chopped(7));
    QCOMPARE(loadProject(at(file)).value(), withDuration(OpenMs));
    QCOMPARE(m_project->recent(), QStringList(at(file)));
    QCOMPARE(m_failed->count(), 0);
}

void tst_ProjectController::savesAgainUnasked()
{
    haveOpen(at(QStringLiteral("a.dendro")), true);
    QVERIFY(m_project->save());
    QCOMPARE(m_dialogs->saveAsked, 0);
    QVERIFY(!m_document->isModified());
    QCOMPARE(loadProject(at(QStringLiteral("a.dendro"))).value(), withDuration(OpenMs + 1));
}

void tst_ProjectController::saveCanBeCancelled()
{
    edit(OpenMs);
    QVERIFY(!m_project->save());
    QVERIFY(!m_project->saveAs());
    QCOMPARE(m_dialogs->saveAsked, 2);
    QVERIFY(m_document->isModified());
    QVERIFY(m_document->path().isEmpty());
    QCOMPARE(m_failed->count(), 0);
}

void tst_ProjectController::saveThatFails_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("missing folder") << QStringLiteral("nowhere/a.dendro");
    QTest::newRow("a folder of that name") << QStringLiteral("folder.dendro");
}

void tst_ProjectController::saveThatFails()
{
    QFETCH(QString, path);
    QVERIFY(QDir().mkpath(at(QStringLiteral("folder.dendro"))));
    const QString open = at(QStringLiteral("a.dendro"));
    haveOpen(open, true);
    m_dialogs->savePath = at(path);
    QVERIFY(!m_project->saveAs());
    QCOMPARE(m_failed->count(), 1);
    const auto error = m_failed->at(0).at(0).value<Error>();
    QCOMPARE(error.code, ErrorCode::Io);
    const QString sentence = QString::fromStdString(error.message);
    QVERIFY2(sentence.contains(at(path)) && sentence.contains(QStringLiteral("Your work is still")),
             qPrintable(sentence));
    QVERIFY(m_document->isModified());
    QCOMPARE(m_document->path(), open); // Save still goes to the file it came from
    QCOMPARE(durationMs(), OpenMs + 1);
    QCOMPARE(m_project->recent(), QStringList(open));
    QVERIFY(m_project->save());
    QVERIFY(!m_document->isModified());
}

void tst_ProjectController::saveAsSuggestsTheName()
{
    haveOpen(at(QStringLiteral("a.dendro")), true);
    m_dialogs->savePath = at(QStringLiteral("b"));
    QVERIFY(m_project->saveAs());
    QCOMPARE(m_dialogs->lastSuggestion, at(QStringLiteral("a.dendro")));
    QCOMPARE(m_document->path(), at(QStringLiteral("b.dendro")));
    QCOMPARE(loadProject(at(QStringLiteral("a.dendro"))).value(), withDuration(OpenMs));
    QCOMPARE(loadProject(at(QStringLiteral("b.dendro"))).value(), withDuration(OpenMs + 1));
}

void tst_ProjectController::opens()
{
    const QString path = at(QStringLiteral("a.dendro"));
    QVERIFY(saveProject(path, withDuration(OtherMs)).ok());
    m_dialogs->openPath = path;
    m_project->open();
    QCOMPARE(durationMs(), OtherMs);
    QCOMPARE(m_document->path(), path);
    QVERIFY(!m_document->isModified());
    QVERIFY(!m_document->undoStack()->canUndo());
    QCOMPARE(m_project->displayName(), QStringLiteral("a"));
    QCOMPARE(m_project->recent(), QStringList(path));
    QCOMPARE(m_failed->count(), 0);
    // The next question starts where this file lies.
    m_project->open();
    QCOMPARE(m_dialogs->lastFolder, QFileInfo(path).absolutePath());
    // A relative name, as from a command line, is kept as an absolute one.
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(QFileInfo(path).absolutePath()));
    m_project->openPath(QStringLiteral("a.dendro"));
    QVERIFY(QDir::setCurrent(before));
    QCOMPARE(m_document->path(), path);
    QCOMPARE(m_project->recent(), QStringList(path));
}

void tst_ProjectController::openCanBeCancelled()
{
    haveOpen(at(QStringLiteral("a.dendro")), true);
    m_project->open();
    QCOMPARE(m_dialogs->openAsked, 1);
    QCOMPARE(m_dialogs->unsavedAsked, 0);
    QCOMPARE(durationMs(), OpenMs + 1);
    QVERIFY(m_document->isModified());
}

void tst_ProjectController::cannotOpen_data()
{
    const QByteArray good = projectText(withDuration(OtherMs));
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("missing") << QByteArray() << ErrorCode::NotFound;
    QTest::newRow("empty") << QByteArray("") << ErrorCode::Format;
    QTest::newRow("cut short") << good.left(good.size() / 2) << ErrorCode::Format;
    QByteArray newer = good;
    newer.replace("\"format_version\": 1", "\"format_version\": 99");
    QVERIFY(newer != good);
    QTest::newRow("newer version") << newer << ErrorCode::Version;
    QTest::newRow("not a project") << QByteArray("{\"format\": \"recipe\"}") << ErrorCode::Format;
    QTest::newRow("not JSON") << QByteArray("\x89PNG\r\n\x1a\n") << ErrorCode::Format;
    QByteArray impossible = good;
    impossible.replace("\"duration_ms\": 600", "\"duration_ms\": -600");
    QVERIFY(impossible != good);
    QTest::newRow("impossible values") << impossible << ErrorCode::InvalidValue;
}

void tst_ProjectController::cannotOpen()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    const QString path = at(QStringLiteral("bad.dendro"));
    haveOpen(at(QStringLiteral("a.dendro")), true);
    const Project before = m_document->project();
    if (!text.isNull()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    m_dialogs->openPath = path;
    m_project->open();

    QCOMPARE(m_failed->count(), 1);
    const auto error = m_failed->at(0).at(0).value<Error>();
    QCOMPARE(error.code, code);
    const QString sentence = QString::fromStdString(error.message);
    QVERIFY2(sentence.contains(QStringLiteral("bad.dendro")) && sentence.endsWith(u'.'),
             qPrintable(sentence));
    QCOMPARE(m_dialogs->unsavedAsked, 0); // no question about work that stays
    QCOMPARE(m_document->project(), before);
    QCOMPARE(m_document->path(), at(QStringLiteral("a.dendro")));
    QVERIFY(m_document->isModified());
    QVERIFY(m_document->undoStack()->canUndo());
    QCOMPARE(m_project->recent(), QStringList(at(QStringLiteral("a.dendro"))));
}

void tst_ProjectController::unsavedWork_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<Unsaved>("answer");
    QTest::newRow("new: save") << Act::New << Unsaved::Save;
    QTest::newRow("new: discard") << Act::New << Unsaved::Discard;
    QTest::newRow("new: cancel") << Act::New << Unsaved::Cancel;
    QTest::newRow("open: save") << Act::Open << Unsaved::Save;
    QTest::newRow("open: discard") << Act::Open << Unsaved::Discard;
    QTest::newRow("open: cancel") << Act::Open << Unsaved::Cancel;
    QTest::newRow("close: save") << Act::Close << Unsaved::Save;
    QTest::newRow("close: discard") << Act::Close << Unsaved::Discard;
    QTest::newRow("close: cancel") << Act::Close << Unsaved::Cancel;
}

void tst_ProjectController::unsavedWork()
{
    QFETCH(Act, act);
    QFETCH(Unsaved, answer);
    const QString path = at(QStringLiteral("a.dendro"));
    QVERIFY(saveProject(at(QStringLiteral("other.dendro")), withDuration(OtherMs)).ok());
    haveOpen(path, true);
    m_dialogs->unsaved = answer;

    const bool went = perform(act);

    QCOMPARE(m_dialogs->unsavedAsked, 1);
    QCOMPARE(m_dialogs->lastName, QStringLiteral("a"));
    const bool saved = answer == Unsaved::Save;
    QCOMPARE(loadProject(path).value(), withDuration(saved ? OpenMs + 1 : OpenMs));
    if (answer == Unsaved::Cancel) {
        QCOMPARE(durationMs(), OpenMs + 1);
        QVERIFY(m_document->isModified());
        QCOMPARE(m_document->path(), path);
        QCOMPARE(went, act != Act::Close);
        return;
    }
    QVERIFY(went);
    if (act == Act::New) {
        QCOMPARE(m_document->project(), Project{});
        QVERIFY(m_document->path().isEmpty());
    } else if (act == Act::Open) {
        QCOMPARE(durationMs(), OtherMs);
        QCOMPARE(m_document->path(), at(QStringLiteral("other.dendro")));
    }
    if (act != Act::Close)
        QVERIFY(!m_document->isModified());
}

void tst_ProjectController::nothingUnsavedNothingAsked_data()
{
    QTest::addColumn<Act>("act");
    QTest::newRow("new") << Act::New;
    QTest::newRow("open") << Act::Open;
    QTest::newRow("close") << Act::Close;
}

void tst_ProjectController::nothingUnsavedNothingAsked()
{
    QFETCH(Act, act);
    QVERIFY(saveProject(at(QStringLiteral("other.dendro")), withDuration(OtherMs)).ok());
    haveOpen(at(QStringLiteral("a.dendro")), true);
    m_document->undoStack()->undo(); // back to what the file holds
    QVERIFY(perform(act));
    QCOMPARE(m_dialogs->unsavedAsked, 0);
}

void tst_ProjectController::unsavedWorkThatCannotBeSaved_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<QString>("path");
    for (const auto &[name, act] : {std::pair{"new", Act::New}, std::pair{"open", Act::Open},
                                    std::pair{"close", Act::Close}}) {
        QTest::addRow("%s, dialog cancelled", name) << act << QString();
        QTest::addRow("%s, writing fails", name) << act << QStringLiteral("nowhere/a.dendro");
    }
}

void tst_ProjectController::unsavedWorkThatCannotBeSaved()
{
    // "Save" was the answer: what could not be saved must not be lost.
    QFETCH(Act, act);
    QFETCH(QString, path);
    QVERIFY(saveProject(at(QStringLiteral("other.dendro")), withDuration(OtherMs)).ok());
    edit(OpenMs);
    m_dialogs->unsaved = Unsaved::Save;
    m_dialogs->savePath = path.isEmpty() ? QString() : at(path);
    QCOMPARE(perform(act), act != Act::Close);
    QCOMPARE(m_dialogs->saveAsked, 1);
    QCOMPARE(m_failed->count(), path.isEmpty() ? 0 : 1);
    QCOMPARE(durationMs(), OpenMs);
    QVERIFY(m_document->isModified());
}

void tst_ProjectController::savingBeforeOpeningTheSameFile()
{
    const QString path = at(QStringLiteral("a.dendro"));
    haveOpen(path, true);
    m_dialogs->unsaved = Unsaved::Save;
    m_project->openPath(path);
    QCOMPARE(loadProject(path).value(), withDuration(OpenMs + 1));
    // What is shown is what the file holds.
    QCOMPARE(durationMs(), OpenMs + 1);
    QVERIFY(!m_document->isModified());
}

void tst_ProjectController::recentOrder()
{
    QSignalSpy changed(m_project.get(), &ProjectController::recentChanged);
    const QString a = at(QStringLiteral("a.dendro"));
    const QString b = at(QStringLiteral("b.dendro"));
    haveOpen(a, false);
    haveOpen(b, false);
    QCOMPARE(m_project->recent(), QStringList({b, a}));
    m_project->openPath(a); // again: moves up, not twice
    QCOMPARE(m_project->recent(), QStringList({a, b}));
    m_dialogs->savePath = at(QStringLiteral("c"));
    QVERIFY(m_project->saveAs());
    QCOMPARE(m_project->recent(), QStringList({at(QStringLiteral("c.dendro")), a, b}));
    QCOMPARE(changed.count(), 4);
}

void tst_ProjectController::recentIsLimited()
{
    QStringList expected;
    for (int i = 0; i < 12; ++i) {
        haveOpen(at(QStringLiteral("%1.dendro").arg(i)), false);
        expected.prepend(at(QStringLiteral("%1.dendro").arg(i)));
    }
    QCOMPARE(m_project->recent(), expected.mid(0, 8));
}

void tst_ProjectController::recentForgetsMissingFiles()
{
    const QString a = at(QStringLiteral("a.dendro"));
    const QString b = at(QStringLiteral("b.dendro"));
    haveOpen(a, false);
    haveOpen(b, false);
    QVERIFY(QFile::remove(a));
    QSignalSpy changed(m_project.get(), &ProjectController::recentChanged);
    m_project->openPath(a);
    QCOMPARE(m_failed->count(), 1);
    QCOMPARE(m_project->recent(), QStringList(b));
    QCOMPARE(changed.count(), 1);
    // A file that is there but damaged may be repaired: it stays.
    QFile damaged(b);
    QVERIFY(damaged.open(QIODevice::WriteOnly | QIODevice::Truncate));
    damaged.close();
    m_project->openPath(b);
    QCOMPARE(m_failed->count(), 2);
    QCOMPARE(m_project->recent(), QStringList(b));
}

void tst_ProjectController::recentOutlivesTheProgram()
{
    haveOpen(at(QStringLiteral("a.dendro")), false);
    Document document;
    ProjectController next(&document, m_dialogs.get(), at(QStringLiteral("autosave")));
    QCOMPARE(next.recent(), QStringList(at(QStringLiteral("a.dendro"))));
    QVERIFY(!contents(at(QStringLiteral("a.dendro"))).isEmpty());
}

DT_TEST(tst_ProjectController, QApplication)
#include "tst_ProjectController.moc"
