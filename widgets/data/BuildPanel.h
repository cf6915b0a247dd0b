// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/dataset/DatasetInfo.h"
#include "engine/dataset/StoredSimulation.h"

#include <QWidget>

#include <array>
#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;
class QTabWidget;

namespace dt {

class SampleView;
class StatisticsGrid;

/// How far a build has come, as a page shows it.
struct BuildProgress
{
    enum class Phase { Preparing, Running, Paused, Assembling, Finished, Cancelled, Failed };

    QString name; ///< name of the file
    Phase phase = Phase::Preparing;
    std::array<std::uint64_t, 3> wanted{};
    std::array<std::uint64_t, 3> accepted{};
    std::array<std::uint64_t, 3> tried{};
    std::array<std::uint64_t, StatisticCount> rejectedBy{};
    double fraction = 0.0;
    double perSecond = 0.0; ///< simulations per second; 0 when not known yet
    double secondsLeft = -1.0; ///< negative when not known yet
    std::uint64_t bytes = 0;
    std::uint64_t bytesNeeded = 0;
    QString problem; ///< why the build failed
    bool resumable = false;

    [[nodiscard]] bool isOver() const { return phase >= Phase::Finished; }
};

/// "7,211 of 9,310 simulations passed (77 %)" and why the others failed, as rich text.
QString acceptanceText(std::uint64_t tried, std::uint64_t accepted,
                       const std::array<std::uint64_t, StatisticCount> &rejectedBy);

/// A build in progress: counts, rate, time left, histograms filling up and the last simulation,
/// with Pause and Stop beside it.
class BuildPanel : public QWidget
{
    Q_OBJECT

public:
    explicit BuildPanel(QWidget *parent = nullptr);

    void setProgress(const BuildProgress &progress);
    void setStatistics(const std::vector<StatisticValues> &accepted,
                       const std::vector<StatisticValues> &rejected);
    void setSample(const Neuron &neuron, std::shared_ptr<const StoredSimulation> sample,
                   const QString &title);

Q_SIGNALS:
    void phaseChanged(dt::BuildProgress::Phase phase);
    void pauseRequested();
    void resumeRequested();
    void cancelRequested();

private:
    QLabel *m_title;
    QLabel *m_detail;
    QProgressBar *m_bar;
    QPushButton *m_pause;
    QPushButton *m_cancel;
    QTabWidget *m_tabs;
    StatisticsGrid *m_grid;
    SampleView *m_sample;
    BuildProgress::Phase m_phase = BuildProgress::Phase::Preparing;
    bool m_resumable = false;
};

} // namespace dt
