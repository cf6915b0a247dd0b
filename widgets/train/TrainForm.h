// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TrainingSettings.h"
#include "engine/model/TwinSpec.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QPushButton;

namespace dt {

class QuantityField;

/// A data set that can be trained on, as far as the form needs to know it.
struct TrainableDataset
{
    QString path;
    int segments = 0;
    int durationMs = 0;
    int train = 0; ///< simulations
};

/// What to train next: data set, twin and the numbers that a learner changes, with what it will
/// cost.
class TrainForm : public QWidget
{
    Q_OBJECT

public:
    explicit TrainForm(QWidget *parent = nullptr);

    /// Keeps the choice if its path is still there.
    void setDatasets(const std::vector<TrainableDataset> &datasets);
    void chooseDataset(const QString &path);
    void chooseTwin(const QString &preset);
    /// Billions of operations a second that this computer trains with, for the estimate.
    void setSpeed(double gigaOperationsPerSecond);

    [[nodiscard]] QString dataset() const;
    [[nodiscard]] QString twin() const; ///< preset
    /// Of any twin on the chosen data set, with the numbers of the form.
    [[nodiscard]] TrainingSettings settingsFor(const TwinSpec &spec) const;

    /// Operations of a whole training run [10^9].
    [[nodiscard]] static double gigaOperations(const TwinSpec &spec,
                                               const TrainingSettings &settings, int simulations);

Q_SIGNALS:
    void addRequested();
    /// All of the assignment: A to E.
    void addAllRequested();
    void buildRequested();

private:
    [[nodiscard]] const TrainableDataset *chosen() const;
    void update();

    std::vector<TrainableDataset> m_datasets;
    QComboBox *m_dataset;
    QComboBox *m_twin;
    QuantityField *m_epochs;
    QuantityField *m_batch;
    QuantityField *m_rate;
    QuantityField *m_seed;
    QLabel *m_about;
    QLabel *m_cost;
    QPushButton *m_add;
    QPushButton *m_addAll;
    QPushButton *m_build;
    double m_speed = 150.0;
};

} // namespace dt
