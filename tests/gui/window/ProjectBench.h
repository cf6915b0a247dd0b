// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/ProjectController.h"
#include "engine/document/Document.h"
#include "engine/project/ProjectFile.h"
#include "tests/gui/GuiTest.h"

#include <QFile>
#include <QSignalSpy>

namespace dt::test {

/// What the tests of project files share: a project without a window, and files for it.
class ProjectBench : public QObject
{
protected:
    /// The project that is open when a test begins to ask for another.
    static constexpr int OpenMs = 500;
    static constexpr int OtherMs = 600;

    void init();
    void cleanup();
    [[nodiscard]] static Project withDuration(int ms);
    [[nodiscard]] static QByteArray contents(const QString &path);
    [[nodiscard]] QString at(const QString &name) const { return m_sandbox->path(name); }
    /// A project that was saved, and with a change since when asked for.
    void haveOpen(const QString &path, bool modified);
    void edit(int ms);
    [[nodiscard]] int durationMs() const { return m_document->stimulus().durationMs; }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<Document> m_document;
    std::unique_ptr<FakeDialogs> m_dialogs;
    std::unique_ptr<ProjectController> m_project;
    std::unique_ptr<QSignalSpy> m_failed;
};

inline void ProjectBench::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_document = std::make_unique<Document>();
    m_dialogs = std::make_unique<FakeDialogs>();
    m_project = std::make_unique<ProjectController>(m_document.get(), m_dialogs.get(),
                                                    at(QStringLiteral("autosave")));
    m_failed = std::make_unique<QSignalSpy>(m_project.get(), &ProjectController::failed);
}

inline void ProjectBench::cleanup()
{
    m_failed.reset();
    m_project.reset();
    m_document.reset();
    m_dialogs.reset();
    m_sandbox.reset();
}

inline Project ProjectBench::withDuration(int ms)
{
    Project project;
    project.stimulus.durationMs = ms;
    return project;
}

inline QByteArray ProjectBench::contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void ProjectBench::edit(int ms)
{
    QVERIFY(m_document->edit(QStringLiteral("x"), [ms](Project &p) { p.stimulus.durationMs = ms; })
                .ok());
}

inline void ProjectBench::haveOpen(const QString &path, bool modified)
{
    QVERIFY(saveProject(path, withDuration(OpenMs)).ok());
    m_project->openPath(path);
    QCOMPARE(durationMs(), OpenMs);
    if (modified)
        edit(OpenMs + 1);
}

} // namespace dt::test
