TITLE SK_E2: small-conductance calcium-activated potassium current

COMMENT
Opened by intracellular calcium alone (half activation 0.43 uM, Hill coefficient 4.8, time
constant 1 ms). It makes the slow after-hyperpolarisation.
Source: Koehler, Hirschberg, Bond et al. 1996.
ENDCOMMENT

NEURON {
    THREADSAFE
    SUFFIX SK_E2
    USEION k READ ek WRITE ik
    USEION ca READ cai
    RANGE gbar, zInf
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
    (mM) = (milli/liter)
}

PARAMETER {
    gbar = 0 (S/cm2)
    zTau = 1 (ms)
}

ASSIGNED {
    v (mV)
    ek (mV)
    ik (mA/cm2)
    cai (mM)
    zInf (1)
}

STATE { z }

INITIAL {
    rates(cai)
    z = zInf
}

BREAKPOINT {
    LOCAL g
    CONDUCTANCE g USEION k
    SOLVE states METHOD cnexp
    g = gbar*z
    ik = g*(v - ek)
}

DERIVATIVE states {
    rates(cai)
    z' = (zInf - z)/zTau
}

PROCEDURE rates(ca (mM)) {
    LOCAL c
    c = ca
    if (c < 1e-7) {
        c = c + 1e-7
    }
    zInf = 1/(1 + (0.00043/c)^4.8)
}
