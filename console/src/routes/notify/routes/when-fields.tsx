import controls from "../../../parts/controls.module.css";
import { ChoiceList, toggled } from "../../incidents/incident/dialog-form.tsx";
import { LevelChoice } from "../level-choice.tsx";
import { dayNames } from "../notify-words.ts";
import type { RouteEntries } from "./route-entries.ts";
import classes from "./when-fields.module.css";

export interface WhenFieldsProps {
  readonly entries: RouteEntries;
  readonly onWrite: (change: Partial<RouteEntries>) => void;
}

/** When people are told: always, or in hours of theirs; at once, or together. */
export function WhenFields({ entries, onWrite }: WhenFieldsProps) {
  return (
    <>
      <ChoiceList
        legend="When"
        kind="radio"
        name="when"
        options={[
          { key: "always", title: "Day and night" },
          { key: "hours", title: "In these hours", note: "Outside of them only the worst is told; the rest waits" },
        ]}
        chosen={[entries.hasHours ? "hours" : "always"]}
        onPick={(key) => {
          onWrite({ hasHours: key === "hours" });
        }}
      />
      {entries.hasHours ? <HourFields entries={entries} onWrite={onWrite} /> : null}
      <div className={classes["pair"]}>
        <label>
          Together at these times of day
          <input
            className={controls["input"]}
            placeholder="09:00, 17:00"
            value={entries.digestAt}
            onChange={(event) => {
              onWrite({ digestAt: event.target.value });
            }}
          />
          <small>At once where it is empty</small>
        </label>
        <label>
          Wait for more, seconds
          <input
            type="number"
            min={0}
            max={86_400}
            className={controls["input"]}
            value={entries.groupSeconds}
            onChange={(event) => {
              onWrite({ groupSeconds: event.target.value });
            }}
          />
          <small>What comes of one incident meanwhile is one message</small>
        </label>
      </div>
    </>
  );
}

function HourFields({ entries, onWrite }: WhenFieldsProps) {
  const { days, from, to, timeZone, quietSeverity } = entries;
  return (
    <>
      <fieldset className={classes["days"]}>
        <legend>Days</legend>
        {dayNames.map((name, index) => (
          <label key={name}>
            <input
              type="checkbox"
              checked={days.includes(index + 1)}
              onChange={() => {
                onWrite({ days: toggled(days.map(String), String(index + 1)).map(Number) });
              }}
            />
            {name}
          </label>
        ))}
      </fieldset>
      <div className={classes["pair"]}>
        <label>
          From
          <input
            type="time"
            required
            className={controls["input"]}
            value={from}
            onChange={(event) => {
              onWrite({ from: event.target.value });
            }}
          />
        </label>
        <label>
          To
          <input
            type="time"
            required
            className={controls["input"]}
            value={to}
            onChange={(event) => {
              onWrite({ to: event.target.value });
            }}
          />
        </label>
      </div>
      <label>
        Time zone
        <input
          className={controls["input"]}
          required
          placeholder="Europe/Berlin"
          value={timeZone}
          onChange={(event) => {
            onWrite({ timeZone: event.target.value });
          }}
        />
      </label>
      <LevelChoice
        title="Outside of that, only what is this severe or worse"
        level={quietSeverity}
        onPick={(level) => {
          onWrite({ quietSeverity: level });
        }}
      />
    </>
  );
}
