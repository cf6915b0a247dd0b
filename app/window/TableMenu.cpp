// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/TableMenu.h"

#include "app/report/TwinReport.h"
#include "app/train/TwinDialogs.h"
#include "engine/base/CsvText.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QFileInfo>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>

namespace dt {

namespace {

QString cell(const std::string &text)
{
    return QString::fromStdString(csvCellText(text));
}

} // namespace

std::vector<TextColumn> tableColumns(const QTableView &table)
{
    const QAbstractItemModel &model = *table.model();
    std::vector<TextColumn> columns;
    for (int visual = 0; visual < model.columnCount(); ++visual) {
        const int column = table.horizontalHeader()->logicalIndex(visual);
        if (table.isColumnHidden(column))
            continue;
        TextColumn &to = columns.emplace_back();
        to.head = model.headerData(column, Qt::Horizontal, Qt::DisplayRole)
                      .toString()
                      .simplified()
                      .toStdString();
        for (int row = 0; row < model.rowCount(); ++row) {
            if (table.isRowHidden(row))
                continue;
            const QModelIndex index = model.index(row, column);
            QString shown = index.data(Qt::DisplayRole).toString();
            const QVariant tick = index.data(Qt::CheckStateRole);
            if (shown.isEmpty() && tick.isValid())
                shown = tick.toInt() == Qt::Checked ? TableMenu::tr("yes") : TableMenu::tr("no");
            to.cells.push_back(shown.toStdString());
        }
    }
    return columns;
}

QString tableAsCsv(const QTableView &table)
{
    const std::vector<TextColumn> columns = tableColumns(table);
    QString text;
    const auto line = [&](auto get) {
        QStringList cells;
        for (const TextColumn &column : columns)
            cells << cell(get(column));
        text += cells.join(u',') + u'\n';
    };
    line([](const TextColumn &column) { return column.head; });
    const std::size_t rows = columns.empty() ? 0 : columns.front().cells.size();
    for (std::size_t row = 0; row < rows; ++row)
        line([row](const TextColumn &column) { return column.cells[row]; });
    return text;
}

TableMenu::TableMenu(TwinDialogs *dialogs, QObject *parent) : QObject(parent), m_dialogs(dialogs)
{
    qApp->installEventFilter(this);
}

bool TableMenu::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ContextMenu)
        return false;
    auto *table = qobject_cast<QTableView *>(watched);
    if (!table && watched->parent()) // what is inside it is asked first
        table = qobject_cast<QTableView *>(watched->parent());
    if (!table || !table->model() || table->contextMenuPolicy() == Qt::CustomContextMenu
        || table->contextMenuPolicy() == Qt::PreventContextMenu)
        return false;
    auto *menu = new QMenu(table);
    menu->setObjectName(QStringLiteral("tableMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (!table->actions().isEmpty()) {
        menu->addActions(table->actions());
        menu->addSeparator();
    }
    menu->addAction(tr("&Save Table..."), this, [this, table] { save(*table); })
        ->setObjectName(QStringLiteral("saveTableAction"));
    menu->popup(static_cast<QContextMenuEvent *>(event)->globalPos());
    return true;
}

void TableMenu::save(const QTableView &table)
{
    QString name;
    for (const QChar c : table.accessibleName().toLower())
        name += c.isLetterOrNumber() ? c : u'-';
    if (name.isEmpty())
        name = tr("table");
    const QString path =
        m_dialogs->askSaveAs(TwinDialogs::SavedKind::Table, name + QStringLiteral(".csv"));
    if (path.isEmpty())
        return;
    const bool numpy = path.endsWith(QStringLiteral(".npz"), Qt::CaseInsensitive);
    const QByteArray bytes = numpy ? QByteArray::fromStdString(tableAsNpz(tableColumns(table)))
                                   : tableAsCsv(table).toUtf8();
    if (const Status written = writeWhole(path, bytes); !written)
        Q_EMIT failed(written.error());
    else
        Q_EMIT told(tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

} // namespace dt
