import type { SourceStatus } from "../../collect-api.ts";
import { Icon, type IconName } from "../../parts/icon.tsx";
import classes from "./status-badge.module.css";

const looks: Readonly<Record<SourceStatus, readonly [word: string, icon: IconName, what: string]>> = {
  waiting: ["Waiting", "clock", "Nothing has come yet, and nothing is wrong"],
  online: ["Online", "online", "Log files come"],
  quiet: ["Quiet", "quiet", "Log files came, and none for longer than is usual"],
  failing: ["Failing", "warning", "Something stands in the way"],
  paused: ["Paused", "pause", "A person has paused it"],
};

export function statusWord(status: SourceStatus): string {
  return looks[status][0];
}

/** Where a source stands: a word and a sign, never a colour alone. */
export function StatusBadge({ status }: { readonly status: SourceStatus }) {
  const [word, icon, what] = looks[status];
  return (
    <span className={classes["badge"]} data-status={status} title={what}>
      <Icon name={icon} />
      {word}
    </span>
  );
}
