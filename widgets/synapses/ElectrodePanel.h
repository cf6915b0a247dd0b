// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/input/Electrode.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace dt {

class CellSelection;
class Document;
class NumberRow;

/// The stimulus' electrodes: a list in which they are turned on and off, and the numbers of the
/// selected one. New ones come from the palette.
class ElectrodePanel : public QWidget
{
    Q_OBJECT

public:
    ElectrodePanel(Document *document, CellSelection *selection, QWidget *parent = nullptr);

private:
    enum class For { Both, Current, Voltage };
    struct Field
    {
        NumberRow *row;
        double Electrode::*member;
        For shownFor;
        bool expert;
    };

    void addList(QVBoxLayout *layout);
    void addForm(QVBoxLayout *layout);
    void addFields(QVBoxLayout *layout);
    void refresh();
    void showFields();
    void rename();
    void remove();
    /// Index of the selected electrode; -1 unless exactly one is selected.
    [[nodiscard]] int current() const;
    template <typename Function>
    Status edit(const QString &text, Function change, const QString &key = {});

    Document *m_document;
    CellSelection *m_selection;
    QListWidget *m_list = nullptr;
    QLabel *m_empty = nullptr;
    QWidget *m_form = nullptr;
    QLineEdit *m_name = nullptr;
    QLabel *m_nameWhy = nullptr;
    QComboBox *m_clamp = nullptr;
    QComboBox *m_section = nullptr;
    QCheckBox *m_on = nullptr;
    QCheckBox *m_expert = nullptr;
    QPushButton *m_remove = nullptr;
    std::vector<Field> m_fields;
};

} // namespace dt
