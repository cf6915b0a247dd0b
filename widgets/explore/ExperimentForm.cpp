// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/ExperimentForm.h"

#include "widgets/forms/QuantityField.h"
#include "widgets/forms/QuietWidgets.h"
#include "widgets/forms/Units.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

QString text(const std::string &s)
{
    return QString::fromStdString(s);
}

/// Names of settings make names of widgets.
QString fieldName(const ExperimentSetting &setting, const char *kind)
{
    return QStringLiteral("setting_") + text(setting.name) + QLatin1String(kind);
}

bool isNumber(const ExperimentSetting &setting)
{
    return setting.kind == ExperimentSetting::Kind::Number
        || setting.kind == ExperimentSetting::Kind::Whole;
}

} // namespace

ExperimentForm::ExperimentForm(QWidget *parent) : QWidget(parent), m_expert(new QCheckBox)
{
    m_expert->setObjectName(QStringLiteral("experimentExpertCheck"));
    m_expert->setToolTip(tr("Settings that usually stay as they are"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_expert);
    layout->addStretch(1);
    connect(m_expert, &QCheckBox::toggled, this, &ExperimentForm::showExpert);
}

void ExperimentForm::setSettings(const std::vector<ExperimentSetting> &settings,
                                 const ExperimentValues &values)
{
    delete m_fields;
    m_rows.clear();
    m_fields = new QWidget;
    m_grid = new QGridLayout(m_fields);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(theme::Grid);
    m_grid->setVerticalSpacing(theme::Grid / 2);
    m_grid->setColumnStretch(0, 1);
    qobject_cast<QVBoxLayout *>(layout())->insertWidget(0, m_fields);
    // The rows must not move: fields refer to them by number.
    m_rows.reserve(settings.size());
    for (const bool expert : {false, true}) {
        for (const ExperimentSetting &setting : settings) {
            if (setting.expert != expert)
                continue;
            const auto value = values.find(setting.name);
            addRow(setting, value == values.end() ? setting.fallback : value->second);
        }
    }
    const auto hidden = std::count_if(m_rows.begin(), m_rows.end(),
                                      [](const Row &row) { return row.setting.expert; });
    m_expert->setText(hidden == 1 ? tr("Show 1 more setting")
                                  : tr("Show %1 more settings").arg(hidden));
    m_expert->setVisible(hidden > 0);
    showExpert();
    showSwept();
    Q_EMIT judged();
}

bool ExperimentForm::isGood() const
{
    return std::all_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.good; });
}

void ExperimentForm::addRow(const ExperimentSetting &setting, const SettingValue &value)
{
    const std::size_t row = m_rows.size();
    m_rows.push_back({setting, nullptr, nullptr, nullptr, true});
    QString name = text(setting.label);
    if (!setting.unit.empty() && !isNumber(setting))
        name += QStringLiteral(" [%1]").arg(displayUnit(text(setting.unit)));
    auto *label = new QLabel(name);
    label->setWordWrap(true);
    QWidget *field = makeField(row, value);
    label->setBuddy(field);
    field->setAccessibleName(text(setting.label));
    field->setToolTip(text(setting.why));
    auto *why = new QLabel(text(setting.why));
    why->setWordWrap(true);
    theme::setRole(why, "caption");
    theme::setRole(why, "muted");
    const int line = 2 * static_cast<int>(row);
    // Lists and words are long: they take a line of their own.
    if (setting.kind == ExperimentSetting::Kind::Numbers
        || setting.kind == ExperimentSetting::Kind::Choice) {
        m_grid->addWidget(label, line, 0, 1, 2);
        auto *column = new QVBoxLayout;
        column->setSpacing(theme::Grid / 2);
        column->addWidget(field);
        column->addWidget(why);
        m_grid->addLayout(column, line + 1, 0, 1, 2);
    } else {
        m_grid->addWidget(label, line, 0);
        m_grid->addWidget(field, line, 1);
        m_grid->addWidget(why, line + 1, 0, 1, 2);
    }
    m_rows[row].label = label;
    m_rows[row].field = field;
    m_rows[row].why = why;
}

