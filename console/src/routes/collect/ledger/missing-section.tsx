import { useMutation } from "@tanstack/react-query";
import { fetchAgain, type LedgerEntry, type Selection } from "../../../collect-api.ts";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { formatInstant, formatRelative } from "../../../parts/instants.ts";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { useZone } from "../../../parts/titled-page.tsx";
import { Moment } from "../moment.tsx";
import { SourceLink } from "../source-link.tsx";
import { useAskAgain } from "../use-collect.ts";
import classes from "./ledger.module.css";
import { useMissing } from "./use-ledger.ts";

export interface MissingSectionProps {
  readonly selection: Selection;
  /** Words for the part of the ledger that was chosen in the matrix. */
  readonly part: string | undefined;
  readonly onWhole: () => void;
}

/** What is known and not read, by name, with the reason and when it is tried again. */
export function MissingSection({ selection, part, onWhole }: MissingSectionProps) {
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const pages = useMissing(selection);
  const again = useMutation({
    mutationFn: () => fetchAgain(selection),
    onSuccess: (count) => {
      announce(count === 0 ? "Nothing failed or was left out" : `${countOf(count, "log file")} waited for again`);
      askAgain("ledger");
    },
  });
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <section className={classes["missing"]} aria-label="What is missing">
      <div className={classes["beside"]}>
        <div>
          <h2>What is missing</h2>
          {part === undefined ? null : (
            <p>
              Only {part}.{" "}
              <button type="button" className={classes["link"]} onClick={onWhole}>
                Show all
              </button>
            </p>
          )}
        </div>
        <ChangeButton
          isBusy={again.isPending}
          onClick={() => {
            again.mutate();
          }}
        >
          Fetch again
        </ChangeButton>
      </div>
      <p className={classes["soft"]}>
        Each is tried again by itself. Fetch again what failed or was left out once its reason is gone.
      </p>
      {again.isError ? <ProblemNote error={again.error} /> : null}
      {pages.isError ? <ProblemNote error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.data !== undefined && entries.length === 0 ? (
        <p className={classes["nothing"]}>Nothing: every log file that was heard of is read.</p>
      ) : null}
      <ul className={classes["entries"]} aria-label="Log files that are missing">
        {entries.map((entry) => (
          <Entry key={entry.name} entry={entry} now={pages.dataUpdatedAt} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <button
          type="button"
          className={controls["button"]}
          disabled={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show more
        </button>
      ) : null}
    </section>
  );
}

function Entry({ entry, now }: { readonly entry: LedgerEntry; readonly now: number }) {
  const zone = useZone();
  const { name, source, state, problem, tries, nextTryAt, noticedAt, listedAt, namedAt } = entry;
  const heard = [
    noticedAt === null ? "" : "a notice",
    listedAt === null ? "" : "the listing",
    namedAt === null ? "" : "a digest",
  ].filter((each) => each !== "");
  const heardAt = [noticedAt, listedAt, namedAt].filter((at) => at !== null).sort()[0] ?? null;
  return (
    <li>
      <code>
        <VisibleText text={name} />
      </code>
      <p data-state={state}>
        {problem === null ? (
          "Not fetched yet"
        ) : (
          <strong>
            <VisibleText text={problem} />
          </strong>
        )}
      </p>
      <p className={classes["soft"]}>
        <SourceLink name={source} /> heard of it from {heard.join(" and ")} <Moment at={heardAt} />
        {tries > 0 ? `; ${countOf(tries, "try", "tries")}` : ""}
        {nextTryAt === null ? (
          ""
        ) : (
          <>
            ; next try{" "}
            <time dateTime={nextTryAt} title={formatInstant(nextTryAt, zone)}>
              {Date.parse(nextTryAt) <= now ? "now" : formatRelative(nextTryAt)}
            </time>
          </>
        )}
      </p>
    </li>
  );
}
