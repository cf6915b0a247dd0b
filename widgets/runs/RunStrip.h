// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/RunHistory.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QToolButton;

namespace dt {

class SeriesLegend;

/// What belongs to the plots of a run and stands beside them: what is drawn how, a small table of
/// what was measured at the cursor, the seed with a button that rolls another, and the buttons that
/// open the script for NEURON and the table of runs.
class RunStrip : public QWidget
{
    Q_OBJECT

public:
    explicit RunStrip(QWidget *parent = nullptr);

    /// Sets what the legend names: this run and, if given, a segment and the ghosts of the soma's
    /// plot.
    void setLegend(int runId, std::optional<int> segment, const std::vector<RunRecord> &ghosts);
    /// Shows the seed. Without randomness in the input it means nothing, and none can be rolled.
    void setSeed(quint64 seed, bool isRandom);
    struct Measured
    {
        QString what; ///< "Soma"
        QStringList values; ///< base, peak, amplitude [mV], rise, half-width [ms]
    };
    /// Shows up to two lines of numbers; `sentence` says the same in words. Without lines a hint
    /// says how to get some.
    void setMeasures(const std::vector<Measured> &rows, const QString &sentence = {});
    /// Sets the sentence that stands where the numbers would be while there are none; empty: how to
    /// get some.
    void setHint(const QString &sentence);
    void setRunCount(int count);
    [[nodiscard]] bool isTableWanted() const;

Q_SIGNALS:
    void rerollWanted();
    void tableWanted(bool open);
    void scriptWanted();

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    void fillLegend();

    SeriesLegend *m_legend;
    QWidget *m_measures; ///< keeps its height, whatever it shows
    QLabel *m_hint;
    std::vector<QLabel *> m_heads;
    std::vector<QLabel *> m_cells; ///< two lines
    QLabel *m_seed;
    QToolButton *m_dice;
    QToolButton *m_script;
    QToolButton *m_table;
    int m_runId = 0;
    std::optional<int> m_segment;
    std::vector<RunRecord> m_ghosts;
};

} // namespace dt
