// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Recording.h"
#include "engine/model/TwinBatch.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace dt {

class TwinView;

/// A test simulation that can be looked at.
struct ListedSimulation
{
    std::size_t place = 0; ///< in its split
    std::uint64_t index = 0; ///< its simulation_index
    int spikes = 0;
    std::optional<double> spikesAuc; ///< of the twin
};

/// Neuron and twin on one test simulation after another, best and worst first if wanted.
class SimulationsView : public QWidget
{
    Q_OBJECT

public:
    explicit SimulationsView(QWidget *parent = nullptr);

    void setSimulations(std::vector<ListedSimulation> simulations);
    /// What became of the chosen one.
    void setBoth(std::shared_ptr<const Recording> neuron, const TwinPrediction &twin);
    /// Why there is nothing to see; `canLocate` offers to look for the data set.
    void setProblem(const QString &sentence, bool canLocate);
    void setBusy(bool busy);
    [[nodiscard]] std::optional<std::size_t> chosen() const;

Q_SIGNALS:
    void simulationChosen(std::size_t place);
    void locateRequested();

private:
    void sort();

    std::vector<ListedSimulation> m_simulations;
    QComboBox *m_order;
    QComboBox *m_list;
    QToolButton *m_previous;
    QToolButton *m_next;
    QPushButton *m_worst;
    QPushButton *m_best;
    QLabel *m_problem;
    QPushButton *m_locate;
    TwinView *m_view;
};

} // namespace dt