QWidget *ExperimentForm::makeField(std::size_t row, const SettingValue &value)
{
    const ExperimentSetting &setting = m_rows[row].setting;
    const QString name = text(setting.name);
    switch (setting.kind) {
    case ExperimentSetting::Kind::Number:
    case ExperimentSetting::Kind::Whole: {
        auto *field = new QuantityField;
        field->setObjectName(fieldName(setting, "Field"));
        field->configure(setting.min, setting.max, setting.step,
                         setting.kind == ExperimentSetting::Kind::Whole ? 0 : setting.decimals,
                         text(setting.unit));
        field->setQuantity(std::get<double>(value));
        connect(field, &QuantityField::edited, this, [this, name](double number) {
            Q_EMIT edited(name, SettingValue(number));
        });
        connect(field, &QuantityField::refused, this, [this, row](const QString &why) {
            m_rows[row].why->setText(why); // the old value is back, so nothing is wrong
            theme::setRole(m_rows[row].why, "problem", true);
        });
        connect(field, &QuantityField::settled, this, [this, row] { judge(row, {}); });
        return field;
    }
    case ExperimentSetting::Kind::Choice: {
        auto *combo = new QuietComboBox;
        combo->setObjectName(fieldName(setting, "Combo"));
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(12);
        for (const SettingChoice &choice : setting.choices)
            combo->addItem(text(choice.label), text(choice.value));
        combo->setCurrentIndex(combo->findData(text(settingText(value))));
        connect(combo, &QComboBox::activated, this, [this, row, combo](int) {
            take(row, combo->currentData().toString());
        });
        return combo;
    }
    case ExperimentSetting::Kind::Place: {
        auto *combo = new QuietComboBox;
        combo->setObjectName(fieldName(setting, "Combo"));
        combo->setEditable(true);
        combo->setInsertPolicy(QComboBox::NoInsert);
        combo->setMinimumContentsLength(8);
        combo->addItems({QStringLiteral("soma"), QStringLiteral("0.1"), QStringLiteral("0.25"),
                         QStringLiteral("0.5"), QStringLiteral("0.75"), QStringLiteral("1")});
        combo->setCurrentText(text(settingText(value)));
        connect(combo, &QComboBox::activated, this,
                [this, row, combo](int) { take(row, combo->currentText()); });
        connect(combo->lineEdit(), &QLineEdit::editingFinished, this,
                [this, row, combo] { take(row, combo->currentText()); });
        return combo;
    }
    case ExperimentSetting::Kind::Numbers:
        break;
    }
    auto *line = new QLineEdit(typedText(setting, value));
    line->setObjectName(fieldName(setting, "Edit"));
    line->setPlaceholderText(tr("1, 2, 5 or from:to:count"));
    line->setCursorPosition(0);
    connect(line, &QLineEdit::editingFinished, this, [this, row, line] { take(row, line->text()); });
    return line;
}

void ExperimentForm::take(std::size_t row, const QString &typed)
{
    const Result<SettingValue> value =
        parseSetting(m_rows[row].setting, typed.trimmed().toStdString());
    judge(row, value ? QString() : text(value.error().message));
    if (!value)
        return;
    if (m_rows[row].setting.kind == ExperimentSetting::Kind::Numbers)
        m_typed[m_rows[row].setting.name] = typed.trimmed();
    showSwept();
    Q_EMIT edited(text(m_rows[row].setting.name), *value);
}

// "0:1:50" is read better than fifty numbers.
QString ExperimentForm::typedText(const ExperimentSetting &setting, const SettingValue &value) const
{
    if (const auto typed = m_typed.find(setting.name); typed != m_typed.end()) {
        const Result<SettingValue> meant = parseSetting(setting, typed->second.toStdString());
        if (meant && *meant == value)
            return typed->second;
    }
    return text(settingText(value));
}

bool ExperimentForm::isSwept(const Row &row) const
{
    return std::any_of(m_rows.begin(), m_rows.end(), [&](const Row &other) {
        const auto *combo = other.setting.kind == ExperimentSetting::Kind::Choice
            ? qobject_cast<QComboBox *>(other.field)
            : nullptr;
        return combo && combo->currentData().toString() == text(row.setting.name);
    });
}

QString ExperimentForm::hint(const Row &row) const
{
    return isSwept(row) ? tr("Varied above: it takes the values of the list.")
                        : text(row.setting.why);
}

void ExperimentForm::showSwept()
{
    for (const Row &row : m_rows) {
        if (row.field->isEnabled() != isSwept(row))
            continue;
        row.field->setEnabled(!isSwept(row));
        row.why->setText(hint(row));
    }
}

void ExperimentForm::judge(std::size_t row, const QString &problem)
{
    Row &r = m_rows[row];
    r.good = problem.isEmpty();
    r.why->setText(r.good ? hint(r) : problem);
    theme::setRole(r.why, "problem", !r.good);
    Q_EMIT judged();
}

void ExperimentForm::showExpert()
{
    for (const Row &row : m_rows) {
        const bool visible = !row.setting.expert || m_expert->isChecked();
        for (QWidget *widget : {row.label, row.field, static_cast<QWidget *>(row.why)})
            widget->setVisible(visible);
    }
}

} // namespace dt
