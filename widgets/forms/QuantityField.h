// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

namespace dt {

/// A number with a unit: typed with or without it, stepped by a useful amount, shown without
/// trailing zeros, with a point or a comma. Quantities are passed in the unit that configure() was
/// given; the spin box holds, shows and takes them in the unit that people read
/// (engine/base/ReadUnits.h). A value outside the range, in another unit or with a comma that may
/// mean thousands is not accepted, and refused() says why. edited() is sent for values that a
/// person chose, not for setQuantity().
class QuantityField : public QDoubleSpinBox
{
    Q_OBJECT

public:
    explicit QuantityField(QWidget *parent = nullptr);

    void configure(double min, double max, double step, int decimals, const QString &unit);
    void setQuantity(double value);
    [[nodiscard]] double quantity() const;
    /// A quantity as the field would show it, with the unit.
    [[nodiscard]] QString quantityText(double quantity) const;
    /// Refuses a number that was in the range, and says why.
    void refuse(const QString &why);
    [[nodiscard]] QString rangeText() const;

    QString textFromValue(double value) const override;
    double valueFromText(const QString &text) const override;
    QValidator::State validate(QString &text, int &position) const override;

Q_SIGNALS:
    void edited(double value);
    /// A person types, or leaves or confirms a good value: messages about the last input no longer
    /// apply.
    void settled();
    /// What was typed is not a number in the range; the old value is back.
    void refused(const QString &why);

protected:
    bool event(QEvent *event) override;
    void fixup(QString &text) const override;

private:
    [[nodiscard]] QString withoutUnit(const QString &text) const;
    [[nodiscard]] QString problemWith(const QString &text) const;
    [[nodiscard]] bool parse(const QString &text, double &value) const;

    QString m_unit; ///< unit as the field shows it
    QString m_plainUnit; ///< the same unit in ASCII, which is also accepted
    QString m_storedUnit; ///< unit of quantities, in ASCII; a number typed in it is converted
    bool m_quiet = false;
    bool m_halfTyped = false;
    bool m_justRefused = false; ///< the input that is about to be finished was refused
};

} // namespace dt
