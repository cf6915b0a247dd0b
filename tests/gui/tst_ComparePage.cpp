// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Compare page in the window, on files of twins of two neurons: list, sorting, filters, marks,
// pictures, reports, files that cannot be read.
#include "app/CompareController.h"
#include "app/TwinLibrary.h"
#include "tests/gui/GuiTest.h"
#include "tests/support/ComparableTwins.h"
#include "widgets/compare/BarsView.h"
#include "widgets/compare/LearningView.h"
#include "widgets/compare/ParetoView.h"
#include "widgets/compare/SettingsView.h"
#include "widgets/compare/TwinTable.h"
#include "widgets/pages/ComparePage.h"
#include "widgets/pages/TrainPage.h"
#include "widgets/shell/NoticeBar.h"
#include "widgets/theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QDropEvent>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>

using namespace dt;
using namespace dt::test;

class tst_ComparePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
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
    void barsShowTheChosenFigure();
    void paretoFronts();
    void learningCurves();
    void settingsThatDiffer();
    void evaluationFollowsTheRow();
    void addedTabsFollowTheRow();
    void exportsNumbersAndPictures();
    void savesAReport();
    void reportIntoAForbiddenFolder();
    void damagedFileIsListedWithItsReason();
    void changedFileIsReadAgain();
    void fits_data();
    void fits();

private:
    [[nodiscard]] MainWindow &window() const { return *m_bench->window; }
    [[nodiscard]] ComparePage &page() const { return *window().comparePage(); }
    [[nodiscard]] TwinTable &table() const { return *page().table(); }
    [[nodiscard]] QTabWidget &tabs() const { return *child<QTabWidget>(page(), "compareTabs"); }
    [[nodiscard]] QString file(const QString &name) const { return m_bench->sandbox.path(name); }
    [[nodiscard]] QString status() const { return labelText(window(), "statusLabel"); }
    /// Text of a cell as listed.
    [[nodiscard]] QString cell(int row, int column) const
    {
        return table().model()->index(row, column).data().toString();
    }
    [[nodiscard]] QStringList column(int column) const;
    /// A row of the table, by its file.
    [[nodiscard]] int rowOf(const QString &name) const;
    void clickHead(int column);
    void clickRow(int row);
    void showTab(const QString &title);
    void write(const QString &name, const char *preset, const char *neuron, double auc, double ev,
               std::uint64_t seed = 1);
    /// Five twins of two neurons, and a page that has read them.
    void haveTwins();
    void waitForTwins(int count);

    std::unique_ptr<Bench> m_bench;
};

namespace {

int columnOf(Figure figure)
{
    return TwinTableModel::FirstFigure + static_cast<int>(figure);
}

} // namespace

void tst_ComparePage::init()
{
    m_bench = std::make_unique<Bench>();
    // Those that came with the program would be in the way.
    for (const QString &path : window().twins()->paths())
        QVERIFY(window().twins()->cameWithProgram(path));
}

void tst_ComparePage::write(const QString &name, const char *preset, const char *neuron, double auc,
                            double ev, std::uint64_t seed)
{
    StoredTwin twin = comparableTwin(preset, neuron, auc, ev, seed);
    const Status stored = storeTwin(file(name).toStdString(), twin, true);
    QVERIFY2(stored.ok(), stored ? "" : stored.error().message.c_str());
}

