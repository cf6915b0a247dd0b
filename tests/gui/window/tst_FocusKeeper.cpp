// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/FocusKeeper.h"
#include "tests/support/TestProgram.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTest>

#include <memory>

using namespace dt;

class tst_FocusKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void comesBackToADisabledButton();
    void comesBackToAHiddenButton();
    void goesWhereThePersonWent();
    void tabWalksOn();
    void anotherPageHasItsOwn();
    void deletedMeanwhile();

private:
    FocusKeeper m_keeper;
    std::unique_ptr<QWidget> m_window;
    QPushButton *m_command = nullptr;
    QPushButton *m_next = nullptr;
    QLineEdit *m_field = nullptr;
};

void tst_FocusKeeper::init()
{
    m_window = std::make_unique<QWidget>();
    auto *row = new QHBoxLayout(m_window.get());
    m_command = new QPushButton(QStringLiteral("Measure"));
    m_next = new QPushButton(QStringLiteral("Pace"));
    m_field = new QLineEdit;
    for (QWidget *widget : {static_cast<QWidget *>(m_command), static_cast<QWidget *>(m_next),
                            static_cast<QWidget *>(m_field)})
        row->addWidget(widget);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_command->setFocus();
}

// A command that cannot be given twice at a time.
void tst_FocusKeeper::comesBackToADisabledButton()
{
    m_command->setEnabled(false);
    QVERIFY(!m_next->hasFocus());
    QVERIFY(!m_window->focusWidget());
    m_command->setEnabled(true);
    QVERIFY(m_command->hasFocus());
}

void tst_FocusKeeper::comesBackToAHiddenButton()
{
    m_command->hide();
    QVERIFY(!m_next->hasFocus());
    m_command->show();
    QVERIFY(m_command->hasFocus());
}

void tst_FocusKeeper::goesWhereThePersonWent()
{
    m_command->setEnabled(false);
    QTest::mouseClick(m_field, Qt::LeftButton);
    QVERIFY(m_field->hasFocus());
    m_command->setEnabled(true);
    QVERIFY(m_field->hasFocus());
}

void tst_FocusKeeper::tabWalksOn()
{
    QTest::keyClick(m_command, Qt::Key_Tab);
    QVERIFY(m_next->hasFocus());
}

void tst_FocusKeeper::anotherPageHasItsOwn()
{
    auto *pages = new QStackedWidget;
    auto *first = new QLineEdit;
    auto *second = new QLineEdit;
    pages->addWidget(first);
    pages->addWidget(second);
    m_window->layout()->addWidget(pages);
    first->setFocus();
    pages->setCurrentWidget(second);
    QVERIFY(second->hasFocus());
}

void tst_FocusKeeper::deletedMeanwhile()
{
    m_command->setEnabled(false);
    delete m_command;
    m_field->setFocus();
    QVERIFY(m_field->hasFocus());
}

DT_TEST(tst_FocusKeeper, QApplication)
#include "tst_FocusKeeper.moc"
