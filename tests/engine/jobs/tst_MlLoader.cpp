// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/jobs/MlLoader.h"

#include "tests/support/Sentence.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTest>

using namespace dt;

class tst_MlLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loadsOnce();
};

void tst_MlLoader::loadsOnce()
{
    const Result<MlModule *> module = loadMlModule();
    VERIFY_OK(module);
    const MlInfo info = (*module)->info();
    QVERIFY2(QRegularExpression(QStringLiteral("^[1-9]\\.\\d+\\.\\d+$"))
                 .match(QString::fromStdString(info.torchVersion))
                 .hasMatch(),
             info.torchVersion.c_str());
    QVERIFY(!info.blas.empty());
    const Result<MlModule *> again = loadMlModule();
    VERIFY_OK(again);
    QCOMPARE(*again, *module);
}

DT_TEST(tst_MlLoader, QCoreApplication)
#include "tst_MlLoader.moc"
