/** The card of the maze walk. */
import type { TaskCard } from "../../../core/index.ts";

export const walkCard: TaskCard = {
  title: "Maze walk",
  summary:
    "A maze is walked from start to goal, step by step. What is learned from one maze helps with another, so " +
    "a policy may remember ways, apply rules such as the hand on the wall, or search; with loops and with " +
    "costs of cells the rules fail and only evaluation of alternatives finds the cheapest way.",
  observed:
    "Full view: planes of walls, goal, walker (and costs of cells, divided by 15) on a grid of (2 rows + 1) x " +
    "(2 cols + 1) pixels. Partial view: the same planes but the walker's in a window of 4 radius + 3 pixels " +
    "a side around the walker, north up, with all beyond the maze shown as wall.",
  actions: "North, east, south, west; a step into a wall stays where it is.",
  reward:
    "1 on entering the goal; at every step, minus the price times the cost of the cell in which it ends.",
  end: "At the goal, or after the horizon: a given number of steps, or twice the number of cells.",
  diversity:
    "N distinct mazes (walls, start, goal and costs together; or up to turning and mirroring) drawn from the " +
    "training part, or a new one for every episode. Depth-first search, Wilson's and Kruskal's algorithms " +
    "give perfect mazes, percolation and open rooms mazes with loops.",
  source:
    "Hubinger et al. (2019), section 2, take a maze as their example of compression by search. Generators: " +
    "Wilson (1996), Kruskal (1956), Broadbent and Hammersley (1957). Mazes for recurrent networks: " +
    "Schwarzschild et al. (2021), arXiv 2106.04537; goals in corners: Langosco et al. (2022), arXiv 2105.14111.",
};
