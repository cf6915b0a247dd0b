// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/TwinTableModel.h"

#include <QTableView>

namespace dt {

/// The leaderboard as a table: sorted by a click on a head, ticked with the space bar.
class TwinTable : public QTableView
{
    Q_OBJECT

public:
    /// As high as a few rows need.
    [[nodiscard]] QSize sizeHint() const override;

    explicit TwinTable(QWidget *parent = nullptr);

    [[nodiscard]] TwinTableModel *twins() const { return m_model; }
    [[nodiscard]] TwinFilter *filter() const { return m_filter; }

    /// As sorted and filtered; what could not be read is left out.
    [[nodiscard]] ComparedTwins listed() const;
    /// Those of them that are ticked, in the order of the list of files, so that sorting changes no
    /// colours.
    [[nodiscard]] ComparedTwins ticked() const;
    /// Null when there is none.
    [[nodiscard]] std::shared_ptr<const ComparedTwin> current() const;
    [[nodiscard]] QString currentPath() const;
    /// False when it is not listed.
    bool setCurrent(const QString &path);
    /// With the file's folder; figures unrounded.
    [[nodiscard]] QString csv() const;
    /// Lets somebody type another name for the current one, unless it must keep its name.
    void renameCurrent();

Q_SIGNALS:
    void currentTwinChanged();
    void copyRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    /// The reason of a file that cannot be read takes the whole row.
    void spanProblems();
    /// A column that would be empty has no place.
    void showAuthors();

    TwinTableModel *m_model;
    TwinFilter *m_filter;
};

} // namespace dt
