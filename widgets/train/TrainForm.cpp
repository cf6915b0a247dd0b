// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/train/TrainForm.h"

#include "engine/twin/NetworkKind.h"
#include "widgets/forms/FieldProblem.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"
#include "widgets/train/TwinForm.h"
#include "widgets/words/Text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace dt {

namespace {

QString minutesText(double seconds)
{
    if (seconds < 50.0)
        return TrainForm::tr("less than a minute");
    if (seconds < 5400.0)
        return TrainForm::tr("about %1 min").arg(std::max(1.0, std::round(seconds / 60.0)));
    return TrainForm::tr("about %1 h").arg(seconds / 3600.0, 0, 'f', 1);
}

} // namespace

TrainForm::TrainForm(QWidget *parent) :
    QWidget(parent), m_form(new QFormLayout), m_dataset(new QComboBox), m_twin(new TwinForm),
    m_recipe(new QComboBox), m_more(new QCheckBox(tr("&More settings"))),
    m_epochs(new QuantityField), m_batch(new QuantityField), m_window(new QuantityField),
    m_rate(new QuantityField), m_seed(new QuantityField), m_author(new QLineEdit),
    m_about(new QLabel), m_cost(new QLabel), m_warning(new QLabel),
    m_add(new QPushButton(tr("Add to Queue"))), m_addAll(new QPushButton(tr("Add A to E"))),
    m_assignment(new QMenu(this)), m_build(new QPushButton(tr("Build a Data Set...")))
{
    m_dataset->setObjectName(QStringLiteral("trainDatasetBox"));
    m_dataset->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_dataset->setAccessibleName(tr("Data set"));
    m_dataset->setPlaceholderText(tr("none yet"));
    m_dataset->setToolTip(tr("The simulations that the twin learns from"));
    m_recipe->setObjectName(QStringLiteral("trainRecipeBox"));
    m_recipe->setAccessibleName(tr("Recipe"));
    m_recipe->setToolTip(tr("How long to train, and with which numbers"));
    for (const RecipeInfo &info : trainingRecipes()) {
        m_recipe->addItem(text(info.title), static_cast<int>(info.recipe));
        m_recipe->setItemData(m_recipe->count() - 1, text(info.why), Qt::ToolTipRole);
    }
    m_recipe->addItem(tr("My Own"));
    m_recipe->setItemData(m_recipe->count() - 1, tr("The numbers below, as you set them"),
                          Qt::ToolTipRole);
    m_more->setObjectName(QStringLiteral("trainMoreBox"));
    m_more->setToolTip(tr("Sizes of the network, batch, window, learning rate and seed"));
    const TrainingSettings standard;
    const auto configure = [](QuantityField *field, const char *name, const TrainingRange &range,
                              double step, int decimals, double value) {
        field->setObjectName(QString::fromLatin1(name));
        field->configure(range.lo, range.hi, step, decimals, {});
        field->setQuantity(value);
    };
    using S = TrainingSettings;
    configure(m_epochs, "trainEpochsField", S::EpochRange, 10, 0, standard.epochs);
    configure(m_batch, "trainBatchField", S::BatchRange, 1, 0, standard.trainBatch);
    configure(m_window, "trainWindowField", S::WindowRangeMs, 256, 0, standard.trainWindowMs);
    configure(m_rate, "trainRateField", S::RateRange, 0.0001, 6, standard.learningRate);
    configure(m_seed, "trainSeedField", {0, 1e9}, 1, 0, 1);
    const auto explain = [](QuantityField *field, const QString &why) {
        field->setToolTip(tr("%1 (%2)").arg(why, field->rangeText()));
    };
    explain(m_epochs, tr("How often the twin sees all training simulations"));
    explain(m_batch, tr("Windows in a step: smaller ones make more steps of an epoch"));
    explain(m_window,
            tr("Milliseconds of each simulation that an epoch looks at; shorter simulations "
               "give what they have"));
    explain(m_rate, tr("The highest; it rises to it and falls from it"));
    m_author->setObjectName(QStringLiteral("trainAuthorEdit"));
    m_author->setMaxLength(80);
    m_author->setPlaceholderText(tr("optional"));
    m_author->setToolTip(tr("Kept in the twin and shown in lists and reports, so that the twins of "
                            "several people can be told apart"));
    m_about->setObjectName(QStringLiteral("trainAboutLabel"));
    m_cost->setObjectName(QStringLiteral("trainCostLabel"));
    m_warning->setObjectName(QStringLiteral("trainWarningLabel"));
    m_warning->setWordWrap(true);
    theme::setRole(m_warning, "warning");
    for (QLabel *label : {m_about, m_cost}) {
        label->setWordWrap(true);
        theme::setRole(label, "caption");
        theme::setRole(label, "muted");
    }
    m_add->setObjectName(QStringLiteral("trainAddButton"));
    m_add->setDefault(true);
    m_addAll->setObjectName(QStringLiteral("trainAddAllButton"));
    m_addAll->setToolTip(tr("The five networks of the assignment, one after another"));
    m_build->setObjectName(QStringLiteral("trainBuildButton"));

    auto *heading = new QLabel(tr("Train a twin"));
    theme::setRole(heading, "heading");
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_form->addRow(tr("&Data set"), m_dataset);
    m_form->addRow(m_twin);
    m_form->addRow(m_about);
    const auto add = [this](const QString &label, QuantityField *field) {
        m_form->addRow(label, field);
        m_form->addRow(makeFieldProblem(field));
    };
    m_form->addRow(tr("&Recipe"), m_recipe);
    add(tr("&Epochs"), m_epochs);
    m_form->addRow(m_more);
    add(tr("&Batch size"), m_batch);
    add(tr("&Window [ms]"), m_window);
    add(tr("&Learning rate"), m_rate);
    add(tr("&Seed"), m_seed);
    m_form->addRow(tr("&Your name"), m_author);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_add, 1);
    buttons->addWidget(m_addAll);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(heading);
    column->addLayout(m_form);
    // Always in sight, however long the form is: what it will cost, and the buttons.
    auto *end = new QVBoxLayout(m_footer);
    end->setContentsMargins(0, 0, 0, 0);
    end->addWidget(m_cost);
    end->addWidget(m_warning);
    end->addLayout(buttons);
    end->addWidget(m_build);
    alignLabels();
    connect(m_add, &QPushButton::clicked, this, &TrainForm::addRequested);
    connect(m_addAll, &QPushButton::clicked, this, [this] {
        if (m_datasets.size() == 1)
            Q_EMIT addAllRequested({dataset()});
    });
    connect(m_build, &QPushButton::clicked, this, &TrainForm::buildRequested);
    connect(m_dataset, &QComboBox::currentIndexChanged, this, [this] {
        suggestRecipe();
        refresh();
        Q_EMIT twinChanged();
    });
    connect(m_twin, &TwinForm::presetChanged, this, [this] {
        // Batch and window go with the architecture; within one they are the person's.
        if (std::exchange(m_architecture, twin().architecture()) == m_architecture)
            return;
        m_batch->setQuantity(defaultWindows(m_architecture).trainBatch);
        m_window->setQuantity(defaultWindows(m_architecture).trainMs);
    });
    connect(m_twin, &TwinForm::changed, this, [this] {
        refresh();
        Q_EMIT twinChanged();
    });
    connect(m_recipe, &QComboBox::activated, this, [this] {
        m_recipeByHand = true;
        refresh();
    });
    connect(m_more, &QCheckBox::toggled, this, &TrainForm::showMore);
    for (QuantityField *field : {m_epochs, m_batch, m_window, m_rate})
        connect(field, &QuantityField::edited, this, &TrainForm::onTyped);
    chooseTwin(QStringLiteral("tcn-a"));
    showMore(false);
    refresh();
}

