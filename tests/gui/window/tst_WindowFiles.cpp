// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files and the window: title, drop, recent files, recovery after a crash, closing.
#include "app/window/MainWindow.h"

#include "app/simulate/SimulationController.h"
#include "app/window/WindowShape.h"
#include "engine/document/Document.h"
#include "engine/project/ProjectFile.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/theme/Theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QWindow>

using namespace dt;
using namespace dt::test;

namespace {

Project withDuration(int ms)
{
    Project project;
    project.stimulus.durationMs = ms;
    return project;
}

} // namespace

class tst_WindowFiles : public QObject
{
    Q_OBJECT

    using Unsaved = ProjectDialogs::Unsaved;

private Q_SLOTS:
    void init();
    void cleanup();

    void fileKeys();
    void savedIsNotSaidWhenItFailed();
    void changedOutside();
    void title();
    void drop();
    void dropOfSomethingElse();
    void recentMenu();
    void openFailureIsANotice();
    void opensFromTheCommandLine();
    void recoveryOffer_data();
    void recoveryOffer();
    void noOfferWithoutACrash();
    void dismissedOfferDropsTheCopy();
    void anotherMessageDoesNotDropTheCopy();
    void closing_data();
    void closing();
    void geometryIsKept();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] Document &document() const { return *window().document(); }
    [[nodiscard]] DrivenEngine &engine() const { return m_bench->engine; }
    [[nodiscard]] QAction *action(const char *name) const { return child<QAction>(window(), name); }
    [[nodiscard]] NoticeBar *notice() const { return window().findChild<NoticeBar *>(); }
    [[nodiscard]] QString at(const QString &name) const { return m_bench->sandbox.path(name); }
    void editLength(double um) const
    {
        QVERIFY(document()
                    .edit(QStringLiteral("Change Length"),
                          [um](Project &p) { p.neuron.dendrites[0].lengthUm = um; })
                    .ok());
    }
    [[nodiscard]] double length() const { return document().neuron().dendrites[0].lengthUm; }
    /// A file as a crashed program leaves it where this window looks.
    QString leaveCrash(const QString &original);

    std::unique_ptr<Bench> m_bench;
};

void tst_WindowFiles::init()
{
    m_bench = std::make_unique<Bench>();
}

void tst_WindowFiles::cleanup()
{
    m_bench.reset();
    theme::apply(*qApp, theme::Scheme::Light, false);
}

QString tst_WindowFiles::leaveCrash(const QString &original)
{
    const QString file = m_bench->autosave.filePath(QStringLiteral("crash.dendro"));
    Autosave autosave(at(QStringLiteral("elsewhere")));
    if (!autosave.write(withDuration(123), original) || !QFile::copy(autosave.file(), file))
        qFatal("no crash could be staged");
    return file;
}

void tst_WindowFiles::fileKeys()
{
    m_bench->dialogs.savePath = at(QStringLiteral("a"));
    editLength(1000.0);
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(m_bench->dialogs.saveAsked, 1);
    QVERIFY(QFile::exists(at(QStringLiteral("a.dendro"))));
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_bench->dialogs.saveAsked, 2);
    QTest::keyClick(&window(), Qt::Key_N, Qt::ControlModifier);
    QCOMPARE(document().project(), Project{});
    m_bench->dialogs.openPath = at(QStringLiteral("a.dendro"));
    QTest::keyClick(&window(), Qt::Key_O, Qt::ControlModifier);
    QCOMPARE(length(), 1000.0);
}

void tst_WindowFiles::savedIsNotSaidWhenItFailed()
{
    m_bench->dialogs.savePath = at(QStringLiteral("none/cell"));
    QVERIFY(!window().project()->save());
    QVERIFY(!labelText(window(), "statusLabel").contains(QStringLiteral("Saved")));
    QVERIFY(notice()->isVisible());
    // And a run keeps the line to itself.
    window().simulation()->run();
    m_bench->dialogs.savePath = at(QStringLiteral("cell"));
    QVERIFY(window().project()->save());
    QVERIFY(labelText(window(), "statusLabel").startsWith(QStringLiteral("Simulating")));
}