void tst_ComparePage::waitForTwins(int count)
{
    // Those that came with the program are listed, too.
    QTRY_VERIFY_WITH_TIMEOUT(table().twins()->rowCount() >= count, 30000);
    QTRY_COMPARE_WITH_TIMEOUT(table().twins()->rowCount(),
                              static_cast<int>(window().twins()->paths().size()), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(!labelText(page(), "twinCountLabel").contains(QStringLiteral("Reading")),
                             30000);
}

void tst_ComparePage::haveTwins()
{
    write(QStringLiteral("a-ampa.twin"), "tcn-a", "ampa-point", 0.9912, 90.0);
    write(QStringLiteral("b-ampa.twin"), "tcn-b", "ampa-point", 0.9981, 94.0);
    write(QStringLiteral("a-nmda.twin"), "tcn-a", "nmda-cable", 0.9553, 60.0, 2);
    write(QStringLiteral("b-nmda.twin"), "tcn-b", "nmda-cable", 0.9704, 66.0, 2);
    write(QStringLiteral("e-nmda.twin"), "tcn-e", "nmda-cable", 0.9601, 63.0, 2);
    m_bench->dialogs.twinPaths.clear();
    for (const char *name : {"a-ampa", "b-ampa", "a-nmda", "b-nmda", "e-nmda"})
        m_bench->dialogs.twinPaths << file(QString::fromLatin1(name) + QStringLiteral(".twin"));
    window().showPage(MainWindow::Compare);
    trigger(window(), "openTwinAction");
    waitForTwins(5);
    QCOMPARE(table().model()->rowCount(), 5);
}

QStringList tst_ComparePage::column(int column) const
{
    QStringList texts;
    for (int row = 0; row < table().model()->rowCount(); ++row)
        texts << cell(row, column);
    return texts;
}

int tst_ComparePage::rowOf(const QString &name) const
{
    for (int row = 0; row < table().model()->rowCount(); ++row) {
        const QString path =
            table().model()->index(row, 0).data(TwinTableModel::PathRole).toString();
        if (QFileInfo(path).fileName() == name)
            return row;
    }
    return -1;
}

void tst_ComparePage::clickHead(int column)
{
    QHeaderView *head = table().horizontalHeader();
    table().scrollTo(table().model()->index(0, column));
    QCoreApplication::processEvents();
    clickAt(head->viewport(), QPointF(head->sectionViewportPosition(column)
                                          + head->sectionSize(column) / 2.0,
                                      head->height() / 2.0));
}

void tst_ComparePage::clickRow(int row)
{
    table().scrollTo(table().model()->index(row, TwinTableModel::NeuronColumn));
    QCoreApplication::processEvents();
    clickAt(table().viewport(),
            table().visualRect(table().model()->index(row, TwinTableModel::NeuronColumn)).center());
}

void tst_ComparePage::showTab(const QString &title)
{
    for (int i = 0; i < tabs().count(); ++i) {
        if (tabs().tabText(i) == title) {
            clickAt(tabs().tabBar(), tabs().tabBar()->tabRect(i).center());
            QCOMPARE(tabs().currentIndex(), i);
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("there is no tab ") + title));
}

void tst_ComparePage::emptyPageSaysWhatToDo()
{
    if (!window().twins()->paths().isEmpty())
        QSKIP("This build comes with twins.");
    QTest::keyClick(&window(), Qt::Key_5, Qt::ControlModifier);
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
    QCOMPARE(column(columnOf(Figure::SpikesAuc)),
             (QStringList{QStringLiteral("0.9981"), QStringLiteral("0.9912"),
                          QStringLiteral("0.9704"), QStringLiteral("0.9601"),
                          QStringLiteral("0.9553")}));
    QCOMPARE(cell(0, TwinTableModel::TwinColumn), QStringLiteral("TCN B"));
    QCOMPARE(cell(0, TwinTableModel::NeuronColumn),
             QString::fromStdString(neuronTitle(presetNeuron("ampa-point").value())));
    QCOMPARE(cell(0, TwinTableModel::DatasetColumn), QStringLiteral("ampa-point"));
    QCOMPARE(cell(0, TwinTableModel::FileColumn), QStringLiteral("b-ampa.twin"));
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
    QCOMPARE(labelText(page(), "twinCountLabel"), QStringLiteral("5 twins, 5 ticked"));
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
    QTRY_VERIFY_WITH_TIMEOUT(rowOf(QStringLiteral("x.twin")) >= 0
                                 && rowOf(QStringLiteral("y.twin")) >= 0,
                             30000);
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
    QCOMPARE(column(TwinTableModel::FileColumn),
             (QStringList{QStringLiteral("b-ampa.twin"), QStringLiteral("a-ampa.twin"),
                          QStringLiteral("b-nmda.twin")}));
    QCOMPARE(labelText(page(), "twinCountLabel"), QStringLiteral("3 of 5 twins, 3 ticked"));
    QCOMPARE(page().ticked().size(), std::size_t{3});
    auto *neuron = child<QComboBox>(page(), "neuronFilterCombo");
    QCOMPARE(neuron->count(), 3);
    const QString nmda =
        QString::fromStdString(neuronTitle(presetNeuron("nmda-cable").value()));
    choose(neuron, nmda);
    QCOMPARE(column(TwinTableModel::FileColumn), QStringList{QStringLiteral("b-nmda.twin")});
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
    table().setCurrentIndex(table().model()->index(0, TwinTableModel::FileColumn));
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

void tst_ComparePage::barsShowTheChosenFigure()
{
    haveTwins();
    const BarsView &bars = *page().bars();
    QCOMPARE(bars.table().networks, (std::vector<std::string>{"TCN A", "TCN B", "TCN E"}));
    QCOMPARE(bars.table().neurons.size(), std::size_t{2});
    QCOMPARE(bars.base(), 0.95);
    choose(child<QComboBox>(page(), "barsFromCombo"), QStringLiteral("0.9"));
    QCOMPARE(bars.base(), 0.9);
    choose(child<QComboBox>(page(), "barsFigureCombo"),
           QStringLiteral("Soma explained variance [%]"));
    QCOMPARE(bars.figure(), Figure::SomaEv);
    QCOMPARE(bars.base(), 50.0);
    QVERIFY(labelText(page(), "barsMeaningLabel").contains(QStringLiteral("soma voltage")));
    const auto *canvas = child<PlotCanvas>(page(), "barsPlot");
    QVERIFY(canvas->yRange().second > 100.0);
    QVERIFY(pixelsLike(child<PlotCanvas>(page(), "barsPlot"),
                       seriesStyle(0, page().palette()).colour)
            > 200);
    QVERIFY(bars.csv().startsWith(QStringLiteral("network,")));
    QVERIFY(bars.csv().contains(QStringLiteral("TCN A,90,60")));
}

void tst_ComparePage::paretoFronts()
{
    haveTwins();
    showTab(QStringLiteral("Size and Speed"));
    // AMPA: A, then the better B. NMDA: E is larger than B and worse.
    QCOMPARE(page().pareto()->front(0),
             (QStringList{QStringLiteral("TCN A"), QStringLiteral("TCN B"),
                          QStringLiteral("TCN A"), QStringLiteral("TCN B")}));
    click(child<QCheckBox>(page(), "leastAucCheck"));
    typeInto(child<QDoubleSpinBox>(page(), "leastAucField"), QStringLiteral("0.96"));
    QCOMPARE(page().pareto()->front(0),
             (QStringList{QStringLiteral("TCN A"), QStringLiteral("TCN B"),
                          QStringLiteral("TCN B")}));
    QCOMPARE(page().pareto()->csv().count(u'\n'), 5);
}

void tst_ComparePage::learningCurves()
{
    haveTwins();
    showTab(QStringLiteral("Learning"));
    QCOMPARE(page().learning()->shown().size(), 5);
    const auto *canvas = child<PlotCanvas>(page(), "learningPlot");
    QCOMPARE(canvas->lineCount(), 5);
    const auto before = canvas->yRange();
    choose(child<QComboBox>(page(), "learningCurveCombo"), QStringLiteral("Dendritic voltages"));
    QVERIFY(canvas->yRange() != before);
    // Eight validations; in training every iteration.
    const auto rows = [&] { return page().learning()->csv().count(u'\n') - 1; };
    QCOMPARE(rows(), 8);
    choose(child<QComboBox>(page(), "learningSourceCombo"), QStringLiteral("Training"));
    QCOMPARE(rows(), 80);
    choose(child<QComboBox>(page(), "learningCurveCombo"), QStringLiteral("Gradient norm"));
    QVERIFY(!child<QComboBox>(page(), "learningSourceCombo")->isEnabled());
    QCOMPARE(rows(), 80);
    click(child<QCheckBox>(page(), "learningLogCheck"));
    QCOMPARE(canvas->lineCount(), 5);
    trigger(page(), "tickNoneAction");
    QCOMPARE(canvas->lineCount(), 0);
}

void tst_ComparePage::settingsThatDiffer()
{
    haveTwins();
    trigger(page(), "tickNoneAction");
    for (const char *name : {"a-nmda.twin", "b-nmda.twin"})
        table().twins()->setChecked(
            table().filter()->mapToSource(table().model()->index(rowOf(QString::fromLatin1(name)), 0))
                .row(),
            true);
    showTab(QStringLiteral("Settings"));
    const auto *settings = child<QTableWidget>(page(), "settingsTable");
    QCOMPARE(settings->columnCount(), 2);
    const int differing = settings->rowCount();
    QStringList names;
    for (int row = 0; row < differing; ++row)
        names << settings->verticalHeaderItem(row)->text();
    QVERIFY2(names.contains(QStringLiteral("Kernel [ms]")), qPrintable(names.join(u'|')));
    QVERIFY(!names.contains(QStringLiteral("Epochs")));
    click(child<QCheckBox>(page(), "settingsEqualCheck"));
    QVERIFY(settings->rowCount() > differing + 20);
}

void tst_ComparePage::evaluationFollowsTheRow()
{
    haveTwins();
    showTab(QStringLiteral("Evaluation"));
    const auto shows = [&](const QString &text) {
        for (const QLabel *label : tabs().currentWidget()->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    };
    clickRow(0);
    QVERIFY(shows(QStringLiteral("AUC 0.9981")));
    table().setFocus();
    QTest::keyClick(&table(), Qt::Key_Down);
    QVERIFY(shows(QStringLiteral("AUC 0.9912")));
}

void tst_ComparePage::addedTabsFollowTheRow()
{
    haveTwins();
    auto *view = new QLabel;
    page().addTab(view, QStringLiteral("Look Inside"));
    connect(&page(), &ComparePage::currentTwinChanged, view, &QLabel::setText);
    QSignalSpy changes(&page(), &ComparePage::currentTwinChanged);
    showTab(QStringLiteral("Look Inside"));
    clickRow(1);
    clickRow(2);
    QCOMPARE(view->text(), page().currentTwin());
    QCOMPARE(view->text(), table().model()->index(2, 0).data(TwinTableModel::PathRole).toString());
    const auto count = changes.count();
    clickRow(2); // the same
    QCOMPARE(changes.count(), count);
}

void tst_ComparePage::exportsNumbersAndPictures()
{
    haveTwins();
    trigger(page(), "copyTableAction");
    const QString copied = QApplication::clipboard()->text();
    QCOMPARE(copied.count(u'\n'), 6);
    QVERIFY(copied.startsWith(QStringLiteral("twin,neuron,dataset,spikes_auc")));
    QVERIFY(copied.contains(QStringLiteral("0.9981")));
    m_bench->dialogs.saveAsPath = file(QStringLiteral("table.csv"));
    trigger(page(), "exportTableAction");
    QFile csv(m_bench->dialogs.saveAsPath);
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(csv.readAll()), copied);
    QCOMPARE(status(), QStringLiteral("Saved table.csv."));
    m_bench->dialogs.saveAsPath = file(QStringLiteral("bars.png"));
    trigger(page(), "saveViewPictureAction");
    QVERIFY(m_bench->dialogs.lastSuggestion.endsWith(QStringLiteral("bars.png")));
    const QImage picture(m_bench->dialogs.saveAsPath);
    QCOMPARE(picture.size(), page().bars()->size() * 2);
    m_bench->dialogs.saveAsPath = file(QStringLiteral("bars.csv"));
    trigger(page(), "saveViewNumbersAction");
    QVERIFY(QFile::exists(m_bench->dialogs.saveAsPath));
    showTab(QStringLiteral("Evaluation"));
    QVERIFY(!child<QAction>(page(), "saveViewNumbersAction")->isEnabled());
}

void tst_ComparePage::savesAReport()
{
    haveTwins();
    trigger(page(), "tickNoneAction");
    table().twins()->setChecked(0, true);
    m_bench->dialogs.saveAsPath = file(QStringLiteral("one.html"));
    click(child<QPushButton>(page(), "saveReportButton"));
    QVERIFY(m_bench->dialogs.lastSuggestion.endsWith(QStringLiteral("a-ampa-report.html")));
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Saved one.html."), 60000);
    QFile one(file(QStringLiteral("one.html")));
    QVERIFY(one.open(QIODevice::ReadOnly));
    const QByteArray text = one.readAll();
    QVERIFY(text.contains("TCN A, a twin of"));
    QCOMPARE(text.count("<img "), 3);

    table().twins()->setChecked(1, true);
    m_bench->dialogs.saveAsPath = file(QStringLiteral("two.html"));
    click(child<QPushButton>(page(), "saveReportButton"));
    QTRY_COMPARE_WITH_TIMEOUT(status(), QStringLiteral("Saved two.html."), 60000);
    QFile two(file(QStringLiteral("two.html")));
    QVERIFY(two.open(QIODevice::ReadOnly));
    QVERIFY(two.readAll().contains("Comparison of 2 twins"));
    // Nothing half-written lies about.
    const QStringList html =
        QFileInfo(two.fileName()).dir().entryList({QStringLiteral("*.html*")}, QDir::Files);
    QCOMPARE(html, (QStringList{QStringLiteral("one.html"), QStringLiteral("two.html")}));
}

void tst_ComparePage::reportIntoAForbiddenFolder()
{
    haveTwins();
    m_bench->dialogs.saveAsPath = QStringLiteral("/no/such/folder/report.html");
    click(child<QPushButton>(page(), "saveReportButton"));
    QTRY_VERIFY_WITH_TIMEOUT(window().findChild<NoticeBar *>()->sentence().contains(
                                 QStringLiteral("/no/such/folder/report.html")),
                             60000);
    QVERIFY(!window().comparison()->isBusy());
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
        QVERIFY2(cell(row, TwinTableModel::NeuronColumn).size() > 20,
                 qPrintable(cell(row, TwinTableModel::NeuronColumn)));
        QCOMPARE(table().columnSpan(row, TwinTableModel::NeuronColumn),
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

void tst_ComparePage::fits_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("projector");
    QTest::newRow("smallest") << QSize(1000, 640) << false;
    QTest::newRow("projector") << QSize(1280, 720) << true;
}

void tst_ComparePage::fits()
{
    QFETCH(QSize, size);
    QFETCH(bool, projector);
    theme::apply(*qApp, theme::Scheme::Light, projector);
    haveTwins();
    window().resize(size);
    QCoreApplication::processEvents();
    for (const char *title : {"Bars", "Size and Speed", "Learning", "Settings"}) {
        showTab(QString::fromLatin1(title));
        QCoreApplication::processEvents();
        QCOMPARE(clippedTexts(&page()).join(u'|'), QString());
        QVERIFY(table().height() > 3 * table().rowHeight(0));
    }
    QCOMPARE(window().size(), size);
    theme::apply(*qApp, theme::Scheme::Light, false);
}

QTEST_MAIN(tst_ComparePage)
#include "tst_ComparePage.moc"
