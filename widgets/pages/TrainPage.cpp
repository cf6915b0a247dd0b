// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/TrainPage.h"

#include "widgets/forms/FormScrollArea.h"
#include "widgets/shell/FoldPane.h"
#include "widgets/theme/Theme.h"
#include "widgets/train/TrainForm.h"
#include "widgets/train/TrainingList.h"
#include "widgets/train/TrainingView.h"

#include <QEvent>
#include <QHBoxLayout>

#include <algorithm>

namespace dt {

TrainPage::TrainPage(QWidget *parent) :
    QWidget(parent), m_side(new QWidget), m_form(new TrainForm), m_list(new TrainingList),
    m_view(new TrainingView), m_scroll(new FormScrollArea(m_form))
{
    setObjectName(QStringLiteral("trainPage"));
    auto *side = new QVBoxLayout(m_side);
    side->setContentsMargins(0, 0, 0, 0);
    side->setSpacing(theme::Grid);
    side->addWidget(m_scroll);
    side->addWidget(m_form->footer());
    side->addSpacing(theme::Grid);
    side->addWidget(m_list, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(theme::Grid * 2, theme::Grid, theme::Grid * 2, theme::Grid);
    row->setSpacing(theme::Grid);
    row->addWidget(new FoldPane(QStringLiteral("trainSide"), tr("Form and Trainings"), m_side,
                                FoldPane::Edge::Left));
    row->addWidget(m_view, 1);
    m_form->installEventFilter(this);
    fitForm();
}

// The form has what it needs while its footer and the list of trainings keep their places; with
// large letters it scrolls.
void TrainPage::fitForm()
{
    const int least =
        m_form->minimumSizeHint().width() + m_scroll->verticalScrollBar()->sizeHint().width();
    m_side->setFixedWidth(std::max(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 40, least));
    const int wanted = m_form->hasHeightForWidth()
        ? m_form->heightForWidth(m_scroll->viewport()->width())
        : m_form->sizeHint().height();
    m_scroll->setFixedHeight(std::max(1, std::min(wanted, height() / 2)));
}

bool TrainPage::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_form && event->type() == QEvent::LayoutRequest)
        fitForm();
    return QWidget::eventFilter(watched, event);
}

void TrainPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitForm();
}

void TrainPage::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitForm();
}

} // namespace dt
