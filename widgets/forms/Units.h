// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// The same within a sentence: only whole words after a number or a bracket are units there.
inline QString displayUnitsIn(QString sentence)
{
    static const QRegularExpression micrometre(QStringLiteral("(?<=[0-9] )um\\b"));
    static const QRegularExpression megohm(QStringLiteral("(?<=[0-9] )megohm\\b"));
    static const QRegularExpression microsiemens(QStringLiteral("(?<=[0-9] )uS\\b"));
    sentence.replace(megohm, QStringLiteral("MΩ"));
    sentence.replace(micrometre, QStringLiteral("µm"));
    sentence.replace(microsiemens, QStringLiteral("µS"));
    return sentence;
}

} // namespace dt
