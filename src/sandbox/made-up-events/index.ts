// In: a seed, an instant, a number of days.
// Out: CloudTrail log files of a company that does not exist, and the stories hidden in them.
// Never: the clock, Math.random, or anything that belongs to a real account.
export { cliAgent, agents } from "./agents.ts";
export { isMadeUpAccount, madeUpAccounts, madeUpRegions, type MadeUpAccount } from "./accounts.ts";
export {
  assumedRole,
  iamUser,
  onBehalfOf,
  roleArn,
  serviceCaller,
  sessionArn,
  userArn,
  type Caller,
} from "./callers.ts";
export { personMix, pipelineMix, scannerMix, workloadMix, type Mix } from "./mixes.ts";
export { findOperation } from "./operations/catalog.ts";
export type { Call, CallBody, Operation } from "./operations/operation.ts";
export { onObject, putBucketPolicy } from "./operations/s3.ts";
export { assumeRole, freshSession } from "./operations/sts.ts";
export { callOf, perform, type Performance } from "./perform.ts";
export { makeAccessKey, makePlace, makePrincipalId, type Place } from "./places.ts";
export { createRandom, weighted, type Random } from "./random.ts";
export { printRecord, type Json, type JsonObject, type MadeUpRecord } from "./record.ts";
export { denyAccess, reportMissing, throttle, type Refusal } from "./refusals.ts";
export { madeUpLogFiles, type MadeUpLogFile, type MadeUpOptions } from "./log-files.ts";
export { madeUpStories, type MadeUpStory } from "./stories/index.ts";
export { throughService } from "./through-service.ts";
export { writeMadeUpFolder, type MadeUpFolder } from "./write-folder.ts";
