TITLE K_Tst: transient (A-type) potassium current

COMMENT
Source: Korngreen & Sakmann 2000, shifted by -10 mV and scaled by q = 2.3^((34-21)/10) as in
Hay et al. 2011.
ENDCOMMENT

NEURON {
    THREADSAFE
    SUFFIX K_Tst
    USEION k READ ek WRITE ik
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
    ek (mV)
    ik (mA/cm2)
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
    CONDUCTANCE g USEION k
    SOLVE states METHOD cnexp
    g = gbar*m*m*m*m*h
    ik = g*(v - ek)
}

DERIVATIVE states {
    rates(v)
    m' = (mInf - m)/mTau
    h' = (hInf - h)/hTau
}

PROCEDURE rates(v (mV)) {
    LOCAL u, z, q
    q = 2.3^((34 - 21)/10)
    u = v + 10
    mInf = 1/(1 + exp(-u/19))
    z = (u + 71)/59
    mTau = (0.34 + 0.92*exp(-z*z))/q
    hInf = 1/(1 + exp((u + 66)/10))
    z = (u + 73)/23
    hTau = (8 + 49*exp(-z*z))/q
}
