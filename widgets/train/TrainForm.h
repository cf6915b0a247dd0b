// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/twin/TwinSpec.h"
#include "engine/twin/training/TrainingRecipe.h"

#include <QWidget>

#include <map>
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
    int valid = 0;

    [[nodiscard]] TrainingSize size() const { return {train, valid, durationMs}; }
};

/// What to train next: data set, twin, and a recipe or the numbers that somebody chose instead,
/// with what it will cost.
class TrainForm : public QWidget
{
    Q_OBJECT

public:
    explicit TrainForm(QWidget *parent = nullptr);

    /// Keeps the choice if its path is still there.
    void setDatasets(const std::vector<TrainableDataset> &datasets);
    void chooseDataset(const QString &path);
    void chooseTwin(const QString &preset);
    /// Billions of operations a second that this computer trains an architecture with, for recipes
    /// and the estimate. As measured with the chosen twin, see twinChanged(), or a training.
    void setSpeed(Architecture architecture, double gigaOperationsPerSecond);

    /// What it will cost, and the buttons: whoever shows the form puts it below, where it does not
    /// scroll away.
    [[nodiscard]] QWidget *footer() const { return m_footer; }

    void setAuthor(const QString &name);
    /// Who trains; may be empty.
    [[nodiscard]] QString author() const;
    [[nodiscard]] QString dataset() const;
    /// Of a data set on the list.
    [[nodiscard]] std::optional<int> segmentsOf(const QString &dataset) const;
    /// For the chosen data set.
    [[nodiscard]] TwinSpec twin() const;
    /// Of any twin on a data set of the list, by the recipe of the form, or with its numbers.
    [[nodiscard]] TrainingSettings settingsFor(const TwinSpec &spec, const QString &dataset) const;
    /// Of a data set on the list.
    [[nodiscard]] std::optional<TrainingSize> sizeOf(const QString &dataset) const;
    /// Empty: somebody's own numbers.
    [[nodiscard]] std::optional<TrainingRecipe> recipe() const;

Q_SIGNALS:
    void addRequested();
    /// Another network or data set: another speed.
    void twinChanged();
    /// The assignment's five networks, A to E, on each of these.
    void addAllRequested(const QStringList &datasets);
    void buildRequested();

protected:
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] double speedOf(const TwinSpec &spec) const;
    [[nodiscard]] const TrainableDataset *found(const QString &path) const;
    [[nodiscard]] const TrainableDataset *chosen() const { return found(dataset()); }
    [[nodiscard]] TrainingSettings byRecipe(TrainingRecipe recipe, const TwinSpec &spec,
                                            const TrainingSize &size) const;
    void suggestRecipe();
    void fillFromRecipe();
    void onTyped();
    void makeMenu();
    void alignLabels();
    void showMore(bool on);
    /// Numbers of the recipe, buttons, and what it will cost: as of what is chosen now.
    void refresh();

    std::vector<TrainableDataset> m_datasets;
    QFormLayout *m_form;
    QComboBox *m_dataset;
    TwinForm *m_twin;
    QComboBox *m_recipe; ///< the recipes, then own numbers
    bool m_recipeByHand = false; ///< else it follows the data set
    QCheckBox *m_more;
    QuantityField *m_epochs;
    QuantityField *m_batch;
    QuantityField *m_window;
    QuantityField *m_rate;
    QuantityField *m_seed;
    QLineEdit *m_author;
    QLabel *m_about;
    QLabel *m_cost;
    QLabel *m_warning;
    QPushButton *m_add;
    QPushButton *m_addAll;
    QMenu *m_assignment;
    QPushButton *m_build;
    QWidget *m_footer = new QWidget(this); ///< beside the form, see footer()
    Architecture m_architecture = Architecture::Tcn; ///< of the chosen twin
    std::map<Architecture, double> m_speeds; ///< billions of operations a second, as learnt here
};

} // namespace dt
