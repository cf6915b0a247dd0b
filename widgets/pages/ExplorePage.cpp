// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/ExplorePage.h"

#include "widgets/theme/Theme.h"

#include <QTabWidget>
#include <QVBoxLayout>

namespace dt {

ExplorePage::ExplorePage(QWidget *parent) : QWidget(parent), m_tabs(new QTabWidget)
{
    setObjectName(QStringLiteral("explorePage"));
    m_tabs->setObjectName(QStringLiteral("exploreTabs"));
    m_tabs->setAccessibleName(tr("Tools of the Explore page"));
    m_tabs->setDocumentMode(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::Grid, 0, theme::Grid, 0);
    layout->addWidget(m_tabs);
    connect(m_tabs, &QTabWidget::currentChanged, this,
            [this](int tab) { Q_EMIT toolChanged(m_tabs->widget(tab)); });
}

int ExplorePage::addTool(QWidget *tool, const QString &title, const QString &toolTip)
{
    const int tab = m_tabs->addTab(tool, title);
    m_tabs->setTabToolTip(tab, toolTip);
    return tab;
}

void ExplorePage::showTool(QWidget *tool)
{
    m_tabs->setCurrentWidget(tool);
}

QWidget *ExplorePage::currentTool() const
{
    return m_tabs->currentWidget();
}

} // namespace dt
