// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/SettingsView.h"

#include "widgets/forms/Units.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

/// Of a setting, with its unit as people read it: "Length [µm]".
QString readName(const std::string &setting)
{
    const QString name = QString::fromStdString(setting);
    const qsizetype unit = name.lastIndexOf(u'[');
    return unit < 0 ? name : name.left(unit) + displayUnit(name.mid(unit));
}

} // namespace

SettingsView::SettingsView(QWidget *parent) :
    CompareView(parent), m_equal(new QCheckBox(tr("Show equal ones, too"))), m_say(new QLabel),
    m_table(new QTableWidget)
{
    m_equal->setObjectName(QStringLiteral("settingsEqualCheck"));
    m_equal->setToolTip(tr("Also list what is the same in all ticked twins"));
    m_say->setObjectName(QStringLiteral("settingsSayLabel"));
    theme::setRole(m_say, "muted");
    m_table->setObjectName(QStringLiteral("settingsTable"));
    m_table->setAccessibleName(tr("Settings"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::ContiguousSelection);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setTabKeyNavigation(false);
    m_table->setCornerButtonEnabled(false);
    m_table->verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->verticalHeader()->setHighlightSections(false);
    auto *row = new QHBoxLayout;
    row->addWidget(m_equal);
    row->addWidget(m_say, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addLayout(row);
    column->addWidget(m_table, 1);
    column->addStretch(0); // has the room while there is no table
    connect(m_equal, &QCheckBox::toggled, this, &SettingsView::draw);
    draw();
}

void SettingsView::setTwins(const ComparedTwins &twins)
{
    m_twins = twins;
    m_rows = settingRows(twins);
    draw();
}

std::vector<SettingRow> SettingsView::shownRows() const
{
    std::vector<SettingRow> shown;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(shown),
                 [this](const SettingRow &row) { return row.differ || m_equal->isChecked(); });
    return shown;
}

void SettingsView::draw()
{
    const std::vector<SettingRow> shown = shownRows();
    m_table->clear();
    m_table->setRowCount(static_cast<int>(shown.size()));
    m_table->setColumnCount(static_cast<int>(m_twins.size()));
    QStringList heads;
    for (const auto &twin : m_twins)
        heads << QString::fromStdString(nameOf(*twin));
    m_table->setHorizontalHeaderLabels(heads);
    for (int r = 0; r < m_table->rowCount(); ++r) {
        const SettingRow &row = shown[static_cast<std::size_t>(r)];
        m_table->setVerticalHeaderItem(r, new QTableWidgetItem(readName(row.name)));
        for (int c = 0; c < m_table->columnCount(); ++c) {
            const QString value = QString::fromStdString(row.values[static_cast<std::size_t>(c)]);
            auto *item = new QTableWidgetItem(value);
            item->setToolTip(value);
            m_table->setItem(r, c, item);
        }
    }
    const int letter = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_table->resizeColumnsToContents();
    for (int c = 0; c < m_table->columnCount(); ++c)
        m_table->setColumnWidth(
            c, std::clamp(m_table->columnWidth(c) + letter, letter * 12, letter * 32));
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() * 3 / 2);
    const auto differ = std::count_if(m_rows.begin(), m_rows.end(),
                                      [](const SettingRow &row) { return row.differ; });
    m_table->setVisible(!shown.empty());
    m_say->setText(m_twins.empty() ? tr("Tick twins in the table to compare their settings.")
                       : m_twins.size() == 1
                       ? tr("Tick a second twin to see what sets the two apart.")
                       : tr("%1 of %2 settings differ").arg(differ).arg(m_rows.size()));
}

QString SettingsView::csv() const
{
    QStringList head{tr("setting")};
    for (const auto &twin : m_twins)
        head << csvCell(QString::fromStdString(nameOf(*twin)));
    QString all = head.join(u',') + u'\n';
    for (const SettingRow &row : shownRows()) {
        QStringList cells{csvCell(QString::fromStdString(row.name))};
        for (const std::string &value : row.values)
            cells << csvCell(QString::fromStdString(value));
        all += cells.join(u',') + u'\n';
    }
    return all;
}

} // namespace dt
