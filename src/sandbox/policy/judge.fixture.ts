/** How the made-up AWS judges a call, for tests that hold their own judgement against it. */
export { contextOf } from "./context.ts";
export { evaluate } from "./evaluate.ts";
export { readPolicy } from "./read-policy.ts";
