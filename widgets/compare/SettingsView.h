// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/compare/CompareView.h"

class QCheckBox;
class QLabel;
class QTableWidget;

namespace dt {

/// What sets twins apart: a row for each setting, a column for each twin. Settings that are the
/// same in all are left out unless a person asks for them.
class SettingsView : public CompareView
{
    Q_OBJECT

public:
    explicit SettingsView(QWidget *parent = nullptr);

    void setTwins(const ComparedTwins &twins) override;
    [[nodiscard]] QString csv() const override;

protected:
    void draw() override;

private:
    [[nodiscard]] std::vector<SettingRow> shownRows() const;

    ComparedTwins m_twins;
    std::vector<SettingRow> m_rows;
    QCheckBox *m_equal;
    QLabel *m_say;
    QTableWidget *m_table;
};

} // namespace dt
