TITLE Nap_Et2: persistent sodium current

COMMENT
Source: Magistretti & Alonso 1999; activation time constant six times that of the transient
current (Colbert & Pan 2002); q = 2.3^((34-21)/10) as in Hay et al. 2011.
ENDCOMMENT

NEURON {
    THREADSAFE
    SUFFIX Nap_Et2
    USEION na READ ena WRITE ina
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
    ena (mV)
    ina (mA/cm2)
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
    CONDUCTANCE g USEION na
    SOLVE states METHOD cnexp
    g = gbar*m*m*m*h
    ina = g*(v - ena)
}

DERIVATIVE states {
    rates(v)
    m' = (mInf - m)/mTau
    h' = (hInf - h)/hTau
}

INCLUDE "linoid.inc"

PROCEDURE rates(v (mV)) {
    LOCAL z, up, alpha, beta, q
    q = 2.3^((34 - 21)/10)
    z = (v + 38)/6
    up = linoid(z)
    alpha = 0.182*6*up
    beta = 0.124*6*(up - z)
    mInf = 1/(1 + exp(-(v + 52.6)/4.6))
    mTau = 6/(q*(alpha + beta))
    alpha = 2.88e-6*4.63*linoid(-(v + 17)/4.63)
    beta = 6.94e-6*2.63*linoid((v + 64.4)/2.63)
    hInf = 1/(1 + exp((v + 48.8)/10))
    hTau = 1/(q*(alpha + beta))
}
