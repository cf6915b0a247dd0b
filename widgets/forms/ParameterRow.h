// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/cell/Parameters.h"

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace dt {

class QuantityField;

/// One parameter in a form: name, field with unit, slider over the usual range for the basic
/// ones, a button back to the default, and the sentence that says what it does.
class ParameterRow : public QWidget
{
    Q_OBJECT

public:
    explicit ParameterRow(const ParameterInfo &parameter, QWidget *parent = nullptr);

    [[nodiscard]] const ParameterInfo &parameter() const { return m_parameter; }
    void setQuantity(double value, double defaultValue);
    /// Shows why a value was refused, in place of the explanation, until the field is left.
    void refuse(const QString &sentence);

Q_SIGNALS:
    void edited(double value);
    /// A drag of the slider is over.
    void gestureEnded();

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    void setProblem(const QString &sentence);
    [[nodiscard]] QString explanation() const;
    [[nodiscard]] int sliderPosition(double value) const;
    [[nodiscard]] double sliderValue(int position) const;

    const ParameterInfo &m_parameter;
    QLabel *m_label;
    QuantityField *m_field;
    QSlider *m_slider = nullptr;
    QToolButton *m_reset;
    QLabel *m_why;
    double m_default = 0.0;
};

} // namespace dt
