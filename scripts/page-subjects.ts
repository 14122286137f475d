/**
 * `npm run subjects`: trains the networks that the page of mazes comes with, and writes them into
 * `apps/web/public/subjects`. The same every time on one engine; about six minutes on 2 cores.
 */
import { fileURLToPath } from "node:url";
import { trainSubjects } from "@mesascope/web/build";

const root = fileURLToPath(new URL("..", import.meta.url));

await trainSubjects(root, `${root}apps/web/public/subjects`, ({ id, solved }) => {
  console.log(`${id}: ${solved.novel.toFixed(2)} of new mazes solved`);
});
