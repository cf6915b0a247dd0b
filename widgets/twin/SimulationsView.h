// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/TwinSimulations.h"
#include "widgets/twin/DataOffer.h"

#include <QWidget>

#include <map>
#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace dt {

class TwinView;

/// Neuron and twin on one simulation after another, sorted by how good the twin is if wanted. The
/// chosen simulation stays chosen when another twin is shown on the same simulations.
class SimulationsView : public QWidget
{
    Q_OBJECT

public:
    explicit SimulationsView(QWidget *parent = nullptr);

    void setSimulations(std::vector<ListedSimulation> simulations);
    /// Sets the AUC of spikes by the simulations' index.
    void setScores(const SpikesAucs &spikesAuc);
    /// Shows recording and prediction of the chosen simulation.
    void setBoth(std::shared_ptr<const Recording> neuron, const TwinPrediction &twin);
    /// Sets a sentence on where the simulations come from, or why there are none.
    void setSource(const QString &sentence);
    /// Sets a sentence on what went wrong.
    void setProblem(const QString &sentence);
    [[nodiscard]] DataOffer *offer() const { return m_offer; }
    void setBusy(bool busy);
    [[nodiscard]] std::optional<std::size_t> chosen() const;

protected:
    void showEvent(QShowEvent *event) override;

Q_SIGNALS:
    /// The view came into sight, so its simulations are worth reading now.
    void shown();
    void simulationChosen(std::size_t place);

private:
    void sort();
    void fill();
    [[nodiscard]] std::optional<std::uint64_t> chosenIndex() const;

    std::vector<ListedSimulation> m_simulations;
    /// Index of the simulation; kept when the list changes.
    std::optional<std::uint64_t> m_lastChosen;
    QComboBox *m_order;
    QComboBox *m_list;
    QToolButton *m_previous;
    QToolButton *m_next;
    QPushButton *m_worst;
    QPushButton *m_best;
    QLabel *m_source;
    QLabel *m_problem;
    DataOffer *m_offer;
    TwinView *m_view;
};

} // namespace dt
