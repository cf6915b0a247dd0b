// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twin/ScoreText.h"

#include <QCoreApplication>

namespace dt {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(ScoreText)
};

} // namespace

QString explainedText(const RegressionScores &scores)
{
    const bool poor = scores.explainedVariancePercent < 0.0;
    const QString explained = Texts::tr("explained %1 %, R² %2")
                                  .arg(scores.explainedVariancePercent, 0, 'f', poor ? 0 : 1)
                                  .arg(scores.r2, 0, 'f', 2);
    return poor ? Texts::tr("worse than always saying the mean (%1)").arg(explained) : explained;
}

QString rSquaredText(const RegressionScores &scores)
{
    const QString text = Texts::tr("R² %1").arg(scores.r2, 0, 'f', 3);
    return scores.r2 < 0.0 ? Texts::tr("%1, worse than always saying the mean").arg(text) : text;
}

QString explainedTip()
{
    return Texts::tr(
        "Explained: the share of the neuron's ups and downs that the twin follows. 100 % is "
        "perfect; 0 % is no better than always saying the mean, and below 0 it is worse "
        "than that: its errors vary more than the neuron does. R² is the same with a "
        "constant offset counted as an error, too; 1 is perfect.");
}

} // namespace dt
