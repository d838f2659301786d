import type { Clock } from "../../base/clock.ts";
import type { SourceRow, SourceTable } from "../../state/index.ts";
import { authorityOf } from "../access/authority.ts";
import { openSourceAws } from "../access/open-source-aws.ts";
import type { SourceKind, SourceReach } from "../sources/source.ts";

export interface ReachOptions {
  readonly row: Pick<SourceRow, "name" | "settings">;
  readonly kind: SourceKind;
  readonly sources: Pick<SourceTable, "secrets" | "memory">;
  readonly clock: Clock;
  readonly customUserAgent: string;
}

/** Whoever asks beside the source's own work waits for nobody: a call is tried again as the SDK does. */
const maxAttempts = 3;

/** How to reach what a source collects from, with its rights, whether it runs or not; to be disposed of after use. */
export async function openReach(options: ReachOptions): Promise<SourceReach | undefined> {
  const { row, kind, sources, clock, customUserAgent } = options;
  const access = kind.access?.(row.settings);
  if (access === undefined) return undefined;
  const { name } = row;
  const roots = (await kind.roots?.(row.settings, { all: (prefix) => sources.memory(name, prefix) })) ?? [];
  const aws = openSourceAws(access, await sources.secrets(name), { clock, customUserAgent, maxAttempts });
  return {
    source: name,
    aws,
    authority: authorityOf(access.endpoint),
    region: access.region,
    roots,
    [Symbol.asyncDispose]: () => aws[Symbol.asyncDispose](),
  };
}
