// In: the made-up AWS's address and clock, a key in each of three accounts, a seed
// Out: real calls of a made-up company and of those who attack it; which of them matter
// Never: a record written by hand, but for the sign-in page's
export { sourceIpHeader } from "./actor.ts";
export { findStory, stories } from "./catalogue.ts";
export { type CompanyOptions, playCompany } from "./company/play-company.ts";
export {
  type ConsoleDoor,
  type ConsoleDoorParts,
  createConsoleDoor,
  type SignIn,
  type SignInPage,
} from "./console-door.ts";
export { printTruth, type TruthLine } from "./ground-truth.ts";
export { playStory } from "./play-story.ts";
export { type Stage, type StageOptions, type StoryAccount, storyAccounts } from "./stage.ts";
export { type AnyStory, defineStory, type Matter, matter, type Story } from "./story.ts";
