// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/StatusStrip.h"

#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace dt {

StatusStrip::StatusStrip(QWidget *parent) :
    QWidget(parent), m_text(new QLabel), m_bar(new QProgressBar), m_stop(new QToolButton),
    m_seed(new QLabel), m_run(new QLabel)
{
    setObjectName(QStringLiteral("statusStrip"));
    m_text->setObjectName(QStringLiteral("statusLabel"));
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // the tool tip has it all
    m_bar->setObjectName(QStringLiteral("runProgressBar"));
    m_bar->setRange(0, 1000);
    m_bar->setFixedWidth(160);
    m_bar->setTextVisible(false);
    m_stop->setObjectName(QStringLiteral("statusStopButton"));
    m_stop->setAutoRaise(true);
    m_stop->setToolTip(tr("Stop"));
    m_stop->setAccessibleName(tr("Stop"));
    m_seed->setObjectName(QStringLiteral("seedLabel"));
    m_run->setObjectName(QStringLiteral("runLabel"));
    m_seed->setToolTip(tr("The rain's seed: the same seed gives the same rain."));
    m_run->setToolTip(tr("Number of the run that is shown."));
    for (QLabel *label : {m_seed, m_run})
        theme::setRole(label, "muted");
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(theme::Grid * 2, 0, theme::Grid * 2, 0);
    layout->setSpacing(theme::Grid * 2);
    layout->addWidget(m_bar);
    layout->addWidget(m_stop);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_seed);
    layout->addWidget(m_run);
    connect(m_stop, &QToolButton::clicked, this, &StatusStrip::stopRequested);
    restyle();
    showState({});
}

void StatusStrip::showState(const QString &sentence, double fraction)
{
    m_text->setText(sentence);
    m_text->setToolTip(sentence);
    m_bar->setVisible(fraction >= 0.0);
    m_stop->setVisible(fraction >= 0.0);
    if (fraction >= 0.0)
        m_bar->setValue(static_cast<int>(fraction * 1000.0));
}

void StatusStrip::showRun(int id, std::optional<quint64> seed)
{
    m_seed->setText(seed ? tr("Seed %1").arg(*seed) : tr("No random input"));
    m_run->setText(id > 0 ? tr("Run %1").arg(id) : QString());
}

QString StatusStrip::sentence() const
{
    return m_text->text();
}

void StatusStrip::restyle()
{
    m_stop->setIcon(themedIcon(QStringLiteral("stop"), palette()));
    m_bar->setFixedHeight(fontMetrics().height() * 2 / 3);
    // As high while something runs as when nothing does: the page above stays where it is.
    const int height = QFontMetrics(theme::bodyFont()).height() + 4;
    m_stop->setFixedHeight(height);
    m_stop->setIconSize(QSize(height, height) * 2 / 3);
    setFixedHeight(height);
}

void StatusStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if ((event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) && m_run)
        restyle();
}

} // namespace dt
