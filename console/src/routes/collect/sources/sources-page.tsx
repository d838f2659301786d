import { Link } from "@tanstack/react-router";
import type { Source, SourceStatus } from "../../../collect-api.ts";
import controls from "../../../parts/controls.module.css";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { CollectFrame } from "../collect-frame.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { statusWord } from "../status-badge.tsx";
import { useSources } from "../use-collect.ts";
import { NoSources } from "./no-sources.tsx";
import { SourceTable } from "./source-table.tsx";
import classes from "./sources.module.css";

const order: readonly SourceStatus[] = ["failing", "quiet", "waiting", "online", "paused"];

/** Everything that log files come from, and how each is. */
export function SourcesPage() {
  const sources = useSources();
  const tz = useTz();
  const isFilled = sources.data !== undefined && sources.data.length > 0;
  return (
    <CollectFrame
      title="Sources"
      lead={isFilled ? <Summary sources={sources.data} /> : "Where log files come from."}
      beside={
        <Link to="/collect/add" search={tz} className={`${controls["button"]} ${controls["main"]}`}>
          <Icon name="plus" /> Add a source
        </Link>
      }
    >
      {sources.isError && sources.data === undefined ? (
        <ProblemNote error={sources.error} onRetry={() => void sources.refetch()} />
      ) : sources.data === undefined ? (
        <Delayed>
          <p className={classes["soft"]}>Asking for the sources…</p>
        </Delayed>
      ) : isFilled ? (
        <>
          {sources.isError ? <p role="alert">The server does not answer; this is how things were.</p> : null}
          <SourceTable sources={sources.data} />
        </>
      ) : (
        <NoSources />
      )}
    </CollectFrame>
  );
}

function Summary({ sources }: { readonly sources: readonly Source[] }) {
  const parts = order
    .map((status) => [sources.filter((source) => source.status === status).length, statusWord(status).toLowerCase()])
    .filter(([count]) => count !== 0)
    .map(([count, word]) => `${String(count)} ${String(word)}`);
  return <>{parts.join(" · ")}</>;
}
