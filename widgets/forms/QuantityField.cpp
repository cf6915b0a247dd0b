// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/QuantityField.h"

#include "engine/base/NumberText.h"
#include "engine/base/ReadUnits.h"
#include "widgets/forms/Units.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSignalBlocker>

namespace dt {

namespace {

/// A number with a unit that people use for what our fields hold.
const QRegularExpression &inAnotherUnit()
{
    static const QRegularExpression form(QStringLiteral(
        "^[+-]?[\\d.,]*\\d[\\d.,]*(e[+-]?\\d+)?\\s*([numkM\u00b5\u03bc]?(m|m2|m²|V|s|S|F|Hz)"
        "|cm|%|([kM]?(ohm|Ω)( ?cm(2|²)?)?)|[um\u00b5\u03bc]?F/cm(2|²))$"));
    return form;
}

} // namespace

QuantityField::QuantityField(QWidget *parent) : QDoubleSpinBox(parent)
{
    setKeyboardTracking(false); // a typed number counts when it is complete
    setLocale(QLocale::c()); // one way to write numbers, as in files and on axes
    setAlignment(Qt::AlignRight);
    connect(this, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (!m_quiet)
            Q_EMIT edited(storedValue(value, m_storedUnit.toStdString()));
    });
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] {
        m_halfTyped = true;
        m_justRefused = false;
        Q_EMIT settled();
    });
    connect(this, &QDoubleSpinBox::editingFinished, this, [this] {
        m_halfTyped = false;
        if (!std::exchange(m_justRefused, false))
            Q_EMIT settled();
    });
}

void QuantityField::configure(double min, double max, double step, int decimals,
                              const QString &unit)
{
    const bool quiet = std::exchange(m_quiet, true);
    const std::string stored = unit.toStdString();
    m_storedUnit = unit;
    m_plainUnit = QString::fromUtf8(readUnit(stored).data(), qsizetype(readUnit(stored).size()));
    m_unit = displayUnit(m_plainUnit);
    // More digits may be typed than are usually shown.
    setDecimals(std::max(decimals, 6));
    setRange(readValue(min, stored), readValue(max, stored));
    setSingleStep(readValue(step, stored));
    setSuffix(unit.isEmpty() ? QString() : u' ' + m_unit);
    m_quiet = quiet;
}

void QuantityField::setQuantity(double value)
{
    const bool quiet = std::exchange(m_quiet, true);
    setValue(readValue(value, m_storedUnit.toStdString()));
    m_quiet = quiet;
}

double QuantityField::quantity() const
{
    return storedValue(value(), m_storedUnit.toStdString());
}

QString QuantityField::quantityText(double quantity) const
{
    return textFromValue(readValue(quantity, m_storedUnit.toStdString())) + suffix();
}

void QuantityField::refuse(const QString &why)
{
    m_justRefused = m_halfTyped;
    Q_EMIT refused(why);
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
    number.replace(QChar(0x3bc), QChar(0xb5)); // the Greek letter looks like the micro sign
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
    QString number = withoutUnit(text);
    bool inStored = false;
    for (const QString &unit : {m_storedUnit, displayUnit(m_storedUnit)}) {
        if (m_storedUnit == m_plainUnit || !number.endsWith(unit))
            continue;
        inStored = true;
        number = number.chopped(unit.size()).trimmed();
    }
    const std::optional<double> read = numberOf(number.toStdString());
    if (read)
        value = inStored ? readValue(*read, m_storedUnit.toStdString()) : *read;
    return read.has_value();
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

QString QuantityField::problemWith(const QString &text) const
{
    double number = 0.0;
    if (parse(text, number))
        return tr("%1 is out of range: %2.").arg(textFromValue(number), rangeText());
    const QString typed = withoutUnit(text);
    if (mayMeanThousands(typed.toStdString()))
        return tr("\"%1\" may mean %2 or %3. Type one of these, without a comma.")
            .arg(typed, QString(typed).remove(u','), QString(typed).replace(u',', u'.'));
    if (inAnotherUnit().match(typed).hasMatch())
        return m_unit.isEmpty()
            ? tr("\"%1\" has a unit, and this number has none.").arg(typed)
            : tr("\"%1\" is in another unit. Type it in %2.").arg(typed, m_unit);
    return tr("\"%1\" is not a number. The range is %2.").arg(typed, rangeText());
}

void QuantityField::fixup(QString &text) const
{
    auto *self = const_cast<QuantityField *>(this); // Qt's signature is const, the news is not
    self->refuse(problemWith(text));
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

} // namespace dt
