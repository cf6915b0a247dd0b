// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/forms/QuantityField.h"
#include "widgets/theme/Theme.h"

#include <QLabel>

namespace dt {

/// A label to be put below a field. It says why the last input was refused, and takes no room until
/// there is something to say.
inline QLabel *makeFieldProblem(QuantityField *field)
{
    auto *problem = new QLabel;
    // "seedField" has a "seedWhyLabel".
    problem->setObjectName(field->objectName().chopped(5) + QStringLiteral("WhyLabel"));
    problem->setWordWrap(true);
    theme::setRole(problem, "caption");
    theme::setRole(problem, "problem");
    problem->hide();
    QObject::connect(field, &QuantityField::refused, problem, [problem](const QString &sentence) {
        problem->setText(sentence);
        problem->show();
    });
    QObject::connect(field, &QuantityField::settled, problem, &QWidget::hide);
    return problem;
}

} // namespace dt
