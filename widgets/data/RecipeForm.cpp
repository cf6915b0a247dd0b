// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/RecipeForm.h"

#include "engine/base/ReadUnits.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

namespace dt {

namespace {

constexpr int Columns = 5;

} // namespace

RecipeForm::RecipeForm(QWidget *parent) : QWidget(parent), m_problem(new QLabel)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(theme::Grid);
    grid->setVerticalSpacing(theme::Grid / 2);
    addHeading(grid, tr("Weights and Rates"),
               tr("Twenty-four simulations share their ranges: the lower end is drawn from the "
                  "first pair, the upper end from the second. Each simulation then draws one value "
                  "from each range. Rates are events a second on each segment. (The tutorial's "
                  "\"sparsity\" is the share of milliseconds without one: 50 Hz is 0.95.)"));
    addCaptions(grid, {tr("lower end, from"), tr("to"), tr("upper end, from"), tr("to")});
    addDrawnRange(grid, QStringLiteral("excMagnitude"), tr("Excitatory weight, up to"),
                  {&InputRecipe::excMagnitude, 1000.0, 0.5});
    addDrawnRange(grid, QStringLiteral("inhMagnitude"), tr("Inhibitory weight, up to"),
                  {&InputRecipe::inhMagnitude, 1000.0, 0.5});
    addDrawnRange(
        grid, QStringLiteral("excRate"), tr("Excitatory rate"),
        {&InputRecipe::excSparsity, MaxRainRateHz, 5.0, tr("Hz"), rainRatesHz, rainSparsities});
    addDrawnRange(
        grid, QStringLiteral("inhRate"), tr("Inhibitory rate"),
        {&InputRecipe::inhSparsity, MaxRainRateHz, 5.0, tr("Hz"), rainRatesHz, rainSparsities});
    addHeading(grid, tr("Modulation"),
               tr("Some simulations have intervals in which the weights of some segments are "
                  "silenced, weakened or strengthened."));
    const int row = grid->rowCount();
    grid->addWidget(new QLabel(tr("Probability")), row, 0);
    grid->addWidget(addField(
                        QStringLiteral("modulationProbability"), tr("Probability of modulation"),
                        0.0, 1.0, 0.1, 3, {},
                        [](const InputRecipe &r) { return r.modulationProbability; },
                        [](InputRecipe &r, double v) { r.modulationProbability = v; }),
                    row, 1);
    addCaptions(grid, {tr("from"), tr("to")});
    addPair(grid, QStringLiteral("intervals"), tr("Intervals"), &InputRecipe::minIntervals,
            &InputRecipe::maxIntervals, 0, 1000, {});
    addPair(grid, QStringLiteral("intervalMs"), tr("Length of each"), &InputRecipe::minIntervalMs,
            &InputRecipe::maxIntervalMs, 1, 100000, tr("ms"));
    m_problem->setObjectName(QStringLiteral("recipeProblemLabel"));
    m_problem->setWordWrap(true);
    theme::setRole(m_problem, "problem");
    theme::setRole(m_problem, "caption");
    grid->addWidget(m_problem, grid->rowCount(), 0, 1, Columns);
    grid->setRowStretch(grid->rowCount(), 1);
    for (int c = 1; c < Columns; ++c)
        grid->setColumnStretch(c, 1);
    restyle();
    setRecipe({});
}

void RecipeForm::addHeading(QGridLayout *grid, const QString &text, const QString &why)
{
    auto *heading = new QLabel(text);
    theme::setRole(heading, "heading");
    auto *explanation = new QLabel(why);
    explanation->setWordWrap(true);
    theme::setRole(explanation, "muted");
    theme::setRole(explanation, "caption");
    const int row = grid->rowCount();
    grid->addWidget(heading, row, 0, 1, Columns);
    grid->addWidget(explanation, row + 1, 0, 1, Columns);
}

void RecipeForm::addCaptions(QGridLayout *grid, const QStringList &captions)
{
    const int row = grid->rowCount();
    int column = 1;
    for (const QString &caption : captions) {
        auto *label = new QLabel(caption);
        theme::setRole(label, "muted");
        theme::setRole(label, "caption");
        grid->addWidget(label, row, column++);
    }
}

