// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/plots/PlotPanel.h"

#include "widgets/forms/ElidedLabel.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace dt {

PlotPanel::PlotPanel(const QString &name, const QString &title, PlotCanvas *canvas,
                     QWidget *parent) :
    QWidget(parent),
    m_canvas(canvas), m_header(new QWidget), m_title(new ElidedLabel), m_readOut(new ElidedLabel),
    m_maximise(new QToolButton)
{
    setObjectName(name + QStringLiteral("Panel"));
    canvas->setObjectName(name + QStringLiteral("Plot"));
    canvas->setMinimumHeight(1); // the stack says what a plot needs, in lines of text
    theme::setRole(m_title, "muted");
    theme::setRole(m_title, "caption");
    theme::setRole(m_readOut, "caption");
    m_readOut->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_readOut->setObjectName(name + QStringLiteral("ReadOutLabel"));
    m_maximise->setObjectName(name + QStringLiteral("MaximiseButton"));
    m_maximise->setCheckable(true);
    m_maximise->setAutoRaise(true);

    auto *header = new QHBoxLayout(m_header);
    header->setContentsMargins(theme::Grid / 2, 0, 0, 0);
    header->setSpacing(theme::Grid);
    header->addWidget(m_title);
    header->addStretch(1);
    header->addWidget(m_readOut);
    header->addWidget(m_maximise);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(canvas, 1);

    connect(m_maximise, &QToolButton::toggled, this, &PlotPanel::maximiseToggled);
    setTitle(title);
    restyle();
}

void PlotPanel::addHeaderWidget(QWidget *widget)
{
    auto *header = qobject_cast<QHBoxLayout *>(m_header->layout());
    header->insertWidget(header->count() - 3, widget);
    theme::setRole(widget, "caption");
}

void PlotPanel::setTitle(const QString &title)
{
    m_title->setText(title);
    m_canvas->setAccessibleName(title);
    m_maximise->setAccessibleName(tr("Maximise %1").arg(title));
}

void PlotPanel::setReadOut(const QString &text)
{
    m_readOut->setText(text);
}

void PlotPanel::setMaximised(bool maximised)
{
    const QSignalBlocker blocker(m_maximise);
    m_maximise->setChecked(maximised);
    restyle();
}

void PlotPanel::setMaximisable(bool maximisable)
{
    m_maximise->setVisible(maximisable);
}

void PlotPanel::restyle()
{
    const int height = QFontMetrics(theme::captionFont()).height();
    m_maximise->setIconSize({height, height});
    m_maximise->setFixedSize(height + 6, height + 2);
    const bool maximised = m_maximise->isChecked();
    // A raised button does not fill with the accent when it is checked, so its icon stays as it is.
    QPalette p = palette();
    p.setColor(QPalette::HighlightedText, p.color(QPalette::ButtonText));
    m_maximise->setIcon(
        themedIcon(maximised ? QStringLiteral("restore") : QStringLiteral("maximise"), p));
    m_maximise->setToolTip(maximised ? tr("Show all plots again (Esc)")
                                     : tr("Give this plot the whole area"));
    m_header->setFixedHeight(height + 4);
}

void PlotPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

} // namespace dt
