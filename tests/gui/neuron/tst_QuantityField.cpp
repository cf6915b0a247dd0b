// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/TestProgram.h"
#include "widgets/forms/QuantityField.h"
#include "widgets/forms/WheelGuard.h"

#include "tests/gui/GuiTest.h"

#include <QApplication>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace dt;
using namespace dt::test;

class tst_QuantityField : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void shows_data();
    void shows();
    void rangeText_data();
    void rangeText();
    void typed_data();
    void typed();
    void refused_data();
    void refused();
    void refusalIsSettled();
    void unitWhereThereIsNone();
    void convertedUnit_data();
    void convertedUnit();
    void halfTypedIsNoEdit();
    void returnOnAnUntouchedFieldIsNoEdit_data();
    void returnOnAnUntouchedFieldIsNoEdit();
    void settingIsNoEdit();
    void steps();
    void wheel();

private:
    [[nodiscard]] QString shown() const { return m_field->findChild<QLineEdit *>()->text(); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<WheelGuard> m_guard; ///< as in the window
    std::unique_ptr<QWidget> m_window;
    QuantityField *m_field = nullptr;
    QLineEdit *m_other = nullptr;
};

void tst_QuantityField::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_guard = std::make_unique<WheelGuard>();
    m_window = std::make_unique<QWidget>();
    auto *layout = new QVBoxLayout(m_window.get());
    m_other = new QLineEdit;
    m_field = new QuantityField;
    m_field->configure(-100.0, 20000.0, 64.0, 1, QStringLiteral("um"));
    m_field->setQuantity(2048.0);
    layout->addWidget(m_other);
    layout->addWidget(m_field);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_other->setFocus();
}

void tst_QuantityField::shows_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("no trailing zeros")
        << QStringLiteral("um") << 2048.0 << QStringLiteral("2048 µm");
    QTest::newRow("digits that count")
        << QStringLiteral("mV") << -72.4 << QStringLiteral("-72.4 mV");
    QTest::newRow("small") << QStringLiteral("um") << 0.0004 << QStringLiteral("0.0004 µm");
    QTest::newRow("smaller, no exponent")
        << QStringLiteral("um") << 0.00005 << QStringLiteral("0.00005 µm");
    QTest::newRow("in the unit that people read")
        << QStringLiteral("uS") << 0.0004 << QStringLiteral("0.4 nS");
    QTest::newRow("no digits of the conversion")
        << QStringLiteral("uS") << 0.00123 << QStringLiteral("1.23 nS");
    QTest::newRow("large, no exponent")
        << QStringLiteral("ohm cm2") << 1.0e7 << QStringLiteral("10000000 Ω cm²");
    QTest::newRow("all digits") << QStringLiteral("um") << 12345.678912
                                << QStringLiteral("12345.678912 µm");
    QTest::newRow("never 15 decimals")
        << QStringLiteral("um") << 0.1 + 0.2 << QStringLiteral("0.3 µm");
    QTest::newRow("no unit") << QString() << 0.5 << QStringLiteral("0.5");
}

void tst_QuantityField::shows()
{
    QFETCH(QString, unit);
    QFETCH(double, value);
    QFETCH(QString, text);
    m_field->configure(-1000.0, 1.0e8, 1.0, 2, unit);
    m_field->setQuantity(value);
    QCOMPARE(shown(), text);
}

void tst_QuantityField::rangeText_data()
{
    QTest::addColumn<double>("min");
    QTest::addColumn<double>("max");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("text");
    QTest::newRow("length") << 1.0 << 20000.0 << QStringLiteral("um")
                            << QStringLiteral("1 to 20000 µm");
    QTest::newRow("resistance") << 10.0 << 1.0e7 << QStringLiteral("ohm cm2")
                                << QStringLiteral("10 to 10000000 Ω cm²");
    QTest::newRow("factor") << 0.0 << 0.05 << QString() << QStringLiteral("0 to 0.05");
}

