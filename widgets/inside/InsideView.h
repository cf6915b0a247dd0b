// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/inside/InsideTwin.h"
#include "widgets/twin/DataOffer.h"

#include <QStringList>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QTabWidget;

namespace dt {

class AttentionPanel;
class ElmPanel;
class MemoryPanel;
class WeightMaps;

/// A look inside a trained twin: what its first layer weighs, or with which time constants it
/// remembers, or where it attends to; how much of the past it makes use of; a second twin beside
/// it. Shows what it is given and asks for the rest with signals.
class InsideView : public QWidget
{
    Q_OBJECT

public:
    explicit InsideView(QWidget *parent = nullptr);

    /// Nothing to show, because of what the sentence says.
    void setNothing(const QString &sentence);
    void setTwin(const InsideTwin &twin);
    /// To choose from as the second one: paths and what they are called.
    void setOthers(const QStringList &paths, const QStringList &titles);
    void setSecond(const std::optional<InsideTwin> &twin);
    void setData(const InsideData &found);
    /// What can be done where there are no data.
    void setOffer(const DataOffer::State &state);
    /// What went wrong; "" for nothing.
    void setProblem(const QString &sentence);

    [[nodiscard]] MemoryPanel *memory() const { return m_memory; }
    [[nodiscard]] AttentionPanel *attention() const { return m_attention; }

Q_SIGNALS:
    /// Empty: none.
    void secondChosen(const QString &path);
    /// The attention panel is in front of the person.
    void attentionShown();
    void locateRequested();
    void makeRequested(); ///< a test set
    void cancelRequested();

private:
    void arrange();
    void describe();
    void tellAttention();

    QLabel *m_title;
    QLabel *m_with;
    QComboBox *m_second;
    QTabWidget *m_tabs;
    QLabel *m_nothing;
    QWidget *m_layerTab;
    QLabel *m_sentence;
    QCheckBox *m_normalise;
    WeightMaps *m_maps;
    WeightMaps *m_secondMaps;
    ElmPanel *m_elm;
    AttentionPanel *m_attention;
    MemoryPanel *m_memory;
    QWidget *m_chosenTab = nullptr; ///< by a person; stays the choice while a twin does not have it
    std::optional<InsideTwin> m_twin;
    std::optional<InsideTwin> m_beside;
};

} // namespace dt
