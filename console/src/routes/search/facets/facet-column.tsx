import type { Question } from "../../../api.ts";
import { Delayed } from "../../../parts/delayed.tsx";
import { filterState } from "../query-text.ts";
import { FacetGroup } from "./facet-group.tsx";
import { facetFields } from "./facet-fields.ts";
import classes from "./facet-column.module.css";
import { useFacets } from "./use-facets.ts";

export interface FacetColumnProps {
  readonly question: Question;
  readonly filter: (field: string, value: string, way: "in" | "out") => void;
}

/** What the answers are made of: top values with counts, each a filter at one click. */
export function FacetColumn({ question, filter }: FacetColumnProps) {
  const { facets, isPending, isStale, isError } = useFacets(question, true);
  if (isPending) return <Delayed>{<FacetSkeleton />}</Delayed>;
  if (isError) return <p className={classes["note"]}>The breakdown could not be read</p>;
  if ([...facets.values()].every((facet) => facet.values.length === 0)) {
    return <p className={classes["note"]}>Values to filter by stand here once something is found</p>;
  }
  return (
    <div data-stale={isStale} className={classes["groups"]}>
      {facetFields.map((each) => {
        const facet = facets.get(each.field);
        return facet === undefined ? null : (
          <FacetGroup
            key={each.field}
            facetField={each}
            facet={facet}
            question={question}
            stateOf={(value) => filterState(question.query, each.field, value)}
            filter={filter}
          />
        );
      })}
    </div>
  );
}

function FacetSkeleton() {
  return (
    <div aria-hidden="true">
      {facetFields.slice(0, 5).map(({ field }) => (
        <div key={field} className={classes["skeleton"]}>
          <i style={{ width: "40%" }} />
          <i style={{ width: "90%" }} />
          <i style={{ width: "75%" }} />
          <i style={{ width: "60%" }} />
        </div>
      ))}
    </div>
  );
}
