import type { SourceStatus } from "../../collect-api.ts";
import { Badge, type BadgeTone } from "../../parts/badge.tsx";
import type { IconName } from "../../parts/icon.tsx";

type Look = readonly [word: string, tone: BadgeTone, icon: IconName, what: string];

const looks: Readonly<Record<SourceStatus, Look>> = {
  waiting: ["Waiting", "plain", "clock", "Nothing has come yet, and nothing is wrong"],
  online: ["Online", "fine", "online", "Log files come"],
  quiet: ["Quiet", "open", "quiet", "Log files came, and none for longer than is usual"],
  failing: ["Failing", "bad", "warning", "Something stands in the way"],
  paused: ["Paused", "plain", "pause", "A person has paused it"],
};

export function statusWord(status: SourceStatus): string {
  return looks[status][0];
}

/** Where a source stands. */
export function StatusBadge({ status }: { readonly status: SourceStatus }) {
  const [word, tone, icon, what] = looks[status];
  return (
    <Badge tone={tone} icon={icon} what={what} isPending={status === "waiting"}>
      {word}
    </Badge>
  );
}
