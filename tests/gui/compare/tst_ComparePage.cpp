// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Compare page in the window, on files of twins of two neurons: list, sorting, filters, marks,
// files that cannot be read.
#include "tests/gui/compare/CompareTest.h"
#include "tests/support/TestProgram.h"
#include "widgets/compare/BarsView.h"
#include "widgets/compare/LearningView.h"
#include "widgets/pages/TrainPage.h"
#include "widgets/shell/NoticeBar.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDir>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTableWidget>

using namespace dt;
using namespace dt::test;

class tst_ComparePage : public CompareTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { makeBench(); }
    void cleanup() { m_bench.reset(); }

    void emptyPageSaysWhatToDo();
    void everythingCanBeReached();
    void listsTwins();
    void opensAndTakesOffTheList();
    void takesDroppedFiles();
    void sortsByAClickOnAHead();
    void unknownFiguresStayLast();
    void filters();
    void marksChooseWhatIsShown();
    void damagedFileIsListedWithItsReason();
    void changedFileIsReadAgain();
    void aDoubleClickRenamesTheFile();
    void whatCannotBeRenamed();
    void twinsOfOneNameAndTheirAuthors();

private:
    /// Types a name over that of a row, with Enter at the end.
    QLineEdit *beginRenaming(int row, const QString &name);
    void rename(int row, const QString &name);
};

void tst_ComparePage::emptyPageSaysWhatToDo()
{
    if (!window().twins()->paths().isEmpty())
        QSKIP("This build comes with twins.");
    QTest::keyClick(&window(), Qt::Key_6, Qt::ControlModifier);
    QTRY_VERIFY(page().isVisible());
    QVERIFY(labelText(page(), "compareEmptyLabel").contains(QStringLiteral("no twins yet")));
    QCOMPARE(unreachable(&window(), &page()).join(u'|'), QString());
    QCOMPARE(clippedTexts(&page()).join(u'|'), QString());
    click(child<QPushButton>(page(), "compareTrainButton"));
    QVERIFY(window().trainPage()->isVisible());
}

void tst_ComparePage::everythingCanBeReached()
{
    haveTwins();
    for (const char *title : {"Bars", "Learning", "Settings", "Evaluation"}) {
        showTab(QString::fromLatin1(title));
        QCOMPARE(unreachable(&window(), &page()).join(u'|'), QString());
    }
    QVERIFY(tabChain(&window()).contains(&table()));
}

void tst_ComparePage::listsTwins()
{
    haveTwins();
    // The best first.
    QCOMPARE(
        column(columnOf(Figure::SpikesAuc)),
        (QStringList{QStringLiteral("0.9981"), QStringLiteral("0.9912"), QStringLiteral("0.9704"),
                     QStringLiteral("0.9601"), QStringLiteral("0.9553")}));
    QCOMPARE(cell(0, TwinTableModel::TwinColumn), QStringLiteral("b-ampa"));
    QCOMPARE(cell(0, TwinTableModel::NetworkColumn), QStringLiteral("TCN B"));
    QCOMPARE(cell(0, TwinTableModel::NeuronColumn),
             QString::fromStdString(neuronTitle(presetNeuron("ampa-point").value())));
    QCOMPARE(cell(0, TwinTableModel::DatasetColumn), QStringLiteral("ampa-point"));
    QVERIFY(table().isColumnHidden(TwinTableModel::AuthorColumn)); // nobody said
    QCOMPARE(cell(0, columnOf(Figure::Parameters)), QStringLiteral("47,148"));
    QCOMPARE(cell(0, columnOf(Figure::ReceptiveField)), QStringLiteral("181"));
    QCOMPARE(cell(0, columnOf(Figure::SomaEv)), QStringLiteral("94.0"));
    QCOMPARE(cell(0, columnOf(Figure::Epochs)), QStringLiteral("8"));
    const QModelIndex auc = table().model()->index(0, columnOf(Figure::SpikesAuc));
    QVERIFY(auc.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight);
    QVERIFY(table()
                .model()
                ->headerData(columnOf(Figure::SpikesAuc), Qt::Horizontal, Qt::ToolTipRole)
                .toString()
                .contains(QStringLiteral("ROC")));
    // Behind it, what is being measured.
    QVERIFY(labelText(page(), "twinCountLabel").startsWith(QStringLiteral("5 twins, 5 ticked")));
}

