// In: a seed and an instant.
// Out: a made-up company's log files, for `npm start`, tests and benchmarks.
// Never: a call to AWS.
export * from "./made-up-events/index.ts";
