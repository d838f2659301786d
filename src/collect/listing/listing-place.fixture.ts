import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { digestFileName } from "../../cloudtrail/index.ts";
import { openState, type State } from "../../state/index.ts";
import type { SourceMemory } from "../sources/source.ts";

/** A real ledger and memory for a lister that is tested. */
export interface ListingPlace extends AsyncDisposable {
  readonly state: State;
  readonly memory: SourceMemory;
}

export const madeSource = "logs";

export async function openListingPlace(): Promise<ListingPlace> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(makeTemporaryFolder());
  const state = stack.use(await openState({ directory: folder.path }));
  const parts = stack.move();
  return {
    state,
    memory: {
      all: (prefix) => state.sources.memory(madeSource, prefix),
      set: (values) => state.sources.remember(madeSource, values),
      forget: (keys) => state.sources.forget(madeSource, keys),
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** The key of a log file in a branch, named in the way of CloudTrail's. */
export function madeKey(
  at: number,
  unique: string,
  fields: {
    readonly accountId?: string;
    readonly region?: string;
    readonly type?: string;
    readonly prefix?: string;
    readonly organizationId?: string;
  } = {},
): string {
  const { accountId = "111122223333", region = "eu-central-1", type = "CloudTrail", prefix, organizationId } = fields;
  const time = new Date(at).toISOString();
  const minute = `${time.slice(0, 16).replaceAll(/[-:]/g, "")}Z`;
  const name = `${accountId}_${type}_${region}_${minute}_${unique}.json.gz`;
  const folders = [prefix, "AWSLogs", organizationId, accountId, type, region, time.slice(0, 10).replaceAll("-", "/")];
  return [...folders.filter((folder) => folder !== undefined), name].join("/");
}

/** The key of a digest whose window ends at an instant, named as CloudTrail names it. */
export function madeDigestKey(
  endsAt: number,
  {
    accountId = "111122223333",
    region = "eu-central-1",
  }: { readonly accountId?: string; readonly region?: string } = {},
): string {
  const day = new Date(endsAt).toISOString().slice(0, 10).replaceAll("-", "/");
  const name = digestFileName({
    ...{ accountId, sourceRegion: region, endsAt },
    ...{ trailName: "main", homeRegion: "eu-central-1", isBackfill: false },
  });
  return `AWSLogs/${accountId}/CloudTrail-Digest/${region}/${day}/${name}`;
}