void tst_ComparePage::opensAndTakesOffTheList()
{
    haveTwins();
    clickRow(rowOf(QStringLiteral("e-nmda.twin")));
    QCOMPARE(page().currentTwin(), file(QStringLiteral("e-nmda.twin")));
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_Delete);
    QTRY_COMPARE(table().model()->rowCount(), 4);
    QCOMPARE(rowOf(QStringLiteral("e-nmda.twin")), -1);
    QVERIFY(QFile::exists(file(QStringLiteral("e-nmda.twin"))));
    QVERIFY(!page().currentTwin().isEmpty());
    // And it comes back by the button.
    m_bench->dialogs.twinPaths = {file(QStringLiteral("e-nmda.twin"))};
    click(child<QPushButton>(page(), "openTwinButton"));
    QTRY_COMPARE_WITH_TIMEOUT(table().model()->rowCount(), 5, 30000);
    // A question that is not answered changes nothing.
    m_bench->dialogs.twinPaths.clear();
    click(child<QPushButton>(page(), "openTwinButton"));
    QCOMPARE(table().model()->rowCount(), 5);
}

void tst_ComparePage::takesDroppedFiles()
{
    write(QStringLiteral("x.twin"), "tcn-a", "ampa-point", 0.99, 90.0);
    write(QStringLiteral("y.twin"), "tcn-b", "ampa-point", 0.98, 90.0);
    window().showPage(MainWindow::Neuron);
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(file(QStringLiteral("x.twin"))),
                   QUrl::fromLocalFile(file(QStringLiteral("y.twin")))});
    QDragEnterEvent enter(QPoint(200, 200), Qt::CopyAction, &files, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&window(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(200, 200), Qt::CopyAction, &files, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&window(), &drop);
    QTRY_VERIFY(page().isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(
        rowOf(QStringLiteral("x.twin")) >= 0 && rowOf(QStringLiteral("y.twin")) >= 0, 30000);
}

void tst_ComparePage::sortsByAClickOnAHead()
{
    haveTwins();
    clickHead(TwinTableModel::TwinColumn);
    const QStringList rising = column(TwinTableModel::TwinColumn);
    clickHead(TwinTableModel::TwinColumn);
    QStringList falling = column(TwinTableModel::TwinColumn);
    QVERIFY(rising != falling);
    std::reverse(falling.begin(), falling.end());
    QCOMPARE(rising, falling);
    // Numbers as numbers: 17,612 before 327,948.
    clickHead(columnOf(Figure::Parameters));
    const auto value = [&](int row) {
        return table()
            .model()
            ->index(row, columnOf(Figure::Parameters))
            .data(TwinTableModel::SortRole)
            .toDouble();
    };
    const bool up = value(0) < value(4);
    for (int row = 1; row < 5; ++row)
        QVERIFY(up ? value(row - 1) <= value(row) : value(row - 1) >= value(row));
    // Plots keep their order and colours.
    QCOMPARE(page().ticked().front()->path, file(QStringLiteral("a-ampa.twin")).toStdString());
}

void tst_ComparePage::unknownFiguresStayLast()
{
    haveTwins();
    StoredTwin imported = comparableTwin("tcn-c", "ampa-point", 0.9, 90.0);
    imported.settings.reset();
    imported.evaluation.reset();
    imported.contents.history = {};
    imported.contents.neuron.reset();
    imported.contents.dataset.reset();
    const QString path = file(QStringLiteral("imported.twin"));
    QVERIFY(storeTwin(path.toStdString(), imported, true).ok());
    window().twins()->add(path);
    waitForTwins(6);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(rowOf(QStringLiteral("imported.twin")), 5);
        clickHead(columnOf(Figure::SpikesAuc));
    }
    QCOMPARE(cell(5, columnOf(Figure::SpikesAuc)), QStringLiteral("–"));
    QCOMPARE(cell(5, columnOf(Figure::Minutes)), QStringLiteral("–"));
    QCOMPARE(cell(5, columnOf(Figure::Parameters)), QStringLiteral("189,644"));
    QCOMPARE(cell(5, TwinTableModel::NeuronColumn), QStringLiteral("Unknown"));
    // Plots do without it.
    for (const char *title : {"Bars", "Size and Speed", "Learning", "Settings"})
        showTab(QString::fromLatin1(title));
    QCOMPARE(page().bars()->table().networks.size(), std::size_t{3});
}

