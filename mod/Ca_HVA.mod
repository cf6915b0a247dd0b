TITLE Ca_HVA: high-voltage-activated calcium current

COMMENT
Source: Reuveni, Friedman, Amitai & Gutnick 1993. No temperature factor.
ENDCOMMENT

NEURON {
    THREADSAFE
    SUFFIX Ca_HVA
    USEION ca READ eca WRITE ica
    RANGE gbar, mInf, mTau, hInf, hTau
}

UNITS {
    (mA) = (milliamp)
    (mV) = (millivolt)
    (S) = (siemens)
}

PARAMETER {
    gbar = 0 (S/cm2)
}

ASSIGNED {
    v (mV)
    eca (mV)
    ica (mA/cm2)
    mInf (1)
    mTau (ms)
    hInf (1)
    hTau (ms)
}

STATE { m h }

INITIAL {
    rates(v)
    m = mInf
    h = hInf
}

BREAKPOINT {
    LOCAL g
    CONDUCTANCE g USEION ca
    SOLVE states METHOD cnexp
    g = gbar*m*m*h
    ica = g*(v - eca)
}

DERIVATIVE states {
    rates(v)
    m' = (mInf - m)/mTau
    h' = (hInf - h)/hTau
}

INCLUDE "linoid.inc"

PROCEDURE rates(v (mV)) {
    LOCAL alpha, beta
    alpha = 0.055*3.8*linoid((v + 27)/3.8)
    beta = 0.94*exp((-75 - v)/17)
    mInf = alpha/(alpha + beta)
    mTau = 1/(alpha + beta)
    alpha = 0.000457*exp((-13 - v)/50)
    beta = 0.0065/(exp((-v - 15)/28) + 1)
    hInf = alpha/(alpha + beta)
    hTau = 1/(alpha + beta)
}
