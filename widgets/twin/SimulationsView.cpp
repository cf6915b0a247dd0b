// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twin/SimulationsView.h"

#include "widgets/forms/Counted.h"
#include "widgets/theme/Theme.h"
#include "widgets/twin/TwinView.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

namespace dt {

SimulationsView::SimulationsView(QWidget *parent) :
    QWidget(parent), m_order(new QComboBox), m_list(new QComboBox), m_previous(new QToolButton),
    m_next(new QToolButton), m_worst(new QPushButton(tr("Worst Half Second"))),
    m_best(new QPushButton(tr("Best Half Second"))), m_source(new QLabel), m_problem(new QLabel),
    m_offer(new DataOffer(QStringLiteral("simulations"))), m_view(new TwinView)
{
    m_order->setObjectName(QStringLiteral("simulationOrderBox"));
    m_order->setAccessibleName(tr("Order of simulations"));
    m_order->addItems({tr("As stored"), tr("Worst first"), tr("Best first")});
    m_list->setObjectName(QStringLiteral("simulationBox"));
    m_list->setAccessibleName(tr("Test simulation"));
    m_list->setMinimumContentsLength(28);
    m_previous->setObjectName(QStringLiteral("simulationPreviousButton"));
    m_previous->setArrowType(Qt::LeftArrow);
    m_previous->setToolTip(tr("Previous simulation"));
    m_next->setObjectName(QStringLiteral("simulationNextButton"));
    m_next->setArrowType(Qt::RightArrow);
    m_next->setToolTip(tr("Next simulation"));
    m_worst->setObjectName(QStringLiteral("worstWindowButton"));
    m_worst->setToolTip(tr("Show where the twin's soma voltage errs most"));
    m_best->setObjectName(QStringLiteral("bestWindowButton"));
    m_best->setToolTip(tr("Show where the twin does best around spikes"));
    m_source->setObjectName(QStringLiteral("simulationSourceLabel"));
    m_source->setWordWrap(true);
    theme::setRole(m_source, "muted");
    m_problem->setObjectName(QStringLiteral("simulationProblemLabel"));
    m_problem->setWordWrap(true);
    theme::setRole(m_problem, "warning");
    auto *row = new QHBoxLayout;
    row->addWidget(m_order);
    row->addWidget(m_list);
    row->addWidget(m_previous);
    row->addWidget(m_next);
    row->addStretch(1);
    row->addWidget(m_worst);
    row->addWidget(m_best);
    auto *trouble = new QHBoxLayout;
    trouble->addWidget(m_source, 1);
    trouble->addWidget(m_offer);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid / 2, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addLayout(row);
    column->addLayout(trouble);
    column->addWidget(m_problem);
    column->addWidget(m_view, 1);
    // Who asks for the worst wants to see it.
    connect(m_order, &QComboBox::currentIndexChanged, this, [this] {
        m_lastChosen.reset();
        sort();
    });
    connect(m_list, &QComboBox::currentIndexChanged, this, [this] {
        m_previous->setEnabled(m_list->currentIndex() > 0);
        m_next->setEnabled(m_list->currentIndex() + 1 < m_list->count());
        if (const std::optional<std::size_t> place = chosen()) {
            m_lastChosen = chosenIndex();
            Q_EMIT simulationChosen(*place);
        }
    });
    connect(m_previous, &QToolButton::clicked, this,
            [this] { m_list->setCurrentIndex(m_list->currentIndex() - 1); });
    connect(m_next, &QToolButton::clicked, this,
            [this] { m_list->setCurrentIndex(m_list->currentIndex() + 1); });
    connect(m_worst, &QPushButton::clicked, m_view, &TwinView::showWorst);
    connect(m_best, &QPushButton::clicked, m_view, &TwinView::showBest);
    setSimulations({});
    setSource({});
    setProblem({});
}

void SimulationsView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    Q_EMIT shown();
}

std::optional<std::size_t> SimulationsView::chosen() const
{
    const QVariant place = m_list->currentData();
    return place.isValid() ? std::optional<std::size_t>(place.toULongLong()) : std::nullopt;
}

void SimulationsView::setSimulations(std::vector<ListedSimulation> simulations)
{
    m_simulations = std::move(simulations);
    sort();
}

std::optional<std::uint64_t> SimulationsView::chosenIndex() const
{
    const std::optional<std::size_t> place = chosen();
    for (const ListedSimulation &s : m_simulations) {
        if (place == s.place)
            return s.index;
    }
    return std::nullopt;
}

void SimulationsView::setScores(const SpikesAucs &spikesAuc)
{
    const std::optional<std::size_t> before = chosen();
    for (ListedSimulation &s : m_simulations) {
        if (const auto found = spikesAuc.find(s.index); found != spikesAuc.end())
            s.spikesAuc = found->second;
    }
    if (m_order->currentIndex() > 0 && !m_lastChosen) {
        sort(); // by what was not known before
        return;
    }
    fill();
    const QSignalBlocker quiet(m_list);
    for (int i = 0; i < m_list->count(); ++i) {
        if (before && m_list->itemData(i).toULongLong() == *before)
            m_list->setCurrentIndex(i);
    }
    m_previous->setEnabled(m_list->currentIndex() > 0);
    m_next->setEnabled(m_list->currentIndex() + 1 < m_list->count());
}

/// The list in its order, the first one chosen.
void SimulationsView::fill()
{
    std::vector<ListedSimulation> sorted = m_simulations;
    // Those without spikes have no score; they come last either way.
    const auto key = [](const ListedSimulation &s, double none) {
        return s.spikesAuc.value_or(none);
    };
    if (m_order->currentIndex() == 1)
        std::stable_sort(sorted.begin(), sorted.end(),
                         [&](const auto &a, const auto &b) { return key(a, 2.0) < key(b, 2.0); });
    if (m_order->currentIndex() == 2)
        std::stable_sort(sorted.begin(), sorted.end(),
                         [&](const auto &a, const auto &b) { return key(a, -1.0) > key(b, -1.0); });
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const ListedSimulation &s : sorted) {
        QString text = tr("Simulation %1: %2")
                           .arg(s.index)
                           .arg(countedText(s.spikes, tr("1 spike"), tr("%1 spikes")));
        if (s.spikesAuc)
            text += tr(", AUC %1").arg(*s.spikesAuc, 0, 'f', 4);
        m_list->addItem(text, static_cast<qulonglong>(s.place));
        if (m_lastChosen == s.index)
            m_list->setCurrentIndex(m_list->count() - 1);
    }
}

void SimulationsView::sort()
{
    fill();
    const bool any = m_list->count() > 0;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_order, m_list, m_worst, m_best})
        widget->setEnabled(any);
    m_previous->setEnabled(m_list->currentIndex() > 0);
    m_next->setEnabled(m_list->currentIndex() + 1 < m_list->count());
    if (const std::optional<std::size_t> place = chosen())
        Q_EMIT simulationChosen(*place);
    else
        m_view->setBoth(nullptr, {});
}

void SimulationsView::setBoth(std::shared_ptr<const Recording> neuron, const TwinPrediction &twin)
{
    setBusy(false);
    m_view->setBoth(std::move(neuron), twin);
}

void SimulationsView::setSource(const QString &sentence)
{
    m_source->setText(sentence);
    m_source->setVisible(!sentence.isEmpty());
}

void SimulationsView::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void SimulationsView::setBusy(bool busy)
{
    m_view->setEnabled(!busy);
}

} // namespace dt
