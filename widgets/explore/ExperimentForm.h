// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/explore/Experiment.h"

#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;

namespace dt {

/// The settings of one experiment as fields, made from their description. An input that cannot be
/// used is not passed on: its field says why, and isGood() is false until it is corrected.
class ExperimentForm : public QWidget
{
    Q_OBJECT

public:
    explicit ExperimentForm(QWidget *parent = nullptr);

    /// Missing values show their default. Fields are made again only where the settings differ from
    /// those shown, and the focus stays in its field. An input that cannot be used stays there to
    /// be corrected.
    void setSettings(const std::vector<ExperimentSetting> &settings,
                     const ExperimentValues &values);
    [[nodiscard]] bool isGood() const;
    /// Replaces inputs that cannot be used by the values that are in force.
    void dropUnusable();

Q_SIGNALS:
    void edited(const QString &name, const dt::SettingValue &value);
    /// isGood() may have changed.
    void judged();

private:
    struct Row
    {
        ExperimentSetting setting;
        SettingValue value;
        QLabel *label = nullptr;
        QWidget *field = nullptr;
        QLabel *why = nullptr;
        bool good = true;
    };

    [[nodiscard]] bool hasRowsFor(const std::vector<ExperimentSetting> &settings) const;
    void makeRows(const std::vector<ExperimentSetting> &settings, const ExperimentValues &values);
    void updateRow(std::size_t row, const ExperimentSetting &setting, const SettingValue &value);
    void addRow(const ExperimentSetting &setting, const SettingValue &value);
    void describe(const Row &row) const;
    QWidget *makeField(std::size_t row, const SettingValue &value);
    void take(std::size_t row, const QString &text);
    void judge(std::size_t row, const QString &problem);
    /// Disables settings that another setting varies, because they have no value of their own.
    void showSwept();
    [[nodiscard]] bool isSwept(const Row &row) const;
    [[nodiscard]] QString hint(const Row &row) const;
    [[nodiscard]] QString typedText(const ExperimentSetting &setting,
                                    const SettingValue &value) const;
    void showExpert();

    std::vector<Row> m_rows;
    std::map<std::string, QString> m_typed; ///< lists as they were typed, by the setting's name
    QWidget *m_fields = nullptr;
    QGridLayout *m_grid = nullptr;
    QCheckBox *m_expert;
};

} // namespace dt
