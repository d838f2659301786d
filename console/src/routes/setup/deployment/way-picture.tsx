import { Icon, type IconName } from "../../../parts/icon.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import classes from "./way-picture.module.css";
import type { Passage, PartState, Station, Way } from "./way.ts";

const looks: Readonly<Record<PartState, readonly [word: string, icon: IconName]>> = {
  good: ["As agreed", "online"],
  drift: ["Changed", "warning"],
  unread: ["Not readable", "unknown"],
  missing: ["Not there", "close"],
  none: ["None yet", "minus"],
};

/** The way of a log file in the account: four stations, and what goes from each to the next. */
export function WayPicture({ way }: { readonly way: Way }) {
  return (
    <>
      <ol className={classes["way"]} aria-label="The way of a log file">
        {way.stations.map((station, index) => (
          <StationItem key={station.part} station={station} passage={way.passages[index - 1]} />
        ))}
      </ol>
      {way.others.length === 0 ? null : (
        <ul className={classes["others"]} aria-label="What it stands on">
          {way.others.map((station) => (
            <li key={station.part} data-state={station.state}>
              <span className={classes["soft"]}>{station.title}</span>
              <VisibleText text={station.name} className={classes["name"]} />
              <State state={station.state} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function StationItem({ station, passage }: { readonly station: Station; readonly passage: Passage | undefined }) {
  const { title, name, state, facts } = station;
  return (
    <li className={classes["part"]}>
      {passage === undefined ? null : <PassageArrow passage={passage} />}
      <div className={classes["station"]} data-state={state}>
        <strong>{title}</strong>
        {name === "" ? null : <VisibleText text={name} className={classes["name"]} />}
        <State state={state} />
        {facts.length === 0 ? null : (
          <span className={classes["soft"]}>
            <VisibleText text={facts.join(" · ")} />
          </span>
        )}
      </div>
    </li>
  );
}

function State({ state }: { readonly state: PartState }) {
  const [word, icon] = looks[state];
  return (
    <span className={classes["state"]} data-state={state}>
      <Icon name={icon} />
      {word}
    </span>
  );
}

function PassageArrow({ passage }: { readonly passage: Passage }) {
  const { title, state, problem } = passage;
  return (
    <div className={classes["passage"]} data-state={state}>
      <span>{title}</span>
      <span className={classes["arrow"]} aria-hidden="true" />
      {problem === "" ? null : (
        <span className={classes["problem"]}>
          <VisibleText text={problem} />
        </span>
      )}
    </div>
  );
}