void tst_QuantityField::rangeText()
{
    QFETCH(double, min);
    QFETCH(double, max);
    QFETCH(QString, unit);
    QFETCH(QString, text);
    m_field->configure(min, max, 1.0, 2, unit);
    QCOMPARE(m_field->rangeText(), text);
}

void tst_QuantityField::typed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("value");
    QTest::newRow("plain") << QStringLiteral("512") << 512.0;
    QTest::newRow("with unit") << QStringLiteral("512 µm") << 512.0;
    QTest::newRow("unit without space") << QStringLiteral("512µm") << 512.0;
    QTest::newRow("unit in ASCII") << QStringLiteral("512 um") << 512.0;
    QTest::newRow("point") << QStringLiteral("0.75") << 0.75;
    QTest::newRow("comma") << QStringLiteral("0,75") << 0.75;
    QTest::newRow("comma and unit") << QStringLiteral("0,75 µm") << 0.75;
    QTest::newRow("exponent") << QStringLiteral("1.5e2") << 150.0;
    QTest::newRow("negative") << QStringLiteral("-3") << -3.0;
    QTest::newRow("spaces") << QStringLiteral("  7  ") << 7.0;
    QTest::newRow("no leading zero") << QStringLiteral(".5") << 0.5;
    QTest::newRow("comma, three digits after 0") << QStringLiteral("0,250") << 0.25;
    QTest::newRow("comma, three digits, negative") << QStringLiteral("-0,125") << -0.125;
    QTest::newRow("comma, one digit") << QStringLiteral("1,5") << 1.5;
    QTest::newRow("comma, four digits") << QStringLiteral("1,0625") << 1.0625;
    QTest::newRow("comma after four digits") << QStringLiteral("1500,125") << 1500.125;
    QTest::newRow("point, three digits") << QStringLiteral("1.125") << 1.125;
    QTest::newRow("at the limit") << QStringLiteral("20000") << 20000.0;
}

void tst_QuantityField::typed()
{
    QFETCH(QString, text);
    QFETCH(double, value);
    QSignalSpy edited(m_field, &QuantityField::edited);
    QSignalSpy refused(m_field, &QuantityField::refused);
    typeInto(m_field, text);
    QCOMPARE(m_field->value(), value);
    QCOMPARE(edited.count(), 1); // one edit, and only when it is complete
    QCOMPARE(edited.at(0).at(0).toDouble(), value);
    QCOMPARE(refused.count(), 0);
    QVERIFY2(shown().endsWith(QStringLiteral(" µm")), qPrintable(shown()));
}

void tst_QuantityField::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("too large") << QStringLiteral("20001") << QStringLiteral("-100 to 20000 µm");
    QTest::newRow("too small") << QStringLiteral("-101 µm") << QStringLiteral("-100 to 20000 µm");
    QTest::newRow("garbage") << QStringLiteral(
        "long") << QStringLiteral("\"long\" is not a number. The range is -100 to 20000 µm.");
    QTest::newRow("two numbers") << QStringLiteral("1 2") << QStringLiteral("\"1 2\"");
    for (const char *text : {"3 mm", "0.5mm", "0,5 mm", "500 mV", "1e3 nm", "20 ms", "8 nS"})
        QTest::addRow("another unit: %s", text)
            << QString::fromLatin1(text)
            << QStringLiteral("\"%1\" is in another unit. Type it in µm.")
                   .arg(QString::fromLatin1(text));
    QTest::newRow("no unit of ours")
        << QStringLiteral("3 apples") << QStringLiteral("\"3 apples\" is not a number.");
    QTest::newRow("thousand or one")
        << QStringLiteral("1,000")
        << QStringLiteral("\"1,000\" may mean 1000 or 1.000. Type one of these, without a comma.");
    QTest::newRow("thousands, unit")
        << QStringLiteral("2,048 µm") << QStringLiteral("2048 or 2.048");
    QTest::newRow("thousands, negative")
        << QStringLiteral("-1,000") << QStringLiteral("-1000 or -1.000");
    QTest::newRow("millions") << QStringLiteral("1,000,000") << QStringLiteral("not a number");
    QTest::newRow("only a unit") << QStringLiteral("µm") << QStringLiteral("number");
    QTest::newRow("not a number") << QStringLiteral("nan") << QStringLiteral("nan");
    QTest::newRow("infinite") << QStringLiteral("1e999") << QStringLiteral("1e999");
}

