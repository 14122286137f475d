/** The landscape of parameters: paths between learned algorithms, what the loss does along them, and who leaves where. */
export { barrierOf, descentOf, placesOf } from "./along.ts";
export { type Curve, type CurveOptions, openCurve } from "./curve.ts";
export { CurveGraph, placeInput } from "./curve-graph.ts";
export { leavingMemorizer } from "./leaving.ts";
export { parameterPath } from "./parameter-path.ts";
