// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <algorithm>
#include <cmath>

namespace dt {

/// A number for people with at most `digits` significant digits, never an exponent, and no zeros at
/// its end.
inline QString significant(double value, int digits)
{
    if (value == 0.0 || !std::isfinite(value))
        return QString::number(value, 'f', 0);
    constexpr int Most = 9;
    const int order = static_cast<int>(std::floor(std::log10(std::abs(value))));
    QString text = QString::number(value, 'f', std::clamp(digits - 1 - order, 0, Most));
    while (text.contains(u'.') && (text.endsWith(u'0') || text.endsWith(u'.')))
        text.chop(1);
    return text;
}

/// A length in length constants: with hundredths, and very short or long ones with two or three
/// significant digits.
inline QString lambdaText(double lambdas)
{
    return lambdas >= 0.1 && lambdas < 10.0 ? QString::number(lambdas, 'f', 2)
                                            : significant(lambdas, lambdas < 0.1 ? 2 : 3);
}

} // namespace dt
