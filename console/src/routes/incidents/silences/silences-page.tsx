import { Delayed } from "../../../parts/delayed.tsx";
import { formatInstant } from "../../../parts/instants.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { endSilence, type Silence, type SilenceScope } from "../../../incidents-api.ts";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { DataTable, type Columns } from "../../collect/data-table.tsx";
import { Moment } from "../../collect/moment.tsx";
import table from "../../collect/table.module.css";
import { useZone } from "../../../parts/titled-page.tsx";
import { IncidentsFrame } from "../incidents-frame.tsx";
import { useIncidentsMutation, useSilences } from "../use-incidents.ts";

/** What opens no incident for a time, and until when. */
export function SilencesPage() {
  const silences = useSilences();
  return (
    <IncidentsFrame
      title="Silences"
      lead="What fits a silence opens no incident, and nobody is told of it; it is found and kept all the same. Each ends by itself."
    >
      {silences.data === undefined ? (
        silences.isError ? (
          <ProblemNote error={silences.error} onRetry={() => void silences.refetch()} />
        ) : (
          <Delayed>
            <p className={table["soft"]}>Asking for silences…</p>
          </Delayed>
        )
      ) : silences.data.length === 0 ? (
        <p className={table["nothing"]}>
          Nothing is silent. A silence begins at an incident: open one and choose “Silence…”.
        </p>
      ) : (
        <DataTable label="Silences" rows={silences.data} keyOf={({ id }) => id} columns={columns} />
      )}
    </IncidentsFrame>
  );
}

const scopeWords: readonly (readonly [key: keyof SilenceScope, word: string])[] = [
  ["rule", "Rule"],
  ["actor", "Actor"],
  ["accountId", "Account"],
  ["resource", "Resource"],
];

const columns: Columns<Silence> = [
  {
    name: "What",
    cell: ({ scope }) =>
      scopeWords.map(([key, word]) =>
        scope[key] === undefined ? null : (
          <div key={key}>
            {word} <VisibleText text={scope[key]} />
          </div>
        ),
      ),
  },
  { name: "Reason", cell: ({ reason }) => <VisibleText text={reason} /> },
  { name: "By", cell: ({ by }) => <VisibleText text={by} /> },
  { name: "Since", cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { name: "Until", cell: ({ until }) => <Until at={until} /> },
  { name: "Change", cell: (silence) => <EndButton silence={silence} /> },
];

function Until({ at }: { readonly at: string }) {
  return <time dateTime={at}>{formatInstant(at, useZone())}</time>;
}

function EndButton({ silence }: { readonly silence: Silence }) {
  const end = useIncidentsMutation(
    () => endSilence(silence.id),
    () => undefined,
  );
  return (
    <>
      <ChangeButton
        isSmall
        isBusy={end.isPending}
        label={`End the silence: ${silence.reason.slice(0, 60)}`}
        onClick={() => {
          end.mutate(undefined);
        }}
      >
        End it
      </ChangeButton>
      {end.isError ? <ProblemNote error={end.error} /> : null}
    </>
  );
}
