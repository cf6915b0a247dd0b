// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/ParameterRow.h"

#include "engine/base/ReadUnits.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/forms/Units.h"
#include "widgets/theme/Icons.h"
#include "widgets/theme/Theme.h"
#include "widgets/words/Text.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

constexpr int SliderSteps = 400;

} // namespace

ParameterRow::ParameterRow(const ParameterInfo &parameter, QWidget *parent) :
    QWidget(parent), m_parameter(parameter), m_label(new QLabel(text(parameter.label))),
    m_field(new QuantityField), m_reset(new QToolButton), m_why(new QLabel)
{
    const QString name = text(parameter.name);
    setObjectName(name + QStringLiteral("Row"));
    m_field->configure(parameter.min, parameter.max, parameter.step, parameter.decimals,
                       text(parameter.unit));
    m_field->setObjectName(name + QStringLiteral("Field"));
    m_field->setAccessibleName(text(parameter.label));
    m_field->setAccessibleDescription(text(parameter.why));
    const std::string_view unit = parameter.unit;
    m_field->setToolTip(
        tr("%1\nRange: %2\nOn the command line: %3%4")
            .arg(text(parameter.why), m_field->rangeText(), name,
                 readUnit(unit) == unit ? QString() : tr(" (in %1)").arg(displayUnit(text(unit)))));
    m_field->setMinimumWidth(m_field->fontMetrics().horizontalAdvance(QStringLiteral("0")) * 19);
    m_label->setBuddy(m_field);
    m_reset->setObjectName(name + QStringLiteral("ResetButton"));
    m_reset->setAutoRaise(true);
    m_reset->setAccessibleName(tr("Reset %1").arg(text(parameter.label)));
    m_why->setText(explanation());
    m_why->setWordWrap(true);
    theme::setRole(m_why, "caption");
    theme::setRole(m_why, "muted");
    m_why->setObjectName(name + QStringLiteral("WhyLabel"));
    QSizePolicy keepsPlace = m_reset->sizePolicy();
    keepsPlace.setRetainSizeWhenHidden(true);
    m_reset->setSizePolicy(keepsPlace);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, theme::Grid / 2);
    grid->setHorizontalSpacing(theme::Grid / 2);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    grid->addWidget(m_label, 0, 0);
    grid->addWidget(m_field, 0, 1);
    grid->addWidget(m_reset, 0, 2);
    int line = 1;
    if (parameter.usualMax > parameter.usualMin) {
        m_slider = new QSlider(Qt::Horizontal);
        m_slider->setObjectName(name + QStringLiteral("Slider"));
        m_slider->setAccessibleName(text(parameter.label));
        m_slider->setToolTip(m_field->toolTip());
        m_slider->setRange(0, SliderSteps);
        m_slider->setPageStep(SliderSteps / 20);
        m_slider->setFocusPolicy(Qt::StrongFocus);
        grid->addWidget(m_slider, line++, 0, 1, 3);
        connect(m_slider, &QSlider::valueChanged, this,
                [this](int position) { Q_EMIT edited(sliderValue(position)); });
        connect(m_slider, &QSlider::sliderReleased, this, &ParameterRow::gestureEnded);
    }
    grid->addWidget(m_why, line, 0, 1, 3);

    connect(m_field, &QuantityField::edited, this, &ParameterRow::edited);
    connect(m_field, &QuantityField::refused, this, &ParameterRow::setProblem);
    connect(m_field, &QuantityField::settled, this, [this] { setProblem({}); });
    connect(m_field, &QuantityField::editingFinished, this, &ParameterRow::gestureEnded);
    connect(m_reset, &QToolButton::clicked, this, [this] {
        Q_EMIT gestureEnded();
        Q_EMIT edited(m_default);
        Q_EMIT gestureEnded();
    });
    restyle();
}

QString ParameterRow::explanation() const
{
    return tr("%1 (%2)").arg(text(m_parameter.why), m_field->rangeText());
}

// The slider is logarithmic where the usual range spans decades: halving and doubling are then
// equally far apart.
int ParameterRow::sliderPosition(double value) const
{
    const double lo = m_parameter.usualMin;
    const double hi = m_parameter.usualMax;
    value = std::clamp(value, lo, hi);
    const double share =
        lo > 0.0 ? std::log(value / lo) / std::log(hi / lo) : (value - lo) / (hi - lo);
    return static_cast<int>(std::lround(share * SliderSteps));
}

double ParameterRow::sliderValue(int position) const
{
    const double lo = m_parameter.usualMin;
    const double hi = m_parameter.usualMax;
    const double share = static_cast<double>(position) / SliderSteps;
    const double value = lo > 0.0 ? lo * std::pow(hi / lo, share) : lo + (hi - lo) * share;
    if (m_parameter.integer)
        return std::round(value);
    // Two significant digits or so: a slider is for coarse choices.
    const double grain =
        std::pow(10.0, std::floor(std::log10(std::max(std::abs(value), 1e-9))) - 1.0);
    return std::clamp(std::round(value / grain) * grain, lo, hi);
}

void ParameterRow::setQuantity(double value, double defaultValue)
{
    m_default = defaultValue;
    m_field->setQuantity(value);
    if (m_slider && sliderPosition(value) != m_slider->value()) {
        const QSignalBlocker blocker(m_slider);
        m_slider->setValue(sliderPosition(value));
    }
    const bool changed = value != defaultValue;
    m_reset->setVisible(changed);
    m_reset->setToolTip(tr("Back to %1").arg(m_field->quantityText(defaultValue)));
    setProblem({});
}

void ParameterRow::refuse(const QString &sentence)
{
    m_field->refuse(sentence);
}

void ParameterRow::setProblem(const QString &sentence)
{
    const bool problem = !sentence.isEmpty();
    // A shorter sentence does not pull up the form under the mouse.
    m_why->setMinimumHeight(problem && m_why->isVisible() ? m_why->height() : 0);
    m_why->setText(problem ? sentence : explanation());
    theme::setRole(m_why, "muted", !problem);
    theme::setRole(m_why, "problem", problem);
}

void ParameterRow::restyle()
{
    const int side = m_field->sizeHint().height() - 4;
    m_reset->setIcon(themedIcon(QStringLiteral("reset"), palette()));
    m_reset->setFixedSize(side, side);
}

void ParameterRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_why)
        restyle();
}

} // namespace dt
