// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/ExperimentsView.h"

#include "engine/explore/ReadExperiment.h"
#include "widgets/explore/ExperimentForm.h"
#include "widgets/explore/PlanPicture.h"
#include "widgets/explore/ResultView.h"
#include "widgets/forms/FormScrollArea.h"
#include "widgets/shell/FoldPane.h"
#include "widgets/theme/Theme.h"
#include "widgets/words/Text.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QResizeEvent>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <utility>

namespace dt {

namespace {

/// Of its height, the picture of the cell may take one part of so many beside results.
constexpr int PictureShare = 6;
/// Items as high as their words need: the style forgets parts of a pixel, and then cuts the last
/// line off.
class WholeWords : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, theme::Grid / 2);
    }
};

/// Widths of the list, the form and the results, and in narrow windows.
const QList<int> Widths{230, 280, 680};
const QList<int> NarrowWidths{160, 280, 500};
constexpr int Narrow = 1100;

} // namespace

ExperimentsView::ExperimentsView(QWidget *parent) :
    QWidget(parent), m_list(new QListWidget), m_question(new QLabel), m_teaches(new QLabel),
    m_form(new ExperimentForm), m_estimate(new QLabel),
    m_run(new QPushButton(tr("Run Experiment"))), m_stop(new QPushButton(tr("Stop"))),
    m_bar(new QProgressBar), m_progress(new QLabel), m_picture(new PlanPicture),
    m_result(new ResultView)
{
    setObjectName(QStringLiteral("experimentsView"));
    m_list->setObjectName(QStringLiteral("experimentList"));
    m_list->setAccessibleName(tr("Experiments"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideNone);
    m_list->setWordWrap(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setItemDelegate(new WholeWords(m_list));
    m_question->setObjectName(QStringLiteral("experimentQuestionLabel"));
    m_question->setWordWrap(true);
    theme::setRole(m_question, "heading");
    m_teaches->setObjectName(QStringLiteral("experimentTeachesLabel"));
    m_teaches->setWordWrap(true);
    theme::setRole(m_teaches, "muted");
    m_estimate->setObjectName(QStringLiteral("experimentEstimateLabel"));
    m_estimate->setWordWrap(true);
    theme::setRole(m_estimate, "caption");
    m_run->setObjectName(QStringLiteral("runExperimentButton"));
    m_run->setDefault(true);
    m_run->setToolTip(tr("Do all simulations of the experiment, several at a time"));
    m_stop->setObjectName(QStringLiteral("stopExperimentButton"));
    m_stop->setToolTip(tr("End it now; what was measured stays"));
    m_bar->setObjectName(QStringLiteral("experimentProgressBar"));
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 1000);
    m_progress->setObjectName(QStringLiteral("experimentProgressLabel"));
    m_progress->setWordWrap(true);
    theme::setRole(m_progress, "caption");
    auto *defaults = new QPushButton(tr("Default Settings"));
    defaults->setObjectName(QStringLiteral("experimentDefaultsButton"));
    defaults->setToolTip(tr("All settings of this experiment as they came"));
    defaults->setFlat(true);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_run, 1);
    buttons->addWidget(m_stop);
    auto *content = new QWidget;
    auto *contentColumn = new QVBoxLayout(content);
    contentColumn->setContentsMargins(0, 0, theme::Grid / 2, 0);
    contentColumn->setSpacing(theme::Grid);
    contentColumn->addWidget(m_question);
    contentColumn->addWidget(m_teaches);
    contentColumn->addWidget(m_form, 1);
    contentColumn->addWidget(defaults, 0, Qt::AlignLeft);
    // The buttons are the last ones, so that they stay where they are whatever stands above.
    QSizePolicy always = m_bar->sizePolicy();
    always.setRetainSizeWhenHidden(true);
    m_bar->setSizePolicy(always);
    auto *middle = new QWidget;
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(theme::Grid, 0, theme::Grid, 0);
    column->setSpacing(theme::Grid);
    column->addWidget(new FormScrollArea(content), 1);
    column->addWidget(m_estimate);
    column->addWidget(m_progress);
    column->addWidget(m_bar);
    column->addLayout(buttons);

    m_list->setMinimumWidth(150);
    auto *right = new QWidget;
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins(0, 0, 0, 0);
    rightColumn->setSpacing(theme::Grid);
    rightColumn->addWidget(m_picture);
    rightColumn->addWidget(m_result, 1);
    right->setMinimumWidth(320);
    m_splitter = new QSplitter;
    auto *splitter = m_splitter;
    connect(splitter, &QSplitter::splitterMoved, this, [this] { m_ownWidths = true; });
    splitter->setObjectName(QStringLiteral("experimentsSplitter"));
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(new FoldPane(QStringLiteral("experimentList"), tr("List of Experiments"),
                                     m_list, FoldPane::Edge::Left));
    splitter->addWidget(new FoldPane(QStringLiteral("experimentForm"), tr("Settings"), middle,
                                     FoldPane::Edge::Left));
    splitter->addWidget(right);
    splitter->setSizes(Widths);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 0);
    splitter->setStretchFactor(2, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, theme::Grid, 0, theme::Grid);
    layout->addWidget(splitter);

    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem *item) {
        if (item)
            Q_EMIT experimentChosen(item->data(Qt::UserRole).toString());
    });
    connect(m_form, &ExperimentForm::edited, this, &ExperimentsView::take);
    connect(m_form, &ExperimentForm::judged, this, &ExperimentsView::updateRun);
    connect(defaults, &QPushButton::clicked, this, [this] {
        m_form->dropUnusable();
        Q_EMIT defaultsRequested();
    });
    connect(m_run, &QPushButton::clicked, this, &ExperimentsView::runRequested);
    connect(m_stop, &QPushButton::clicked, this, &ExperimentsView::stopRequested);
    connect(m_result, &ResultView::filled, this, &ExperimentsView::fitPicture);
    setRunning(false);
}