/// The twin's form is one of its own within this one; their fields begin at one line.
void TrainForm::alignLabels()
{
    QList<QWidget *> labels = m_twin->labels();
    for (QWidget *field : std::initializer_list<QWidget *>{m_dataset, m_recipe, m_epochs, m_batch,
                                                           m_window, m_rate, m_seed, m_author})
        labels.append(m_form->labelForField(field));
    int widest = 0;
    for (const QWidget *label : std::as_const(labels))
        widest = std::max(widest, label->sizeHint().width());
    for (QWidget *label : std::as_const(labels))
        label->setMinimumWidth(widest);
}

void TrainForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    // The labels get the new letters after the form.
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        QMetaObject::invokeMethod(this, &TrainForm::alignLabels, Qt::QueuedConnection);
}

void TrainForm::showMore(bool on)
{
    m_twin->setSizesVisible(on);
    for (QuantityField *field : {m_batch, m_window, m_rate, m_seed})
        m_form->setRowVisible(field, on);
}

/// With one data set the button itself does it; with several it asks for which.
void TrainForm::makeMenu()
{
    m_assignment->clear();
    QStringList all;
    for (const TrainableDataset &d : m_datasets) {
        all.append(d.path);
        m_assignment->addAction(tr("A to E on %1").arg(QFileInfo(d.path).completeBaseName()), this,
                                [this, path = d.path] { Q_EMIT addAllRequested({path}); });
    }
    if (all.size() > 1)
        m_assignment
            ->addAction(tr("A to E on each: %1 trainings").arg(5 * all.size()), this,
                        [this, all] { Q_EMIT addAllRequested(all); })
            ->setObjectName(QStringLiteral("trainAddAllOnEach"));
    m_addAll->setMenu(all.size() > 1 ? m_assignment : nullptr);
}

