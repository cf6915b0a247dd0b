TITLE CaDynamics_E2: calcium in a thin shell under the membrane

COMMENT
A fraction gamma of the calcium current fills a shell of the given depth; the concentration
decays to minCai with time constant decay (buffers and pumps).
Source: Destexhe, Contreras, Sejnowski & Steriade 1994.
The factor 1e-4/(2 F depth) of the paper becomes 1e4 for depth in um and current in mA/cm2.

nocmodl keeps six digits of a parameter's default: who inserts this mechanism sets decay to
294.679571 itself (engine/cell/Channels.h).
ENDCOMMENT

NEURON {
    THREADSAFE
    SUFFIX CaDynamics_E2
    USEION ca READ ica WRITE cai
    RANGE depth, gamma, decay, minCai
}

UNITS {
    (mA) = (milliamp)
    (um) = (micron)
    (mM) = (milli/liter)
    FARADAY = (faraday) (coulombs)
}

PARAMETER {
    depth = 0.1 (um)
    gamma = 0.000509 (1)
    decay = 294.68 (ms)
    minCai = 1e-4 (mM)
}

ASSIGNED {
    ica (mA/cm2)
}

STATE {
    cai (mM)
}

BREAKPOINT {
    SOLVE states METHOD cnexp
}

DERIVATIVE states {
    cai' = -(10000)*(ica*gamma/(2*FARADAY*depth)) - (cai - minCai)/decay
}
