TITLE Ih: hyperpolarisation-activated, non-specific cation current

COMMENT
Source: Kole, Hallermann & Stuart 2006. Reversal -45 mV, no temperature factor.
ENDCOMMENT

NEURON {
    THREADSAFE
    SUFFIX Ih
    NONSPECIFIC_CURRENT ihcn
    RANGE gbar, ehcn, mInf, mTau
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER {
    gbar = 0 (S/cm2)
    ehcn = -45 (mV)
}

ASSIGNED {
    v (mV)
    ihcn (mA/cm2)
    mInf (1)
    mTau (ms)
}

STATE { m }

INITIAL {
    rates(v)
    m = mInf
}

BREAKPOINT {
    LOCAL g
    CONDUCTANCE g
    SOLVE states METHOD cnexp
    g = gbar*m
    ihcn = g*(v - ehcn)
}

DERIVATIVE states {
    rates(v)
    m' = (mInf - m)/mTau
}

INCLUDE "linoid.inc"

PROCEDURE rates(v (mV)) {
    LOCAL alpha, beta
    alpha = 0.00643*11.9*linoid(-(v + 154.9)/11.9)
    beta = 0.193*exp(v/33.1)
    mInf = alpha/(alpha + beta)
    mTau = 1/(alpha + beta)
}
