// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetInfo.h"
#include "engine/dataset/StoredSimulation.h"

#include <QString>
#include <QWidget>

#include <array>
#include <memory>
#include <utility>
#include <vector>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QTabWidget;
class QToolButton;

namespace dt {

class QuantityField;
class RangesPanel;
class SampleView;
class ScatterGrid;
class StatisticsGrid;

/// Everything of a data set except its simulations.
struct DatasetContents
{
    QString path;
    std::uint64_t bytes = 0;
    DatasetInfo info;
    std::array<SplitStatistics, 3> statistics;
};

/// A finished data set: its statistics, the firing rate against them, single simulations; and
/// ranges that choose among the simulations, for looking and for a new, filtered data set.
class DatasetView : public QWidget
{
    Q_OBJECT

public:
    explicit DatasetView(QWidget *parent = nullptr);

    void setContents(DatasetContents contents);
    [[nodiscard]] const DatasetContents &contents() const { return m_contents; }

    /// Takes the answer to sampleRequested(); other simulations are ignored.
    void setSample(Split split, std::size_t i, std::shared_ptr<const StoredSimulation> sample);
    void setSampleProblem(const QString &sentence);
    [[nodiscard]] SampleView *sampleView() const { return m_sample; }

    [[nodiscard]] std::vector<StatisticRange> ranges() const;
    /// How many simulations of all splits together lie in the ranges.
    [[nodiscard]] std::size_t keptInAll() const;

Q_SIGNALS:
    void sampleRequested(dt::Split split, std::size_t i);
    void filterRequested();
    void exportRequested();
    void verifyRequested();

protected:
    bool event(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    using Place = std::pair<Split, std::size_t>;

    QWidget *header();
    QWidget *rangesColumn();
    QWidget *samplesTab();
    void arrange();
    void rangesChanged();
    void showStatistics();
    void showPlace(std::size_t n);
    void requestShown();
    void step(int by);
    void random();
    [[nodiscard]] bool splitShown(Split split) const;

    DatasetContents m_contents;
    std::vector<Place> m_places; ///< simulations in the ranges, of the chosen splits
    std::size_t m_place = 0;
    Place m_requested{Split::Train, 0};
    QLabel *m_name;
    QLabel *m_detail;
    QComboBox *m_split;
    QTabWidget *m_tabs;
    QHBoxLayout *m_row = nullptr;
    QWidget *m_rangesCard = nullptr;
    StatisticsGrid *m_grid;
    ScatterGrid *m_scatter;
    SampleView *m_sample;
    QuantityField *m_placeField;
    QLabel *m_placeCount;
    QToolButton *m_previous;
    QToolButton *m_next;
    QPushButton *m_random;
    RangesPanel *m_ranges;
    QLabel *m_preview;
    QPushButton *m_save;
};

} // namespace dt
