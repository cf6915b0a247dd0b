// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/forms/NumberRow.h"

#include "engine/document/Document.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>

namespace dt {

NumberRow::NumberRow(Document *document, const QString &name, const QString &label,
                     const QString &why, const Range &range, QWidget *parent) :
    QWidget(parent),
    m_field(new QuantityField), m_label(new QLabel), m_why(new QLabel)
{
    m_field->setObjectName(name + QStringLiteral("Field"));
    m_field->configure(range.min, range.max, range.step, 3, range.unit);
    m_field->setToolTip(tr("%1\nRange: %2").arg(why, m_field->rangeText()));
    setLabel(label);
    m_label->setBuddy(m_field);
    m_label->setToolTip(m_field->toolTip());
    m_why->setObjectName(name + QStringLiteral("WhyLabel"));
    m_why->setWordWrap(true);
    theme::setRole(m_why, "caption");
    m_why->hide();

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    grid->addWidget(m_label, 0, 0);
    grid->addWidget(m_field, 0, 1);
    grid->addWidget(m_why, 1, 0, 1, 2);

    connect(m_field, &QuantityField::edited, this, &NumberRow::edited);
    connect(m_field, &QuantityField::refused, this, &NumberRow::show);
    connect(m_field, &QuantityField::settled, this, [this] { show({}); });
    restyle();
    if (document)
        connect(m_field, &QuantityField::editingFinished, document, &Document::endMerge);
}

void NumberRow::setLabel(const QString &label)
{
    m_label->setText(label);
    m_field->setAccessibleName(label);
}

void NumberRow::restyle()
{
    m_field->setMinimumWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 13);
}

void NumberRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (m_field && (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange))
        restyle();
}

double NumberRow::quantity() const
{
    return m_field->quantity();
}

void NumberRow::setQuantity(double value)
{
    m_field->setQuantity(value);
}

void NumberRow::refuse(const QString &sentence, double value)
{
    m_field->setQuantity(value);
    m_field->refuse(sentence);
}

void NumberRow::setNote(const QString &note)
{
    m_note = note;
    show({});
}

void NumberRow::show(const QString &problem)
{
    theme::setRole(m_why, "problem", !problem.isEmpty());
    theme::setRole(m_why, "muted", problem.isEmpty());
    m_why->setText(problem.isEmpty() ? m_note : problem);
    m_why->setVisible(!m_why->text().isEmpty());
}

} // namespace dt
