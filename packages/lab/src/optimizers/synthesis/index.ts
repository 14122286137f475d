/** Circuit synthesis: the ideal base optimizers that find smallest and shallowest circuits, with proof. */
export * from "./tables/census.ts";
