// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/twin/training/TrainingRecipe.h"
#include "widgets/data/DatasetWizardPages.h"
#include "widgets/data/StatisticText.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"
#include "widgets/words/Text.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>

namespace dt {

SizeWizardPage::SizeWizardPage(WizardState &state) :
    m_state(state), m_preset(new QComboBox), m_duration(new QuantityField),
    m_seed(new QuantityField), m_path(new QLineEdit), m_estimate(new QLabel), m_problem(new QLabel)
{
    setTitle(tr("Size"));
    setSubTitle(tr("A network learns from the training part, is watched on the validation part, "
                   "and is judged on the test part."));
    m_presets = {{tr("Try it out"), {48, 8, 8}, 2048},
                 {tr("Classroom, small"), {192, 32, 32}, 4096},
                 {tr("Classroom, large"), {480, 48, 48}, 8192},
                 {tr("Assignment, AMPA point"), {3000, 250, 250}, 8192},
                 {tr("Assignment, NMDA cable"), {5000, 400, 400}, 8192},
                 {tr("As published, AMPA point"), {3145, 269, 258}, 8192},
                 {tr("As published, NMDA cable"), {7211, 588, 605}, 8192}};
    m_preset->setObjectName(QStringLiteral("sizePresetCombo"));
    m_preset->setAccessibleName(tr("Size"));
    for (const Preset &preset : m_presets)
        m_preset->addItem(preset.title);
    m_preset->addItem(tr("My own"));

    auto *grid = new QGridLayout(this);
    grid->setHorizontalSpacing(theme::Grid * 2);
    grid->setVerticalSpacing(theme::Grid);
    const auto line = [&](const QString &label, QWidget *field, const QString &why) {
        const int row = grid->rowCount();
        auto *name = new QLabel(label);
        name->setBuddy(field);
        auto *explanation = new QLabel(why);
        explanation->setWordWrap(true);
        theme::setRole(explanation, "muted");
        grid->addWidget(name, row, 0);
        grid->addWidget(field, row, 1);
        grid->addWidget(explanation, row, 2);
    };
    line(tr("Size"), m_preset, {});
    const QString names[] = {tr("Train"), tr("Valid"), tr("Test")};
    const QString whys[] = {tr("Simulations to learn from. More are better, up to thousands."),
                            tr("A tenth of it is enough to see how learning goes."),
                            tr("As many again, never shown to the network before the end.")};
    for (const Split split : AllSplits) {
        const auto i = static_cast<std::size_t>(split);
        auto *field = new QuantityField;
        field->setObjectName(
            QStringLiteral("%1CountField")
                .arg(QString::fromUtf8(splitName(split).data(),
                                       static_cast<qsizetype>(splitName(split).size()))));
        field->configure(0, 1'000'000, 8, 0, {});
        field->setAccessibleName(names[i]);
        m_counts[i] = field;
        line(names[i], field, whys[i]);
    }
    m_duration->setObjectName(QStringLiteral("datasetDurationField"));
    m_duration->configure(100, 60000, 512, 0, tr("ms"));
    m_duration->setAccessibleName(tr("Length"));
    line(tr("Length"), m_duration,
         tr("Of each simulation. Networks train on windows of 1 to 2 s and are validated on 2 to 4 "
            "s; "
            "of shorter simulations they take what there is."));
    m_seed->setObjectName(QStringLiteral("datasetSeedField"));
    m_seed->configure(0, 999'999'999, 1, 0, {});
    m_seed->setAccessibleName(tr("Seed"));
    line(tr("Seed"), m_seed, tr("The same seed gives the same data set, on any machine."));
    m_path->setObjectName(QStringLiteral("datasetPathEdit"));
    m_path->setAccessibleName(tr("File"));
    auto *browse = new QPushButton(tr("Browse..."));
    browse->setObjectName(QStringLiteral("datasetBrowseButton"));
    auto *fileName = new QLabel(tr("File"));
    fileName->setBuddy(m_path);
    auto *file = new QHBoxLayout;
    file->addWidget(m_path, 1);
    file->addWidget(browse);
    grid->addWidget(fileName, grid->rowCount(), 0);
    grid->addLayout(file, grid->rowCount() - 1, 1, 1, 2);
    m_estimate->setObjectName(QStringLiteral("sizeEstimateLabel"));
    m_estimate->setWordWrap(true);
    m_estimate->setContentsMargins(0, theme::Grid, 0, 0);
    m_problem->setObjectName(QStringLiteral("sizeProblemLabel"));
    m_problem->setWordWrap(true);
    theme::setRole(m_problem, "problem");
    grid->addWidget(m_estimate, grid->rowCount(), 0, 1, 3);
    grid->addWidget(m_problem, grid->rowCount(), 0, 1, 3);
    grid->setRowStretch(grid->rowCount(), 1);
    grid->setColumnMinimumWidth(1, fontMetrics().horizontalAdvance(QLatin1Char('0')) * 30);
    grid->setColumnStretch(2, 1);

    connect(m_preset, &QComboBox::currentIndexChanged, this, &SizeWizardPage::choosePreset);
    for (QuantityField *field : {m_counts[0], m_counts[1], m_counts[2], m_duration}) {
        connect(field, &QuantityField::edited, this, [this] {
            m_preset->setCurrentIndex(static_cast<int>(m_presets.size()));
            commit();
        });
    }
    connect(m_seed, &QuantityField::edited, this, &SizeWizardPage::commit);
    connect(m_path, &QLineEdit::textChanged, this, &SizeWizardPage::commit);
    connect(browse, &QPushButton::clicked, this, [this] {
        // The question about replacing comes when the page is left, once for both ways to choose.
        const QString path = QFileDialog::getSaveFileName(
            this, tr("Where to Put the Data Set"), m_path->text(), tr("Data sets (*.h5)"), nullptr,
            QFileDialog::DontConfirmOverwrite);
        if (!path.isEmpty())
            m_path->setText(path.endsWith(QStringLiteral(".h5")) ? path
                                                                 : path + QStringLiteral(".h5"));
    });
    m_seed->setQuantity(static_cast<double>(state.plan.seed));
    choosePreset(0);
}

void SizeWizardPage::initializePage()
{
    if (m_path->text().isEmpty()) {
        const QString base = m_state.facts.folder + QStringLiteral("/")
            + (m_state.neuronTitle.contains(QStringLiteral("AMPA")) ? QStringLiteral("ampa-point")
                   : m_state.neuronTitle.contains(QStringLiteral("NMDA"))
                   ? QStringLiteral("nmda-cable")
                   : QStringLiteral("my-neuron"));
        // A name that is free, so that nobody has to think of one.
        QString path = base + QStringLiteral(".h5");
        for (int i = 2; m_state.facts.exists(path); ++i)
            path = QStringLiteral("%1-%2.h5").arg(base).arg(i);
        m_state.suggestedTarget = path;
        m_path->setText(path);
    }
    commit();
}

void SizeWizardPage::choosePreset(int i)
{
    if (i < 0 || static_cast<std::size_t>(i) >= m_presets.size())
        return;
    const Preset &preset = m_presets[static_cast<std::size_t>(i)];
    for (std::size_t s = 0; s < 3; ++s)
        m_counts[s]->setQuantity(preset.wanted[s]);
    m_duration->setQuantity(preset.durationMs);
    commit();
}

void SizeWizardPage::commit()
{
    for (std::size_t s = 0; s < 3; ++s)
        m_state.plan.wanted[s] = static_cast<int>(m_counts[s]->value());
    m_state.plan.durationMs = static_cast<int>(m_duration->value());
    m_state.plan.seed = static_cast<std::uint64_t>(m_seed->value());
    m_state.target = m_path->text().trimmed();
    m_state.replace = false;
    const std::string_view recipe =
        recipeInfo(
            recipeFor({m_state.plan.wanted[0], m_state.plan.wanted[1], m_state.plan.durationMs}))
            .title;
    m_estimate->setText(
        tr("About <b>%1</b> and <b>%2</b> on the disk. Twins are then trained by the "
           "recipe <b>%3</b>.")
            .arg(durationText(m_state.expectedSeconds()), sizeText(estimateBytes(m_state.plan)),
                 text(recipe)));
    QString problem;
    if (const Status valid = validatePlan(m_state.plan); !valid)
        problem = QString::fromStdString(valid.error().message);
    else if (m_state.target.isEmpty())
        problem = tr("Name a file to write.");
    else if (!m_state.facts.freeBytes(m_state.target))
        problem = tr("There is no folder %1.").arg(QFileInfo(m_state.target).path());
    m_problem->setText(problem);
    Q_EMIT completeChanged();
}

bool SizeWizardPage::isComplete() const
{
    return m_problem->text().isEmpty();
}

bool SizeWizardPage::validatePage()
{
    if (!m_state.facts.exists(m_state.target))
        return true;
    QMessageBox box(
        QMessageBox::Question, tr("Replace File"),
        tr("%1 exists already. Replace it when the new one is finished?").arg(m_state.target),
        QMessageBox::NoButton, this);
    box.addButton(tr("Replace"), QMessageBox::AcceptRole);
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    m_state.replace = box.buttonRole(box.clickedButton()) == QMessageBox::AcceptRole;
    return m_state.replace;
}

} // namespace dt