void tst_ComparePage::filters()
{
    haveTwins();
    auto *field = child<QDoubleSpinBox>(page(), "leastAucField");
    QVERIFY(!field->isEnabled());
    click(child<QCheckBox>(page(), "leastAucCheck"));
    typeInto(field, QStringLiteral("0.9704"));
    QCOMPARE(column(TwinTableModel::TwinColumn),
             (QStringList{QStringLiteral("b-ampa"), QStringLiteral("a-ampa"),
                          QStringLiteral("b-nmda")}));
    QVERIFY(
        labelText(page(), "twinCountLabel").startsWith(QStringLiteral("3 of 5 twins, 3 ticked")));
    QCOMPARE(page().ticked().size(), std::size_t{3});
    auto *neuron = child<QComboBox>(page(), "neuronFilterCombo");
    QCOMPARE(neuron->count(), 3);
    const QString nmda = QString::fromStdString(neuronTitle(presetNeuron("nmda-cable").value()));
    choose(neuron, nmda);
    QCOMPARE(column(TwinTableModel::TwinColumn), QStringList{QStringLiteral("b-nmda")});
    click(child<QCheckBox>(page(), "leastAucCheck"));
    QCOMPARE(table().model()->rowCount(), 3);
    choose(neuron, QStringLiteral("All neurons"));
    QCOMPARE(table().model()->rowCount(), 5);
}

void tst_ComparePage::marksChooseWhatIsShown()
{
    haveTwins();
    QCOMPARE(page().bars()->table().networks.size(), std::size_t{3});
    // By the mouse, on the box.
    const int row = rowOf(QStringLiteral("e-nmda.twin"));
    const QRect box = table().visualRect(table().model()->index(row, 0));
    clickAt(table().viewport(), QPointF(box.left() + 11.0, box.center().y()));
    QTRY_COMPARE(page().ticked().size(), std::size_t{4});
    QCOMPARE(page().bars()->table().networks.size(), std::size_t{2});
    // By the keyboard.
    table().setFocus();
    table().setCurrentIndex(table().model()->index(0, TwinTableModel::DatasetColumn));
    QTest::keyClick(&table(), Qt::Key_Down);
    QTest::keyClick(&table(), Qt::Key_Space);
    QCOMPARE(page().ticked().size(), std::size_t{3});
    QTest::keyClick(&table(), Qt::Key_Space);
    QCOMPARE(page().ticked().size(), std::size_t{4});
    // Marks outlive a new file.
    write(QStringLiteral("more.twin"), "tcn-b", "ampa-point", 0.97, 80.0);
    window().twins()->add(file(QStringLiteral("more.twin")));
    waitForTwins(6);
    QCOMPARE(page().ticked().size(), std::size_t{5});
    trigger(page(), "tickNoneAction");
    QVERIFY(page().ticked().empty());
    QVERIFY(!child<QPushButton>(page(), "saveReportButton")->isEnabled());
    trigger(page(), "tickAllAction");
    QCOMPARE(page().ticked().size(), std::size_t{6});
}

void tst_ComparePage::damagedFileIsListedWithItsReason()
{
    haveTwins();
    QFile good(file(QStringLiteral("a-ampa.twin")));
    QVERIFY(good.open(QIODevice::ReadOnly));
    QByteArray bytes = good.readAll();
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x5A);
    QFile damaged(file(QStringLiteral("damaged.twin")));
    QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write(bytes) == bytes.size());
    damaged.close();
    QFile other(file(QStringLiteral("notes.twin")));
    QVERIFY(other.open(QIODevice::WriteOnly) && other.write("not a twin") > 0);
    other.close();
    m_bench->dialogs.twinPaths = {damaged.fileName(), other.fileName()};
    trigger(window(), "openTwinAction");
    waitForTwins(7);
    QCOMPARE(table().model()->rowCount(), 7);
    for (const char *name : {"damaged.twin", "notes.twin"}) {
        const int row = rowOf(QString::fromLatin1(name));
        QVERIFY(row >= 5); // behind the others
        QCOMPARE(cell(row, TwinTableModel::TwinColumn), QString::fromLatin1(name));
        QVERIFY2(cell(row, TwinTableModel::NetworkColumn).size() > 20,
                 qPrintable(cell(row, TwinTableModel::NetworkColumn)));
        QCOMPARE(table().columnSpan(row, TwinTableModel::NetworkColumn),
                 table().model()->columnCount() - 1);
        QVERIFY(!table().model()->index(row, 0).data(Qt::CheckStateRole).isValid());
    }
    // The others go on.
    QCOMPARE(page().ticked().size(), std::size_t{5});
    clickRow(rowOf(QStringLiteral("notes.twin")));
    trigger(page(), "removeTwinAction");
    QTRY_COMPARE(table().model()->rowCount(), 6);
}

