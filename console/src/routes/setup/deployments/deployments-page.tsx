import { Link } from "@tanstack/react-router";
import controls from "../../../parts/controls.module.css";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { Deployment } from "../../../setup-types.ts";
import { DataTable, type Columns } from "../../collect/data-table.tsx";
import { Moment } from "../../collect/moment.tsx";
import { SourceLink } from "../../collect/source-link.tsx";
import table from "../../collect/table.module.css";
import { useTz } from "../../../parts/titled-page.tsx";
import { SetupFrame } from "../setup-frame.tsx";
import shared from "../setup.module.css";
import { StandingBadge } from "../standing-badge.tsx";
import { useDeployments } from "../use-setup.ts";
import { depthWord } from "../words.ts";
import { NoDeployments } from "./no-deployments.tsx";

/** The AWS accounts under care, and how each stands. */
export function DeploymentsPage() {
  const deployments = useDeployments();
  const isEmpty = deployments.data?.length === 0;
  return (
    <SetupFrame
      title="Set-up"
      lead={deployments.data === undefined || isEmpty ? "AWS accounts under care." : <Summary all={deployments.data} />}
      {...(isEmpty ? {} : { beside: <AddLink /> })}
    >
      {deployments.data === undefined ? (
        deployments.isError ? (
          <ProblemNote error={deployments.error} onRetry={() => void deployments.refetch()} />
        ) : (
          <Delayed>
            <p className={shared["soft"]}>Asking for the accounts…</p>
          </Delayed>
        )
      ) : isEmpty ? (
        <NoDeployments>
          <AddLink />
        </NoDeployments>
      ) : (
        <>
          {deployments.isError ? <p role="alert">The server does not answer; this is how things were.</p> : null}
          <DataTable label="Accounts under care" rows={deployments.data} keyOf={({ name }) => name} columns={columns} />
        </>
      )}
    </SetupFrame>
  );
}

function AddLink() {
  const tz = useTz();
  return (
    <Link to="/setup/add" search={tz} className={`${controls["button"]} ${controls["main"]}`}>
      <Icon name="plus" /> Put an account under care
    </Link>
  );
}

function Summary({ all }: { readonly all: readonly Deployment[] }) {
  const drifted = all.filter(({ lastCheck }) => lastCheck !== null && lastCheck.drifts > 0).length;
  const parts = [`${countOf(all.length, "AWS account")} under care`];
  if (drifted > 0) parts.push(`${drifted} with drifts`);
  return <>{parts.join(" · ")}</>;
}

const columns: Columns<Deployment> = [
  { name: "Name", cell: ({ name }) => <NameLink name={name} /> },
  {
    name: "Account",
    cell: ({ accountId, region }) => (
      <>
        <code className={table["whole"]}>
          <VisibleText text={accountId} />
        </code>{" "}
        <span className={shared["soft"]}>
          <VisibleText text={region} className={table["whole"]} />
        </span>
      </>
    ),
  },
  { name: "Depth", cell: ({ depth }) => depthWord(depth) },
  {
    name: "How it stands",
    cell: ({ lastCheck }) => <StandingBadge drifts={lastCheck?.drifts} />,
  },
  { name: "Last look", cell: ({ lastCheck }) => <Moment at={lastCheck?.at ?? null} /> },
  { name: "Collected by", cell: ({ source }) => (source === null ? "–" : <SourceLink name={source} />) },
];

function NameLink({ name }: { readonly name: string }) {
  const tz = useTz();
  return (
    <Link to="/setup/$name" params={{ name }} search={tz}>
      {name}
    </Link>
  );
}
