// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/twin/TwinBar.h"

#include "widgets/forms/ElidedLabel.h"
#include "widgets/theme/Colours.h"
#include "widgets/theme/Theme.h"
#include "widgets/twin/ScoreText.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPixmap>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include <algorithm>

namespace dt {

namespace {

constexpr QChar NoBreak(0xA0);

/// Digits that count: 2.1 ms, 38 ms.
QString ms(double value)
{
    return TwinBar::tr("%1 ms").arg(value, 0, 'f', value < 10.0 ? 1 : 0);
}

/// How well spikes are told, and whether any is said at all.
QString spikesText(const TwinErrors &errors)
{
    const SpikeDecisions &said = errors.decisions;
    if (errors.spikes == 0)
        return said.falsePositives == 0
            ? TwinBar::tr("Spikes: none of either")
            : TwinBar::tr("Spikes: none of the neuron, %1 of the twin").arg(said.falsePositives);
    QStringList parts;
    if (errors.spikesAuc)
        parts << TwinBar::tr("AUC %1").arg(*errors.spikesAuc, 0, 'f', 4);
    if (said.precision() && said.recall())
        parts << TwinBar::tr("precision %1, recall %2")
                     .arg(*said.precision(), 0, 'f', 2)
                     .arg(*said.recall(), 0, 'f', 2);
    else
        parts << TwinBar::tr("the twin says none of %1").arg(errors.spikes);
    return TwinBar::tr("Spikes: %1").arg(parts.join(QStringLiteral(", ")));
}

/// Never broken over two lines.
QString whole(QString text)
{
    return text.replace(u' ', NoBreak);
}

QPixmap swatch(const QColor &colour, double ratio)
{
    QPixmap picture(QSize(16, 10) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setPen(QPen(colour, 1.6 * theme::lineWidth()));
    painter.drawLine(QPointF(0.0, 5.0), QPointF(16.0, 5.0));
    return picture;
}

} // namespace

TwinBar::TwinBar(QWidget *parent) :
    QWidget(parent), m_choice(new QComboBox), m_hint(new ElidedLabel), m_legend(new QWidget),
    m_neuronSwatch(new QLabel), m_twinSwatch(new QLabel), m_measures(new QLabel),
    m_message(new QFrame), m_messageText(new QLabel),
    m_useNeuron(new QPushButton(tr("Use Its Neuron")))
{
    setObjectName(QStringLiteral("twinBar"));
    m_choice->setObjectName(QStringLiteral("twinCombo"));
    m_choice->setAccessibleName(tr("Twin beside the neuron"));
    m_choice->setToolTip(tr("A trained twin gets the same input and is drawn over the neuron."));
    m_choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_choice->setMinimumContentsLength(26);
    auto *name = new QLabel(tr("Twin"));
    name->setBuddy(m_choice);
    name->setToolTip(m_choice->toolTip());

    m_hint->setObjectName(QStringLiteral("twinHintLabel"));
    theme::setRole(m_hint, "muted");
    theme::setRole(m_hint, "caption");

    auto *legend = new QHBoxLayout(m_legend);
    legend->setContentsMargins(theme::Grid, 0, 0, 0);
    legend->setSpacing(theme::Grid / 2);
    for (const auto &[picture, text] :
         {std::pair{m_neuronSwatch, tr("Neuron")}, std::pair{m_twinSwatch, tr("Twin")}}) {
        auto *word = new QLabel(text);
        theme::setRole(word, "caption");
        legend->addWidget(picture);
        legend->addWidget(word);
        legend->addSpacing(theme::Grid / 2);
    }
    auto *row = new QHBoxLayout;
    row->setContentsMargins(theme::Grid / 2, 0, 0, 0);
    row->setSpacing(theme::Grid);
    row->addWidget(name);
    row->addWidget(m_choice);
    row->addWidget(m_legend);
    row->addWidget(m_hint, 1);
    row->addStretch(0); // where there is no hint

    m_measures->setObjectName(QStringLiteral("twinMeasuresLabel"));
    m_measures->setWordWrap(true);
    m_measures->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_measures->setContentsMargins(theme::Grid / 2, 0, 0, 0);
    m_measures->setToolTip(tr(
        "Of the run that is shown. AUC: how well the twin's probability ranks the ms with a spike "
        "above the others; 1 is perfect. Precision: share of the twin's spikes (probability above "
        "0.5) that are right to the very ms. Recall: share of the neuron's spikes found so. A twin "
        "whose probability never exceeds 0.5 says none. MAE and RMSE: mean and root mean square "
        "error. R²: share of the ups and downs that the twin follows, a constant offset counted as "
        "an error; 1 is perfect, below 0 is worse than always saying the mean. Speed: "
        "milliseconds of computing; the twin's is its time on the Compare page, on one core."));
    theme::setRole(m_measures, "caption");

    m_message->setProperty("card", true);
    m_message->setObjectName(QStringLiteral("twinMessage"));
    m_messageText->setObjectName(QStringLiteral("twinMessageLabel"));
    m_messageText->setWordWrap(true);
    m_useNeuron->setObjectName(QStringLiteral("useTwinNeuronButton"));
    m_useNeuron->setToolTip(tr("Put the neuron that the twin was trained on into the project; Undo "
                               "brings yours back."));
    auto *message = new QHBoxLayout(m_message);
    message->setContentsMargins(theme::Grid, theme::Grid / 2, theme::Grid, theme::Grid / 2);
    message->addWidget(m_messageText, 1);
    message->addWidget(m_useNeuron);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid / 2, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addLayout(row);
    column->addWidget(m_measures);
    column->addWidget(m_message);

    connect(m_choice, &QComboBox::activated, this,
            [this](int index) { Q_EMIT twinChosen(m_choice->itemData(index).toString()); });
    connect(m_useNeuron, &QPushButton::clicked, this, &TwinBar::neuronWanted);
    setChoices({}, {});
    setErrors({});
    setMessage({}, false);
    setTwinShown(false);
    restyle();
}

void TwinBar::setChoices(const std::vector<TwinChoice> &choices, const QString &chosen)
{
    const QSignalBlocker quiet(m_choice);
    m_choice->clear();
    m_choice->addItem(tr("No twin"), QString());
    auto *model = qobject_cast<QStandardItemModel *>(m_choice->model());
    int widest = 0;
    for (const TwinChoice &choice : choices) {
        // Of the chosen one a whole sentence says why.
        const QString text = choice.problem.isEmpty() || choice.path == chosen
            ? choice.title
            : tr("%1 · %2").arg(choice.title, choice.problem);
        m_choice->addItem(text, choice.path);
        m_choice->setItemData(m_choice->count() - 1, choice.path, Qt::ToolTipRole);
        model->item(m_choice->count() - 1)->setEnabled(choice.sound);
        widest = std::max(widest, m_choice->fontMetrics().horizontalAdvance(text));
    }
    m_choice->view()->setMinimumWidth(widest + 4 * theme::Grid);
    m_choice->setCurrentIndex(std::max(0, m_choice->findData(chosen)));
    m_hint->setVisible(m_choice->currentIndex() == 0);
}

void TwinBar::setHint(const QString &text)
{
    m_hint->setText(text);
}

void TwinBar::setMessage(const QString &sentence, bool offerNeuron)
{
    m_messageText->setText(sentence);
    m_useNeuron->setVisible(offerNeuron);
    m_message->setVisible(!sentence.isEmpty());
}

void TwinBar::setTwinShown(bool shown)
{
    m_legend->setVisible(shown);
    m_measures->setVisible(shown);
}

void TwinBar::setErrors(const std::optional<TwinErrors> &errors)
{
    if (!errors) {
        m_errors = tr("Nothing to compare yet");
        showMeasures();
        return;
    }
    const TwinErrors &c = *errors;
    QStringList parts;
    parts << spikesText(c);
    if (c.soma)
        parts << tr("Soma: MAE %1, RMSE %2 mV, %3")
                     .arg(c.soma->mae, 0, 'f', 2)
                     .arg(c.soma->rmse, 0, 'f', 2)
                     .arg(rSquaredText(*c.soma));
    if (c.nearSpikeAuc)
        parts << tr("Near a spike: AUC %1").arg(*c.nearSpikeAuc, 0, 'f', 4);
    if (c.rate)
        parts << tr("Rate: RMSE %1 Hz").arg(1000.0 * c.rate->rmse, 0, 'f', 1);
    if (c.dend)
        parts << tr("Dendrite: RMSE %1 mV").arg(c.dend->rmse, 0, 'f', 2);
    for (QString &part : parts)
        part = whole(part);
    m_errors = parts.join(NoBreak + QStringLiteral("· "));
    showMeasures();
}

void TwinBar::showMeasures()
{
    m_measures->setText(
        m_speed.isEmpty() ? m_errors : m_errors + NoBreak + QStringLiteral("· ") + whole(m_speed));
}

void TwinBar::setSpeed(double neuronMs, double twinMs, int simulatedMs)
{
    if (neuronMs >= 0.0 && twinMs >= 0.0)
        m_speed = tr("For %1 ms of input NEURON takes %2, the twin %3")
                      .arg(simulatedMs)
                      .arg(ms(neuronMs), ms(twinMs));
    else if (twinMs >= 0.0)
        m_speed = tr("For %1 ms of input the twin takes %2").arg(simulatedMs).arg(ms(twinMs));
    else
        m_speed.clear();
    showMeasures();
}

void TwinBar::restyle()
{
    m_neuronSwatch->setPixmap(swatch(palette().color(QPalette::WindowText), devicePixelRatioF()));
    m_twinSwatch->setPixmap(swatch(colours::onto(colours::Twin, palette()), devicePixelRatioF()));
}

void TwinBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        restyle();
}

} // namespace dt
