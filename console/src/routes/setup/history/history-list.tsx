import { useInfiniteQuery } from "@tanstack/react-query";
import controls from "../../../parts/controls.module.css";
import { Icon, type IconName } from "../../../parts/icon.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { fetchHistory } from "../../../setup-api.ts";
import type { HistoryEntry } from "../../../setup-types.ts";
import { Moment } from "../../collect/moment.tsx";
import table from "../../collect/table.module.css";
import { CulpritLine } from "../culprit-line.tsx";
import shared from "../setup.module.css";
import classes from "./history.module.css";

const looks: Readonly<Record<string, readonly [word: string, icon: IconName, look: "good" | "bad" | "plain"]>> = {
  drift: ["Drift", "warning", "bad"],
  repaired: ["Repaired", "tool", "good"],
  "held-back": ["Held back", "pause", "plain"],
  proposed: ["Proposed", "help", "plain"],
  applied: ["Applied", "check", "good"],
  undone: ["Taken back", "history", "plain"],
  probe: ["Probe", "play", "plain"],
  agreed: ["Agreed on", "check", "good"],
  gone: ["Gone by itself", "minus", "plain"],
};

/** Everything that is remembered of an account, a page at a time. */
export function HistoryList({ name }: { readonly name: string }) {
  const pages = useInfiniteQuery({
    queryKey: ["setup", "of", name, "history"],
    queryFn: ({ pageParam, signal }) => fetchHistory(name, pageParam, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next ?? undefined,
    staleTime: 0,
  });
  if (pages.data === undefined) {
    return pages.isError ? (
      <ProblemNote error={pages.error} onRetry={() => void pages.refetch()} />
    ) : (
      <p className={shared["soft"]} role="status">
        Asking for the history…
      </p>
    );
  }
  const entries = pages.data.pages.flatMap(({ history }) => history);
  if (entries.length === 0) return <p className={table["nothing"]}>Nothing has happened yet.</p>;
  return (
    <section className={shared["card"]} aria-label="What happened">
      <h2>What happened</h2>
      <ol className={classes["entries"]} aria-label="What happened, newest first">
        {entries.map((entry) => (
          <EntryItem key={entry.id} entry={entry} />
        ))}
      </ol>
      {pages.isError ? <ProblemNote error={pages.error} /> : null}
      {pages.hasNextPage ? (
        <button
          type="button"
          className={controls["button"]}
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Older
        </button>
      ) : null}
    </section>
  );
}

function EntryItem({ entry }: { readonly entry: HistoryEntry }) {
  const { kind, check, about, sentence, at, culprit } = entry;
  const [word, icon, look] = looks[kind] ?? [kind, "unknown" as const, "plain"];
  return (
    <li data-look={look}>
      <span className={classes["kind"]}>
        <Icon name={icon} />
        {word}
      </span>
      <div>
        <VisibleText text={sentence} />
        {culprit === null || culprit === undefined ? null : (
          <p>
            <CulpritLine culprit={culprit} />
          </p>
        )}
        {check === "" ? null : (
          <p className={classes["check"]}>
            <VisibleText text={about === "" ? check : `${check} · ${about}`} />
          </p>
        )}
      </div>
      <span className={classes["when"]}>
        <Moment at={at} />
      </span>
    </li>
  );
}
