TITLE AmpaNmda: excitatory synapse with an AMPA and an NMDA component

COMMENT
Both components are differences of exponentials with a rising state A and a falling state B.
An event of weight w adds w times a norm to both, so that B - A peaks at w and the component's
conductance at w times its gMax. The NMDA conductance is multiplied by the magnesium block
1/(1 + mg/3.57 exp(-gamma v)) of Jahr & Stevens 1990.

The states decay by constant factors a step, which is the exact solution. The block makes
the current non-linear in v: the conductance given to the solver is NEURON's usual quotient
(i(v + 0.001) - i(v))/0.001, formed here from one exponential instead of two.

factors() takes over changed kinetics while a simulation runs.
ENDCOMMENT

NEURON {
    THREADSAFE
    POINT_PROCESS AmpaNmda
    NONSPECIFIC_CURRENT i
    RANGE gMaxAmpa, tauRiseAmpa, tauDecayAmpa
    RANGE gMaxNmda, tauRiseNmda, tauDecayNmda, gamma, mg
    RANGE erev, gAmpa, gNmda
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
    (uS) = (microsiemens)
    (mM) = (milli/liter)
}

PARAMETER {
    gMaxAmpa = 0.0004 (uS)
    tauRiseAmpa = 0.3 (ms)
    tauDecayAmpa = 3 (ms)
    gMaxNmda = 0.0008 (uS)
    tauRiseNmda = 2 (ms)
    tauDecayNmda = 70 (ms)
    gamma = 0.08 (/mV)
    mg = 1 (mM)
    erev = 0 (mV)
}

ASSIGNED {
    dt (ms)
    v (mV)
    i (nA)
    gAmpa (uS)
    gNmda (uS)
    normAmpa (1)
    normNmda (1)
    keepRiseAmpa (1)
    keepDecayAmpa (1)
    keepRiseNmda (1)
    keepDecayNmda (1)
    probe (1)
}

STATE {
    aAmpa (1)
    bAmpa (1)
    aNmda (1)
    bNmda (1)
}

INITIAL {
    aAmpa = 0
    bAmpa = 0
    aNmda = 0
    bNmda = 0
    factors()
}

BREAKPOINT {
    LOCAL e, open, openProbe, gProbe, g
    CONDUCTANCE g
    SOLVE decay
    e = mg/3.57*exp(-gamma*v)
    open = 1/(1 + e)
    openProbe = 1/(1 + e*probe)
    gAmpa = gMaxAmpa*(bAmpa - aAmpa)
    gNmda = gMaxNmda*(bNmda - aNmda)*open
    gProbe = gMaxNmda*(bNmda - aNmda)*openProbe
    i = (gAmpa + gNmda)*(v - erev)
    g = gAmpa + gProbe + (gProbe - gNmda)*(v - erev)/0.001
}

PROCEDURE factors() {
    normAmpa = peakNorm(tauRiseAmpa, tauDecayAmpa)
    normNmda = peakNorm(tauRiseNmda, tauDecayNmda)
    keepRiseAmpa = exp(-dt/tauRiseAmpa)
    keepDecayAmpa = exp(-dt/tauDecayAmpa)
    keepRiseNmda = exp(-dt/tauRiseNmda)
    keepDecayNmda = exp(-dt/tauDecayNmda)
    probe = exp(-gamma*0.001)
}

PROCEDURE decay() {
    aAmpa = aAmpa*keepRiseAmpa
    bAmpa = bAmpa*keepDecayAmpa
    aNmda = aNmda*keepRiseNmda
    bNmda = bNmda*keepDecayNmda
}

FUNCTION peakNorm(tauRise (ms), tauDecay (ms)) (1) {
    LOCAL tPeak
    tPeak = tauRise*tauDecay/(tauDecay - tauRise)*log(tauDecay/tauRise)
    peakNorm = 1/(exp(-tPeak/tauDecay) - exp(-tPeak/tauRise))
}

NET_RECEIVE(weight (1)) {
    aAmpa = aAmpa + weight*normAmpa
    bAmpa = bAmpa + weight*normAmpa
    aNmda = aNmda + weight*normNmda
    bNmda = bNmda + weight*normNmda
}
