// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explore/ExperimentForm.h"

#include "widgets/forms/Digits.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/forms/Units.h"
#include "widgets/theme/Theme.h"
#include "widgets/words/Text.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

/// Names of settings make names of widgets.
QString fieldName(const ExperimentSetting &setting, const char *kind)
{
    return QStringLiteral("setting_") + text(setting.name) + QLatin1String(kind);
}

/// How a list is written, for its tip.
QString listRule()
{
    return ExperimentForm::tr(
        "Write 1, 2.5, 4 with a blank behind every comma, 1; 2,5; 4 with semicolons, or "
        "from:to:count.");
}

/// What a list was understood to be, so that nothing is misread unseen.
QString readAs(const std::vector<double> &values)
{
    constexpr std::size_t MostNamed = 5;
    const auto number = [](double value) { return significant(value, 5); };
    QStringList names;
    for (std::size_t i = 0; i < std::min(values.size(), MostNamed); ++i)
        names += number(values[i]);
    if (values.size() > MostNamed)
        names = {number(values[0]), number(values[1]), QStringLiteral("…"), number(values.back())};
    return values.size() == 1 ? ExperimentForm::tr("1 value: %1.").arg(names.front())
                              : ExperimentForm::tr("%1 values: %2.")
                                    .arg(values.size())
                                    .arg(names.join(QStringLiteral("; ")));
}

void configure(QuantityField &field, const ExperimentSetting &setting)
{
    field.configure(setting.min, setting.max, setting.step,
                    setting.kind == ExperimentSetting::Kind::Whole ? 0 : setting.decimals,
                    text(setting.unit));
}

/// Of the field that has the focus, also where it is in a part of it.
QString nameOf(const QWidget *widget)
{
    while (widget && !widget->objectName().startsWith(QStringLiteral("setting_")))
        widget = widget->parentWidget();
    return widget ? widget->objectName() : QString();
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

bool ExperimentForm::hasRowsFor(const std::vector<ExperimentSetting> &settings) const
{
    const auto sameField = [](const Row &row, const ExperimentSetting &s) {
        const ExperimentSetting &own = row.setting;
        return own.name == s.name && own.kind == s.kind && own.choices == s.choices
            && own.expert == s.expert;
    };
    return m_rows.size() == settings.size()
        && std::all_of(settings.begin(), settings.end(), [&](const ExperimentSetting &s) {
               return std::any_of(m_rows.begin(), m_rows.end(),
                                  [&](const Row &row) { return sameField(row, s); });
           });
}

void ExperimentForm::setSettings(const std::vector<ExperimentSetting> &settings,
                                 const ExperimentValues &values)
{
    if (!hasRowsFor(settings)) {
        const QWidget *focused = QApplication::focusWidget();
        const QString name =
            focused && m_fields && m_fields->isAncestorOf(focused) ? nameOf(focused) : QString();
        makeRows(settings, values);
        if (auto *again = name.isEmpty() ? nullptr : m_fields->findChild<QWidget *>(name))
            again->setFocus();
    } else {
        for (const ExperimentSetting &setting : settings) {
            const auto row = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &r) {
                return r.setting.name == setting.name;
            });
            const auto value = values.find(setting.name);
            updateRow(static_cast<std::size_t>(row - m_rows.begin()), setting,
                      value == values.end() ? setting.fallback : value->second);
        }
    }
    showSwept();
    Q_EMIT judged();
}

void ExperimentForm::dropUnusable()
{
    for (Row &row : m_rows) {
        if (row.good)
            continue;
        if (auto *line = qobject_cast<QLineEdit *>(row.field))
            line->setText(typedText(row.setting, row.value));
        else if (auto *combo = qobject_cast<QComboBox *>(row.field))
            combo->setCurrentText(text(settingText(row.value)));
        row.good = true;
        row.why->setText(hint(row));
        theme::setRole(row.why, "problem", false);
    }
    Q_EMIT judged();
}

void ExperimentForm::makeRows(const std::vector<ExperimentSetting> &settings,
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
}

