// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace dt {

/// The open project as a Python script for plain NEURON: read, copy, save. It does not block the
/// window, and gets a new text whenever the project changes.
class ScriptView : public QDialog
{
    Q_OBJECT

public:
    explicit ScriptView(QWidget *parent = nullptr);

    /// Sets the text; it stays scrolled to the same place. Only the beginning of a very long text
    /// is shown, but Copy copies all of it.
    void setScript(const QString &text);
    [[nodiscard]] const QString &script() const { return m_script; }
    /// Marks the text as one that does not show the last change yet.
    void setStale(bool stale);
    /// Sets a line under the text, e.g. where it was saved.
    void setMessage(const QString &sentence);

Q_SIGNALS:
    void saveRequested();
    /// The dialog came into view; its text may be out of date.
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
