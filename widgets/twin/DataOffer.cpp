// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twin/DataOffer.h"

#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace dt {

DataOffer::DataOffer(const QString &name, QWidget *parent) :
    QWidget(parent), m_make(new QPushButton(tr("Make a Test Set"))),
    m_locate(new QPushButton(tr("Locate Data Set..."))), m_bar(new QProgressBar),
    m_cancel(new QPushButton(tr("Cancel")))
{
    m_make->setObjectName(name + QStringLiteral("MakeButton"));
    m_make->setToolTip(
        tr("Simulates the twin's neuron a few times, with input like that of data sets "
           "but drawn anew. The simulations are kept."));
    m_locate->setObjectName(name + QStringLiteral("LocateButton"));
    m_locate->setToolTip(
        tr("Choose any data set of this twin's neuron: the one that it was trained "
           "on, or another one"));
    m_bar->setObjectName(name + QStringLiteral("MakeBar"));
    m_bar->setAccessibleName(tr("Making a test set"));
    m_bar->setRange(0, 1000);
    m_bar->setFormat(tr("Making a test set: %p %"));
    m_bar->setMinimumWidth(m_make->sizeHint().width() * 3 / 2);
    m_cancel->setObjectName(name + QStringLiteral("MakeCancelButton"));
    m_cancel->setToolTip(tr("Stops; what is simulated already is kept for the next time"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::Grid);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_bar, m_cancel, m_make, m_locate})
        row->addWidget(widget);
    connect(m_make, &QPushButton::clicked, this, &DataOffer::makeRequested);
    connect(m_cancel, &QPushButton::clicked, this, &DataOffer::cancelRequested);
    connect(m_locate, &QPushButton::clicked, this, &DataOffer::locateRequested);
    setState({});
}

void DataOffer::setState(const State &state)
{
    const bool makes = state.progress >= 0.0;
    m_bar->setValue(static_cast<int>(1000.0 * std::clamp(state.progress, 0.0, 1.0)));
    m_bar->setVisible(makes);
    m_cancel->setVisible(makes);
    m_make->setVisible(state.make && !makes);
    m_locate->setVisible(state.locate && !makes);
    setVisible(makes || state.make || state.locate);
}

} // namespace dt