void ExperimentForm::updateRow(std::size_t i, const ExperimentSetting &setting,
                               const SettingValue &value)
{
    Row &row = m_rows[i];
    if (row.setting == setting && row.value == value)
        return;
    const bool sameSetting = row.setting == setting;
    row.setting = setting;
    row.value = value;
    if (auto *number = qobject_cast<QuantityField *>(row.field)) {
        configure(*number, setting);
        number->setQuantity(std::get<double>(value));
    } else if (auto *line = qobject_cast<QLineEdit *>(row.field)) {
        const Result<SettingValue> typed = parseSetting(setting, line->text().toStdString());
        if (!typed || !(*typed == value)) {
            line->setText(typedText(setting, value));
            line->setCursorPosition(0);
        }
    } else if (auto *combo = qobject_cast<QComboBox *>(row.field)) {
        if (combo->isEditable())
            combo->setCurrentText(text(settingText(value)));
        else
            combo->setCurrentIndex(combo->findData(text(settingText(value))));
    }
    row.good = true;
    theme::setRole(row.why, "problem", false);
    if (!sameSetting)
        describe(row);
    row.why->setText(hint(row));
}

void ExperimentForm::describe(const Row &row) const
{
    const ExperimentSetting &setting = row.setting;
    QString name = text(setting.label);
    if (!setting.unit.empty() && !isNumber(setting))
        name += QStringLiteral(" [%1]").arg(displayUnit(text(setting.unit)));
    row.label->setText(name);
    row.field->setAccessibleName(text(setting.label));
    row.field->setToolTip(setting.kind == ExperimentSetting::Kind::Numbers
                              ? text(setting.why) + u'\n' + listRule()
                              : text(setting.why));
}

bool ExperimentForm::isGood() const
{
    return std::all_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.good; });
}

void ExperimentForm::addRow(const ExperimentSetting &setting, const SettingValue &value)
{
    const std::size_t row = m_rows.size();
    m_rows.push_back({setting, value, nullptr, nullptr, nullptr, true});
    auto *label = new QLabel;
    label->setWordWrap(true);
    QWidget *field = makeField(row, value);
    label->setBuddy(field);
    auto *why = new QLabel;
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
    describe(m_rows[row]);
    why->setText(hint(m_rows[row]));
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
        configure(*field, setting);
        field->setQuantity(std::get<double>(value));
        connect(field, &QuantityField::edited, this, [this, row, name](double number) {
            m_rows[row].value = number;
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
        auto *combo = new QComboBox;
        combo->setObjectName(fieldName(setting, "Combo"));
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(12);
        for (const SettingChoice &choice : setting.choices)
            combo->addItem(text(choice.label), text(choice.value));
        combo->setCurrentIndex(combo->findData(text(settingText(value))));
        connect(combo, &QComboBox::activated, this,
                [this, row, combo](int) { take(row, combo->currentData().toString()); });
        return combo;
    }
    case ExperimentSetting::Kind::Place: {
        auto *combo = new QComboBox;
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
    line->setPlaceholderText(tr("1, 2.5, 4 or from:to:count"));
    line->setCursorPosition(0);
    connect(line, &QLineEdit::editingFinished, this,
            [this, row, line] { take(row, line->text()); });
    return line;
}

void ExperimentForm::take(std::size_t row, const QString &typed)
{
    const Result<SettingValue> value =
        parseSetting(m_rows[row].setting, typed.trimmed().toStdString());
    if (value)
        m_rows[row].value = *value;
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
    if (isSwept(row))
        return tr("Varied above: it takes the values of the list.");
    const auto *list = std::get_if<std::vector<double>>(&row.value);
    return list ? text(row.setting.why) + u' ' + readAs(*list) : text(row.setting.why);
}

void ExperimentForm::showSwept()
{
    for (const Row &row : m_rows) {
        row.field->setEnabled(!isSwept(row));
        if (row.good)
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
        for (QWidget *widget : std::initializer_list<QWidget *>{row.label, row.field, row.why})
            widget->setVisible(visible);
    }
}

} // namespace dt
