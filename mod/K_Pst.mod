TITLE K_Pst: persistent, slowly inactivating potassium current

COMMENT
Source: Korngreen & Sakmann 2000, shifted by -10 mV and scaled by q = 2.3^((34-21)/10) as in
Hay et al. 2011. The activation time constant has two branches that meet (without being
equal) at v = -60 mV.
ENDCOMMENT

NEURON {
    THREADSAFE
    SUFFIX K_Pst
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
    g = gbar*m*m*h
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
    mInf = 1/(1 + exp(-(u + 1)/12))
    if (u < -50) {
        mTau = (1.25 + 175.03*exp(0.026*u))/q
    } else {
        mTau = (1.25 + 13*exp(-0.026*u))/q
    }
    hInf = 1/(1 + exp((u + 54)/11))
    z = (u + 75)/48
    hTau = (360 + (1010 + 24*(u + 55))*exp(-z*z))/q
}
