// In: the made-up AWS's address and clock, a key in each of three accounts, a seed
// Out: real calls of a made-up company and of those who attack it; which of them matter
// Never: a record written by hand, but for the sign-in page's
export { stories } from "./catalogue.ts";
export { playCompany } from "./company/play-company.ts";
export { printTruth, type TruthLine } from "./ground-truth.ts";
export { playStory } from "./play-story.ts";
export { type StageOptions, storyAccounts } from "./stage.ts";
export type { AnyStory } from "./story.ts";
