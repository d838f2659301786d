// In: the company and an instant.
// Out: the things that happened there and are worth finding, each with the query that finds it.
// Never: everyday noise.
import { leakedKeyStory } from "./leaked-key.ts";
import { maryStory } from "./mary.ts";
import { roleChainStory } from "./role-chain.ts";
import { keyDeletionStory } from "./key-deletion.ts";
import { publicBucketStory } from "./public-bucket.ts";
import { rootSignInStory } from "./root-sign-in.ts";
import { stoppedTrailStory } from "./stopped-trail.ts";
import type { Story } from "./story.ts";

export type { Story } from "./story.ts";

/** The newest first. */
export const stories: readonly Story[] = [
  maryStory,
  roleChainStory,
  leakedKeyStory,
  stoppedTrailStory,
  publicBucketStory,
  rootSignInStory,
  keyDeletionStory,
];

export type MadeUpStory = Pick<Story, "id" | "title" | "summary" | "query" | "found">;

/** What is planted in the made-up events, each with the query that finds it. */
export const madeUpStories: readonly MadeUpStory[] = stories.map(({ id, title, summary, query, found }) => ({
  id,
  title,
  summary,
  query,
  found,
}));
