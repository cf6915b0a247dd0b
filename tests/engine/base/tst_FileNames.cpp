// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/FileNames.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QTest>

using namespace dt;

class tst_FileNames : public QObject
{
    Q_OBJECT

    using Names = std::vector<std::string>;

private Q_SLOTS:
    void stems();
    void sameFileInTwoFolders();
    void sameFolderNamesFurtherUp();
    void othersKeepTheirNames();
};

void tst_FileNames::stems()
{
    QCOMPARE(stemOf("/a/b/student_anna.twin"), std::string("student_anna"));
    QCOMPARE(stemOf("two.dots.twin"), std::string("two.dots"));
    QCOMPARE(stemOf("C:\\twins\\x.twin"), std::string("x"));
    QCOMPARE(stemOf("/a.b/none"), std::string("none"));
    QCOMPARE(stemOf("/a/.hidden"), std::string(".hidden"));
    QCOMPARE(stemOf(""), std::string());
}

void tst_FileNames::sameFileInTwoFolders()
{
    QCOMPARE(distinctNames({"/course/anna/tcn.twin", "/course/ben/tcn.twin"}),
             (Names{"tcn (anna)", "tcn (ben)"}));
    // Not by their endings.
    QCOMPARE(distinctNames({"/course/tcn.twin", "tcn.twin"}), (Names{"tcn (course)", "tcn"}));
}

void tst_FileNames::sameFolderNamesFurtherUp()
{
    QCOMPARE(distinctNames({"/anna/out/t.twin", "/ben/out/t.twin", "/ben/t.twin"}),
             (Names{"t (anna/out)", "t (ben/out)", "t (ben)"}));
    // One file twice has one name.
    QCOMPARE(distinctNames({"/a/t.twin", "/a/t.twin"}), (Names{"t (a)", "t (a)"}));
}

void tst_FileNames::othersKeepTheirNames()
{
    QCOMPARE(distinctNames({"/a/x.twin", "/b/y.twin", "/b/x.twin"}),
             (Names{"x (a)", "y", "x (b)"}));
    QVERIFY(distinctNames({}).empty());
}

DT_TEST(tst_FileNames, QCoreApplication)
#include "tst_FileNames.moc"
