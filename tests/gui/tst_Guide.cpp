// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/GuideWindow.h"

#include "tests/gui/GuiTest.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBrowser>
#include <QTextDocumentFragment>

using namespace dt;
using namespace dt::test;

class tst_Guide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_bench = std::make_unique<Bench>(); }
    void cleanup() { m_bench.reset(); }

    void userGuide();
    void keyboardShortcuts();
    void everyChapterIsThere();
    void linksLeadSomewhere();
    void picturesFit();
    void everyShortcutIsNamed();

private:
    [[nodiscard]] GuideWindow *guide() const
    {
        return child<GuideWindow>(*m_bench->window, "guideWindow");
    }
    [[nodiscard]] QTextBrowser *text() const { return child<QTextBrowser>(*guide(), "guideText"); }
    [[nodiscard]] QListWidget *chapters() const
    {
        return child<QListWidget>(*guide(), "guideChapterList");
    }

    std::unique_ptr<Bench> m_bench;
};

void tst_Guide::userGuide()
{
    QTest::keyClick(m_bench->window.get(), Qt::Key_F1);
    QVERIFY(guide()->isVisible());
    QVERIFY(!guide()->isModal());
    QVERIFY(text()->toPlainText().startsWith(QStringLiteral("1. The first minute")));
    QCOMPARE(chapters()->currentRow(), 0);
    chapters()->setCurrentRow(2);
    QVERIFY(text()->toPlainText().startsWith(QStringLiteral("3. Poke it and watch")));
    // It opens where it was left.
    guide()->close();
    trigger(*m_bench->window, "guideAction");
    QVERIFY(guide()->isVisible());
    QCOMPARE(chapters()->currentRow(), 2);
}

void tst_Guide::keyboardShortcuts()
{
    trigger(*m_bench->window, "shortcutsAction");
    QVERIFY(guide()->isVisible());
    QVERIFY(text()->toPlainText().startsWith(QStringLiteral("Keyboard shortcuts")));
    QCOMPARE(chapters()->currentItem()->text(), QStringLiteral("Keyboard shortcuts"));
}

void tst_Guide::everyChapterIsThere()
{
    trigger(*m_bench->window, "guideAction");
    const int files = static_cast<int>(
        QDir(QStringLiteral(":/docs/guide")).entryList({QStringLiteral("*.md")}).size());
    QVERIFY(files >= 7);
    QCOMPARE(chapters()->count(), files - 1); // the list is the table of contents
    QStringList seen;
    for (int i = 0; i < chapters()->count(); ++i) {
        chapters()->setCurrentRow(i);
        QVERIFY(text()->toPlainText().startsWith(chapters()->item(i)->text()));
        QVERIFY(text()->toPlainText().size() > 300);
        seen << text()->toPlainText();
    }
    QCOMPARE(seen.removeDuplicates(), 0);
}

void tst_Guide::linksLeadSomewhere()
{
    trigger(*m_bench->window, "guideAction");
    int links = 0;
    for (const QString &folder : {QStringLiteral(":/docs/guide"), QStringLiteral(":/docs")}) {
        for (const QFileInfo &info : QDir(folder).entryInfoList({QStringLiteral("*.md")})) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QString words = QString::fromUtf8(file.readAll());
            auto it = QRegularExpression(QStringLiteral("\\]\\(([^)#:]+)\\)")).globalMatch(words);
            while (it.hasNext()) {
                const QString target = QDir::cleanPath(folder + u'/' + it.next().captured(1));
                QVERIFY2(QFile::exists(target), qPrintable(info.filePath() + u' ' + target));
                ++links;
            }
        }
    }
    QVERIFY(links >= 5);
    // A link is followed, and the list with it.
    text()->setSource(QUrl(QStringLiteral("qrc:/docs/guide/4-projects.md")));
    QVERIFY(chapters()->currentItem()->text().startsWith(QStringLiteral("4. ")));
    text()->setSource(QUrl(QStringLiteral("qrc:/docs/FILES.md")));
    QVERIFY(text()->toPlainText().contains(QStringLiteral("input_exc")));
    QVERIFY(!chapters()->currentItem());
    QVERIFY(text()->isBackwardAvailable());
}

void tst_Guide::picturesFit()
{
    trigger(*m_bench->window, "guideAction");
    for (const int width : {980, 700, 1200}) {
        guide()->resize(width, 600);
        QTRY_COMPARE(text()->horizontalScrollBar()->maximum(), 0);
    }
    // And it is a picture, not its name.
    QVERIFY(text()->document()->size().height() > text()->viewport()->width() / 3.0);
}

void tst_Guide::everyShortcutIsNamed()
{
    trigger(*m_bench->window, "shortcutsAction");
    const QString page = text()->toPlainText();
    int found = 0;
    for (const QAction *menu : m_bench->window->menuBar()->actions()) {
        for (const QAction *a : menu->menu()->actions()) {
            for (const QKeySequence &key : a->shortcuts()) {
                const QString name = key.toString(QKeySequence::PortableText);
                const QRegularExpression whole(
                    QStringLiteral("(^|[^+\\w])%1($|\\W)").arg(QRegularExpression::escape(name)));
                QVERIFY2(whole.match(page).hasMatch(), qPrintable(name));
                ++found;
            }
        }
    }
    QVERIFY(found >= 10);
}

QTEST_MAIN(tst_Guide)
#include "tst_Guide.moc"