QuantityField *RecipeForm::addField(const QString &name, const QString &accessible, double min,
                                    double max, double step, int decimals, const QString &unit,
                                    std::function<double(const InputRecipe &)> get,
                                    std::function<void(InputRecipe &, double)> set)
{
    auto *field = new QuantityField;
    field->setObjectName(name + QStringLiteral("Field"));
    field->setAccessibleName(accessible);
    field->configure(min, max, step, decimals, unit);
    field->setToolTip(tr("Range: %1").arg(field->rangeText()));
    m_bindings.push_back({field, std::move(get), std::move(set)});
    connect(field, &QuantityField::edited, this, [this, i = m_bindings.size() - 1](double value) {
        m_bindings[i].set(m_recipe, value);
        showProblem();
        Q_EMIT changed();
    });
    return field;
}

void RecipeForm::addDrawnRange(QGridLayout *grid, const QString &name, const QString &title,
                               const RangeField &field)
{
    const int row = grid->rowCount();
    auto *label = new QLabel(title);
    label->setObjectName(name + QStringLiteral("Label"));
    grid->addWidget(label, row, 0);
    m_rises.emplace_back(label, [range = field.range](const InputRecipe &r) {
        const DrawnRange &d = r.*range;
        return d.low.from <= d.low.to && d.low.to <= d.high.from && d.high.from <= d.high.to;
    });
    struct End
    {
        const char *suffix;
        QString accessible;
        DrawnRange::Interval DrawnRange::*interval;
        double DrawnRange::Interval::*end;
    };
    const End ends[] = {
        {"LowFrom", tr("%1: lower end, from"), &DrawnRange::low, &DrawnRange::Interval::from},
        {"LowTo", tr("%1: lower end, to"), &DrawnRange::low, &DrawnRange::Interval::to},
        {"HighFrom", tr("%1: upper end, from"), &DrawnRange::high, &DrawnRange::Interval::from},
        {"HighTo", tr("%1: upper end, to"), &DrawnRange::high, &DrawnRange::Interval::to}};
    int column = 1;
    for (const End &end : ends) {
        grid->addWidget(addField(
                            name + QLatin1String(end.suffix), end.accessible.arg(title), 0.0,
                            field.max, field.step, 4, field.unit,
                            [=, interval = end.interval, part = end.end](const InputRecipe &r) {
                                return field.shown(r.*field.range).*interval.*part;
                            },
                            [=, interval = end.interval, part = end.end](InputRecipe &r, double v) {
                                DrawnRange shown = field.shown(r.*field.range);
                                shown.*interval.*part = v;
                                r.*field.range = field.stored(shown);
                            }),
                        row, column++);
    }
}

void RecipeForm::addPair(QGridLayout *grid, const QString &name, const QString &title,
                         int InputRecipe::*lo, int InputRecipe::*hi, int min, int max,
                         const QString &unit)
{
    const int row = grid->rowCount();
    auto *label = new QLabel(title);
    grid->addWidget(label, row, 0);
    m_rises.emplace_back(label, [lo, hi](const InputRecipe &r) { return r.*lo <= r.*hi; });
    int column = 1;
    for (const auto &[suffix, accessible, member] :
         {std::tuple{"From", tr("%1, from"), lo}, std::tuple{"To", tr("%1, to"), hi}})
        grid->addWidget(addField(
                            name + QLatin1String(suffix), accessible.arg(title), min, max, 1, 0,
                            unit, [m = member](const InputRecipe &r) { return double(r.*m); },
                            [m = member](InputRecipe &r, double v) { r.*m = static_cast<int>(v); }),
                        row, column++);
}

void RecipeForm::restyle()
{
    const int width = QFontMetrics(theme::bodyFont()).horizontalAdvance(QLatin1Char('0')) * 12;
    for (const Binding &binding : m_bindings)
        binding.field->setFixedWidth(width);
}

void RecipeForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        restyle();
}

void RecipeForm::setRecipe(const InputRecipe &recipe)
{
    m_recipe = recipe;
    for (const Binding &binding : m_bindings)
        binding.field->setQuantity(binding.get(m_recipe));
    showProblem();
    Q_EMIT changed();
}

QString RecipeForm::problem() const
{
    const Status valid = validateRecipe(m_recipe);
    return valid ? QString() : QString::fromStdString(valid.error().message);
}

void RecipeForm::showProblem()
{
    m_problem->setText(problem());
    for (const auto &[label, rises] : m_rises)
        theme::setRole(label, "problem", !rises(m_recipe));
}

} // namespace dt
