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
/// remembers, or where it attends to; and how much of the past it uses, with a second twin beside
/// it. The view shows what it is given and asks for the rest by signals.
class InsideView : public QWidget
{
    Q_OBJECT

public:
    explicit InsideView(QWidget *parent = nullptr);

    /// Shows nothing but a sentence that says why.
    void setNothing(const QString &sentence);
    void setTwin(const InsideTwin &twin);
    /// Sets the twins that the second one is chosen from: their paths and what they are called.
    void setOthers(const QStringList &paths, const QStringList &titles);
    void setSecond(const std::optional<InsideTwin> &twin);
    void setData(const InsideData &found);
    /// Sets what can be done where there are no data.
    void setOffer(const DataOffer::State &state);
    /// Sets a sentence on what went wrong; "" for nothing.
    void setProblem(const QString &sentence);

    [[nodiscard]] MemoryPanel *memory() const { return m_memory; }
    [[nodiscard]] AttentionPanel *attention() const { return m_attention; }

Q_SIGNALS:
    /// The second twin was chosen; empty for none.
    void secondChosen(const QString &path);
    /// The attention panel came into view.
    void attentionShown();
    void locateRequested();
    void makeRequested(); ///< a test set is to be made
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
    /// Tab that a person chose; remembered while a twin does not have it.
    QWidget *m_chosenTab = nullptr;
    std::optional<InsideTwin> m_twin;
    std::optional<InsideTwin> m_beside;
};

} // namespace dt
