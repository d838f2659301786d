import { Link } from "@tanstack/react-router";
import { formatNumber } from "../../../parts/numbers.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { ActorProfile, IncidentDetails } from "../../../incidents-api.ts";
import { Moment } from "../../collect/moment.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import shared from "../../setup/setup.module.css";
import classes from "./sections.module.css";

export interface ActorsSectionProps {
  readonly actors: readonly ActorProfile[];
  readonly self: Pick<IncidentDetails, "id">;
}

/** What is known of who did it, from everything that is stored. */
export function ActorsSection({ actors, self }: ActorsSectionProps) {
  return actors.map((actor) => <ActorCard key={actor.key} actor={actor} self={self.id} />);
}

const usualMax = 5;

function ActorCard({ actor, self }: { readonly actor: ActorProfile; readonly self: string }) {
  const tz = useTz();
  const { name, lineage, firstSeen, events30d, usualAddresses, usualCalls, otherIncidents } = actor;
  const others = otherIncidents.filter((id) => id !== self);
  return (
    <section className={shared["card"]} aria-label={`What is known of ${name.slice(0, 100)}`}>
      <h2>
        <VisibleText text={name} />
      </h2>
      {lineage.length === 0 ? null : (
        <ol className={classes["lineage"]} aria-label="Who stands behind it">
          {lineage.map((step, index) => (
            <li key={index}>
              <VisibleText text={step} />
            </li>
          ))}
        </ol>
      )}
      <dl className={shared["facts"]}>
        <div>
          <dt>First seen</dt>
          <dd>{firstSeen === null ? "with this incident" : <Moment at={firstSeen} />}</dd>
        </div>
        <div>
          <dt>Events in 30 days</dt>
          <dd>{formatNumber(events30d)}</dd>
        </div>
        <Usual title="Usual addresses" values={usualAddresses} />
        <Usual title="Usual calls" values={usualCalls} />
        {others.length === 0 ? null : (
          <div>
            <dt>Other incidents</dt>
            <dd className={classes["others"]}>
              {others.map((id) => (
                <Link key={id} to="/incidents/$incident" params={{ incident: id }} search={tz}>
                  {id}
                </Link>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

interface UsualProps {
  readonly title: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

function Usual({ title, values }: UsualProps) {
  if (values.length === 0) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <ul className={classes["usual"]}>
          {values.slice(0, usualMax).map(({ value, count }) => (
            <li key={value}>
              <VisibleText text={value} /> <span className={classes["soft"]}>{formatNumber(count)}</span>
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}
