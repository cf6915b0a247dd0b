TITLE GabaA: inhibitory synapse

COMMENT
A difference of exponentials with a rising state a and a falling state b. An event of weight w
adds w times a norm to both, so that b - a peaks at w and the conductance at w times gMax.
The states decay by constant factors a step, which is the exact solution. factors() takes over
changed kinetics while a simulation runs.
ENDCOMMENT

NEURON {
    THREADSAFE
    POINT_PROCESS GabaA
    NONSPECIFIC_CURRENT i
    RANGE gMax, tauRise, tauDecay, erev, g
}

UNITS {
    (nA) = (nanoamp)
    (mV) = (millivolt)
    (uS) = (microsiemens)
}

PARAMETER {
    gMax = 0.001 (uS)
    tauRise = 0.2 (ms)
    tauDecay = 8 (ms)
    erev = -85 (mV)
}

ASSIGNED {
    dt (ms)
    v (mV)
    i (nA)
    g (uS)
    norm (1)
    keepRise (1)
    keepDecay (1)
}

STATE {
    a (1)
    b (1)
}

INITIAL {
    a = 0
    b = 0
    factors()
}

BREAKPOINT {
    CONDUCTANCE g
    SOLVE decay
    g = gMax*(b - a)
    i = g*(v - erev)
}

PROCEDURE factors() {
    LOCAL tPeak
    tPeak = tauRise*tauDecay/(tauDecay - tauRise)*log(tauDecay/tauRise)
    norm = 1/(exp(-tPeak/tauDecay) - exp(-tPeak/tauRise))
    keepRise = exp(-dt/tauRise)
    keepDecay = exp(-dt/tauDecay)
}

PROCEDURE decay() {
    a = a*keepRise
    b = b*keepDecay
}

NET_RECEIVE(weight (1)) {
    a = a + weight*norm
    b = b + weight*norm
}
