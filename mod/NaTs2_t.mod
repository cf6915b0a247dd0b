TITLE NaTs2_t: fast, transient sodium current (somatic set)

COMMENT
Source: Colbert & Pan 2002, scaled by q = 2.3^((34-21)/10) as in Hay et al. 2011; half
activation at -32 mV, half inactivation at -60 mV. Both rate pairs share one exponential
(see linoid.inc).
ENDCOMMENT

NEURON {
    THREADSAFE
    SUFFIX NaTs2_t
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
    z = (v + 32)/6
    up = linoid(z)
    alpha = 0.182*6*up
    beta = 0.124*6*(up - z)
    mInf = alpha/(alpha + beta)
    mTau = 1/(q*(alpha + beta))
    z = (v + 60)/6
    up = linoid(z)
    hInf = (up - z)/(2*up - z)
    hTau = 1/(q*0.015*6*(2*up - z))
}
