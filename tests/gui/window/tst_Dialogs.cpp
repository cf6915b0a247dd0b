// SPDX-License-Identifier: GPL-3.0-or-later
//
// The real dialogs, answered by a person who is always there.
#include "app/window/Dialogs.h"

#include "tests/gui/GuiTest.h"
#include "tests/support/TestProgram.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QTimer>

#include <deque>

using namespace dt;
using namespace dt::test;

namespace {

using Answer = std::function<void(QDialog *)>;

/// Gives one answer to each dialog that opens, in order.
class Person : public QObject
{
public:
    explicit Person(std::deque<Answer> answers) : m_answers(std::move(answers))
    {
        connect(&m_timer, &QTimer::timeout, this, &Person::look);
        m_timer.start(5);
    }

    [[nodiscard]] bool isDone() const { return m_answers.empty(); }
    QStringList questions;

private:
    void look()
    {
        auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
        if (!dialog || !dialog->isVisible())
            return;
        if (m_answers.empty())
            qFatal("an unexpected dialog: %s", qPrintable(dialog->windowTitle()));
        const Answer answer = m_answers.front();
        m_answers.pop_front();
        if (const auto *box = qobject_cast<QMessageBox *>(dialog))
            questions << box->text();
        answer(dialog);
    }

    std::deque<Answer> m_answers;
    QTimer m_timer;
};

Answer button(const QString &text)
{
    return [text](QDialog *dialog) {
        for (auto *b : dialog->findChildren<QAbstractButton *>()) {
            if (b->text().remove(u'&') == text)
                return QTest::mouseClick(b, Qt::LeftButton);
        }
        qFatal("there is no button %s", qPrintable(text));
    };
}

Answer key(Qt::Key which)
{
    return [which](QDialog *dialog) { QTest::keyClick(dialog, which); };
}

/// Types a name into a file dialog.
Answer name(const QString &text)
{
    return [text](QDialog *dialog) {
        auto *edit = dialog->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    };
}

} // namespace

class tst_Dialogs : public QObject
{
    Q_OBJECT

    using Unsaved = ProjectDialogs::Unsaved;
    using Changed = ProjectDialogs::Changed;

private Q_SLOTS:
    void init();

    void unsaved_data();
    void unsaved();
    void changed_data();
    void changed();
    void openFile();
    void saveFile_data();
    void saveFile();
    void saveCancelled();
    void replacingIsAsked();
    void unknownEnding();

private:
    [[nodiscard]] QString at(const QString &file) const { return m_sandbox->path(file); }
    void make(const QString &file);

    std::unique_ptr<Sandbox> m_sandbox;
    QWidget m_window;
    WindowDialogs m_dialogs{&m_window};
};

void tst_Dialogs::init()
{
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    m_sandbox = std::make_unique<Sandbox>();
    m_window.show();
}

void tst_Dialogs::make(const QString &file)
{
    QFile made(at(file));
    QVERIFY(made.open(QIODevice::WriteOnly));
}

void tst_Dialogs::unsaved_data()
{
    QTest::addColumn<int>("how");
    QTest::addColumn<Unsaved>("answer");
    QTest::newRow("Save") << 0 << Unsaved::Save;
    QTest::newRow("Return saves") << 1 << Unsaved::Save;
    QTest::newRow("Don't Save") << 2 << Unsaved::Discard;
    QTest::newRow("Cancel") << 3 << Unsaved::Cancel;
    QTest::newRow("Escape cancels") << 4 << Unsaved::Cancel;
}

void tst_Dialogs::unsaved()
{
    QFETCH(int, how);
    QFETCH(Unsaved, answer);
    const std::vector<Answer> answers{button(QStringLiteral("Save")), key(Qt::Key_Return),
                                      [](QDialog *dialog) {
                                          auto *box = qobject_cast<QMessageBox *>(dialog);
                                          QTest::mouseClick(box->button(QMessageBox::Discard),
                                                            Qt::LeftButton);
                                      },
                                      button(QStringLiteral("Cancel")), key(Qt::Key_Escape)};
    Person person({answers[static_cast<std::size_t>(how)]});
    QCOMPARE(m_dialogs.askUnsaved(QStringLiteral("my cell")), answer);
    QVERIFY(person.isDone());
    QVERIFY2(person.questions.value(0).contains(QStringLiteral("\"my cell\"")),
             qPrintable(person.questions.value(0)));
}

