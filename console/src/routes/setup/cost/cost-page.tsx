import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { fetchCost } from "../../../setup-api.ts";
import type { Duplicate } from "../../../setup-types.ts";
import { BillView } from "../bill-view.tsx";
import { SetupFrame } from "../setup-frame.tsx";
import shared from "../setup.module.css";
import { TroubleList } from "../trouble-list.tsx";

/** What the trails of the account cost as they are, with where each price is from. */
export function CostPage() {
  const { name } = useParams({ from: "/setup/$name/cost" });
  const cost = useQuery({
    queryKey: ["setup", "of", name, "cost"],
    queryFn: ({ signal }) => fetchCost(name, signal),
    retry: false,
  });
  return (
    <SetupFrame
      name={name}
      title={`Bill of ${name}`}
      lead="What AWS charges for the trails of the account as they are now. The first copy of management events is free, and is never counted as saved."
    >
      {cost.data === undefined ? (
        cost.isError ? (
          <ProblemNote error={cost.error} onRetry={() => void cost.refetch()} />
        ) : (
          <p className={shared["soft"]} role="status">
            Reckoning. That takes a moment…
          </p>
        )
      ) : (
        <div className={shared["stack"]}>
          <section className={shared["card"]} aria-label="The bill">
            <h2>The bill</h2>
            <BillView bill={cost.data.bill} label="Lines of the bill" />
          </section>
          <Duplicates duplicates={cost.data.duplicates} />
        </div>
      )}
    </SetupFrame>
  );
}

function Duplicates({ duplicates }: { readonly duplicates: readonly Duplicate[] }) {
  return (
    <section
      className={shared["card"]}
      {...(duplicates.length > 0 ? { "data-look": "warn" } : {})}
      aria-label="Paid twice"
    >
      <h2>Paid twice</h2>
      {duplicates.length === 0 ? (
        <p>Nothing: no trail copies what another one of the account delivers already.</p>
      ) : (
        <TroubleList troubles={duplicates.map((one) => ({ ...one, id: one.trailArn }))} look="warn" />
      )}
    </section>
  );
}
