// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/jobs/LiveSession.h"

#include <QObject>
#include <QTimer>

namespace dt {

class Document;
class LiveView;

/// Runs the document's neuron without end for the Live tab. The run goes on while another page is
/// shown, but nothing is drawn then.
class LiveController : public QObject
{
    Q_OBJECT

public:
    LiveController(Document *document, LiveView *view, const WorkerSettings &worker,
                   QObject *parent = nullptr);

    [[nodiscard]] LiveSession *session() const { return m_session; }

private:
    void restoreHabits();
    void showState();
    void draw();
    void drawTraces();
    void poke(int kind, int row, double weight, double rateHz);

    Document *m_document;
    LiveView *m_view;
    LiveSession *m_session;
    QTimer m_traceTimer;
};

} // namespace dt