void tst_ComparePage::changedFileIsReadAgain()
{
    haveTwins();
    write(QStringLiteral("a-ampa.twin"), "tcn-a", "ampa-point", 0.9999, 99.0);
    // The clock of files may be coarse.
    QFile changed(file(QStringLiteral("a-ampa.twin")));
    QVERIFY(changed.open(QIODevice::ReadWrite));
    QVERIFY(changed.setFileTime(QDateTime::currentDateTime().addSecs(10),
                                QFileDevice::FileModificationTime));
    changed.close();
    window().twins()->add(file(QStringLiteral("a-ampa.twin"))); // as training does at its end
    QTRY_COMPARE_WITH_TIMEOUT(cell(0, columnOf(Figure::SpikesAuc)), QStringLiteral("0.9999"),
                              30000);
    QCOMPARE(table().model()->rowCount(), 5);
}

QLineEdit *tst_ComparePage::beginRenaming(int row, const QString &name)
{
    const QRect cell = table().visualRect(table().model()->index(row, TwinTableModel::TwinColumn));
    const QPoint at(cell.left() + cell.width() / 2, cell.center().y());
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(table().viewport(), Qt::LeftButton, {}, at);
    auto *editor = table().viewport()->findChild<QLineEdit *>();
    if (editor) {
        editor->selectAll();
        QTest::keyClicks(editor, name);
    }
    return editor;
}