// As a person meets it: open, somebody else writes, change, Ctrl+S.
void tst_WindowFiles::changedOutside()
{
    const QString path = at(QStringLiteral("p.dendro"));
    QVERIFY(saveProject(path, withDuration(100)).ok());
    window().project()->openPath(path);
    QVERIFY(saveProject(path, withDuration(777)).ok());
    QVERIFY(document()
                .edit(QStringLiteral("Change Duration"),
                      [](Project &p) { p.stimulus.durationMs = 310; })
                .ok());
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier); // the answer is Cancel
    QCOMPARE(m_bench->dialogs.changedAsked, 1);
    QCOMPARE(loadProject(path).value(), withDuration(777));
    QVERIFY(document().isModified());
    m_bench->dialogs.changed = ProjectDialogs::Changed::KeepTheirs;
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(document().stimulus().durationMs, 777);
    QVERIFY(!document().isModified());
    QCOMPARE(labelText(window(), "statusLabel"),
             QStringLiteral("p.dendro was read again. Undo brings your own changes back."));
    trigger(window(), "undoAction");
    QCOMPARE(document().stimulus().durationMs, 310);
}

void tst_WindowFiles::title()
{
    const auto shown = [this] { return window().windowHandle()->title(); };
    QCOMPARE(shown(), QStringLiteral("Untitled - DendroTwin"));
    editLength(1000.0);
    QCOMPARE(shown(), QStringLiteral("Untitled* - DendroTwin"));
    m_bench->dialogs.savePath = at(QStringLiteral("my cell"));
    QVERIFY(window().project()->save());
    QCOMPARE(shown(), QStringLiteral("my cell - DendroTwin"));
    QCOMPARE(labelText(window(), "statusLabel"), QStringLiteral("Saved my cell.dendro."));
    action("undoAction")->trigger();
    QCOMPARE(shown(), QStringLiteral("my cell* - DendroTwin"));
    action("redoAction")->trigger();
    QCOMPARE(shown(), QStringLiteral("my cell - DendroTwin"));
    window().project()->newProject();
    QCOMPARE(shown(), QStringLiteral("Untitled - DendroTwin"));
}

void tst_WindowFiles::drop()
{
    const QString path = at(QStringLiteral("dropped.dendro"));
    QVERIFY(saveProject(path, withDuration(333)).ok());
    QMimeData data;
    data.setUrls(
        {QUrl::fromLocalFile(at(QStringLiteral("picture.png"))), QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &drop);
    QCOMPARE(document().stimulus().durationMs, 333);
    QCOMPARE(document().path(), path);
}

void tst_WindowFiles::dropOfSomethingElse()
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(at(QStringLiteral("picture.png")))});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &enter);
    QVERIFY(!enter.isAccepted());
    QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window(), &drop);
    QCOMPARE(document().project(), Project{});
    QVERIFY(!notice()->isVisible());
}

void tst_WindowFiles::recentMenu()
{
    QMenu *menu = nullptr;
    for (QMenu *candidate : window().findChildren<QMenu *>()) {
        if (candidate->title().remove(u'&') == QStringLiteral("Open Recent"))
            menu = candidate;
    }
    QVERIFY(menu);
    QVERIFY(!menu->isEnabled());
    for (const int ms : {100, 200}) {
        const QString path = at(QStringLiteral("%1.dendro").arg(ms));
        QVERIFY(saveProject(path, withDuration(ms)).ok());
        window().project()->openPath(path);
    }
    QVERIFY(menu->isEnabled());
    QCOMPARE(menu->actions().size(), 2);
    QCOMPARE(menu->actions().at(0)->text(), QStringLiteral("200.dendro"));
    menu->actions().at(1)->trigger();
    QCOMPARE(document().stimulus().durationMs, 100);
    QCOMPARE(menu->actions().at(0)->text(), QStringLiteral("100.dendro"));
}

void tst_WindowFiles::openFailureIsANotice()
{
    window().project()->openPath(at(QStringLiteral("nowhere.dendro")));
    QVERIFY(notice()->isVisible());
    QVERIFY(notice()->sentence().contains(QStringLiteral("nowhere.dendro")));
    QVERIFY(!child<QWidget>(window(), "noticeActionButton")->isVisible()); // nothing to repair
    // It does not go by itself, and it can be closed with the keyboard.
    window().simulation()->run();
    engine().complete();
    QVERIFY(notice()->isVisible());
    auto *close = child<QAbstractButton>(window(), "noticeCloseButton");
    close->setFocus(Qt::TabFocusReason);
    QTest::keyClick(close, Qt::Key_Escape);
    QVERIFY(!notice()->isVisible());
}