void tst_QuantityField::refused()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    for (const bool leave : {false, true}) { // Enter, and clicking elsewhere
        QSignalSpy edited(m_field, &QuantityField::edited);
        QSignalSpy refused(m_field, &QuantityField::refused);
        if (leave) {
            m_field->setFocus();
            m_field->selectAll();
            QTest::keyClicks(m_field, text);
            m_other->setFocus();
        } else {
            typeInto(m_field, text);
        }
        QCOMPARE(edited.count(), 0);
        QCOMPARE(m_field->value(), 2048.0);
        QCOMPARE(shown(), QStringLiteral("2048 µm"));
        QCOMPARE(refused.count(), 1);
        const QString sentence = refused.at(0).at(0).toString();
        QVERIFY2(sentence.contains(says) && sentence.endsWith(u'.'), qPrintable(sentence));
    }
}

void tst_QuantityField::refusalIsSettled()
{
    QSignalSpy refused(m_field, &QuantityField::refused);
    QSignalSpy settled(m_field, &QuantityField::settled);
    const auto refuse = [&] {
        typeInto(m_field, QStringLiteral("long"));
        settled.clear();
    };
    refuse();
    QCOMPARE(refused.count(), 1);
    QTest::keyClick(m_field, Qt::Key_Return); // on the old value, which is good
    QCOMPARE(settled.count(), 1);
    refuse();
    m_other->setFocus();
    QCOMPARE(settled.count(), 1);
    QCOMPARE(refused.count(), 2);
    // What is refused on the way out is still to be read.
    m_field->setFocus();
    m_field->selectAll();
    QTest::keyClicks(m_field, QStringLiteral("long"));
    settled.clear();
    m_other->setFocus();
    QCOMPARE(refused.count(), 3);
    QCOMPARE(settled.count(), 0);
    m_field->setFocus();
    m_other->setFocus();
    QCOMPARE(settled.count(), 1);
}

void tst_QuantityField::unitWhereThereIsNone()
{
    QCOMPARE(m_field->valueFromText(QStringLiteral("512 \u03bcm")), 512.0); // Greek, pasted
    m_field->configure(0.0, 10.0, 1.0, 1, {});
    m_field->setQuantity(1.0);
    QSignalSpy refused(m_field, &QuantityField::refused);
    typeInto(m_field, QStringLiteral("8 nS"));
    QCOMPARE(refused.at(0).at(0).toString(),
             QStringLiteral("\"8 nS\" has a unit, and this number has none."));
}

void tst_QuantityField::halfTypedIsNoEdit()
{
    QSignalSpy edited(m_field, &QuantityField::edited);
    m_field->setFocus();
    m_field->selectAll();
    QTest::keyClicks(m_field, QStringLiteral("51"));
    QCOMPARE(edited.count(), 0);
    QTest::keyClicks(m_field, QStringLiteral("2"));
    QTest::keyClick(m_field, Qt::Key_Tab);
    QCOMPARE(edited.count(), 1);
    QCOMPARE(m_field->value(), 512.0);
}

void tst_QuantityField::returnOnAnUntouchedFieldIsNoEdit_data()
{
    QTest::addColumn<double>("value");
    QTest::newRow("round") << 2048.0;
    QTest::newRow("many digits") << 12345.678912;
    QTest::newRow("a third") << 1.0 / 3.0;
}

