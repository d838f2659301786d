import type { AccountView, TrailView } from "../account/account.ts";
import { isLogging, type Reach, reachesIn, reachOf } from "./reach.ts";

/** A trail as it is and as it is to be; nothing where there is none. */
export interface TrailChange {
  readonly before?: TrailView | undefined;
  readonly after?: TrailView | undefined;
}

/** The trails that log before a change and after it, in the order in which copies are counted. */
export interface Scene {
  readonly views: readonly AccountView[];
  readonly before: readonly Reach[];
  readonly after: readonly Reach[];
  readonly collects: ReadonlySet<string>;
}

interface SceneAsk {
  readonly account: AccountView;
  readonly members?: readonly AccountView[];
  readonly change?: TrailChange | undefined;
  readonly collects?: readonly string[] | undefined;
}

/** Who records what before a change and after it. */
export function sceneOf({ account, members = [], change, collects }: SceneAsk): Scene {
  const views = [account, ...members];
  const all = reachesIn(views);
  const after = change?.after;
  const before = change?.before ?? all.find(({ trail }) => trail.arn === after?.arn)?.trail;
  const changed = new Set([before?.arn, after?.arn]);
  // What is changed comes last, so that the copy which it adds is its own.
  const rest = all.filter(({ trail }) => !changed.has(trail.arn));
  const withTrail = (trail: TrailView | undefined) =>
    trail === undefined || !isLogging(trail) ? rest : [...rest, reachOf(trail)];
  return {
    views,
    before: change === undefined ? all : withTrail(before),
    after: change === undefined ? all : withTrail(after),
    collects: new Set(collects ?? (after === undefined ? [] : [after.arn])),
  };
}
