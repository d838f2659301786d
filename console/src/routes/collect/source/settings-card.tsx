import type { Source } from "../../../collect-api.ts";
import { formatInstant } from "../../../parts/instants.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { fieldTitle } from "../add/schema-fields.ts";
import { useZone } from "../../../parts/titled-page.tsx";
import classes from "./source.module.css";

/** How it was set up; secrets are not among it. */
export function SettingsCard({ source }: { readonly source: Source }) {
  const zone = useZone();
  return (
    <section className={classes["card"]} aria-label="Settings">
      <h2>Settings</h2>
      <dl className={classes["settings"]}>
        {Object.entries(source.settings).map(([name, value]) => (
          <div key={name}>
            <dt>{fieldTitle(name)}</dt>
            <dd>
              <VisibleText text={printSetting(value)} />
            </dd>
          </div>
        ))}
        <div>
          <dt>Added</dt>
          <dd>{formatInstant(source.createdAt, zone)}</dd>
        </div>
      </dl>
      <p>To change them, remove the source and add it again: what is read already is not read twice.</p>
    </section>
  );
}

function printSetting(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(printSetting).join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
