// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/TaskStrip.h"

#include "widgets/theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace dt {

TaskStrip::TaskStrip(QWidget *parent) :
    QFrame(parent), m_text(new QLabel), m_bar(new QProgressBar),
    m_cancel(new QPushButton(tr("Cancel")))
{
    setObjectName(QStringLiteral("taskStrip"));
    setProperty("card", true);
    m_text->setObjectName(QStringLiteral("taskLabel"));
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    m_cancel->setObjectName(QStringLiteral("taskCancelButton"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::Grid * 2, theme::Grid / 2, theme::Grid, theme::Grid / 2);
    row->addWidget(m_text);
    row->addWidget(m_bar, 1);
    row->addWidget(m_cancel);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        Q_EMIT cancelRequested();
    });
    hide();
}

void TaskStrip::begin(const QString &what)
{
    m_text->setText(what);
    m_bar->setValue(0);
    m_cancel->setEnabled(true);
    show();
}

void TaskStrip::setFraction(double fraction)
{
    m_bar->setValue(static_cast<int>(1000.0 * fraction));
}

void TaskStrip::end()
{
    hide();
}

} // namespace dt