void tst_QuantityField::returnOnAnUntouchedFieldIsNoEdit()
{
    QFETCH(double, value);
    m_field->setQuantity(value);
    QSignalSpy edited(m_field, &QuantityField::edited);
    m_field->setFocus();
    QTest::keyClick(m_field, Qt::Key_Return);
    m_other->setFocus();
    QCOMPARE(edited.count(), 0);
}

void tst_QuantityField::settingIsNoEdit()
{
    QSignalSpy edited(m_field, &QuantityField::edited);
    m_field->setQuantity(3.0);
    m_field->configure(0.0, 2.0, 1.0, 1, {}); // cuts the value
    QCOMPARE(m_field->value(), 2.0);
    QCOMPARE(edited.count(), 0);
}

void tst_QuantityField::convertedUnit_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("quantity");
    QTest::newRow("plain") << QStringLiteral("0.6") << 0.0006;
    QTest::newRow("with the unit") << QStringLiteral("0.6 nS") << 0.0006;
    QTest::newRow("in the stored one") << QStringLiteral("0.0006 uS") << 0.0006;
    QTest::newRow("with its sign") << QStringLiteral("0,0006 µS") << 0.0006;
    QTest::newRow("the reference's") << QStringLiteral("0.8") << 0.0008;
    QTest::newRow("at the limit") << QStringLiteral("1 uS") << 1.0;
}

// Stored in uS, read and typed in nS.
void tst_QuantityField::convertedUnit()
{
    QFETCH(QString, typed);
    QFETCH(double, quantity);
    m_field->configure(0.0, 1.0, 1e-4, 5, QStringLiteral("uS"));
    m_field->setQuantity(0.0004);
    QCOMPARE(m_field->rangeText(), QStringLiteral("0 to 1000 nS"));
    QCOMPARE(m_field->quantityText(0.001), QStringLiteral("1 nS"));
    QVERIFY(m_field->quantity() == 0.0004);
    QSignalSpy edited(m_field, &QuantityField::edited);
    typeInto(m_field, typed);
    QCOMPARE(edited.count(), 1);
    QVERIFY(edited.last()[0].toDouble() == quantity); // to the last bit: presets are compared
    QVERIFY(m_field->quantity() == quantity);
    QTest::keyClick(m_field, Qt::Key_Down); // a step is the stored one
    QCOMPARE(edited.last()[0].toDouble(), quantity - 1e-4);
}

void tst_QuantityField::steps()
{
    QSignalSpy edited(m_field, &QuantityField::edited);
    m_field->setFocus();
    QTest::keyClick(m_field, Qt::Key_Up);
    QCOMPARE(m_field->value(), 2112.0);
    QTest::keyClick(m_field, Qt::Key_Down);
    QTest::keyClick(m_field, Qt::Key_Down);
    QCOMPARE(m_field->value(), 1984.0);
    QTest::keyClick(m_field, Qt::Key_PageUp);
    QCOMPARE(m_field->value(), 2624.0);
    QCOMPARE(edited.count(), 4);
    m_field->setQuantity(20000.0);
    QTest::keyClick(m_field, Qt::Key_Up); // stays in the range, silently
    QCOMPARE(m_field->value(), 20000.0);
    QCOMPARE(edited.count(), 4);
}

void tst_QuantityField::wheel()
{
    const QPointF centre = QRectF(m_field->rect()).center();
    m_other->setFocus();
    dt::test::wheel(m_field, centre, 3);
    QCOMPARE(m_field->value(), 2048.0); // a form that scrolls by
    QVERIFY(!m_field->hasFocus());
    m_field->setFocus();
    dt::test::wheel(m_field, centre, 1);
    QCOMPARE(m_field->value(), 2112.0);
}

DT_TEST(tst_QuantityField, QApplication)
#include "tst_QuantityField.moc"