void tst_Dialogs::changed_data()
{
    QTest::addColumn<bool>("gone");
    QTest::addColumn<QString>("pressed");
    QTest::addColumn<Changed>("answer");
    QTest::newRow("Keep Theirs") << false << QStringLiteral("Keep Theirs") << Changed::KeepTheirs;
    QTest::newRow("Overwrite") << false << QStringLiteral("Overwrite") << Changed::Overwrite;
    QTest::newRow("Save As") << false << QStringLiteral("Save As...") << Changed::SaveAs;
    QTest::newRow("Cancel") << false << QStringLiteral("Cancel") << Changed::Cancel;
    QTest::newRow("Return loses nothing") << false << QStringLiteral("Return") << Changed::SaveAs;
    QTest::newRow("Escape cancels") << false << QStringLiteral("Escape") << Changed::Cancel;
    QTest::newRow("gone: Save It Again")
        << true << QStringLiteral("Save It Again") << Changed::Overwrite;
    QTest::newRow("gone: Save As") << true << QStringLiteral("Save As...") << Changed::SaveAs;
    QTest::newRow("gone: Return saves") << true << QStringLiteral("Return") << Changed::Overwrite;
    QTest::newRow("gone: Escape cancels") << true << QStringLiteral("Escape") << Changed::Cancel;
}

void tst_Dialogs::changed()
{
    QFETCH(bool, gone);
    QFETCH(QString, pressed);
    QFETCH(Changed, answer);
    Person person({pressed == QStringLiteral("Return")       ? key(Qt::Key_Return)
                       : pressed == QStringLiteral("Escape") ? key(Qt::Key_Escape)
                                                             : button(pressed)});
    QCOMPARE(m_dialogs.askChanged(QStringLiteral("cell"), gone), answer);
    QVERIFY(person.isDone());
    QVERIFY2(person.questions.front().contains(QStringLiteral("\"cell\"")),
             qPrintable(person.questions.front()));
}

void tst_Dialogs::openFile()
{
    make(QStringLiteral("a.dendro"));
    {
        Person person({name(QStringLiteral("a.dendro"))});
        QCOMPARE(m_dialogs.askOpenPath(at({})), at(QStringLiteral("a.dendro")));
    }
    Person person({key(Qt::Key_Escape)});
    QCOMPARE(m_dialogs.askOpenPath(at({})), QString());
}

void tst_Dialogs::saveFile_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("file");
    QTest::newRow("suggestion") << QString() << QStringLiteral("neuron.dendro");
    QTest::newRow("without suffix") << QStringLiteral("cell") << QStringLiteral("cell.dendro");
    QTest::newRow("with suffix") << QStringLiteral("cell.dendro") << QStringLiteral("cell.dendro");
    QTest::newRow("a dot") << QStringLiteral("cell 1.5") << QStringLiteral("cell 1.5.dendro");
}

void tst_Dialogs::saveFile()
{
    QFETCH(QString, typed);
    QFETCH(QString, file);
    Person person({typed.isEmpty() ? button(QStringLiteral("Save")) : name(typed)});
    QCOMPARE(m_dialogs.askSavePath(at(QStringLiteral("neuron.dendro"))), at(file));
    QVERIFY(person.isDone());
}

void tst_Dialogs::saveCancelled()
{
    Person person({key(Qt::Key_Escape)});
    QCOMPARE(m_dialogs.askSavePath(at(QStringLiteral("neuron.dendro"))), QString());
}

void tst_Dialogs::replacingIsAsked()
{
    // Also when the file that would be replaced is named only once the suffix is added.
    make(QStringLiteral("cell.dendro"));
    make(QStringLiteral("cell 1.5.dendro"));
    Person person({name(QStringLiteral("cell")), button(QStringLiteral("Cancel")),
                   name(QStringLiteral("cell 1.5")), key(Qt::Key_Return),
                   name(QStringLiteral("cell.dendro")), button(QStringLiteral("Replace"))});
    QCOMPARE(m_dialogs.askSavePath(at(QStringLiteral("neuron.dendro"))),
             at(QStringLiteral("cell.dendro")));
    QVERIFY(person.isDone());
    QCOMPARE(person.questions.size(), 3);
    QVERIFY2(person.questions[1].contains(QStringLiteral("cell 1.5.dendro")),
             qPrintable(person.questions[1]));
}

// No picture.xyz.png: says which kinds there are, and asks again.
void tst_Dialogs::unknownEnding()
{
    Person person(
        {name(QStringLiteral("epsp.xyz")), key(Qt::Key_Return), name(QStringLiteral("epsp.svg"))});
    QCOMPARE(m_dialogs.askSaveAs(TwinDialogs::SavedKind::Plot, at(QStringLiteral("epsp.png"))),
             at(QStringLiteral("epsp.svg")));
    QVERIFY(person.isDone());
    QVERIFY2(person.questions.value(0).contains(QStringLiteral(".png, .svg, .pdf")),
             qPrintable(person.questions.value(0)));
}

DT_TEST(tst_Dialogs, QApplication)
#include "tst_Dialogs.moc"