void tst_WindowFiles::opensFromTheCommandLine()
{
    const QString path = at(QStringLiteral("a.dendro"));
    QVERIFY(saveProject(path, withDuration(333)).ok());
    window().begin(path);
    QCOMPARE(document().stimulus().durationMs, 333);
    QCOMPARE(engine().submitted(), 1);
    QCOMPARE(engine().requests().back().durationMs(), 333);
}

void tst_WindowFiles::recoveryOffer_data()
{
    QTest::addColumn<QString>("original");
    QTest::addColumn<QString>("named");
    QTest::newRow("saved before") << QStringLiteral("/home/me/cell.dendro")
                                  << QStringLiteral("\"cell\"");
    QTest::newRow("never saved") << QString() << QStringLiteral("an untitled project");
}

void tst_WindowFiles::recoveryOffer()
{
    QFETCH(QString, original);
    QFETCH(QString, named);
    const QString file = leaveCrash(original);
    window().begin({});
    QVERIFY(notice()->isVisible());
    QVERIFY2(notice()->sentence().contains(named), qPrintable(notice()->sentence()));
    QCOMPARE(engine().submitted(), 1); // the first trace comes all the same
    auto *button = child<QAbstractButton>(window(), "noticeActionButton");
    QCOMPARE(button->text(), QStringLiteral("Recover It"));
    click(button);
    QVERIFY(!notice()->isVisible());
    QCOMPARE(document().project(), withDuration(123));
    QCOMPARE(document().path(), original);
    QVERIFY(window().isWindowModified());
    QVERIFY(!QFile::exists(file));
    QTRY_COMPARE(engine().submitted(), 2); // and it is simulated
    QCOMPARE(engine().requests().back().durationMs(), 123);
}

void tst_WindowFiles::noOfferWithoutACrash()
{
    window().begin({});
    QVERIFY(!notice()->isVisible());
}

void tst_WindowFiles::dismissedOfferDropsTheCopy()
{
    const QString file = leaveCrash({});
    window().begin({});
    click(child<QWidget>(window(), "noticeCloseButton"));
    QVERIFY(!notice()->isVisible());
    QVERIFY(!QFile::exists(file));
    QCOMPARE(document().project(), Project{});
}

void tst_WindowFiles::anotherMessageDoesNotDropTheCopy()
{
    // The first run fails while the offer is shown: closing that message decides nothing about
    // the copy.
    const QString file = leaveCrash({});
    window().begin({});
    engine().begin();
    engine().job()->fail({ErrorCode::Worker, "It crashed.", {}});
    QCOMPARE(notice()->sentence(), QStringLiteral("It crashed."));
    click(child<QWidget>(window(), "noticeCloseButton"));
    QVERIFY(QFile::exists(file));
    QVERIFY(window().project()->recoverable().size() == 1);
}

void tst_WindowFiles::closing_data()
{
    QTest::addColumn<bool>("modified");
    QTest::addColumn<Unsaved>("answer");
    QTest::addColumn<bool>("closes");
    QTest::newRow("nothing unsaved") << false << Unsaved::Cancel << true;
    QTest::newRow("save") << true << Unsaved::Save << true;
    QTest::newRow("discard") << true << Unsaved::Discard << true;
    QTest::newRow("cancel") << true << Unsaved::Cancel << false;
}

void tst_WindowFiles::closing()
{
    QFETCH(bool, modified);
    QFETCH(Unsaved, answer);
    QFETCH(bool, closes);
    if (modified)
        editLength(1000.0);
    m_bench->dialogs.unsaved = answer;
    m_bench->dialogs.savePath = at(QStringLiteral("a"));
    QCOMPARE(window().close(), closes);
    QCOMPARE(window().isVisible(), !closes);
    QCOMPARE(m_bench->dialogs.unsavedAsked, modified ? 1 : 0);
    QCOMPARE(QFile::exists(at(QStringLiteral("a.dendro"))), modified && answer == Unsaved::Save);
}

void tst_WindowFiles::geometryIsKept()
{
    // Not the usual size, and one that the screen has room for.
    const QSize most = WindowShape::mostFor(window().screen()->availableSize());
    const QSize chosen = most.boundedTo({1111, most.height() - 83});
    window().resize(chosen);
    QCOMPARE(window().size(), chosen);
    QVERIFY(window().close());
    DrivenEngine other;
    const MainWindow next(&other, &m_bench->dialogs, m_bench->autosave.path());
    QCOMPARE(next.size(), chosen);
}

DT_TEST(tst_WindowFiles, QApplication)
#include "tst_WindowFiles.moc"
