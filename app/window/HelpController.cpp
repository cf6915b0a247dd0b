// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/HelpController.h"

#include "app/window/GuideWindow.h"
#include "widgets/words/TermMarker.h"
#include "widgets/words/TermPopup.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QMenu>
#include <QTabWidget>

#include <string_view>

namespace dt {

namespace {

/// What the guide says about a part of the window, by its class.
struct Chapter
{
    std::string_view widget;
    std::string_view link;
};
constexpr Chapter Chapters[] = {
    {"NeuronPage", "2-neuron.md"},
    {"TreeBar", "tree.md"},
    {"CellInspector", "tree.md"},
    {"DendriteTable", "tree.md"},
    {"SynapsePanel", "synapses.md"},
    {"ScriptView", "morphology.md"},
    {"SwcFaultsView", "morphology.md"},
    {"SimulatePage", "3-simulate.md"},
    {"StimulusForm", "3-simulate.md#painting-input"},
    {"EventPainter", "3-simulate.md#painting-input"},
    {"TwinBar", "3-simulate.md#a-twin-beside-the-neuron"},
    {"RunsPanel", "3-simulate.md#comparing-runs"},
    {"LiveView", "live.md"},
    {"ExperimentsView", "experiments.md"},
    {"DataPage", "5-data-sets.md"},
    {"DatasetView", "5-data-sets.md#look-at-one"},
    {"DatasetWizard", "5-data-sets.md#build-one"},
    {"TrainPage", "6-train.md"},
    {"LearningCurves", "6-train.md#watch-it-learn"},
    {"LossBalance", "6-train.md#watch-it-learn"},
    {"EvaluationPlots", "6-train.md#how-good-is-it"},
    {"SimulationsView", "6-train.md#how-good-is-it"},
    {"ComparePage", "7-compare.md"},
    {"BarsView", "7-compare.md#the-pictures"},
    {"ParetoView", "7-compare.md#the-pictures"},
    {"LearningView", "7-compare.md#the-pictures"},
    {"SettingsView", "7-compare.md#the-pictures"},
    {"InsideView", "8-inside.md"},
    {"AttentionPanel", "8-inside.md#attention-transformer"},
    {"ElmPanel", "8-inside.md#time-constants-elm"},
    {"MemoryPanel", "8-inside.md#memory"},
};

QString ownChapter(const QWidget *widget)
{
    const std::string_view name = widget->metaObject()->className();
    for (const Chapter &chapter : Chapters) {
        if (name.starts_with("dt::") && name.substr(4) == chapter.widget)
            return QString::fromLatin1(chapter.link.data(), qsizetype(chapter.link.size()));
    }
    return {};
}

Glossary readGlossary()
{
    QFile file(QStringLiteral(":/docs/guide/glossary.md"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const Result<Glossary> glossary = Glossary::parse(file.readAll().toStdString());
    return glossary ? *glossary : Glossary();
}

} // namespace

HelpController::HelpController(QWidget *window) :
    QObject(window), m_window(window), m_glossary(readGlossary()),
    m_marker(new TermMarker(m_glossary, this))
{
    connect(m_marker, &TermMarker::asked, this, &HelpController::popUp);
}

void HelpController::fillMenu(QMenu *help)
{
    QAction *guide =
        help->addAction(tr("&User Guide"), QKeySequence(Qt::Key_F1), this, [this] { showGuide(); });
    guide->setObjectName(QStringLiteral("guideAction"));
    QAction *words =
        help->addAction(tr("&Explain the Words Here"), QKeySequence(Qt::SHIFT | Qt::Key_F1), this,
                        &HelpController::explain);
    words->setObjectName(QStringLiteral("explainAction"));
    // In the wizard, too.
    for (QAction *action : {guide, words})
        action->setShortcutContext(Qt::ApplicationShortcut);
    QAction *glossary = help->addAction(tr("&Glossary"), this,
                                        [this] { showGuide(QStringLiteral("glossary.md")); });
    glossary->setObjectName(QStringLiteral("glossaryAction"));
    QAction *keys = help->addAction(tr("&Keyboard Shortcuts"), this,
                                    [this] { showGuide(QStringLiteral("keyboard.md")); });
    keys->setObjectName(QStringLiteral("shortcutsAction"));
}

QString HelpController::chapterOf(const QWidget *widget)
{
    for (const QWidget *at = widget; at; at = at->isWindow() ? nullptr : at->parentWidget()) {
        if (const QString chapter = ownChapter(at); !chapter.isEmpty())
            return chapter;
        const auto *tabs = qobject_cast<const QTabWidget *>(at);
        if (!tabs || !tabs->currentWidget())
            continue;
        if (const QString chapter = ownChapter(tabs->currentWidget()); !chapter.isEmpty())
            return chapter;
    }
    // Nothing around it: tool bar, page bar. Then what lies in front.
    for (const QWidget *part : widget->window()->findChildren<QWidget *>()) {
        const QString chapter =
            part->isVisible() && !part->isWindow() ? ownChapter(part) : QString();
        if (!chapter.isEmpty())
            return chapter;
    }
    return QStringLiteral("1-first-minute.md");
}

void HelpController::showGuide(const QString &link)
{
    const QWidget *front = QApplication::activeWindow();
    if (!front)
        front = m_window;
    if (front == m_guide && m_guide && link.isEmpty())
        return;
    const QWidget *at =
        front->focusWidget() && front->focusWidget()->isVisible() ? front->focusWidget() : front;
    const QString chapter = link.isEmpty() ? chapterOf(at) : link;
    if (!m_guide)
        m_guide = new GuideWindow(m_window);
    m_guide->showChapter(chapter);
}

void HelpController::explain()
{
    QWidget *front = QApplication::activeWindow() ? QApplication::activeWindow() : m_window;
    if (QWidget *field = front->focusWidget(); field && field->isVisible()) {
        if (const QStringList keys = m_marker->keysOf(field); !keys.isEmpty()) {
            popUp(keys, QRect(field->mapToGlobal(QPoint(0, 0)), field->size()), field);
            return;
        }
    }
    const QStringList keys = m_marker->keysIn(front);
    if (keys.isEmpty())
        showGuide(QStringLiteral("glossary.md"));
    else
        popUp(
            keys,
            QRect(front->mapToGlobal(QPoint(front->width() / 4, front->height() / 8)), QSize(1, 1)),
            front);
}

void HelpController::popUp(const QStringList &keys, const QRect &place, QWidget *over)
{
    auto *popup = new TermPopup(m_glossary, keys, over->window());
    connect(popup, &TermPopup::guideWanted, this, &HelpController::showGuide);
    popup->showAt(place);
}

} // namespace dt
