// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/DataPage.h"

#include "widgets/shell/FoldPane.h"
#include "widgets/shell/TaskStrip.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QAction>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

constexpr int PathRole = Qt::UserRole;
constexpr int DetailRole = Qt::UserRole + 1;

/// Two lines: the file's name, and what it is.
class EntryDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {option.fontMetrics.horizontalAdvance(QLatin1Char('0')) * 20,
                option.fontMetrics.height() + QFontMetrics(theme::captionFont()).height()
                    + theme::Grid * 3 / 2};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        QStyleOptionViewItem background = option;
        initStyleOption(&background, index);
        background.text.clear();
        const QWidget *widget = option.widget;
        widget->style()->drawControl(QStyle::CE_ItemViewItem, &background, painter, widget);
        const bool selected = option.state & QStyle::State_Selected;
        const QColor ink =
            option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
        const QRect box = option.rect.adjusted(theme::Grid, theme::Grid / 2, -theme::Grid / 2, 0);
        painter->save();
        painter->setPen(ink);
        painter->setFont(option.font);
        painter->drawText(
            box, Qt::AlignTop | Qt::AlignLeft,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, box.width()));
        const QFontMetrics small(theme::captionFont());
        painter->setFont(theme::captionFont());
        painter->setPen(selected ? ink : colours::muted(option.palette));
        painter->drawText(
            box.adjusted(0, option.fontMetrics.height() + 2, 0, 0), Qt::AlignTop | Qt::AlignLeft,
            small.elidedText(index.data(DetailRole).toString(), Qt::ElideRight, box.width()));
        painter->restore();
    }
};

} // namespace

DataPage::DataPage(QWidget *parent) :
    QWidget(parent), m_list(new QListWidget), m_listHint(new QLabel),
    m_new(new QPushButton(tr("New Data Set..."))), m_stack(new QStackedWidget),
    m_empty(new QWidget), m_emptyText(new QLabel),
    m_emptyNew(new QPushButton(tr("Build a Data Set..."))),
    m_emptyForget(new QPushButton(tr("Take Off the List"))), m_view(new DatasetView),
    m_build(new BuildPanel), m_task(new TaskStrip)
{
    setObjectName(QStringLiteral("dataPage"));
    m_emptyText->setObjectName(QStringLiteral("dataEmptyLabel"));
    m_emptyText->setWordWrap(true);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyNew->setObjectName(QStringLiteral("emptyNewButton"));
    m_emptyForget->setObjectName(QStringLiteral("emptyForgetButton"));
    m_emptyForget->setToolTip(tr("The file stays where it is"));
    connect(m_emptyNew, &QPushButton::clicked, this, &DataPage::newRequested);
    connect(m_emptyForget, &QPushButton::clicked, this, &DataPage::forgetChosen);
    auto *emptyColumn = new QVBoxLayout(m_empty);
    emptyColumn->addStretch(2);
    emptyColumn->addWidget(m_emptyText);
    emptyColumn->addSpacing(theme::Grid * 2);
    emptyColumn->addWidget(m_emptyNew, 0, Qt::AlignHCenter);
    emptyColumn->addWidget(m_emptyForget, 0, Qt::AlignHCenter);
    emptyColumn->addStretch(3);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_build);

    auto *right = new QVBoxLayout;
    right->setSpacing(theme::Grid);
    right->addWidget(m_stack, 1);
    right->addWidget(m_task);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::Grid, theme::Grid, theme::Grid, theme::Grid);
    row->setSpacing(theme::Grid);
    m_column = listColumn();
    row->addWidget(new FoldPane(QStringLiteral("datasetList"), tr("Data Sets"), m_column,
                                FoldPane::Edge::Left));
    row->addLayout(right, 1);
    restyle();
    showNothing();
}