void ExperimentsView::setExperiments(const std::vector<ExperimentInfo> &experiments)
{
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    for (const ExperimentInfo &info : experiments) {
        auto *item = new QListWidgetItem(text(info.title), m_list);
        item->setData(Qt::UserRole, text(info.id));
        item->setToolTip(text(info.question));
    }
}

void ExperimentsView::setExperiment(const ExperimentInfo &info,
                                    const std::vector<ExperimentSetting> &settings,
                                    const ExperimentValues &values)
{
    const QSignalBlocker blocker(m_list);
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(Qt::UserRole).toString() == text(info.id))
            m_list->setCurrentRow(row);
    }
    m_question->setText(text(info.question));
    m_teaches->setText(text(info.teaches));
    m_settings = settings;
    std::vector<ExperimentSetting> shown;
    ExperimentValues shownValues = values;
    for (const ExperimentSetting &setting : settings) {
        shown.push_back(readSetting(setting));
        if (const auto value = shownValues.find(setting.name); value != shownValues.end())
            value->second = readSettingValue(setting, value->second);
    }
    m_form->setSettings(shown, shownValues);
}

void ExperimentsView::take(const QString &name, const SettingValue &shown)
{
    SettingValue value = shown;
    for (const ExperimentSetting &setting : m_settings) {
        if (setting.name == name.toStdString())
            value = storedSettingValue(setting, shown);
    }
    Q_EMIT edited(name, value);
}

void ExperimentsView::setPlaces(const Neuron &neuron, std::vector<PlanPlace> places)
{
    m_picture->show(neuron, std::move(places));
}

void ExperimentsView::setEstimate(const QString &estimate, bool runnable)
{
    m_estimate->setText(estimate);
    theme::setRole(m_estimate, "problem", !runnable);
    m_runnable = runnable;
    updateRun();
}

bool ExperimentsView::commit()
{
    // A field is done with when it loses the focus; a shortcut does not take it away.
    if (QWidget *field = QApplication::focusWidget(); field && m_form->isAncestorOf(field)) {
        field->clearFocus();
        if (field->isVisible())
            field->setFocus();
    }
    return m_form->isGood();
}

void ExperimentsView::setRunning(bool running)
{
    m_running = running;
    m_bar->setVisible(running);
    if (running)
        m_progress->clear();
    updateRun();
}

void ExperimentsView::setProgress(double share, const QString &line)
{
    m_bar->setValue(static_cast<int>(1000.0 * share));
    m_progress->setText(line);
}

void ExperimentsView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // Unless somebody chose the widths, results come first in a narrow window.
    const int before = event->oldSize().width();
    if (!m_ownWidths && (before < 0 || (width() < Narrow) != (before < Narrow)))
        m_splitter->setSizes(width() < Narrow ? NarrowWidths : Widths);
    fitPicture();
}

void ExperimentsView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitPicture();
}

void ExperimentsView::fitPicture()
{
    m_picture->setVisible(
        m_result->isEmpty()
        || (!m_result->isPlotAlone() && height() >= PictureShare * m_picture->height()));
}

void ExperimentsView::updateRun()
{
    // A button that is disabled loses the focus to whatever comes next.
    const QWidget *focus = window()->focusWidget();
    const bool focused = focus == m_run || focus == m_stop;
    if (focused && m_running) {
        m_stop->setEnabled(true);
        m_stop->setFocus();
    }
    m_run->setEnabled(m_runnable && !m_running && m_form->isGood());
    if (focused && !m_running && m_run->isEnabled())
        m_run->setFocus();
    m_stop->setEnabled(m_running);
}

} // namespace dt
