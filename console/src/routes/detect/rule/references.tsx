import { isWebAddress } from "../../../parts/read-markdown.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import classes from "./rule.module.css";

/** What a rule's author read; only addresses of the web are links. */
export function References({ addresses }: { readonly addresses: readonly string[] }) {
  if (addresses.length === 0) return null;
  return (
    <ul className={classes["references"]} aria-label="References">
      {addresses.map((address) => (
        <li key={address}>
          {isWebAddress(address) ? (
            <a href={address} target="_blank" rel="noreferrer">
              <VisibleText text={address.replace(/^https?:\/\//, "")} />
            </a>
          ) : (
            <VisibleText text={address} />
          )}
        </li>
      ))}
    </ul>
  );
}
