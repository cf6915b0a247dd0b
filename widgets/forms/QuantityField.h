// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDoubleSpinBox>

namespace dt {

/// A number with a unit: typed with or without it, stepped by a useful amount, shown without
/// trailing zeros, with a point or a comma. Quantities go in and out in the unit that configure()
/// was given; shown, typed and held by the spin box is what people read (engine/base/ReadUnits.h).
/// A value outside the range, in another unit or with a comma that may mean thousands is not
/// swallowed: refused() says why. edited() comes for values a person chose, not for setQuantity().
class QuantityField : public QDoubleSpinBox
{
    Q_OBJECT

public:
    explicit QuantityField(QWidget *parent = nullptr);

    void configure(double min, double max, double step, int decimals, const QString &unit);
    void setQuantity(double value);
    [[nodiscard]] double quantity() const;
    /// As the field would show it, with the unit.
    [[nodiscard]] QString quantityText(double quantity) const;
    /// Says why a number that was in the range cannot be had all the same.
    void refuse(const QString &why);
    [[nodiscard]] QString rangeText() const;

    QString textFromValue(double value) const override;
    double valueFromText(const QString &text) const override;
    QValidator::State validate(QString &text, int &position) const override;

Q_SIGNALS:
    void edited(double value);
    /// Somebody types, or leaves or confirms a value that is good: what was said about the last
    /// input is settled.
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

    QString m_unit; ///< as shown
    QString m_plainUnit; ///< in ASCII, also accepted
    QString m_storedUnit; ///< of quantities, in ASCII; converted when it is typed
    bool m_quiet = false;
    bool m_halfTyped = false;
    bool m_justRefused = false; ///< by what is about to be called finished
};

} // namespace dt
