// Lets this process import TypeScript. Without `tsconfig: false`, tsx would follow whatever tsconfig.json
// the current folder holds.
import { register } from "tsx/esm/api";

register({ tsconfig: false });
