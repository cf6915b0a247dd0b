// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/runs/RunsModel.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace dt {

/// The table of the last runs with what can be done with one: draw it as a ghost, take its settings
/// back, save it, name it, forget it. Holds nothing itself: a controller fills it.
class RunsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RunsPanel(QWidget *parent = nullptr);

    void setRuns(std::vector<RunRecord> newestFirst, int shownId);
    [[nodiscard]] RunsModel *model() const { return m_model; }
    [[nodiscard]] std::optional<int> currentKey() const;
    void setCurrent(int key);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void pinWanted(int key, bool pinned);
    void restoreWanted(int key);
    void exportWanted(int key);
    void removeWanted(int key);
    void renamed(int key, const QString &name);
    void noted(int key, const QString &notes);
    void importWanted();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Whether a person is typing into a cell: the table waits.
    [[nodiscard]] bool isWriting() const;
    void fill();
    void refreshButtons();
    void restyle();

    RunsModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_table;
    QLabel *m_empty;
    QPushButton *m_pin;
    QPushButton *m_restore;
    QPushButton *m_export;
    QPushButton *m_remove;
    QPushButton *m_import;
    std::vector<RunRecord> m_runs;
    int m_shownId = 0;
    bool m_outdated = false; ///< the table is filled when it can be seen
};

} // namespace dt
