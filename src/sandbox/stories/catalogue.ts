import { backdoor } from "./attacks/backdoor.ts";
import { emptiedBucket } from "./attacks/emptied-bucket.ts";
import { leakedKey } from "./attacks/leaked-key.ts";
import { madePublic } from "./attacks/made-public.ts";
import { miningBurst } from "./attacks/mining-burst.ts";
import { rootSignIn } from "./attacks/root-sign-in.ts";
import { silencedTrail } from "./attacks/silenced-trail.ts";
import { quietCompany } from "./company/quiet-company.ts";
import { type AnyStory } from "./story.ts";

/** All stories, the quiet one first. */
export const stories: readonly AnyStory[] = [
  quietCompany,
  leakedKey,
  backdoor,
  silencedTrail,
  emptiedBucket,
  madePublic,
  rootSignIn,
  miningBurst,
];
