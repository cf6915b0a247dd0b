// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace dt {

/// The open project as a Python script for plain NEURON: read, copy, save. Does not stand in the
/// way of the window, and is given a new text whenever the project changes.
class ScriptView : public QDialog
{
    Q_OBJECT

public:
    explicit ScriptView(QWidget *parent = nullptr);

    /// The place in the text stays where it was. Of very long texts the beginning is shown; Copy
    /// takes all.
    void setScript(const QString &text);
    [[nodiscard]] const QString &script() const { return m_script; }
    /// A change came, and the text does not show it yet.
    void setStale(bool stale);
    /// A line under the text, e.g. where it was saved.
    void setMessage(const QString &sentence);

Q_SIGNALS:
    void saveRequested();
    /// It came into view: is its text still right?
    void shown();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QString m_script;
    QPlainTextEdit *m_text;
    QLabel *m_message;
    QPushButton *m_copy;
    QPushButton *m_save;
};

} // namespace dt
