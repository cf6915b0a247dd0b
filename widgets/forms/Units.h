// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/ReadUnits.h"

#include <QRegularExpression>
#include <QString>

namespace dt {

/// Units as people read them: "um" becomes "µm", "ohm cm2" becomes "Ω cm²". Files and the command
/// line keep plain ASCII.
inline QString displayUnit(QString unit)
{
    unit.replace(QStringLiteral("megohm"), QStringLiteral("MΩ"));
    unit.replace(QStringLiteral("lambda"), QStringLiteral("λ"));
    unit.replace(QStringLiteral("ohm"), QStringLiteral("Ω"));
    unit.replace(QStringLiteral("cm2"), QStringLiteral("cm²"));
    unit.replace(QStringLiteral("um2"), QStringLiteral("um²"));
    unit.replace(QStringLiteral("um"), QStringLiteral("µm"));
    unit.replace(QStringLiteral("uF"), QStringLiteral("µF"));
    unit.replace(QStringLiteral("uS"), QStringLiteral("µS"));
    return unit;
}

/// Units within a sentence as people read them. Only whole words after a number are taken for
/// units. Conductances are converted to the unit that people read.
inline QString displayUnitsIn(QString sentence)
{
    static const QRegularExpression micrometre(QStringLiteral("(?<=[0-9] )um\\b"));
    static const QRegularExpression megohm(QStringLiteral("(?<=[0-9] )megohm\\b"));
    static const QRegularExpression conductance(QStringLiteral("([0-9.]+(?:e[+-]?[0-9]+)?) uS\\b"));
    sentence.replace(megohm, QStringLiteral("MΩ"));
    sentence.replace(micrometre, QStringLiteral("µm"));
    for (QRegularExpressionMatch match = conductance.match(sentence); match.hasMatch();
         match = conductance.match(sentence))
        sentence.replace(match.capturedStart(), match.capturedLength(),
                         QString::number(readValue(match.captured(1).toDouble(), "uS"), 'g', 6)
                             + QStringLiteral(" nS"));
    return sentence;
}

} // namespace dt
