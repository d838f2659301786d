import { Link } from "@tanstack/react-router";
import { removeSearch, type SearchCorrelation } from "../../../detect-api.ts";
import { Delayed } from "../../../parts/delayed.tsx";
import { formatSpan } from "../../../parts/instants.ts";
import { LevelMark } from "../../../parts/level-mark.tsx";
import { formatNumber } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { DataTable, type Columns } from "../../collect/data-table.tsx";
import { RemoveButton } from "../../../parts/remove-button.tsx";
import table from "../../collect/table.module.css";
import { useTz } from "../../../parts/titled-page.tsx";
import { DetectFrame } from "../detect-frame.tsx";
import { outcomeWords } from "../rule-words.ts";
import { useAskAgain, useSearches } from "../use-detect.ts";

/** Searches that became rules. */
export function SearchesPage() {
  const tz = useTz();
  const searches = useSearches();
  return (
    <DetectFrame
      title="Saved searches"
      lead={
        <>
          A search that fires when so many events answer it within a time.{" "}
          <Link to="/" search={tz}>
            Search
          </Link>{" "}
          for something, and choose “Save as a rule”.
        </>
      }
    >
      {searches.data === undefined ? (
        searches.isError ? (
          <ProblemNote error={searches.error} onRetry={() => void searches.refetch()} />
        ) : (
          <Delayed>
            <p className={table["soft"]}>Asking for saved searches…</p>
          </Delayed>
        )
      ) : searches.data.length === 0 ? (
        <p className={table["nothing"]}>No search was saved as a rule yet.</p>
      ) : (
        <DataTable label="Saved searches" rows={searches.data} keyOf={({ name }) => name} columns={columns} />
      )}
    </DetectFrame>
  );
}

const columns: Columns<SearchCorrelation> = [
  { name: "Name", cell: ({ name }) => <VisibleText text={name} /> },
  { name: "Severity", cell: ({ level }) => <LevelMark level={level} /> },
  { name: "Search", cell: ({ query }) => <QueryLink query={query} /> },
  { name: "Fires at", cell: (search) => <VisibleText text={conditionWords(search)} /> },
  { name: "Then", cell: ({ outcome }) => outcomeWords[outcome][0] },
  { name: "Change", cell: ({ name }) => <RemoveSearch name={name} /> },
];

function conditionWords({ count, withinMs, groupBy }: SearchCorrelation): string {
  const by = groupBy.length === 0 ? "" : ` of the same ${groupBy.join(" and ")}`;
  if (count === 1) return "every event";
  return `${formatNumber(count)} events${by} within ${formatSpan(withinMs / 1000)}`;
}

function QueryLink({ query }: { readonly query: string }) {
  const tz = useTz();
  return (
    <Link to="/" search={{ ...tz, query }}>
      <code>
        <VisibleText text={query} />
      </code>
    </Link>
  );
}

function RemoveSearch({ name }: { readonly name: string }) {
  return <RemoveButton name={name} remove={() => removeSearch(name)} onRemoved={useAskAgain()} />;
}
