// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/TrainPage.h"

#include "widgets/shell/FoldPane.h"
#include "widgets/theme/Theme.h"
#include "widgets/train/RunList.h"
#include "widgets/train/RunView.h"
#include "widgets/train/TrainForm.h"

#include <QEvent>
#include <QHBoxLayout>

namespace dt {

TrainPage::TrainPage(QWidget *parent)
    : QWidget(parent), m_side(new QWidget), m_form(new TrainForm), m_list(new RunList),
      m_view(new RunView)
{
    setObjectName(QStringLiteral("trainPage"));
    auto *side = new QVBoxLayout(m_side);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(theme::Grid * 2);
    side->addWidget(m_form);
    side->addWidget(m_list, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::Grid * 2, theme::Grid, theme::Grid * 2, theme::Grid);
    row->setSpacing(theme::Grid);
    row->addWidget(new FoldPane(QStringLiteral("trainSide"), tr("Form and Runs"), m_side,
                                FoldPane::Edge::Left));
    row->addWidget(m_view, 1);
    restyle();
}

void TrainPage::restyle()
{
    m_side->setFixedWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 40);
}

void TrainPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        restyle();
}

} // namespace dt
