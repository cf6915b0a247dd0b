// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/TableMenu.h"

#include "app/TwinDialogs.h"
#include "app/report/TwinReport.h"
#include "engine/model/CsvText.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QFileInfo>
#include <QHeaderView>
#include <QMenu>
#include <QTableView>

namespace dt {

namespace {

QString cell(const QString &text)
{
    return QString::fromStdString(csvCellText(text.toStdString()));
}

} // namespace

QString tableAsCsv(const QTableView &table)
{
    const QAbstractItemModel &model = *table.model();
    std::vector<int> columns;
    for (int visual = 0; visual < model.columnCount(); ++visual) {
        const int column = table.horizontalHeader()->logicalIndex(visual);
        if (!table.isColumnHidden(column))
            columns.push_back(column);
    }
    QString text;
    const auto line = [&](auto get) {
        QStringList cells;
        for (const int column : columns)
            cells << cell(get(column));
        text += cells.join(u',') + u'\n';
    };
    line([&](int column) {
        return model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    });
    for (int row = 0; row < model.rowCount(); ++row) {
        if (table.isRowHidden(row))
            continue;
        line([&](int column) {
            const QModelIndex index = model.index(row, column);
            const QString shown = index.data(Qt::DisplayRole).toString();
            const QVariant tick = index.data(Qt::CheckStateRole);
            if (!shown.isEmpty() || !tick.isValid())
                return shown;
            return tick.toInt() == Qt::Checked ? TableMenu::tr("yes") : TableMenu::tr("no");
        });
    }
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
    menu->addAction(tr("&Save Table as CSV..."), this, [this, table] { save(*table); })
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
        m_dialogs->askSaveAs(TwinDialogs::SavedKind::Csv, name + QStringLiteral(".csv"));
    if (path.isEmpty())
        return;
    if (const Status written = writeWhole(path, tableAsCsv(table).toUtf8()); !written)
        Q_EMIT failed(written.error());
    else
        Q_EMIT told(tr("Saved %1.").arg(QFileInfo(path).fileName()));
}

} // namespace dt
