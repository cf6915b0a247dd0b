// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inside/InsideView.h"

#include "widgets/forms/ElidedLabel.h"
#include "widgets/inside/AttentionPanel.h"
#include "widgets/inside/ElmPanel.h"
#include "widgets/inside/MemoryPanel.h"
#include "widgets/inside/WeightMaps.h"
#include "widgets/theme/Theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QTabWidget>

#include <algorithm>

namespace dt {

InsideView::InsideView(QWidget *parent) :
    QWidget(parent), m_title(new ElidedLabel), m_with(new QLabel(tr("Beside it"))),
    m_second(new QComboBox), m_tabs(new QTabWidget), m_nothing(new QLabel), m_layerTab(new QWidget),
    m_sentence(new QLabel), m_normalise(new QCheckBox(tr("Normalise each unit"))),
    m_maps(new WeightMaps(QStringLiteral("first"))),
    m_secondMaps(new WeightMaps(QStringLiteral("second"))), m_elm(new ElmPanel),
    m_attention(new AttentionPanel), m_memory(new MemoryPanel)
{
    setObjectName(QStringLiteral("insideView"));
    m_title->setObjectName(QStringLiteral("insideTitleLabel"));
    theme::setRole(m_title, "heading");
    m_second->setObjectName(QStringLiteral("insideSecondCombo"));
    m_second->setAccessibleName(tr("Twin to show beside it"));
    m_second->setToolTip(tr("Shows another twin's inside beside this one's, for example the twin "
                            "of an NMDA neuron beside that of an AMPA neuron"));
    m_second->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_second->setMinimumContentsLength(16);
    m_with->setBuddy(m_second);
    m_nothing->setObjectName(QStringLiteral("insideNothingLabel"));
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    theme::setRole(m_nothing, "muted");
    m_sentence->setObjectName(QStringLiteral("insideSentenceLabel"));
    m_sentence->setWordWrap(true);
    theme::setRole(m_sentence, "muted");
    m_normalise->setObjectName(QStringLiteral("insideNormaliseCheck"));
    m_normalise->setToolTip(
        tr("On: the colours of each unit reach to its own largest weight, so that "
           "weak units show their pattern. Off: one scale for all units."));
    m_normalise->setChecked(true);
    m_tabs->setObjectName(QStringLiteral("insideTabs"));
    m_tabs->setDocumentMode(true);

    auto *top = new QHBoxLayout;
    top->setSpacing(theme::Grid);
    top->addWidget(m_title, 1);
    top->addWidget(m_with);
    top->addWidget(m_second);
    auto *line = new QHBoxLayout;
    line->setSpacing(theme::Grid * 2);
    line->addWidget(m_sentence, 1);
    line->addWidget(m_normalise, 0, Qt::AlignTop);
    auto *maps = new QHBoxLayout;
    maps->setSpacing(theme::Grid * 2);
    maps->addWidget(m_maps, 1);
    maps->addWidget(m_secondMaps, 1);
    auto *layer = new QVBoxLayout(m_layerTab);
    layer->setContentsMargins(0, theme::Grid / 2, 0, 0);
    layer->setSpacing(theme::Grid / 2);
    layer->addLayout(line);
    layer->addLayout(maps, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme::Grid / 2, 0, 0);
    column->setSpacing(theme::Grid / 2);
    column->addLayout(top);
    column->addWidget(m_tabs, 1);
    column->addWidget(m_nothing, 1);

    // Pages that are not in the tab bar belong to the view all the same.
    for (QWidget *page :
         std::initializer_list<QWidget *>{m_layerTab, m_elm, m_attention, m_memory}) {
        page->setParent(this);
        page->hide();
    }
    connect(m_second, &QComboBox::activated, this,
            [this] { Q_EMIT secondChosen(m_second->currentData().toString()); });
    connect(m_normalise, &QCheckBox::toggled, this, [this](bool on) {
        m_maps->setNormalised(on);
        m_secondMaps->setNormalised(on);
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        m_chosenTab = m_tabs->currentWidget();
        tellAttention();
    });
    connect(m_attention, &AttentionPanel::pieceChosen, this, &InsideView::tellAttention);
    for (const DataOffer *offer : {m_attention->offer(), m_memory->offer()}) {
        connect(offer, &DataOffer::locateRequested, this, &InsideView::locateRequested);
        connect(offer, &DataOffer::makeRequested, this, &InsideView::makeRequested);
        connect(offer, &DataOffer::cancelRequested, this, &InsideView::cancelRequested);
    }
    setOthers({}, {});
    setNothing(tr("Choose a twin to look inside."));
}

void InsideView::setNothing(const QString &sentence)
{
    m_twin.reset();
    m_nothing->setText(sentence);
    arrange();
}

void InsideView::setTwin(const InsideTwin &twin)
{
    m_twin = twin;
    arrange();
}

void InsideView::setOthers(const QStringList &paths, const QStringList &titles)
{
    const QString chosen = m_second->currentData().toString();
    m_second->clear();
    m_second->addItem(tr("no other twin"), QString());
    for (qsizetype i = 0; i < paths.size(); ++i)
        m_second->addItem(titles.value(i), paths[i]);
    m_second->setCurrentIndex(std::max(0, m_second->findData(chosen)));
    m_second->setEnabled(!paths.isEmpty());
    if (m_beside && m_second->findData(m_beside->path) < 0) // it is what is looked at now, or gone
        setSecond(std::nullopt);
}

void InsideView::setSecond(const std::optional<InsideTwin> &twin)
{
    m_beside = twin;
    m_second->setCurrentIndex(twin ? std::max(0, m_second->findData(twin->path)) : 0);
    arrange();
}

void InsideView::setData(const InsideData &found)
{
    m_attention->setData(found);
    m_memory->setData(found);
    if (found.there)
        tellAttention();
}

void InsideView::setOffer(const DataOffer::State &state)
{
    m_attention->offer()->setState(state);
    m_memory->offer()->setState(state);
}

void InsideView::setProblem(const QString &sentence)
{
    m_attention->setAttention(std::nullopt, sentence);
    m_memory->setSentence(sentence);
}

void InsideView::arrange()
{
    const bool any = m_twin.has_value();
    m_tabs->setVisible(any);
    m_nothing->setVisible(!any);
    m_title->setText(any ? tr("Inside %1").arg(m_twin->title) : QString());
    m_with->setVisible(any);
    m_second->setVisible(any);
    {
        const QSignalBlocker quiet(m_tabs);
        while (m_tabs->count() > 0) {
            QWidget *page = m_tabs->widget(0);
            m_tabs->removeTab(0);
            page->setParent(this);
            page->hide();
        }
        if (any && m_twin->attentionLayers > 0)
            m_tabs->addTab(m_attention, tr("Attention"));
        if (any && m_twin->times)
            m_tabs->addTab(m_elm, tr("Time Constants"));
        if (any && m_twin->layer)
            m_tabs->addTab(m_layerTab, tr("First Layer"));
        if (any)
            m_tabs->addTab(m_memory, tr("Memory"));
        m_tabs->setCurrentIndex(std::max(0, m_tabs->indexOf(m_chosenTab)));
    }
    const bool both = any && m_twin->layer && m_beside && m_beside->layer;
    m_maps->setTwin(m_twin);
    m_secondMaps->setVisible(both);
    m_maps->setTitled(both);
    m_secondMaps->setTitled(both);
    m_secondMaps->setTwin(both ? m_beside : std::nullopt);
    if (both && m_twin->layer->lagsMs > 1 && m_beside->layer->lagsMs > 1) {
        const int ages = std::max(m_twin->layer->lagsMs, m_beside->layer->lagsMs);
        m_maps->setAges(ages);
        m_secondMaps->setAges(ages);
    }
    m_elm->setTwins(m_twin, m_beside);
    m_attention->setTwin(m_twin);
    m_memory->setTwin(m_twin);
    describe();
    tellAttention();
}

void InsideView::describe()
{
    if (!m_twin || !m_twin->layer)
        return;
    QString text;
    if (m_twin->layer->lagsMs <= 1) {
        text =
            tr("The first layer of this twin sees one ms at a time: each column is a unit, each "
               "place in it the weight of a segment's input. Memory comes later, from attention.");
    } else {
        const auto half = [](const InsideTwin &twin) {
            return tr("half of %1's excitatory weight is on input of the last %2 ms")
                .arg(twin.title)
                .arg(twin.layer->halfMs(Polarity::Excitatory), 0, 'f', 0);
        };
        text = tr("Weights far back in time mean that the twin uses input that is that old: %1")
                   .arg(half(*m_twin));
        if (m_beside && m_beside->layer && m_beside->layer->lagsMs > 1)
            text += tr("; ") + half(*m_beside);
        text += QLatin1Char('.');
    }
    m_sentence->setText(text);
    m_normalise->setVisible(m_twin->layer->lagsMs > 1);
}

void InsideView::tellAttention()
{
    if (m_twin && m_tabs->currentWidget() == m_attention)
        Q_EMIT attentionShown();
}

} // namespace dt
