import { removeFilter, type Filter } from "../../../collect-api.ts";
import { Delayed } from "../../../parts/delayed.tsx";
import { formatNumber } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { RemoveButton } from "../../../parts/remove-button.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { CollectFrame } from "../collect-frame.tsx";
import { DataTable, type Columns } from "../data-table.tsx";
import { Moment } from "../moment.tsx";
import classes from "../table.module.css";
import { useAskAgain, useFilters } from "../use-collect.ts";
import { FilterForm } from "./filter-form.tsx";

/** Conditions that drop events before they are stored. */
export function FiltersPage() {
  const filters = useFilters();
  return (
    <CollectFrame
      title="Filters"
      lead="Events that answer a filter’s query are dropped before they are stored, and counted. They cannot be brought back by removing the filter: keep filters to noise you are sure of."
    >
      <FilterForm />
      {filters.data === undefined ? (
        filters.isError ? (
          <ProblemNote error={filters.error} onRetry={() => void filters.refetch()} />
        ) : (
          <Delayed>
            <p className={classes["soft"]}>Asking for the filters…</p>
          </Delayed>
        )
      ) : filters.data.length === 0 ? (
        <p className={classes["nothing"]}>No filters: every event is stored.</p>
      ) : (
        <DataTable label="Filters" rows={filters.data} keyOf={({ name }) => name} columns={columns} />
      )}
    </CollectFrame>
  );
}

const columns: Columns<Filter> = [
  { name: "Name", cell: ({ name }) => name },
  {
    name: "Query",
    cell: ({ query }) => (
      <code>
        <VisibleText text={query} />
      </code>
    ),
  },
  { name: "Dropped", isNumber: true, cell: ({ dropped }) => formatNumber(dropped) },
  { name: "Last dropped", cell: ({ lastDroppedAt }) => <Moment at={lastDroppedAt} /> },
  { name: "Added", cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { name: "Change", cell: ({ name }) => <RemoveFilter name={name} /> },
];

function RemoveFilter({ name }: { readonly name: string }) {
  const askAgain = useAskAgain();
  return (
    <RemoveButton
      name={name}
      remove={() => removeFilter(name)}
      onRemoved={() => {
        askAgain("filters");
      }}
    />
  );
}