void tst_ComparePage::rename(int row, const QString &name)
{
    QLineEdit *editor = beginRenaming(row, name);
    QVERIFY(editor);
    QTest::keyClick(editor, Qt::Key_Return);
    QCoreApplication::processEvents(); // the editor hands its text over by the event loop
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

void tst_ComparePage::aDoubleClickRenamesTheFile()
{
    haveTwins();
    QFile before(file(QStringLiteral("a-nmda.twin")));
    QVERIFY(before.open(QIODevice::ReadOnly));
    const QByteArray bytes = before.readAll();
    before.close();
    table().twins()->setChecked(2, false); // a-nmda is the third file
    rename(rowOf(QStringLiteral("a-nmda.twin")), QStringLiteral("student_anna"));
    QTRY_VERIFY(rowOf(QStringLiteral("student_anna.twin")) >= 0);
    QVERIFY(!QFile::exists(file(QStringLiteral("a-nmda.twin"))));
    // Not a byte is another one, so all seals hold.
    QFile after(file(QStringLiteral("student_anna.twin")));
    QVERIFY(after.open(QIODevice::ReadOnly));
    QCOMPARE(after.readAll(), bytes);
    QVERIFY(loadTwin(after.fileName().toStdString()).ok());
    // Still the current one, with its mark, and known to the program from now on.
    QCOMPARE(page().currentTwin(), file(QStringLiteral("student_anna.twin")));
    waitForTwins(5);
    const int row = rowOf(QStringLiteral("student_anna.twin"));
    QCOMPARE(cell(row, TwinTableModel::TwinColumn), QStringLiteral("student_anna"));
    QCOMPARE(cell(row, TwinTableModel::NetworkColumn), QStringLiteral("TCN A"));
    QCOMPARE(page().ticked().size(), std::size_t{4});
    QCOMPARE(page().currentTwin(), file(QStringLiteral("student_anna.twin")));
    QVERIFY(window().twins()->paths().contains(file(QStringLiteral("student_anna.twin"))));
    QVERIFY(!window().twins()->paths().contains(file(QStringLiteral("a-nmda.twin"))));
    // Everywhere by this name.
    showTab(QStringLiteral("Settings"));
    table().twins()->setChecked(2, true);
    const auto *settings = child<QTableWidget>(page(), "settingsTable");
    QStringList heads;
    for (int i = 0; i < settings->columnCount(); ++i)
        heads << settings->horizontalHeaderItem(i)->text();
    QVERIFY2(heads.contains(QStringLiteral("student_anna")), qPrintable(heads.join(u'|')));
    showTab(QStringLiteral("Learning"));
    QVERIFY(page().learning()->csv().contains(QStringLiteral("student_anna")));
}

void tst_ComparePage::whatCannotBeRenamed()
{
    haveTwins();
    auto *notice = window().findChild<NoticeBar *>();
    rename(rowOf(QStringLiteral("a-nmda.twin")), QStringLiteral("b-nmda"));
    QTRY_VERIFY2(notice->sentence().contains(QStringLiteral("there is a file b-nmda.twin already")),
                 qPrintable(notice->sentence()));
    rename(rowOf(QStringLiteral("a-nmda.twin")), QStringLiteral("../up"));
    QTRY_VERIFY2(notice->sentence().contains(QStringLiteral("is no name for a file")),
                 qPrintable(notice->sentence()));
    QVERIFY(QFile::exists(file(QStringLiteral("a-nmda.twin"))));
    // Figures that arrive while somebody types leave the text alone.
    const int row = rowOf(QStringLiteral("a-nmda.twin"));
    QLineEdit *editor = beginRenaming(row, QStringLiteral("half a na"));
    QVERIFY(editor);
    Q_EMIT table().model()->dataChanged(
        table().model()->index(0, 0),
        table().model()->index(table().model()->rowCount() - 1, TwinTableModel::TwinColumn));
    QCOMPARE(editor->text(), QStringLiteral("half a na"));
    QTest::keyClick(editor, Qt::Key_Escape);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    // The same name, and none, are no wish.
    rename(rowOf(QStringLiteral("a-nmda.twin")), QStringLiteral("a-nmda"));
    rename(rowOf(QStringLiteral("a-nmda.twin")), QStringLiteral("  "));
    QCOMPARE(cell(rowOf(QStringLiteral("a-nmda.twin")), TwinTableModel::TwinColumn),
             QStringLiteral("a-nmda"));
    // Those that came with the program keep their names.
    TwinTableModel model;
    model.setTwins(page().ticked(), {file(QStringLiteral("a-ampa.twin"))});
    QVERIFY(!(model.flags(model.index(0, TwinTableModel::TwinColumn)) & Qt::ItemIsEditable));
    QVERIFY(model.flags(model.index(1, TwinTableModel::TwinColumn)) & Qt::ItemIsEditable);
    QVERIFY(!(model.flags(model.index(1, TwinTableModel::NeuronColumn)) & Qt::ItemIsEditable));
}

void tst_ComparePage::twinsOfOneNameAndTheirAuthors()
{
    haveTwins();
    for (const char *name : {"Anna", "Ben"}) {
        const QString folder = file(QString::fromLatin1(name).toLower());
        QVERIFY(QDir().mkpath(folder));
        StoredTwin twin = comparableTwin("tcn-a", "ampa-point", 0.98, 90.0);
        twin.contents.author = name;
        const QString path = folder + QStringLiteral("/tcn.twin");
        QVERIFY(storeTwin(path.toStdString(), twin, true).ok());
        window().twins()->add(path);
    }
    waitForTwins(7);
    const QStringList names = column(TwinTableModel::TwinColumn);
    QVERIFY2(names.contains(QStringLiteral("tcn (anna)"))
                 && names.contains(QStringLiteral("tcn (ben)")),
             qPrintable(names.join(u'|')));
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
    QVERIFY(!table().isColumnHidden(TwinTableModel::AuthorColumn));
    QVERIFY(column(TwinTableModel::AuthorColumn).contains(QStringLiteral("Anna")));
    QVERIFY(table().csv().contains(QStringLiteral(",Ben,")));
}

DT_TEST(tst_ComparePage, QApplication)
#include "tst_ComparePage.moc"