void TrainForm::setDatasets(const std::vector<TrainableDataset> &datasets)
{
    const QString before = dataset();
    const QSignalBlocker quiet(m_dataset);
    m_datasets = datasets;
    m_dataset->clear();
    for (const TrainableDataset &d : m_datasets) {
        m_dataset->addItem(QFileInfo(d.path).completeBaseName(), d.path);
        m_dataset->setItemData(m_dataset->count() - 1, d.path, Qt::ToolTipRole);
    }
    // A list with a placeholder chooses none of its items by itself.
    m_dataset->setCurrentIndex(m_datasets.empty() ? -1 : 0);
    chooseDataset(before);
    makeMenu();
    suggestRecipe();
    refresh();
    Q_EMIT twinChanged();
}

void TrainForm::chooseDataset(const QString &path)
{
    const int index = m_dataset->findData(path);
    if (index >= 0)
        m_dataset->setCurrentIndex(index);
}

void TrainForm::chooseTwin(const QString &preset)
{
    m_twin->choosePreset(preset);
}

double TrainForm::speedOf(const TwinSpec &spec) const
{
    const auto known = m_speeds.find(spec.architecture());
    return known != m_speeds.end() ? known->second : kindOf(spec).usualSpeed();
}

void TrainForm::setSpeed(Architecture architecture, double gigaOperationsPerSecond)
{
    m_speeds[architecture] = gigaOperationsPerSecond;
    refresh();
}

void TrainForm::setAuthor(const QString &name)
{
    m_author->setText(name);
}

QString TrainForm::author() const
{
    return m_author->text().simplified();
}

QString TrainForm::dataset() const
{
    return m_dataset->currentData().toString();
}

std::optional<int> TrainForm::segmentsOf(const QString &dataset) const
{
    const TrainableDataset *set = found(dataset);
    return set ? std::optional(set->segments) : std::nullopt;
}

TwinSpec TrainForm::twin() const
{
    const TrainableDataset *set = chosen();
    return m_twin->spec(set ? set->segments : TwinSpec{}.segments);
}

const TrainableDataset *TrainForm::found(const QString &path) const
{
    const auto it = std::find_if(m_datasets.begin(), m_datasets.end(),
                                 [&](const TrainableDataset &d) { return d.path == path; });
    return it == m_datasets.end() ? nullptr : &*it;
}

std::optional<TrainingSize> TrainForm::sizeOf(const QString &dataset) const
{
    const TrainableDataset *set = found(dataset);
    return set ? std::optional(set->size()) : std::nullopt;
}

