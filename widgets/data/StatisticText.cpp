// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/data/StatisticText.h"

#include "widgets/words/Text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace dt {

namespace {

const StatisticInfo &infoOf(Statistic statistic)
{
    return statistics()[static_cast<std::size_t>(statistic)];
}

QString tr(const char *source)
{
    return QCoreApplication::translate("StatisticText", source);
}

} // namespace

QString statisticTitle(Statistic statistic)
{
    return text(infoOf(statistic).title);
}

QString statisticUnit(Statistic statistic)
{
    return text(infoOf(statistic).unit);
}

QString countText(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

QString durationText(double seconds)
{
    const auto whole = static_cast<long long>(std::ceil(std::max(0.0, seconds)));
    if (whole < 90)
        return tr("%1 s").arg(whole);
    const long long minutes = (whole + 30) / 60;
    if (minutes < 90)
        return tr("%1 min").arg(minutes);
    return tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString sizeText(std::uint64_t bytes)
{
    const auto size = static_cast<double>(bytes);
    if (bytes < 1000)
        return tr("%1 bytes").arg(bytes);
    if (size < 1e6)
        return tr("%1 KB").arg(std::max(1.0, std::round(size / 1e3)), 0, 'f', 0);
    if (size < 1e9)
        return tr("%1 MB").arg(size / 1e6, 0, 'f', size < 1e7 ? 1 : 0);
    return tr("%1 GB").arg(size / 1e9, 0, 'f', 1);
}

} // namespace dt
