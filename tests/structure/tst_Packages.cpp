// SPDX-License-Identifier: GPL-3.0-or-later
//
// The list of packages that ./run and ./check ask for: a name that no package has would be found
// missing for ever.
#include "tests/support/Paths.h"
#include "tests/support/TestProgram.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

class tst_Packages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyNameIsAPackage();
    void nothingIsMissingWhereThisWasBuilt();
    void saysHowMany_data();
    void saysHowMany();

private:
    struct Answer
    {
        int exitCode = -1;
        QString text;
    };
    static Answer ask(const QString &program, const QStringList &arguments,
                      const QString &pathFirst = {})
    {
        QProcess process;
        if (!pathFirst.isEmpty()) {
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.insert(u"PATH"_s, pathFirst + u':' + environment.value(u"PATH"_s));
            process.setProcessEnvironment(environment);
        }
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(program, arguments);
        process.waitForFinished();
        return {process.exitCode(), QString::fromUtf8(process.readAll())};
    }
    static QString script()
    {
        return QString::fromStdString(dt::test::sourceDir() + "/installer/install-dependencies.sh");
    }
    static QStringList packages()
    {
        return ask(script(), {u"--tests"_s, u"--list"_s}).text.split(u'\n', Qt::SkipEmptyParts);
    }
};

void tst_Packages::everyNameIsAPackage()
{
    if (QStandardPaths::findExecutable(u"dpkg-query"_s).isEmpty())
        QSKIP("this is not Debian: there is no dpkg-query");
    const QStringList names = packages();
    QVERIFY(names.size() > 10);
    for (const QString &name : names) {
        // As the script asks. A virtual package is never "installed".
        const Answer answer = ask(u"dpkg-query"_s, {u"-W"_s, u"-f"_s, u"${Status}"_s, name});
        QVERIFY2(answer.text == u"install ok installed", qPrintable(name + u": "_s + answer.text));
    }
}

void tst_Packages::nothingIsMissingWhereThisWasBuilt()
{
    if (QStandardPaths::findExecutable(u"dpkg-query"_s).isEmpty())
        QSKIP("this is not Debian: there is no dpkg-query");
    // With an apt-get that cannot install anything.
    QTemporaryDir fakes;
    QFile apt(fakes.filePath(u"apt-get"_s));
    QVERIFY(apt.open(QIODevice::WriteOnly));
    apt.write("#!/bin/sh\nexit 1\n");
    apt.close();
    QVERIFY(apt.setPermissions(apt.permissions() | QFile::ExeOwner));
    for (const QStringList &arguments : {QStringList(), QStringList(u"--tests"_s)}) {
        const Answer answer = ask(script(), arguments, fakes.path());
        QCOMPARE(answer.text, QString());
        QCOMPARE(answer.exitCode, 0);
    }
}

void tst_Packages::saysHowMany_data()
{
    QTest::addColumn<QString>("missing");
    QTest::addColumn<QString>("says");
    QTest::newRow("one") << u"cmake"_s << u"needs a package from your distribution that is not"_s;
    QTest::newRow("two") << u"cmake|neuron"_s
                         << u"needs 2 packages from your distribution that are not"_s;
}

void tst_Packages::saysHowMany()
{
    QFETCH(QString, missing);
    QFETCH(QString, says);
    QTemporaryDir fakes;
    const auto fake = [&](const QString &name, const QString &body) {
        QFile file(fakes.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(body.toUtf8()) > 0
            && file.setPermissions(file.permissions() | QFile::ExeOwner);
    };
    QVERIFY(fake(u"dpkg-query"_s,
                 u"#!/bin/sh\ncase \"$4\" in %1) ;; *) echo 'install ok installed' ;; esac\n"_s.arg(
                     missing)));
    QVERIFY(fake(u"apt-get"_s, u"#!/bin/sh\necho \"apt-get $*\"\n"_s));
    QVERIFY(fake(u"sudo"_s, u"#!/bin/sh\nexec \"$@\"\n"_s));
    const Answer answer = ask(script(), {}, fakes.path());
    QVERIFY2(answer.text.contains(says), qPrintable(answer.text));
    QVERIFY2(answer.text.contains(u"--no-install-recommends "_s
                                  + QString(missing).replace(u'|', u' ') + u'\n'),
             qPrintable(answer.text));
    QCOMPARE(answer.exitCode, 0);
}

DT_TEST(tst_Packages, QCoreApplication)
#include "tst_Packages.moc"
