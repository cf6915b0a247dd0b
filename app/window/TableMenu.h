// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Result.h"
#include "engine/data/TableExport.h"

#include <QObject>

#include <vector>

class QAbstractItemModel;
class QTableView;

namespace dt {

class TwinDialogs;

/// The menu of every table in the program, on the right button or the menu key: saves what the
/// table shows as CSV or as NumPy arrays (by the name's ending), below what the table's own menu
/// has. Tables that make their own menu keep it.
class TableMenu : public QObject
{
    Q_OBJECT

public:
    /// Watches the whole program.
    explicit TableMenu(TwinDialogs *dialogs, QObject *parent = nullptr);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void failed(const dt::Error &error);
    void told(const QString &sentence);

private:
    void save(const QTableView &table);

    TwinDialogs *m_dialogs;
};

/// Visible columns in the order on the screen, rows as sorted, cells as shown; ticks as yes and no.
std::vector<TextColumn> tableColumns(const QTableView &table);

/// What the table shows as CSV text, with a line of heads.
QString tableAsCsv(const QTableView &table);

} // namespace dt
