// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/train/TrainForm.h"

#include "widgets/forms/QuantityField.h"
#include "widgets/forms/QuietWidgets.h"
#include "widgets/theme/Theme.h"

#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

/// Forward and backward pass, two operations each multiply-add.
constexpr double OperationsPerWeight = 6.0;

QString minutesText(double seconds)
{
    if (seconds < 50.0)
        return TrainForm::tr("less than a minute");
    if (seconds < 5400.0)
        return TrainForm::tr("about %1 min").arg(std::max(1.0, std::round(seconds / 60.0)));
    return TrainForm::tr("about %1 h").arg(seconds / 3600.0, 0, 'f', 1);
}

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

TrainForm::TrainForm(QWidget *parent)
    : QWidget(parent), m_dataset(new QComboBox), m_twin(new QComboBox),
      m_epochs(new QuantityField), m_batch(new QuantityField), m_rate(new QuantityField),
      m_seed(new QuantityField), m_about(new QLabel), m_cost(new QLabel),
      m_add(new QPushButton(tr("Add to Queue"))), m_addAll(new QPushButton(tr("Add A to E"))),
      m_build(new QPushButton(tr("Build a Data Set...")))
{
    m_dataset->setObjectName(QStringLiteral("trainDatasetBox"));
    m_dataset->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_twin->setObjectName(QStringLiteral("trainTwinBox"));
    m_twin->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    for (const TwinPreset &preset : twinPresets()) {
        m_twin->addItem(fromView(preset.title), fromView(preset.name));
        m_twin->setItemData(m_twin->count() - 1, fromView(preset.description), Qt::ToolTipRole);
    }
    m_epochs->setObjectName(QStringLiteral("trainEpochsField"));
    m_epochs->configure(TrainingSettings::MinEpochs, 10000, 10, 0, {});
    m_epochs->setQuantity(TrainingSettings{}.epochs);
    m_batch->setObjectName(QStringLiteral("trainBatchField"));
    m_batch->configure(1, 256, 1, 0, {});
    m_batch->setQuantity(TrainingSettings{}.trainBatch);
    m_rate->setObjectName(QStringLiteral("trainRateField"));
    m_rate->configure(0.000001, 1.0, 0.0001, 6, {});
    m_rate->setQuantity(TrainingSettings{}.learningRate);
    m_seed->setObjectName(QStringLiteral("trainSeedField"));
    m_seed->configure(0, 1e9, 1, 0, {});
    m_seed->setQuantity(1);
    m_about->setObjectName(QStringLiteral("trainAboutLabel"));
    m_cost->setObjectName(QStringLiteral("trainCostLabel"));
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
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Data set"), m_dataset);
    form->addRow(tr("&Twin"), m_twin);
    form->addRow(m_about);
    form->addRow(tr("&Epochs"), m_epochs);
    form->addRow(tr("&Batch size"), m_batch);
    form->addRow(tr("&Learning rate"), m_rate);
    form->addRow(tr("&Seed"), m_seed);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_add, 1);
    buttons->addWidget(m_addAll);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(heading);
    column->addLayout(form);
    column->addWidget(m_cost);
    column->addLayout(buttons);
    column->addWidget(m_build);
    connect(m_add, &QPushButton::clicked, this, &TrainForm::addRequested);
    connect(m_addAll, &QPushButton::clicked, this, &TrainForm::addAllRequested);
    connect(m_build, &QPushButton::clicked, this, &TrainForm::buildRequested);
    connect(m_dataset, &QComboBox::currentIndexChanged, this, &TrainForm::update);
    connect(m_twin, &QComboBox::currentIndexChanged, this, [this] {
        const Result<TwinSpec> spec = presetTwin(twin().toStdString());
        if (spec)
            m_batch->setQuantity(defaultWindows(spec->architecture()).trainBatch);
        update();
    });
    for (QuantityField *field : {m_epochs, m_batch, m_rate})
        connect(field, &QuantityField::edited, this, &TrainForm::update);
    chooseTwin(QStringLiteral("tcn-a"));
    update();
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
    chooseDataset(before);
    update();
}

void TrainForm::chooseDataset(const QString &path)
{
    const int index = m_dataset->findData(path);
    if (index >= 0)
        m_dataset->setCurrentIndex(index);
}

void TrainForm::chooseTwin(const QString &preset)
{
    const int index = m_twin->findData(preset);
    if (index >= 0)
        m_twin->setCurrentIndex(index);
}

void TrainForm::setSpeed(double gigaOperationsPerSecond)
{
    m_speed = gigaOperationsPerSecond;
    update();
}

QString TrainForm::dataset() const
{
    return m_dataset->currentData().toString();
}

QString TrainForm::twin() const
{
    return m_twin->currentData().toString();
}

const TrainableDataset *TrainForm::chosen() const
{
    const auto it = std::find_if(m_datasets.begin(), m_datasets.end(),
                                 [&](const TrainableDataset &d) { return d.path == dataset(); });
    return it == m_datasets.end() ? nullptr : &*it;
}

TrainingSettings TrainForm::settingsFor(const TwinSpec &spec) const
{
    const TwinWindows windows = defaultWindows(spec.architecture());
    TrainingSettings settings;
    settings.trainWindowMs = windows.trainMs;
    settings.validWindowMs = windows.validMs;
    settings.validBatch = windows.validBatch;
    settings.epochs = static_cast<int>(m_epochs->value());
    settings.trainBatch = static_cast<int>(m_batch->value());
    settings.learningRate = m_rate->value();
    settings.seed = static_cast<std::uint64_t>(m_seed->value());
    return settings;
}

double TrainForm::gigaOperations(const TwinSpec &spec, const TrainingSettings &settings,
                                 int simulations)
{
    return OperationsPerWeight * 1e-9 * static_cast<double>(parameterCount(spec).total)
        * settings.trainWindowMs * simulations * settings.epochs;
}

void TrainForm::update()
{
    const TrainableDataset *set = chosen();
    m_add->setEnabled(set != nullptr);
    m_addAll->setEnabled(set != nullptr);
    m_build->setVisible(m_datasets.empty());
    const Result<TwinSpec> spec =
        presetTwin(twin().toStdString(), set ? set->segments : TwinSpec{}.segments);
    if (!spec) {
        m_about->setText(QString::fromStdString(spec.error().message));
        return;
    }
    const QLocale locale(QLocale::English);
    const int field = receptiveFieldMs(*spec);
    m_about->setText(
        tr("%1 parameters; sees %2")
            .arg(locale.toString(static_cast<qlonglong>(parameterCount(*spec).total)),
                 field == 0 ? tr("all of the past") : tr("%1 ms of the past").arg(field)));
    if (!set) {
        m_cost->setText(tr("A twin learns from a data set. Build one first."));
        return;
    }
    const TrainingSettings settings = settingsFor(*spec);
    QString text = tr("%1 steps on %2 simulations, %3 on this computer.")
                       .arg(locale.toString(settings.epochs
                                            * settings.iterationsPerEpoch(
                                                static_cast<std::size_t>(set->train))),
                            locale.toString(set->train),
                            minutesText(gigaOperations(*spec, settings, set->train) / m_speed));
    for (const std::string &remark : trainingRemarks(settings))
        text += u' ' + QString::fromStdString(remark);
    m_cost->setText(text);
}

} // namespace dt
