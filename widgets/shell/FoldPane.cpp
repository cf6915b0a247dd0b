// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/FoldPane.h"

#include "widgets/theme/Theme.h"

#include <QBoxLayout>
#include <QEvent>
#include <QSplitter>
#include <QToolButton>

namespace dt {

FoldPane::FoldPane(const QString &name, const QString &title, QWidget *content, Edge edge,
                   QWidget *parent) :
    QWidget(parent),
    m_title(title), m_content(content), m_edge(edge), m_bar(new QToolButton)
{
    setObjectName(name + QStringLiteral("Pane"));
    m_bar->setObjectName(name + QStringLiteral("FoldButton"));
    m_bar->setAutoRaise(true);
    m_bar->setFocusPolicy(Qt::TabFocus);
    using Direction = QBoxLayout::Direction;
    auto *layout = new QBoxLayout(edge == Edge::Left        ? Direction::LeftToRight
                                      : edge == Edge::Right ? Direction::RightToLeft
                                      : edge == Edge::Top   ? Direction::TopToBottom
                                                            : Direction::BottomToTop,
                                  this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(content, 1);
    layout->addWidget(m_bar);
    connect(m_bar, &QToolButton::clicked, this, [this] { setFolded(!m_folded); });
    restyle();
}

int FoldPane::barWidth() const
{
    return 3 * theme::Grid / 2;
}

void FoldPane::setFolded(bool folded)
{
    if (folded == m_folded)
        return;
    m_folded = folded;
    auto *splitter = qobject_cast<QSplitter *>(parentWidget());
    const int index = splitter ? splitter->indexOf(this) : -1;
    if (folded && isVisible()) // else it has no size yet
        m_openSize = isSideways() ? width() : height();
    m_content->setVisible(!folded);
    const int most = folded ? barWidth() : QWIDGETSIZE_MAX;
    if (isSideways())
        setMaximumWidth(most);
    else
        setMaximumHeight(most);
    restyle();
    if (index >= 0) {
        // What it gives or takes is its neighbour's: the next one inwards.
        QList<int> sizes = splitter->sizes();
        const int inwards = index + (m_edge == Edge::Left || m_edge == Edge::Top ? 1 : -1);
        const int wanted = isSideways() ? sizeHint().width() : sizeHint().height();
        const int size = folded ? barWidth() : m_openSize > 0 ? m_openSize : wanted;
        if (inwards >= 0 && inwards < sizes.size())
            sizes[inwards] += sizes[index] - size;
        sizes[index] = size;
        splitter->setSizes(sizes);
    }
    Q_EMIT foldedChanged(folded);
}

void FoldPane::restyle()
{
    const bool away = m_edge == Edge::Left || m_edge == Edge::Top; // to the smaller coordinates
    const bool back = m_folded != away;
    m_bar->setArrowType(isSideways() ? (back ? Qt::LeftArrow : Qt::RightArrow)
                                     : (back ? Qt::UpArrow : Qt::DownArrow));
    if (isSideways()) {
        m_bar->setFixedWidth(barWidth());
        m_bar->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    } else {
        m_bar->setFixedHeight(barWidth());
        m_bar->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }
    const QString text = (m_folded ? tr("Show %1") : tr("Hide %1")).arg(m_title);
    m_bar->setAccessibleName(text);
    m_bar->setToolTip(tr("%1 (F8 for all of this page)").arg(text));
}

void FoldPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        restyle();
}

} // namespace dt
