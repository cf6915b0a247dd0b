TITLE Im: muscarinic (M) potassium current

COMMENT
Non-inactivating, slowly activating K current.
Source: Adams, Brown & Constanti 1982, with the constant temperature factor
q = 2.3^((34-21)/10) of the Hay et al. 2011 set.
ENDCOMMENT

NEURON {
    THREADSAFE
    SUFFIX Im
    USEION k READ ek WRITE ik
    RANGE gbar, mInf, mTau
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
}

STATE { m }

INITIAL {
    rates(v)
    m = mInf
}

BREAKPOINT {
    LOCAL g
    CONDUCTANCE g USEION k
    SOLVE states METHOD cnexp
    g = gbar*m
    ik = g*(v - ek)
}

DERIVATIVE states {
    rates(v)
    m' = (mInf - m)/mTau
}

PROCEDURE rates(v (mV)) {
    LOCAL rise, fall, q
    q = 2.3^((34 - 21)/10)
    rise = exp(0.1*(v + 35))
    fall = 1/rise
    mInf = rise/(rise + fall)
    mTau = 1/(q*3.3e-3*(rise + fall))
}
