/** When an organism that learns within its life outgrows one whose policy is inherited: the model of fixed strategies. */
export * from "./balance.ts";
export * from "./population.ts";
