// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/DrawnInput.h"

#include <QWidget>

#include <functional>
#include <utility>
#include <vector>

class QGridLayout;
class QLabel;

namespace dt {

class QuantityField;

/// The random inputs of a data set: every range that a chunk of simulations draws, and how often
/// and how strongly weights are modulated.
class RecipeForm : public QWidget
{
    Q_OBJECT

public:
    explicit RecipeForm(QWidget *parent = nullptr);

    [[nodiscard]] const InputRecipe &recipe() const { return m_recipe; }
    void setRecipe(const InputRecipe &recipe);
    /// Why the recipe cannot be used; empty when it can.
    [[nodiscard]] QString problem() const;

Q_SIGNALS:
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Binding
    {
        QuantityField *field;
        std::function<double(const InputRecipe &)> get;
        std::function<void(InputRecipe &, double)> set;
    };

    struct RangeField
    {
        DrawnRange InputRecipe::*range;
        double max;
        double step;
        QString unit{};
        /// Convert between stored ranges and what the fields show.
        DrawnRange (*shown)(const DrawnRange &) = [](const DrawnRange &r) { return r; };
        DrawnRange (*stored)(const DrawnRange &) = [](const DrawnRange &r) { return r; };
    };

    void addHeading(QGridLayout *grid, const QString &text, const QString &why);
    QuantityField *addField(const QString &name, const QString &accessible, double min, double max,
                            double step, int decimals, const QString &unit,
                            std::function<double(const InputRecipe &)> get,
                            std::function<void(InputRecipe &, double)> set);
    void addCaptions(QGridLayout *grid, const QStringList &captions);
    void addDrawnRange(QGridLayout *grid, const QString &name, const QString &title,
                       const RangeField &field);
    void addPair(QGridLayout *grid, const QString &name, const QString &title, int InputRecipe::*lo,
                 int InputRecipe::*hi, int min, int max, const QString &unit);
    void showProblem();
    void restyle();

    InputRecipe m_recipe;
    std::vector<Binding> m_bindings;
    std::vector<std::pair<QLabel *, std::function<bool(const InputRecipe &)>>> m_rises;
    QLabel *m_problem;
};

} // namespace dt
