import { Link } from "@tanstack/react-router";
import type { Added } from "../../../collect-api.ts";
import controls from "../../../parts/controls.module.css";
import { CopyLines } from "../../../parts/copy-lines.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import classes from "./add.module.css";
import { fieldTitle } from "./schema-fields.ts";

/** What a source made for itself and tells this one time, such as the token of one that is posted to. */
export function ShownOnce({ added }: { readonly added: Added }) {
  const { name, type } = added.source;
  const tz = useTz();
  const { token } = added.shown;
  return (
    <section className={classes["once"]} aria-label="Shown this one time">
      <h2>
        <Icon name="key" size={16} /> Keep this now
      </h2>
      <p>The source {name} is added. What follows is shown this one time, and nowhere again.</p>
      {Object.entries(added.shown).map(([key, value]) => (
        <div key={key}>
          <h3>{fieldTitle(key)}</h3>
          <CopyLines label={fieldTitle(key)} text={value} />
        </div>
      ))}
      {type === "push" && token !== undefined ? (
        <div>
          <h3>Try it</h3>
          <CopyLines label="Command that posts a log file" text={curlLine(name, token)} />
        </div>
      ) : null}
      <div>
        <Link
          to="/collect/sources/$name"
          params={{ name }}
          search={tz}
          className={`${controls["button"]} ${controls["main"]}`}
        >
          I have kept it
        </Link>
      </div>
    </section>
  );
}

function curlLine(name: string, token: string): string {
  const address = `${location.origin}/api/v1/collect/push/${encodeURIComponent(name)}`;
  return `curl --fail-with-body --data-binary @log-file.json.gz \\\n  --header 'Authorization: Bearer ${token}' \\\n  ${address}`;
}