std::optional<TrainingRecipe> TrainForm::recipe() const
{
    const QVariant chosenData = m_recipe->currentData();
    return chosenData.isValid() ? std::optional(static_cast<TrainingRecipe>(chosenData.toInt()))
                                : std::nullopt;
}

/// Until somebody chooses, it goes with the data set.
void TrainForm::suggestRecipe()
{
    if (const TrainableDataset *set = chosen(); set && !m_recipeByHand)
        m_recipe->setCurrentIndex(m_recipe->findData(static_cast<int>(recipeFor(set->size()))));
}

TrainingSettings TrainForm::byRecipe(TrainingRecipe recipe, const TwinSpec &spec,
                                     const TrainingSize &size) const
{
    return recipeSettings(recipe, spec, size, speedOf(spec));
}

void TrainForm::fillFromRecipe()
{
    const std::optional<TrainingRecipe> recipe = this->recipe();
    if (!recipe)
        return;
    const TrainingSettings settings =
        byRecipe(*recipe, twin(), sizeOf(dataset()).value_or(TrainingSize{}));
    m_epochs->setQuantity(settings.epochs);
    m_batch->setQuantity(settings.trainBatch);
    m_window->setQuantity(settings.trainWindowMs);
    m_rate->setQuantity(settings.learningRate);
}

/// Whoever changes a number of a recipe has their own.
void TrainForm::onTyped()
{
    m_recipe->setCurrentIndex(m_recipe->count() - 1);
    m_recipeByHand = true;
    refresh();
}

TrainingSettings TrainForm::settingsFor(const TwinSpec &spec, const QString &dataset) const
{
    TrainingSettings settings;
    if (const std::optional<TrainingRecipe> recipe = this->recipe()) {
        settings = byRecipe(*recipe, spec, sizeOf(dataset).value_or(TrainingSize{}));
    } else {
        const TwinWindows windows = defaultWindows(spec.architecture());
        settings.trainWindowMs = static_cast<int>(m_window->value());
        settings.validWindowMs = windows.validMs;
        settings.validBatch = windows.validBatch;
        settings.epochs = static_cast<int>(m_epochs->value());
        settings.trainBatch = static_cast<int>(m_batch->value());
        settings.learningRate = m_rate->quantity();
    }
    settings.seed = static_cast<std::uint64_t>(m_seed->value());
    return settings;
}

void TrainForm::refresh()
{
    const TrainableDataset *set = chosen();
    const TwinSpec spec = twin();
    const Status valid = validateTwin(spec);
    m_add->setEnabled(set != nullptr && valid);
    m_addAll->setEnabled(set != nullptr);
    m_build->setVisible(m_datasets.empty());
    m_warning->hide();
    if (valid)
        fillFromRecipe();
    if (!valid) {
        m_about->setText(QString::fromStdString(valid.error().message));
        m_cost->clear();
        return;
    }
    const QLocale locale(QLocale::English);
    const int field = receptiveFieldMs(spec);
    m_about->setText(
        tr("%1 parameters; sees %2")
            .arg(locale.toString(static_cast<qlonglong>(parameterCount(spec).total)),
                 field == 0 ? tr("all of the past") : tr("%1 ms of the past").arg(field)));
    if (!set) {
        m_cost->setText(tr("A twin learns from a data set. Build one first, or open one on the "
                           "Data page."));
        return;
    }
    const TrainingSettings settings = settingsFor(spec, set->path);
    const auto simulations = static_cast<std::size_t>(set->train);
    const double speed = speedOf(spec);
    m_cost->setText(
        tr("%1 training steps on %2, %3 on this computer.")
            .arg(locale.toString(static_cast<qlonglong>(settings.epochs)
                                 * settings.iterationsPerEpoch(simulations)),
                 set->train == 1 ? tr("1 simulation")
                                 : tr("%1 simulations").arg(locale.toString(set->train)),
                 minutesText(trainingGigaOperations(spec, settings, set->size()) / speed)));
    QStringList remarks;
    for (const std::string &remark : trainingRemarks(settings, simulations))
        remarks << QString::fromStdString(remark);
    m_warning->setText(remarks.join(u' '));
    m_warning->setVisible(!remarks.isEmpty());
}

} // namespace dt
