// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace dt {

class Document;
class QuantityField;

/// A line of a form that changes the document: label, number with unit, and below it, when needed,
/// why a number was refused or what else the reader should know. `name` gives the parts their
/// object names: nameField, nameWhyLabel. Leaving the field ends its undo step.
class NumberRow : public QWidget
{
    Q_OBJECT

public:
    struct Range
    {
        double min;
        double max;
        double step;
        QString unit{};
    };

    NumberRow(Document *document, const QString &name, const QString &label, const QString &why,
              const Range &range, QWidget *parent = nullptr);

    [[nodiscard]] QuantityField *field() const { return m_field; }
    [[nodiscard]] double quantity() const;
    void setQuantity(double value);
    void setLabel(const QString &label);
    /// Refuses a number although it is in the range: says why and shows `value` again.
    void refuse(const QString &sentence, double value);
    /// Sets a caption that stays, e.g. that several things differ; "" removes it.
    void setNote(const QString &note);

Q_SIGNALS:
    void edited(double value);

protected:
    void changeEvent(QEvent *event) override;

private:
    void restyle();
    void show(const QString &problem);

    QuantityField *m_field;
    QLabel *m_label;
    QLabel *m_why;
    QString m_note;
};

} // namespace dt
