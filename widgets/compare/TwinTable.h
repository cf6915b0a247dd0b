// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/TwinTableModel.h"

#include <QTableView>

namespace dt {

/// The leaderboard as a table. A click on a column's head sorts it, and the space bar ticks a row.
class TwinTable : public QTableView
{
    Q_OBJECT

public:
    /// The height that a few rows need.
    [[nodiscard]] QSize sizeHint() const override;

    explicit TwinTable(QWidget *parent = nullptr);

    [[nodiscard]] TwinTableModel *twins() const { return m_model; }
    [[nodiscard]] TwinFilter *filter() const { return m_filter; }

    /// The twins as sorted and filtered; files that could not be read are left out.
    [[nodiscard]] ComparedTwins listed() const;
    /// The listed twins that are ticked, in the order of the list of files, so that sorting changes
    /// no colours.
    [[nodiscard]] ComparedTwins ticked() const;
    /// The twin of the current row; null when there is none.
    [[nodiscard]] std::shared_ptr<const ComparedTwin> current() const;
    [[nodiscard]] QString currentPath() const;
    /// Makes a twin current; returns false when it is not listed.
    bool setCurrent(const QString &path);
    /// The table with the files' folders and unrounded figures.
    [[nodiscard]] QString csv() const;
    /// Lets a person type another name for the current twin, unless it must keep its name.
    void renameCurrent();

Q_SIGNALS:
    void currentTwinChanged();
    void copyRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    /// Lets the reason why a file cannot be read take the whole row.
    void spanProblems();
    /// Hides the column of authors where it would be empty.
    void showAuthors();

    TwinTableModel *m_model;
    TwinFilter *m_filter;
};

} // namespace dt