QWidget *DataPage::listColumn()
{
    m_list->setObjectName(QStringLiteral("datasetList"));
    m_list->setAccessibleName(tr("Data sets"));
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_new->setObjectName(QStringLiteral("newDatasetButton"));
    auto *open = new QPushButton(tr("Open..."));
    open->setObjectName(QStringLiteral("openDatasetButton"));
    auto *import = new QPushButton(tr("Import..."));
    import->setObjectName(QStringLiteral("importDatasetButton"));
    import->setToolTip(tr("Read a folder of NumPy files, such as the tutorial's published data"));
    connect(m_new, &QPushButton::clicked, this, &DataPage::newRequested);
    connect(open, &QPushButton::clicked, this, &DataPage::openRequested);
    connect(import, &QPushButton::clicked, this, &DataPage::importRequested);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            Q_EMIT entryChosen(item->data(PathRole).toString());
    });
    auto *forget = new QAction(tr("Take Off the List"), m_list);
    forget->setObjectName(QStringLiteral("forgetDatasetAction"));
    forget->setShortcut(QKeySequence::Delete);
    forget->setShortcutContext(Qt::WidgetShortcut);
    forget->setToolTip(tr("The file stays where it is"));
    connect(forget, &QAction::triggered, this, &DataPage::forgetChosen);
    m_list->addAction(forget);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);

    m_listHint->setText(tr("Data sets that you build, open or import are listed here."));
    m_listHint->setObjectName(QStringLiteral("datasetListHintLabel"));
    m_listHint->setWordWrap(true);
    m_listHint->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_listHint->setAttribute(Qt::WA_TransparentForMouseEvents);
    theme::setRole(m_listHint, "muted");
    auto *hint = new QVBoxLayout(m_list->viewport());
    hint->addWidget(m_listHint, 0, Qt::AlignTop);

    auto *widget = new QWidget;
    auto *others = new QHBoxLayout;
    others->addWidget(open, 1);
    others->addWidget(import, 1);
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::Grid);
    column->addWidget(m_new);
    column->addLayout(others);
    column->addWidget(m_list, 1);
    return widget;
}

void DataPage::setEntries(const std::vector<DatasetEntry> &entries)
{
    const QString before = chosen();
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    for (const DatasetEntry &entry : entries) {
        auto *item = new QListWidgetItem(QFileInfo(entry.path).fileName(), m_list);
        item->setData(PathRole, entry.path);
        item->setData(DetailRole, entry.detail);
        item->setToolTip(entry.path);
        if (entry.path == before)
            m_list->setCurrentItem(item);
    }
    m_listHint->setVisible(entries.empty());
    if (m_nothing)
        showNothing();
}

void DataPage::forgetChosen()
{
    if (!chosen().isEmpty())
        Q_EMIT forgetRequested(chosen());
}

QString DataPage::chosen() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item ? item->data(PathRole).toString() : QString();
}

void DataPage::choose(const QString &path)
{
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->data(PathRole).toString() != path)
            continue;
        if (m_list->currentRow() == i)
            Q_EMIT entryChosen(path);
        else
            m_list->setCurrentRow(i);
        return;
    }
}

void DataPage::showNothing()
{
    say(m_list->count() > 0
            ? tr("Choose a data set on the left, or build a new one.")
            : tr(
                "A data set is many simulations of one neuron on random input: what a deep network "
                "learns the neuron from."),
        false);
    m_nothing = true;
}

void DataPage::showProblem(const QString &sentence)
{
    say(sentence, true);
}

void DataPage::say(const QString &sentence, bool problem)
{
    m_nothing = false;
    m_emptyText->setText(sentence);
    m_emptyNew->setVisible(!problem);
    m_emptyForget->setVisible(problem);
    m_stack->setCurrentWidget(m_empty);
}

void DataPage::showDataset(DatasetContents contents)
{
    m_nothing = false;
    m_view->setContents(std::move(contents));
    m_stack->setCurrentWidget(m_view);
}

void DataPage::showBuild()
{
    m_nothing = false;
    m_stack->setCurrentWidget(m_build);
}

void DataPage::restyle()
{
    m_new->setIcon(themedIcon(QStringLiteral("new"), palette()));
}

void DataPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_new)
        restyle();
    if (event->type() == QEvent::FontChange && m_column)
        arrange();
}

void DataPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

// The names of files matter less than the plots: with large letters the list gives way.
void DataPage::arrange()
{
    const int letter = QFontMetrics(theme::bodyFont()).horizontalAdvance(QLatin1Char('0'));
    m_column->setFixedWidth(
        std::max(m_column->layout()->minimumSize().width(), std::min(letter * 26, width() / 4)));
}

} // namespace dt
