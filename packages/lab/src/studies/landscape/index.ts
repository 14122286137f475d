/** The landscape of parameters: paths between learned algorithms, and what the loss does along them. */
export { barrierOf, descentOf, placesOf } from "./along.ts";
export { type Curve, type CurveOptions, openCurve } from "./curve.ts";
export { CurveGraph, placeInput } from "./curve-graph.ts";
export { parameterPath } from "./parameter-path.ts";
