/** Child process of the tests: serves fake runs. */
import { serveRuns } from "../executor/index.ts";
import { fakeWork } from "./fake-work.ts";

serveRuns(fakeWork);
