// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/RunSettings.h"

#include <QAbstractTableModel>

#include <vector>

namespace dt {

/// The runs of a history as a table: what they are, what came out, and a column for every setting
/// in which they differ. Ticking "Ghost" and editing name and notes is asked for by signals;
/// whoever owns the history answers with setRuns().
class RunsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Columns; the settings that differ follow, then notes and time.
    enum Column { Ghost, Run, Name, Spikes, Rate, Peak, Seed, FirstSetting };
    enum Role {
        KeyRole = Qt::UserRole, ///< key of the record
        SortRole, ///< numbers as numbers
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// `shownId`: the run that the plots show.
    void setRuns(std::vector<RunRecord> newestFirst, int shownId);
    [[nodiscard]] const RunRecord *record(int row) const;
    [[nodiscard]] int rowOf(int key) const;
    [[nodiscard]] int notesColumn() const;
    [[nodiscard]] int timeColumn() const { return notesColumn() + 1; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

Q_SIGNALS:
    void pinWanted(int key, bool pinned);
    void renamed(int key, const QString &name);
    void noted(int key, const QString &notes);

private:
    [[nodiscard]] static bool isNumber(int column);
    [[nodiscard]] QString text(const RunRecord &run, int row, int column) const;
    [[nodiscard]] QVariant sortValue(const RunRecord &run, int row, int column) const;

    std::vector<RunRecord> m_runs;
    std::vector<RunSetting> m_settings;
    int m_shownId = 0;
};

} // namespace dt
