// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TrainingSettings.h"
#include "engine/model/TwinSpec.h"

#include <QWidget>

#include <array>
#include <optional>
#include <vector>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;

namespace dt {

class QuantityField;
class TwinForm;

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
    /// Billions of operations a second that this computer trains an architecture with, for the
    /// estimate.
    void setSpeed(Architecture architecture, double gigaOperationsPerSecond);

    void setAuthor(const QString &name);
    /// Who trains; may be empty.
    [[nodiscard]] QString author() const;
    [[nodiscard]] QString dataset() const;
    /// Of a data set on the list.
    [[nodiscard]] std::optional<int> segmentsOf(const QString &dataset) const;
    /// For the chosen data set.
    [[nodiscard]] TwinSpec twin() const;
    /// Of any twin on the chosen data set, with the numbers of the form.
    [[nodiscard]] TrainingSettings settingsFor(const TwinSpec &spec) const;

    /// Operations of a whole training run [10^9].
    [[nodiscard]] static double gigaOperations(const TwinSpec &spec,
                                               const TrainingSettings &settings, int simulations);

Q_SIGNALS:
    void addRequested();
    /// The assignment's five networks, A to E, on each of these.
    void addAllRequested(const QStringList &datasets);
    void buildRequested();

private:
    [[nodiscard]] const TrainableDataset *chosen() const;
    void makeMenu();
    void showMore(bool on);
    void update();

    std::vector<TrainableDataset> m_datasets;
    QFormLayout *m_form;
    QComboBox *m_dataset;
    TwinForm *m_twin;
    QCheckBox *m_more;
    QuantityField *m_epochs;
    QuantityField *m_batch;
    QuantityField *m_rate;
    QuantityField *m_seed;
    QLineEdit *m_author;
    QLabel *m_about;
    QLabel *m_cost;
    QPushButton *m_add;
    QPushButton *m_addAll;
    QMenu *m_assignment;
    QPushButton *m_build;
    /// By architecture, before anything was trained here: as measured on two cores.
    Architecture m_architecture = Architecture::Tcn;
    std::array<double, 4> m_speed{250.0, 190.0, 60.0, 36.0};
};

} // namespace dt
