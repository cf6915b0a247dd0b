// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/QuantityField.h"

#include "widgets/forms/Units.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QWheelEvent>

namespace dt {

QuantityField::QuantityField(QWidget *parent) : QDoubleSpinBox(parent)
{
    setKeyboardTracking(false); // a typed number counts when it is complete
    setLocale(QLocale::c()); // one way to write numbers, as in files and on axes
    setFocusPolicy(Qt::StrongFocus);
    setAlignment(Qt::AlignRight);
    connect(this, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (!m_quiet)
            Q_EMIT edited(value);
    });
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] {
        m_halfTyped = true;
        Q_EMIT typing();
    });
    connect(this, &QDoubleSpinBox::editingFinished, this, [this] { m_halfTyped = false; });
}

void QuantityField::configure(double min, double max, double step, int decimals,
                              const QString &unit)
{
    const bool quiet = std::exchange(m_quiet, true);
    m_plainUnit = unit;
    m_unit = displayUnit(unit);
    // More digits may be typed than are usually shown.
    setDecimals(std::max(decimals, 6));
    setRange(min, max);
    setSingleStep(step);
    setSuffix(unit.isEmpty() ? QString() : u' ' + m_unit);
    m_quiet = quiet;
}

void QuantityField::setQuantity(double value)
{
    const bool quiet = std::exchange(m_quiet, true);
    setValue(value);
    m_quiet = quiet;
}

QString QuantityField::rangeText() const
{
    const QString unit = m_unit.isEmpty() ? QString() : u' ' + m_unit;
    return tr("%1 to %2%3").arg(textFromValue(minimum()), textFromValue(maximum()), unit);
}

QString QuantityField::textFromValue(double value) const
{
    // As many digits as the value has, so that Enter on an untouched field changes nothing.
    return QString::number(value, 'f', QLocale::FloatingPointShortest);
}

// The unit may be typed although it stands there already.
QString QuantityField::withoutUnit(const QString &text) const
{
    QString number = text.trimmed();
    for (bool again = true; again;) {
        again = false;
        for (const QString &unit : {m_unit, m_plainUnit}) {
            if (!unit.isEmpty() && number.endsWith(unit)) {
                number.chop(unit.size());
                number = number.trimmed();
                again = true;
            }
        }
    }
    return number;
}

bool QuantityField::parse(const QString &text, double &value) const
{
    const QString number = withoutUnit(text).replace(u',', u'.');
    bool ok = false;
    value = QLocale::c().toDouble(number, &ok);
    return ok;
}

double QuantityField::valueFromText(const QString &text) const
{
    double number = 0.0;
    return parse(text, number) ? number : value();
}

QValidator::State QuantityField::validate(QString &text, int &) const
{
    double number = 0.0;
    if (!parse(text, number))
        return QValidator::Intermediate; // a person may be in the middle of typing
    return number >= minimum() && number <= maximum() ? QValidator::Acceptable
                                                      : QValidator::Intermediate;
}

void QuantityField::fixup(QString &text) const
{
    double number = 0.0;
    auto *self = const_cast<QuantityField *>(this); // Qt's signature is const, the news is not
    if (!parse(text, number))
        Q_EMIT self->refused(
            tr("\"%1\" is not a number. The range is %2.").arg(withoutUnit(text), rangeText()));
    else
        Q_EMIT self->refused(tr("%1 is out of range: %2.").arg(textFromValue(number), rangeText()));
    text = textFromValue(value()) + suffix();
}

bool QuantityField::event(QEvent *event)
{
    // What is half typed is undone here. Everything else is a step of the document: its shortcut
    // must get through.
    if (event->type() == QEvent::ShortcutOverride && !m_halfTyped) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return false;
        }
    }
    return QDoubleSpinBox::event(event);
}

void QuantityField::wheelEvent(QWheelEvent *event)
{
    // Scrolling a form must not change the numbers that pass under the mouse.
    if (hasFocus())
        QDoubleSpinBox::wheelEvent(event);
    else
        event->ignore();
}

} // namespace dt
