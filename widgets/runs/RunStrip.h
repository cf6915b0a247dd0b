// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/RunHistory.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QToolButton;

namespace dt {

class SeriesLegend;

/// The line below the plots of a run: what is drawn how, what was measured at the cursor, the seed
/// with a button that rolls another, and the button that opens the table of runs.
class RunStrip : public QWidget
{
    Q_OBJECT

public:
    explicit RunStrip(QWidget *parent = nullptr);

    /// What the soma's plot shows: this run and, where they are, a segment and the ghosts.
    void setLegend(int runId, std::optional<int> segment, const std::vector<RunRecord> &ghosts);
    /// Without randomness in the input the seed means nothing, and none can be rolled.
    void setSeed(quint64 seed, bool isRandom);
    /// A line of numbers; empty for none.
    void setMeasures(const QString &text, const QString &tip);
    void setRunCount(int count);
    [[nodiscard]] bool isTableWanted() const;

Q_SIGNALS:
    void rerollWanted();
    void tableWanted(bool open);

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    void fillLegend();

    SeriesLegend *m_legend;
    QLabel *m_measures;
    QLabel *m_seed;
    QToolButton *m_dice;
    QToolButton *m_table;
    int m_runId = 0;
    std::optional<int> m_segment;
    std::vector<RunRecord> m_ghosts;
};

} // namespace dt
